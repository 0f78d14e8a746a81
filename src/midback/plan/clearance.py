"""Which exercises are open to the person. In: made by ``triage``. Next: planner, coach, store."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from midback.catalogue.exercise import Exercise
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
    yes : what was reported: ids of triage questions, and ``numbness-new`` from the intake
    holding : those of them (or of an earlier screen) that keep the level at stop or ask first
    since : when the items that hold were last reported
    cleared : items that a professional has seen and allowed exercise with, for as long as they are reported
    """

    level: ClearanceLevel
    reasons: tuple[Reason, ...]
    advice: tuple[Reason, ...] = ()
    easy_allowed: bool = True
    gates: Mapping[str, GateResult] = field(default_factory=dict)
    at: datetime
    due_at: datetime
    yes: frozenset[str] = frozenset()
    holding: frozenset[str] = frozenset()
    since: datetime | None = None
    cleared: frozenset[str] = frozenset()
    rule_version: int = 1

    @property
    def easy_only(self) -> bool:
        """Only breathing and easy walking are open, until somebody was seen."""
        return self.level == "ask-first" and self.easy_allowed

    def allows(self, exercise: Exercise) -> bool:
        """Say whether an exercise is open at this level at all; what the gates leave of it is another question."""
        return not self.closed and (exercise.while_waiting or not self.easy_only)

    @property
    def closed(self) -> bool:
        """Nothing at all is open."""
        return self.level == "stop" or (self.level == "ask-first" and not self.easy_allowed)
