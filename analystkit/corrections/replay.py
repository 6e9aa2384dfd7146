"""Replay: what people did, done again on a fresh analysis.

On the analysis that they corrected, every act is simply repeated. On another one (a newer model's, or of a
text that has changed since) the record that an act is about is looked for where its words stand now, and what
the act changed is changed there. What finds no place is listed, never dropped in silence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analystkit.analysis import Analysis
from analystkit.corrections.events import Event, events_at_once, in_force
from analystkit.corrections.repeating import Repetition, Unplaced


@dataclass(frozen=True)
class Replay:
    """An analysis as people corrected it.

    Attributes:
        analysis: The corrected analysis.
        unplaced: What could not be done in it, in the order of the acts.
        acts: How many acts stand (without those taken back), including those that are unplaced.
    """

    analysis: Analysis
    unplaced: tuple[Unplaced, ...]
    acts: int


def replay(analysis: Analysis, events: Iterable[Event]) -> Replay:
    """Do on an analysis what people did, in the order of the log.

    Acts that were taken back are left out. Where two people changed the same record, the differences that each
    of them made are made; where they changed the same thing of it, the later one stands.

    Args:
        analysis: The machine's analysis, not yet corrected.
        events: Events as a store gives them, of one annotator or several, on this text or on earlier ones.
    """
    with events_at_once():
        repetition = Repetition(analysis.to_dict())
        standing = in_force(events)
        for event in standing:
            repetition.act(event)
        data = repetition.result()
    corrected = Analysis(data, doc=analysis.doc, warnings=analysis.warnings)
    return Replay(corrected, tuple(repetition.unplaced), len(standing))
