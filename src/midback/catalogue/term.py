"""A thing with a name: gear, symptom, place, body region, what was tried, professional. Next: doors."""

from collections.abc import Mapping
from dataclasses import dataclass, field

STRICT = {"extra": "forbid"}
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """An id with its name and a note, each keyed by language.

    name : how it is called, as it stands in a list or after "with a ..."
    note : one or two sentences about it: what to look for when buying, what a professional does
    group : where it is listed, e.g. ``back`` and ``front`` for body regions
    related : ids it belongs to, e.g. what else will do in its place
    asked_as : the question that asks for it, where it is asked for
    """

    __pydantic_config__ = STRICT
    id: str
    name: Words
    note: Words = field(default_factory=dict)
    asked_as: Words = field(default_factory=dict)
    group: str = ""
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Something about a person that a gate looks at.

    ask : the intake's question
    why : why it is asked, told beside the question
    name : short form for reasons, e.g. "sore wrists"
    from_age : set by age alone from this age in years on, without a question
    """

    __pydantic_config__ = STRICT
    id: str
    name: Words
    ask: Words
    why: Words
    from_age: int | None = None
