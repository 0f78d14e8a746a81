"""What the person told us, as values. In: the doors. Next: clearance, planner, progression."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from midback.catalogue.exercise import DoseBy, Place

Tried = Literal["helped", "no-change", "worse"]
Effort = Literal["easy", "ok", "hard"]
Sex = Literal["female", "male"]
Strength = Literal["low", "average", "high"]
PauseWhy = Literal["illness", "flare", "travel"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenAnswers:
    """One warning-sign screen: ``yes`` holds the questions answered yes; all others were answered no.

    way_back_* : entered after a stop: who saw the person, when, and that they may exercise
    """

    at: datetime
    yes: frozenset[str] = frozenset()
    seen_by: str | None = None
    seen_on: date | None = None
    may_exercise: bool = False
    changed_because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """An existing habit to hang an exercise on, with its usual local time as minutes after midnight."""

    id: str
    label: str
    minute: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkDay:
    """Local minutes after midnight between which a working day runs."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualBout:
    """One line of the usual-day template: local minutes after midnight and an activity."""

    start: int
    end: int
    activity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Massage:
    """What the person set aside for massage."""

    wanted: bool = False
    monthly_budget: float = 0.0
    currency: str = "EUR"
    per_month: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """The person's answers that plan and gates need. Everything has a default that is safe to plan with.

    conditions : ids of data/conditions.toml (osteoporosis, pregnancy, wrists, no-floor, ...)
    symptoms : ids: stiffness, tension, tightness, spasms, crunchy, neck
    numbness : ``none``; ``known``: older and a professional knows; ``new``: new, spreading or with weakness
    tried : what was tried -> how it went; keys are exercise ids and stretches, movement, ice, heat,
        massage-gun
    work : weekday 0..6 (Monday 0) -> working hours
    sitting_h, driving_h, standing_h : hours on a usual working day
    mass_kg, stature_m, sex, strength : for the body model alone; None is not told
    """

    birth_year: int | None = None
    country: str = "other"
    years_in_job: float | None = None
    conditions: frozenset[str] = frozenset()
    symptoms: frozenset[str] = frozenset()
    numbness: Literal["none", "known", "new"] = "none"
    tried: Mapping[str, Tried] = field(default_factory=dict)
    sitting_h: float = 8.0
    driving_h: float = 0.0
    standing_h: float = 0.0
    usual_day: tuple[UsualBout, ...] = ()
    work: Mapping[int, WorkDay] = field(
        default_factory=lambda: {d: WorkDay(start=540, end=1020) for d in range(5)}
    )
    wake: int = 420
    sleep: int = 1350
    places: frozenset[Place] = frozenset({"desk", "home-floor"})
    gear: frozenset[str] = frozenset()
    wanted: frozenset[str] = frozenset()
    habits: tuple[Habit, ...] = ()
    daily_minutes: int = 20
    dose_by: DoseBy = "time"
    massage: Massage = field(default_factory=Massage)
    complaint_regions: frozenset[str] = frozenset({"mid-back"})
    activities: tuple[str, ...] = ()
    mass_kg: float | None = None
    stature_m: float | None = None
    sex: Sex | None = None
    strength: Strength | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """One short check-in. Pain is 0..10 (NPRS); None is "not answered", never zero.

    kind : ``daily``; ``next-day``: pain 24 h after a session
    regions : body-map areas that hurt
    psfs : the person's activities -> 0 (unable) .. 10 (as before)
    worse : pain clearly worse than usual, or new: brings the warning-sign screen back
    """

    at: datetime
    kind: Literal["daily", "next-day"] = "daily"
    pain_now: int | None = None
    pain_average: int | None = None
    pain_worst: int | None = None
    symptoms: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    psfs: Mapping[str, int] = field(default_factory=dict)
    worse: bool = False
    session_id: str | None = None
    note: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A streak pause. ``end`` None means until further notice."""

    start: date
    end: date | None
    why: PauseWhy
    id: str = ""
