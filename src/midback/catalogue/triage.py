"""The warning-sign questions of the weekly screen. In: data/triage.toml. Next: plan.clearance, doors.

``emergency`` stops everything now; ``urgent`` is to be seen before exercising; ``refer`` is advice to be
seen and blocks nothing; ``gate`` leaves some exercises out through an intake condition.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

STRICT = {"extra": "forbid"}
TriageLevel = Literal["emergency", "urgent", "refer", "gate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageGroup:
    """Questions shown together under one heading, with a line above them."""

    __pydantic_config__ = STRICT
    id: str
    title: Mapping[str, str]
    lead: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageQuestion:
    """One question, answered yes or no.

    group : id of the ``TriageGroup`` it stands in
    text : the question as the person reads it
    do : what to do when the answer is yes
    condition : the intake condition that a yes sets, for level ``gate``
    source : id of a ``evidence.Source``
    """

    __pydantic_config__ = STRICT
    id: str
    level: TriageLevel
    group: str
    text: Mapping[str, str]
    do: Mapping[str, str]
    source: str
    condition: str | None = None
