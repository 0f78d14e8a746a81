"""One exercise as the catalogue holds it. In: a TOML table, checked by ``load``. Next: plan, coach, share.

An exercise file holds everything about one movement: how much of it, for whom not, where, with what,
in which words, and (through ``keyframe``) how it moves. Texts are keyed by language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from midback.catalogue.check import Check
from midback.catalogue.keyframe import Movement

Place = Literal["desk", "cab", "outdoors", "home-floor", "bed"]
Family = Literal["daily", "break", "worn", "care"]
Purpose = Literal[
    "extension", "mobility", "rotation", "release", "opening", "strength", "variety", "easy", "care"
]
Slot = Literal["morning", "day", "evening", "night"]
Grade = Literal["A", "A-", "B", "B-", "C", "D", "X"]
Resistance = Literal["none", "light", "medium", "heavy"]
DoseBy = Literal["time", "repetitions"]
Noise = Literal["silent", "quiet", "audible"]
Looks = Literal["unseen", "ordinary", "exercise"]

STRICT = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """How much, for one side: FITT's intensity and time. Frequency stands in ``Frequency``.

    seconds : length of one set in s; for a dose by repetitions it is ``repetitions * tempo_s``
    repetitions : how many in one set, or None when the dose is by time
    tempo_s : s for one repetition
    range : fraction of the full range of motion, 0..1
    """

    seconds: int
    repetitions: int | None = None
    tempo_s: float | None = None
    sets: int = 1
    rest_s: int = 15
    range: float = 1.0
    resistance: Resistance = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One rung of an exercise's ladder; rungs grow in time first, then range, then load."""

    __pydantic_config__ = STRICT
    seconds: int | None = None
    repetitions: int | None = None
    tempo_s: float | None = None
    sets: int = 1
    rest_s: int = 15
    range: float = 1.0
    resistance: Resistance = "none"

    def dose(self, by: DoseBy = "time") -> Dose:
        """Return the dose of this level, by repetitions where asked and possible, else by time."""
        if (
            self.repetitions is not None
            and self.tempo_s is not None
            and (by == "repetitions" or self.seconds is None)
        ):
            return Dose(
                seconds=round(self.repetitions * self.tempo_s),
                repetitions=self.repetitions,
                tempo_s=self.tempo_s,
                sets=self.sets,
                rest_s=self.rest_s,
                range=self.range,
                resistance=self.resistance,
            )
        if self.seconds is None:
            raise ValueError("a level needs seconds, or repetitions with tempo_s")
        return Dose(
            seconds=self.seconds,
            tempo_s=self.tempo_s,
            sets=self.sets,
            rest_s=self.rest_s,
            range=self.range,
            resistance=self.resistance,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequency:
    """How often: ``per_day`` times on ``days_per_week`` days, in these parts of the day.

    per_month : for what is less than weekly, such as a visit; ``days_per_week`` is 0 then
    """

    __pydantic_config__ = STRICT
    per_day: int = 1
    days_per_week: int = 7
    per_month: int = 0
    slots: tuple[Slot, ...] = ("day",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Who must not, or must do it otherwise.

    condition : an intake condition of data/conditions.toml, e.g. ``osteoporosis``, ``wrists``, ``no-floor``
    action : ``block`` the whole exercise, or ``variant``: only the variants named stay allowed,
        or ``range``: smaller range only
    """

    __pydantic_config__ = STRICT
    condition: str
    action: Literal["block", "variant", "range"]
    variants: tuple[str, ...] = ()
    range: float = 1.0
    reason: Mapping[str, str]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One way to do the exercise. The first variant of an exercise is its usual one.

    gear : for each thing needed, what will do, best first, e.g. (("ball", "tennis-ball"),)
    needs : what the body must be able to do: floor, kneel, wrists, supine, stand, overhead
    """

    __pydantic_config__ = STRICT
    id: str
    places: tuple[Place, ...]
    gear: tuple[tuple[str, ...], ...] = ()
    needs: tuple[str, ...] = ()
    noise: Noise = "silent"
    looks: Looks = "exercise"
    movement: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """Which signal a camera could check it by; ``none`` is shown as "not checkable".

    view : where the camera looks from: ``side``, ``front`` or ``back``
    validated : whether the signal was tried on recordings; otherwise it is marked as not yet tried
    variants : the variants it holds for; empty means all
    check : how the signal is read; None as long as nothing reads it
    """

    __pydantic_config__ = STRICT
    signal: str = "none"
    view: str | None = None
    validated: bool = False
    variants: tuple[str, ...] = ()
    check: Check | None = None

    def can_check(self, variant_id: str) -> bool:
        """Say whether this variant can be checked by a camera at all."""
        return self.signal != "none" and (not self.variants or variant_id in self.variants)


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantText:
    """Words of one variant. ``cues`` are keyed by the keyframes' cue names, each at most 12 words."""

    __pydantic_config__ = STRICT
    name: str
    steps: tuple[str, ...]
    cues: Mapping[str, str]
    picture: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words of one exercise in one language."""

    __pydantic_config__ = STRICT
    title: str
    short: str
    purpose: str
    stop_signs: tuple[str, ...]
    evidence: str
    variants: Mapping[str, VariantText]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One exercise.

    family : ``daily`` is planned into sessions, ``break`` fits between work (and may fill a session),
        ``worn`` is the band or the disc, ``care`` is done by or with others
    counts : whether its minutes count towards the daily minutes (row S6)
    easy : allowed when only breathing, walking and small easy movement are
    while_waiting : open even before somebody was seen who is to be seen first: breathing and easy walking
    wanted_only : planned only when the person owns the gear and said they want it
    articles_dose : the source articles' own dose in a few words, keyed by language; empty when they have none
    claims : ids of ``evidence.Claim``
    """

    __pydantic_config__ = STRICT
    id: str
    version: int
    family: Family
    purpose: Purpose
    regions: tuple[str, ...]
    counts: bool
    easy: bool = False
    while_waiting: bool = False
    wanted_only: bool = False
    sides: bool = False
    dose_by: tuple[DoseBy, ...] = ("time",)
    frequency: Frequency
    articles_dose: Mapping[str, str]
    levels: tuple[Level, ...]
    variants: tuple[Variant, ...]
    gates: tuple[Gate, ...] = ()
    camera: Camera = Camera()
    grade: Grade
    claims: tuple[str, ...] = ()
    text: Mapping[str, Text]
    movements: Mapping[str, Movement] = field(default_factory=dict)
    own: bool = False

    def variant(self, variant_id: str) -> Variant:
        """Return the variant by its id; raise KeyError when there is none."""
        for variant in self.variants:
            if variant.id == variant_id:
                return variant
        raise KeyError(variant_id)

    def movement_of(self, variant_id: str) -> Movement | None:
        """Return how the variant moves, or None for care items that do not move."""
        return self.movements.get(self.variant(variant_id).movement or variant_id)
