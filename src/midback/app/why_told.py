"""What "Why" tells, as values. In: body's numbers. Out: frozen values with intervals. Next: cli, web, api.

Fractions are shares of one, not percent; angles are degrees, as a door shows them; everything else is SI. Every
interval is 90 %. What is not known is None, never zero. Words come as Reasons, which a door says in its language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal

from midback.body.exposure import Activity
from midback.plan.answers import Sex, Strength
from midback.plan.break_rule import BreakRule
from midback.reasons import Reason

Group = Literal["neck", "mid-back", "shoulders"]
Part = Literal["head", "arms", "trunk"]
Direction = Literal["longer", "shorter", "same"]
# From this share of its strength on, words say "its whole strength": nobody holds with more than that.
WHOLE_FROM: Final = 0.995


@dataclass(frozen=True, slots=True)
class Spread:
    """A number and the 90 % interval around it."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whose body: what was told; None is not told, and spread over healthy adults."""

    mass_kg: float | None = None
    stature_m: float | None = None
    sex: Sex | None = None
    strength: Strength | None = None

    @property
    def general(self) -> bool:
        """Say whether nothing is known of the person, so that the numbers are those of adults in general."""
        return (self.mass_kg, self.stature_m, self.sex) == (None, None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Angles:
    """How a body is held. Degrees from relaxed upright; supports are shares 0..1 of what they can carry.

    head_flexion : head and neck from vertical ; trunk_flexion : trunk from vertical ; arms_forward : upper arms
    from hanging ; thoracic_flexion : rounding of the upper back beyond one's own ; elbow : 0 is a straight arm
    """

    head_flexion: float = 0.0
    trunk_flexion: float = 0.0
    thoracic_flexion: float = 0.0
    arms_forward: float = 0.0
    elbow: float = 0.0
    arm_support: float = 0.0
    back_rest: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelLoad:
    """The load at one level of the spine, C7 and T1..T12; ``relative``: to the same person sitting upright."""

    level: str
    moment_n_m: Spread
    extensor_force_n: Spread
    compression_n: Spread
    relative: Spread


@dataclass(frozen=True, slots=True, kw_only=True)
class BandNow:
    """One muscle as a band: its length against the same person upright; ``strain`` +0.05 is 5 % longer."""

    muscle: str
    length_m: float
    strain: float
    direction: Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyPosture:
    """What a posture asks of a person.

    neck_fraction : of the neck's greatest strength (MVC)
    mid_back : mean over T4..T8 of the load relative to upright
    bands : empty where ``bands`` were not asked for
    said : sentences in the order to read them ; notes : what the numbers rest on and where they are wide
    sources : ids of the catalogue's sources
    neck_grade, mid_back_grade : how well it is known, A to D: that of the weakest constant behind it
    """

    person: Person
    angles: Angles
    neck_fraction: Spread
    neck_moment_n_m: Spread
    neck_compression_n: Spread
    shoulder_moment_n_m: Spread
    mid_back: Spread
    levels: tuple[LevelLoad, ...]
    bands: tuple[BandNow, ...]
    said: tuple[Reason, ...]
    notes: tuple[Reason, ...]
    sources: tuple[str, ...]
    neck_grade: str
    mid_back_grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HourLoad:
    """One local hour.

    load : mean effort by group, share of its strength ; tiredness : the highest in the hour, 0..1
    tiredness_low, tiredness_high : the same if all the unknown time had been rest in movement, or the heaviest of
        what is known ; known : share of the hour that somebody or something told of ; seconds : by activity
    All maps are empty for an hour that has not been yet.
    """

    start: datetime
    end: datetime
    load: Mapping[Group, float] = field(default_factory=dict)
    tiredness: Mapping[Group, float] = field(default_factory=dict)
    tiredness_low: Mapping[Group, float] = field(default_factory=dict)
    tiredness_high: Mapping[Group, float] = field(default_factory=dict)
    known: float = 0.0
    seconds: Mapping[Activity, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One unbroken stretch of the day and what it added.

    looks : "slumped", "nearer" or "upright" where the camera told, else ""
    added : share of the mid-back's effort over the day, 0..1 ; group : the one it tired most
    """

    start: datetime
    end: datetime
    activity: Activity
    angles: Angles
    looks: str
    added: float
    group: Group
    because: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Eases:
    """What a movement of the break rule takes off each group, 0..1: half its effort, half what its bands undo."""

    exercise_id: str
    variant_id: str
    groups: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayState:
    """How a day went for each group: the highest and the mean tiredness, 0..1, and the breaks it had."""

    peak: Mapping[Group, float]
    mean: Mapping[Group, float]
    breaks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyDay:
    """One local day.

    usual : the hours come from the usual day of the intake ; so_far : the day is not over
    mostly : how the day's sitting was held for most of its time ; sitting : the effort of that, by group, which an
        hour's ``load`` is told against: near the end of long days ``tiredness`` hardly tells hours apart
    by_activity : share of the day's load, by activity ; by_part : share of the mid-back's extra load over upright
    stretches : the two or three that added most ; longest : the longest still stretch
    posture : how the person is held now, or was in the heaviest stretch where the day is over
    rule : the break rule in force today, None where none is ; eases : what its movements take off, in their order
    night_s : seconds of rest before the day
    """

    day: date
    start: datetime
    end: datetime
    usual: bool
    so_far: bool
    person: Person
    hours: tuple[HourLoad, ...]
    state: DayState
    mostly: Angles
    sitting: Mapping[Group, float]
    by_activity: Mapping[Activity, float]
    by_part: Mapping[Part, float]
    stretches: tuple[Stretch, ...]
    longest: Stretch | None
    posture: WhyPosture
    rule: BreakRule | None
    eases: tuple[Eases, ...]
    night_s: float
    said: tuple[Reason, ...]
    notes: tuple[Reason, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyEffect:
    """What moving one slider does: the posture's numbers, and the day held like that with such breaks.

    course : the mid-back's tiredness at the end of each piece of the day, so that each break is seen in it
    """

    posture: WhyPosture
    spacing_min: float | None
    state: DayState
    usual: DayState
    course: tuple[tuple[datetime, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One constant behind the numbers; ``sources`` are ids, ``titles`` their names."""

    id: str
    value: float | tuple[float, ...]
    spread: float | tuple[float, ...] | None
    unit: str
    status: str
    grade: str
    sources: tuple[str, ...]
    note: Mapping[str, str]
