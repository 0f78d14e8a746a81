"""What may be kept, checked before it is written. In: a name and a value. Raises InputError naming both."""

import math
from collections.abc import Mapping
from datetime import date, datetime

from midback.errors import InputError

LONGEST_TEXT = 4000


def require_scale(**values: int | None) -> None:
    """Raise InputError unless every value is None or 0..10."""
    for name, value in values.items():
        if value is not None and not 0 <= value <= 10:
            raise InputError(
                "{name} is {value}.", "The scale goes from 0 to 10.", values={"name": name, "value": value}
            )


def require_scales(name: str, values: Mapping[str, int]) -> None:
    """Raise InputError unless every entry is 0..10."""
    for key, value in values.items():
        require_scale(**{f"{name}.{key}": value})


def require_order(first: datetime | date, last: datetime | date | None, what: str) -> None:
    """Raise InputError when the last lies before the first."""
    if last is not None and last < first:
        raise InputError(
            "{what} ends ({last}) before it starts ({first}).",
            values={"what": what, "last": last.isoformat(), "first": first.isoformat()},
        )


def require_amount(**values: float) -> None:
    """Raise InputError unless every value is a finite number, zero or more."""
    for name, value in values.items():
        if not math.isfinite(value) or value < 0:
            raise InputError(
                "{name} is {value}.", "It must be zero or more.", values={"name": name, "value": value}
            )


def require_text(longest: int = LONGEST_TEXT, /, **values: str | None) -> None:
    """Raise InputError for a text that is too long or that no file can hold."""
    for name, value in values.items():
        if value is None:
            continue
        if len(value) > longest:
            raise InputError(
                "{name} has {n} characters.",
                "At most {longest} fit.",
                values={"name": name, "n": len(value), "longest": longest},
            )
        if "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
            raise InputError("{name} holds characters that are no text.", values={"name": name})


def require_id(name: str, value: str | None, longest: int = 64) -> None:
    """Raise InputError unless the id is short, printable and not empty."""
    if value is not None and (not value or len(value) > longest or not value.isprintable()):
        raise InputError(
            "{name} {value!r} cannot be used.",
            "An id is 1 to {longest} printable characters.",
            values={"name": name, "value": value[:20], "longest": longest},
        )
