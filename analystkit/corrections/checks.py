"""What comes from outside is checked before it is kept: events from a browser, correction files from a colleague."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from analystkit import schema
from analystkit.corrections import records
from analystkit.errors import CorrectionsError

if TYPE_CHECKING:
    from jsonschema.protocols import Validator


def check_events(events: Sequence[Any]) -> None:
    """See that values are events: their shape, and that spans are not empty and changes keep to one record.

    Raises:
        CorrectionsError: names the event, the place in it, what stands there and what was expected.
    """
    valid = schema.validator(schema.CORRECTIONS_ID, "#/$defs/event")
    for number, event in enumerate(events, start=1):
        complain(valid, event, f"Event {number} is not one of the form {schema.CORRECTIONS_ID}")
        for change in event["changes"]:
            _check_change(change, f"Event {number} ({event['id']})")


def complain(valid: Validator, value: Any, title: str) -> None:
    """Raise the most telling of a value's breaches of a schema, if it has any."""
    from jsonschema.exceptions import best_match

    if valid.is_valid(value):
        return
    error = best_match(valid.iter_errors(value))
    if error is not None:
        raise CorrectionsError(f"{title}: at {error.json_path.removeprefix('$.')}: {error.message[:300]}")


def _check_change(change: dict[str, Any], title: str) -> None:
    was, now = change["was"], change["now"]
    if was and now and was["id"] != now["id"]:
        raise CorrectionsError(
            f"{title} makes the record {was['id']} into {now['id']}; a record keeps its id. "
            "To replace one by another, remove the one and add the other."
        )
    for record in (was, now):
        for start, end in records.spans(change["layer"], record) if record else ():
            if start >= end:
                raise CorrectionsError(
                    f"{title}: the span {start}:{end} of {record['id']} is empty; the end is exclusive."
                )
