"""Made-up annotators, to try out agreement and adjudication before two people have worked, and to test them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from typing import Any, Final

from analystkit.agreement.adjudication import Adjudication
from analystkit.agreement.differences import LAYERS, Layer
from analystkit.corrections import Event, apply, event
from analystkit.wire import Describable, as_dict

_SLIP: Final = 0.08  # how often a made-up annotator gets wrong what the machine has right
_OTHER_KIND: Final = {"direct": "mixed", "mixed": "indirect", "indirect": "mixed"}
_OTHER_POLARITY: Final = {"positive": "neutral", "negative": "neutral", "neutral": "negative"}


def pretend(
    machine: Describable | Mapping[str, Any],
    careful: Describable | Mapping[str, Any],
    *,
    by: str,
    care: float = 0.7,
    layers: Iterable[Layer] = LAYERS,
) -> list[Event]:
    """What a made-up annotator does to the machine's marks: most of what is needed, and a slip here and there.

    The same name always works in the same way; two names overlook different things. Nobody real is in it.

    Args:
        machine: The analysis that is corrected.
        careful: Careful marks of the same text, such as the gold marks of a sample.
        by: The annotator's name.
        care: The share of the machine's errors that they see and mend, from 0 to 1.
        layers: The layers that they work on.

    Returns:
        Their acts on the machine's analysis, for a `corrections.Store`.

    Raises:
        ValueError: The two are not of the same text.
    """
    data = as_dict(machine)
    rng = random.Random(f"{by} {data['article']['id']}")  # noqa: S311  # not a secret
    work = Adjudication(data, careful, by=by, layers=layers)
    for one in work.differences:
        if rng.random() < care:
            work.decide(one.id, "second")
    acts: list[Event] = []
    state = data
    for changes in [*(one["changes"] for one in work.events()), *_slips(work.gold.to_dict(), work, rng)]:
        own = [_by(by, change, state) for change in changes]
        act = "mark" if own[-1]["was"] is None else "remove" if own[-1]["now"] is None else "change"
        acts.append(event(data, own, by=by, act=act))
        state = apply(state, own)
    return acts


def _slips(state: Mapping[str, Any], work: Adjudication, rng: random.Random) -> Iterable[list[dict[str, Any]]]:
    """Changes, record by record, that make some kinds of quotes and polarities of stances wrong."""
    layers = {one.layer for one in work.differences}
    for layer, key, others in (("quotes", "kind", _OTHER_KIND), ("stances", "polarity", _OTHER_POLARITY)):
        for record in state[layer] if layer in layers else ():
            if rng.random() < _SLIP:
                yield [{"layer": layer, "was": record, "now": record | {key: others[record[key]]}}]


def _by(annotator: str, change: Mapping[str, Any], state: Mapping[str, Any]) -> dict[str, Any]:
    """A change as this annotator's: what it makes bears their name, what it replaces is what stands there by then."""
    layer, was, now = change["layer"], change["was"], change["now"]
    if was is not None:
        was = next(one for one in state[layer] if one["id"] == was["id"])
    if now is not None:
        now = dict(now) | {"by": annotator, "confidence": 1.0, "why": f"marked by {annotator}"}
    return {"layer": layer, "was": was, "now": now}
