"""Our dataclasses as JSON and back. In: a value of the core. Out: JSON-able data. Next: tables, archive.

Sets are written in order, so the same value is always the same text. Reading goes through pydantic, which
knows the types; one adapter is built per type and kept.
"""

import math
from collections.abc import Hashable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from midback.errors import InputError, misfit

T = TypeVar("T")


def dump(value: object) -> Any:
    """Return the value as JSON-able data: datetimes in UTC with a Z, sets sorted, tuples as lists.

    Raises
    ------
    InputError : a naive datetime, a number that is not finite, or a type that JSON cannot hold
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise InputError(
                "{value} is not a number that can be kept.",
                "Missing is null, never NaN.",
                values={"value": value},
            )
        return value
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): dump(entry) for key, entry in value.items()}
    if isinstance(value, AbstractSet):
        return sorted((dump(entry) for entry in value), key=repr)
    if isinstance(value, list | tuple):
        return [dump(entry) for entry in value]
    if is_dataclass(value):
        return {field.name: dump(getattr(value, field.name)) for field in fields(value)}
    raise InputError("A {kind} cannot be kept as JSON.", values={"kind": type(value).__name__})


def instant_text(at: datetime) -> str:
    """Return an aware datetime as ISO 8601 in UTC, ending in Z."""
    if at.tzinfo is None:
        raise InputError("{at} has no time zone.", "Instants are kept in UTC.", values={"at": at.isoformat()})
    try:
        return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    except OverflowError as exc:
        raise InputError("{at} is outside the calendar.", values={"at": at.isoformat()}) from exc


def load(kind: type[T], data: object, where: str = "") -> T:
    """Return the value of type ``kind`` that ``data`` describes; ``where`` starts the path in the message.

    Raises
    ------
    InputError : the data does not describe such a value; the message names the path to the first fault
    """
    try:
        loaded: T = adapter(cast(Hashable, kind)).validate_python(data)
    except ValidationError as exc:
        first = exc.errors(include_url=False, include_input=False)[0]
        path = ".".join((where, *map(str, first["loc"]))).strip(".")
        cause = first.get("ctx", {}).get("error")
        if isinstance(cause, InputError):  # the value itself said what is wrong
            seen, rule, step = cause.phrases
            raise InputError(
                "{path}: {seen}", rule, step, values={"path": path or str(kind), "seen": seen}
            ) from exc
        raise InputError("{place}: {rule}.", values={"place": path or kind, "rule": misfit(first)}) from exc
    return loaded


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """Return the pydantic adapter of a type, built once."""
    return TypeAdapter(kind)
