"""Corpora in spaCy's format; the dev files: `python -m training.corpora CORPORA WORK`.

Sentences are grouped into documents as an article groups them (several to a paragraph, a blank line
between paragraphs), so that the parser learns sentence borders and layout from running text.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.training.iob_utils import doc_to_biluo_tags
from spacy.util import filter_spans
from spacy.vocab import Vocab

from analystkit.english import tokenizer
from training import augment, conllu
from training.conllu import Sentence, Word

SEED = 20230914
TREEBANKS = ("en_ewt-ud", "en_gum-permissive")
#: Corpora of names, the second small and marked by hand; those that are lacking are left out.
NAMES = ("gmb", "gum_ner")
BY_HAND = NAMES[1]
#: Most sentences in a Doc: few to learn from, since batches are of about equal length; more to test on.
SHORT, LONG = 5, 12
#: Chance that a sentence gets each kind of news dress, where it applies.
DRESS: list[tuple[Callable[[Sentence, random.Random], Sentence | None], float]] = [
    (augment.weekday, 0.30),
    (augment.title, 0.30),
    (augment.curly_quotes, 0.40),
    (augment.rename, 0.30),
]
PARAGRAPH_BREAK = Word("\n\n", "\n\n", "SPACE", "_SP", "", 0, "dep", space=False, name="O")


def paragraphs(sentences: Iterable[Sentence], rng: random.Random, most: int = LONG) -> Iterator[list[Sentence]]:
    """Group running sentences into stretches of one to `most`, never across documents."""
    group: list[Sentence] = []
    size = rng.randint(1, most)
    for sentence in sentences:
        if group and (sentence.new_document or len(group) >= size):
            yield group
            group, size = [], rng.randint(1, most)
        group.append(sentence)
    if group:
        yield group


def to_doc(vocab: Vocab, group: list[Sentence]) -> Doc:
    """One Doc from a stretch of sentences, with a blank line before each new paragraph."""
    words: list[Word] = []
    starts: list[bool] = []
    for number, sentence in enumerate(group):
        if number and sentence.new_paragraph:
            words[-1].space = False
            words.append(Word(**{**vars(PARAGRAPH_BREAK), "head": len(words) - 1}))
            starts.append(False)
        offset = len(words)
        for word in sentence.words:
            words.append(Word(**{**vars(word), "head": word.head + offset}))
        starts.extend(i == 0 for i in range(len(sentence.words)))
    doc = Doc(
        vocab,
        words=[w.form for w in words],
        spaces=[w.space for w in words],
        tags=[w.xpos for w in words],
        pos=[w.upos for w in words],
        morphs=[w.feats for w in words],
        lemmas=[w.lemma for w in words],
        heads=[w.head for w in words],
        deps=[w.dep for w in words],
        sent_starts=None,
    )
    known = [at for at, word in enumerate(words) if word.name]
    spans = [Span(doc, *name) for name in _spans([word.name for word in words])]
    doc.set_ents(spans, outside=[doc[at : at + 1] for at in known if words[at].name == "O"], default="missing")
    return doc


def _spans(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    """Whole names in BILUO tags: first, behind the last, label. What an unknown tag interrupts is none."""
    first = -1
    for at, tag in enumerate(tags):
        if tag[:1] in {"B", "U"}:
            first = at
        elif tag[:1] not in {"I", "L"}:
            first = -1
        if tag[:1] in {"L", "U"} and first >= 0:
            yield first, at + 1, tag[2:]


def treebank(vocab: Vocab, path: Path, rng: random.Random) -> Iterator[Doc]:
    """Docs of a dev file, a few sentences each."""
    return documents(vocab, conllu.read(path), rng, dressed=False)


def documents(
    vocab: Vocab, sentences: Iterable[Sentence], rng: random.Random, *, dressed: bool, most: int = LONG
) -> Iterator[Doc]:
    """Docs of a corpus; `dressed` adds the news dress of `training.augment`."""
    for group in paragraphs(sentences, rng, most):
        if dressed:
            group = [_dress(sentence, rng) for sentence in group]
            if rng.random() < 0.15:
                group[0] = augment.dateline(group[0], rng) or group[0]
        yield to_doc(vocab, group)


def _dress(sentence: Sentence, rng: random.Random) -> Sentence:
    for change, chance in DRESS:
        if rng.random() < chance:
            sentence = change(sentence, rng) or sentence
    return sentence


def name_tags(doc: Doc) -> list[str]:
    """BILUO tags of a Doc's tokens, empty where nobody knows."""
    tags = doc_to_biluo_tags(doc)
    return [tag if token.ent_iob else "" for tag, token in zip(tags, doc, strict=True)]


def read_names(path: Path, nlp: Language) -> list[Doc]:
    """One Doc a row, with its names and amounts as entities."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [doc for row in rows if len(doc := _marked(nlp, row["text"], row["spans"]))]


def running_names(nlp: Language, path: Path, rng: random.Random) -> Iterator[Doc]:
    """Docs of one to six rows, as in running text: in one paragraph, or with a blank line between them."""
    rows = read_names(path, nlp)
    while rows:
        size = rng.randint(1, 6)
        group, rows = rows[:size], rows[size:]
        text, spans = "", []
        for row in group:
            text += rng.choice([" ", " ", "\n\n"]) if text else ""
            spans += [(len(text) + ent.start_char, len(text) + ent.end_char, ent.label_) for ent in row.ents]
            text += row.text
        yield _marked(nlp, text, spans)


def _marked(nlp: Language, text: str, spans: Iterable[tuple[int, int, str]]) -> Doc:
    """A Doc with entities, widened to the borders of tokens; of those that overlap the longer stays."""
    doc = nlp.make_doc(text)
    found = [doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in spans]
    doc.ents = filter_spans([span for span in found if isinstance(span, Span)])
    return doc


def write(docs: Iterable[Doc], path: Path) -> None:
    """Write Docs to a `.spacy` file and say how many."""
    box = DocBin(store_user_data=False, docs=docs)
    box.to_disk(path)
    print(f"{path.name}: {len(box)} docs")


def main(corpora: Path, work: Path) -> None:
    """Convert the dev files once; training reads the result after each pass."""
    work.mkdir(parents=True, exist_ok=True)
    nlp = tokenizer.blank()
    rng = random.Random(SEED)
    trees = (doc for name in TREEBANKS for doc in treebank(nlp.vocab, corpora / f"{name}-dev.conllu", rng))
    write(trees, work / "syntax-dev.spacy")
    rows = (path for name in NAMES if (path := corpora / f"{name}_dev.jsonl").exists())
    write((doc for path in rows for doc in running_names(nlp, path, rng)), work / "names-dev.spacy")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
