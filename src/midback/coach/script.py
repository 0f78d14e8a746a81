"""What a session will be, before it starts. In: prescriptions and preferences. Out: Script. Next: ``fold``.

A script is a list of items; an item is one exercise and breaks up into units: one set on one side.
Times are whole microseconds here, because adding them up must not depend on how they were cut.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from midback.catalogue.exercise import Dose
from midback.errors import InputError, Phrase
from midback.plan.performance import Side
from midback.plan.prescription import Prescription

Sound = Literal["voice", "tones", "silent"]
SOUNDS: tuple[Sound, ...] = ("voice", "tones", "silent")
SECOND = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """How the person likes to be guided.

    ready_s : to get ready, 0-15 ; change_s : to change sides, 5-10 ; rest_s : between exercises, 0-60
    """

    ready_s: int = 5
    change_s: int = 7
    rest_s: int = 15
    sound: Sound = "voice"

    def __post_init__(self) -> None:
        for what, given, least, most in (
            (Phrase("to get ready"), self.ready_s, 0, 15),
            (Phrase("to change sides"), self.change_s, 5, 10),
            (Phrase("to rest"), self.rest_s, 0, 60),
        ):
            if not least <= given <= most:
                raise InputError(
                    "The time {what} is {given} s.",
                    "It can be {least} to {most} s.",
                    "Choose a number in between.",
                    values={"what": what, "given": given, "least": least, "most": most},
                )
        if self.sound not in SOUNDS:
            raise InputError(
                "The sound profile is {sound!r}.",
                "It is voice, tones or silent.",
                "Choose one of the three.",
                values={"sound": self.sound},
            )


@dataclass(frozen=True, slots=True)
class Unit:
    """One set (from 0) on one side."""

    set: int
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One exercise of a session; ``key`` is unique in it; ``prescription_id`` is empty when unplanned."""

    key: str
    prescription_id: str = ""
    exercise_id: str
    variant_id: str
    level: int
    dose: Dose
    sides: tuple[Side, ...] = ("both",)
    range_scale: float = 1.0
    gear: tuple[str, ...] = ()
    counts: bool = True

    def __post_init__(self) -> None:
        if self.dose.seconds <= 0 or self.dose.sets <= 0 or not self.sides:
            raise InputError(
                "{exercise} has nothing to do in it.",
                "A dose needs seconds, sets and a side.",
                "Mend the dose.",
                values={"exercise": self.exercise_id},
            )

    @property
    def units(self) -> tuple[Unit, ...]:
        """Every set on every side, in the order they are done."""
        return tuple(Unit(number, side) for number in range(self.dose.sets) for side in self.sides)

    @property
    def work_us(self) -> int:
        """Length of one unit in microseconds."""
        return self.dose.seconds * SECOND

    @property
    def tempo_us(self) -> int | None:
        """Length of one repetition in microseconds, or None when the dose is by time."""
        if self.dose.repetitions is None:
            return None
        return max(1, self.work_us // self.dose.repetitions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What will be done, and how the person likes to be guided.

    pain_before : 0..10 just before, the level every later pain is judged against
    length_min : the length chosen, or None for one exercise alone
    """

    items: tuple[Item, ...]
    preferences: Preferences = Preferences()
    pain_before: int | None = None
    length_min: int | None = None


def item(prescription: Prescription, key: str | None = None) -> Item:
    """Turn one prescription into an item of a session."""
    return Item(
        key=key or prescription.id,
        prescription_id=prescription.id,
        exercise_id=prescription.exercise_id,
        variant_id=prescription.variant_id,
        level=prescription.level,
        dose=prescription.dose,
        sides=prescription.sides,
        range_scale=prescription.range_scale,
        gear=prescription.gear,
        counts=prescription.counts,
    )


def script(
    prescriptions: Sequence[Prescription],
    preferences: Preferences | None = None,
    pain_before: int | None = None,
    length_min: int | None = None,
) -> Script:
    """Lay out a session from prescriptions, in their order.

    Raises
    ------
    InputError : when there is nothing to do, or the pain is not 0..10
    """
    if not prescriptions:
        raise InputError("There is nothing to do in this session.", "It needs one exercise.", "Choose one.")
    check_pain(pain_before)
    items: list[Item] = []
    for number, prescription in enumerate(prescriptions):
        made = item(prescription)
        if any(made.key == other.key for other in items):
            made = replace(made, key=f"{made.key}#{number}")
        items.append(made)
    return Script(
        items=tuple(items),
        preferences=preferences or Preferences(),
        pain_before=pain_before,
        length_min=length_min,
    )


def check_pain(pain: int | None) -> None:
    """Raise InputError unless pain is 0..10 or not answered."""
    if pain is not None and not 0 <= pain <= 10:
        raise InputError(
            "The pain given is {pain}.",
            "It is a number from 0 to 10.",
            "Choose one of them.",
            values={"pain": pain},
        )


def item_from(data: Mapping[str, Any]) -> Item:
    """Read an item back from an event."""
    given = dict(data)
    given["dose"] = Dose(**given["dose"])
    given["sides"] = tuple(given["sides"])
    given["gear"] = tuple(given["gear"])
    return Item(**given)
