"""Turn plain tables into the catalogue's dataclasses. In: tables. Out: values of a kind. Next: load.

``validate`` checks everything and names the key that does not fit; files from outside go through it.
``build`` trusts its tables and is about ten times faster, pydantic's import included; the packaged files go
through it, and a test holds both to the same result for every one of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from midback.catalogue.refusal import FileRefused

T = TypeVar("T")


def validate(file: str, kind: type[T], tables: object, key: str = "") -> T:
    """Return ``tables`` as a value of ``kind``; raise FileRefused naming the first key that does not fit."""
    from pydantic import ValidationError

    try:
        adapter: Any = _adapter(cast(Any, kind))
        return cast(T, adapter.validate_python(tables))
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        at = key + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in first["loc"])
        raise FileRefused(file, at.lstrip(".")[:120], f"{first['msg']}.") from error
    except (RecursionError, OverflowError) as error:
        raise FileRefused(file, key, "Use ordinary sizes.", "it is too large or too deep.") from error


def build(file: str, kind: type[T], tables: object, key: str = "") -> T:
    """Return ``tables`` as a value of ``kind``, trusting them; what cannot be built raises FileRefused."""
    try:
        return cast(T, _builder(cast(Any, kind))(tables))
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise FileRefused(file, key, f"It must hold a {kind.__name__}.", f"{error}.") from error


@cache
def _adapter(kind: Any) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


@cache
def _builder(kind: Any) -> Callable[[Any], Any]:
    """Return the function that builds one kind: a dataclass, a tuple, a mapping, or a plain value."""
    origin, parts = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        return _dataclass_builder(kind)
    if origin in (Union, UnionType):
        inner = [_builder(part) for part in parts if part is not NoneType]
        return _optional(inner[0]) if len(inner) == 1 else _whichever(parts)
    if origin is tuple and len(parts) == 2 and parts[1] is Ellipsis:
        each = _builder(parts[0])
        return lambda values: tuple(map(each, values))
    if origin is tuple:
        builders = [_builder(part) for part in parts]
        return lambda values: tuple(b(value) for b, value in zip(builders, values, strict=True))
    if origin is Mapping or kind is Mapping:
        of = _builder(parts[1])
        return lambda table: {name: of(value) for name, value in table.items()}
    return float if kind is float else _as_is


def _dataclass_builder(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    builders = {field.name: _builder(hints[field.name]) for field in fields(kind)}

    def build_one(table: Any) -> Any:
        return kind(**{name: builders[name](value) for name, value in table.items()})

    return build_one


def _as_is(value: Any) -> Any:
    return value


def _optional(builder: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else builder(value)


def _whichever(parts: tuple[Any, ...]) -> Callable[[Any], Any]:
    """Of a plain value or a tuple, lists are the tuple."""
    listed = next((part for part in parts if get_origin(part) is tuple), None)
    if listed is None:
        return _as_is
    as_tuple = _builder(listed)
    return lambda value: as_tuple(value) if isinstance(value, list) else value
