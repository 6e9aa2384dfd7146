"""What a part of the benchmarks is given: the pipeline and the corpora."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language

from analystkit import pipeline

SEEDS = Path(__file__).parents[1] / "seeds"


class NoCorporaError(Exception):
    """A part needs corpora that are not part of the project, and was given none."""


@dataclass
class Setting:
    """What is measured, and on what.

    Attributes:
        folder: The corpora, as training/README.md describes them; None where there are none.
        name: A spaCy pipeline; None for the shipped one.
    """

    folder: Path | None = None
    name: str | None = None
    _nlp: Language | None = field(default=None, repr=False)

    @property
    def corpora(self) -> Path:
        """The folder of corpora.

        Raises:
            NoCorporaError: there are none.
        """
        if self.folder is None:
            raise NoCorporaError("needs CORPORA, the folder that training/README.md describes")
        return self.folder

    def nlp(self) -> Language:
        """The pipeline with our layers, loaded once."""
        if self._nlp is None:
            self._nlp = pipeline.load(self.name)
        return self._nlp

    def bare(self) -> Language:
        """The pipeline without our layers."""
        return pipeline.bare(self.name)

    @property
    def label(self) -> str:
        """Name and version of the pipeline."""
        meta = self.nlp().meta
        return f"{meta['lang']}_{meta['name']} {meta['version']}"
