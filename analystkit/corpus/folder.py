"""The folder that a corpus lies in, and how it comes there so that it can be stopped at any moment.

    CORPUS/
      manifest.json                     what it was made with, and, in the end, that it is complete
      finished/part-00000.json          a batch that is stored: which inputs, how many articles, errors, words
      articles/part-00000.parquet       its tables, a folder each
      entities/part-00000.parquet …

A batch's tables are written beside their places, each under a name that begins with ".", then renamed, and last
of all its note in `finished`. Without the note the batch does not count: a second run makes the same files again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from analystkit.corpus.batches import Batch
from analystkit.corpus.parts import SCHEMAS, Part
from analystkit.errors import CorpusError
from analystkit.files import write_together

FORM: Final = "analystkit/corpus@1"


class Folder:
    """A corpus on disk, being written or read.

    Attributes:
        path: Where it lies.
        manifest: What it was made with.
        finished: For each batch that is stored, the note about it.
    """

    def __init__(self, path: str | Path) -> None:
        """Open a corpus that is there.

        Raises:
            CorpusError: there is none.
        """
        self.path = Path(path)
        try:
            self.manifest: dict[str, Any] = json.loads((self.path / "manifest.json").read_text(encoding="utf-8"))
            form = self.manifest["form"]
        except FileNotFoundError as error:
            raise CorpusError(
                f"There is no corpus in {self.path}. Make one: analystkit analyze ARTICLES -o {self.path}"
            ) from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CorpusError(f"{self.path}/manifest.json cannot be read: {error!r}.") from error
        if form != FORM:
            raise CorpusError(f"{self.path} is of the form {form}; this version of analystkit reads {FORM}.")
        self.finished: dict[int, dict[str, Any]] = {}
        for note in sorted((self.path / "finished").glob("part-*.json")):
            about = json.loads(note.read_text(encoding="utf-8"))
            self.finished[about["number"]] = about

    @classmethod
    def begin(cls, path: str | Path, model: Mapping[str, Any], size: int | None) -> Folder:
        """Begin a corpus, or go on with one that was begun with the same pipeline and size of batches.

        Raises:
            CorpusError: something else lies there, or a corpus made otherwise.
        """
        path = Path(path)
        if not (path / "manifest.json").exists():
            if path.exists() and (not path.is_dir() or any(one.name[0] != "." for one in path.iterdir())):
                raise CorpusError(f"{path} holds something else, not a corpus. Name a new or an empty folder.")
            path.mkdir(parents=True, exist_ok=True)
            _write(path / "manifest.json", _json({"form": FORM, "model": model, "size": size, "complete": False}))
        for table in (*SCHEMAS, "finished"):
            (path / table).mkdir(exist_ok=True)
        for half in path.glob("*/.*.part"):  # of a run that was killed while it wrote
            half.unlink(missing_ok=True)
        folder = cls(path)
        theirs = folder.manifest["model"]
        if theirs != model:
            raise CorpusError(
                f"{path} was begun with {_model(theirs)}, and this is {_model(model)}: their results do not mix. "
                "Name another folder, or delete that one."
            )
        if folder.manifest["size"] != size:
            raise CorpusError(
                f"{path} was begun with batches of another size ({folder.manifest['size']} characters, now {size})."
            )
        return folder

    def has(self, batch: Batch) -> bool:
        """Whether a batch is stored.

        Raises:
            CorpusError: one of that number is, but of other inputs.
        """
        note = self.finished.get(batch.number)
        if note is None:
            return False
        if note["digest"] != batch.digest:
            first, last = batch.inputs[0].name, batch.inputs[-1].name
            raise CorpusError(
                f"{self.path} was begun with other inputs: its batch {batch.number} holds {note['from']} … {note['to']}"
                f", and now {first} … {last}, or their content has changed. Name another folder, or delete that one."
            )
        return True

    def keep(self, batch: Batch, part: Part) -> None:
        """Store what a batch came to; when this returns it is on the disk."""
        name = f"part-{batch.number:05d}"
        tables = {self.path / table / f"{name}.parquet": content for table, content in part.files.items()}
        write_together(tables, what="the corpus", error=CorpusError)
        note = {
            "number": batch.number,
            "digest": batch.digest,
            "first": batch.first,
            "inputs": len(batch.inputs),
            "from": batch.inputs[0].name,
            "to": batch.inputs[-1].name,
            "articles": part.articles,
            "errors": part.errors,
            "words": part.words,
        }
        _write(self.path / "finished" / f"{name}.json", _json(note))
        self.finished[batch.number] = note

    def complete(self, batches: int) -> None:
        """Note that these were all the batches.

        Raises:
            CorpusError: more are stored: the corpus was begun with more inputs.
        """
        if any(number >= batches for number in self.finished):
            raise CorpusError(
                f"{self.path} was begun with more inputs: {len(self.finished)} batches are stored, and the inputs "
                f"now end after {batches}. Name another folder, or delete that one."
            )
        totals = {
            name: sum(note[name] for note in self.finished.values())
            for name in ("inputs", "articles", "errors", "words")
        }
        self.manifest |= {"complete": True, "batches": batches, **totals}
        _write(self.path / "manifest.json", _json(self.manifest))

    def files(self, table: str) -> list[Path]:
        """The files of a table, of the batches that are stored, in their order."""
        return [self.path / table / f"part-{number:05d}.parquet" for number in sorted(self.finished)]


@contextmanager
def only_writer(path: str | Path) -> Iterator[None]:
    """Keep other processes from writing the same corpus; the lock goes with the process, however that ends.

    Raises:
        CorpusError: another one is writing it.
    """
    path = Path(path)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CorpusError(f"{path} cannot be made into a folder: {error.strerror}.") from error
    try:
        import fcntl
    except ImportError:  # Windows: two writers at once are not told apart there
        yield
        return
    with (path / ".lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CorpusError(f"Another process is writing {path}. Wait for it, or name another folder.") from error
        yield


def _write(target: Path, content: bytes) -> None:
    write_together({target: content}, what="the corpus", error=CorpusError)


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8", "surrogateescape")


def _model(model: Mapping[str, Any]) -> str:
    told = f"{model.get('pipeline')} {model.get('version')} (analystkit {model.get('analystkit')})"
    return f"{told}, weights {str(model.get('digest'))[:8]}"
