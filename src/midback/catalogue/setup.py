"""The set-up check for desk, sofa and driver's seat. In: data/setup.toml. Next: doors, store.setup_looks."""

from collections.abc import Mapping
from dataclasses import dataclass

STRICT = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupItem:
    """One thing to look at.

    order : what to change first has the smallest number
    look : what to look at, as a question that "yes" answers as fine
    change : what to change when it is not so
    why : what it is meant to make easier
    """

    __pydantic_config__ = STRICT
    id: str
    order: int
    name: Mapping[str, str]
    look: Mapping[str, str]
    change: Mapping[str, str]
    why: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupCheck:
    """All items of one seat (``desk``, ``sofa``, ``driver-seat``), looked at again after a week."""

    __pydantic_config__ = STRICT
    id: str
    title: Mapping[str, str]
    lead: Mapping[str, str]
    items: tuple[SetupItem, ...]
    again_after_days: int = 7
