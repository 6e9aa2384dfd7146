"""Universal Dependencies files (CoNLL-U) as sentences that keep their original spacing.

Names stand in the last column, as `Name=B-ORG` or `Name=O`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Word:
    """One syntactic word.

    `head` is the position of its head in the sentence, itself for the root; `name` its BILUO tag, empty where nobody
    knows.
    """

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    dep: str
    space: bool = True
    name: str = ""


@dataclass
class Sentence:
    """One sentence: its words, whether it opens a paragraph or a document, and its `sent_id`."""

    words: list[Word] = field(default_factory=list)
    new_document: bool = False
    new_paragraph: bool = False
    id: str = ""

    def copy(self) -> Sentence:
        """A copy whose words can be changed without changing this one."""
        return Sentence([Word(**vars(word)) for word in self.words], self.new_document, self.new_paragraph, self.id)


def read(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a CoNLL-U file.

    A multiword token ("don't") becomes its syntactic words when they spell the surface form, which is
    how spaCy's English tokenizer cuts it too. A sentence where they do not is left out: its text could
    not be restored.
    """
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        if block.strip():
            sentence = _sentence(block.split("\n"))
            if sentence is not None:
                yield sentence


def _sentence(lines: list[str]) -> Sentence | None:
    sentence = Sentence()
    surface: dict[int, tuple[int, str, bool]] = {}
    for line in lines:
        if line.startswith("# newdoc"):
            sentence.new_document = sentence.new_paragraph = True
        elif line.startswith("# newpar"):
            sentence.new_paragraph = True
        elif line.startswith("# sent_id = "):
            sentence.id = line.removeprefix("# sent_id = ").strip()
        if line.startswith("#") or not line:
            continue
        cells = line.split("\t")
        told = cells[9].split("|")
        space = "SpaceAfter=No" not in told
        if "-" in cells[0]:
            first, last = map(int, cells[0].split("-"))
            surface[first] = (last, cells[1], space)
        elif "." not in cells[0]:
            position, head = int(cells[0]) - 1, int(cells[6]) - 1
            sentence.words.append(
                Word(
                    form=cells[1],
                    lemma=cells[2],
                    upos=cells[3],
                    xpos=cells[4],
                    feats="" if cells[5] == "_" else cells[5],
                    head=position if head < 0 else head,
                    dep="ROOT" if head < 0 else cells[7],
                    space=space,
                    name=next((cell[5:] for cell in told if cell.startswith("Name=")), ""),
                )
            )
    for first, (last, form, space) in surface.items():
        words = sentence.words[first - 1 : last]
        if "".join(word.form for word in words) != form:
            return None
        for word in words:
            word.space = False
        words[-1].space = space
    return sentence


def write(sentences: Iterable[Sentence], path: Path) -> None:
    """Write sentences so that `read` returns them."""
    with path.open("w", encoding="utf-8") as file:
        for sentence in sentences:
            if sentence.new_document:
                file.write("# newdoc\n")
            if sentence.new_paragraph:
                file.write("# newpar\n")
            if sentence.id:
                file.write(f"# sent_id = {sentence.id}\n")
            for at, w in enumerate(sentence.words):
                head, dep = (0, "root") if w.head == at else (w.head + 1, w.dep)
                told = [*["SpaceAfter=No"] * (not w.space), *[f"Name={w.name}"] * bool(w.name)]
                cells = [at + 1, w.form, w.lemma, w.upos, w.xpos, w.feats or "_", head, dep, "_", "|".join(told) or "_"]
                file.write("\t".join(map(str, cells)) + "\n")
            file.write("\n")
