"""Which exercises are open to the person. In: screen answers and intake. Out: Clearance. Next: planner, coach."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from midback.reasons import Reason

ClearanceLevel = Literal["stop", "ask-first", "gated", "go"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateResult:
    """What the gates leave of one exercise: no variants means blocked. ``range`` caps the range of motion."""

    variants: tuple[str, ...]
    range: float = 1.0
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """The outcome of triage.

    level : ``stop`` and ``ask-first`` allow at most easy movement (``easy_allowed`` says whether even that)
    gates : only exercises that the gates touch
    due_at : when the screen must be asked again
    advice : reasons that advise being seen without blocking
    """

    level: ClearanceLevel
    reasons: tuple[Reason, ...]
    advice: tuple[Reason, ...] = ()
    easy_allowed: bool = True
    gates: Mapping[str, GateResult] = field(default_factory=dict)
    at: datetime
    due_at: datetime
    rule_version: int = 1
