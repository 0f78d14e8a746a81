"""The six sliders of "Why" and the one for breaks: what they mean, how they are read, how they are said.

In: the fields of an address. Out: a Held in whole degrees, percent and minutes, as Angles for the use case. Next:
why_held. What is left out, or is no number, stands where the person is usually held.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from midback.app.why_told import Angles
from midback.share.wording import N_

from .i18n import _

# At its right end the slider leaves the breaks as the day had them.
AS_IT_WAS = 125


@dataclass(frozen=True, slots=True)
class Held:
    """How a body is held: degrees from relaxed upright, shares of support in percent, minutes between breaks.

    elbow : has no slider; it goes with the shape the person started from
    """

    head: int = 0
    upper: int = 0
    trunk: int = 0
    arms: int = 0
    arm_rest: int = 0
    back_rest: int = 0
    elbow: int = 0
    breaks: int = AS_IT_WAS

    @property
    def spacing_min(self) -> float | None:
        """Return the minutes between breaks, or None for breaks as the day had them."""
        return None if self.breaks >= AS_IT_WAS else float(self.breaks)

    @property
    def angles(self) -> Angles:
        """Return the position as the use cases read it."""
        return Angles(
            head_flexion=self.head,
            trunk_flexion=self.trunk,
            thoracic_flexion=self.upper,
            arms_forward=self.arms,
            elbow=self.elbow,
            arm_support=self.arm_rest / 100,
            back_rest=self.back_rest / 100,
        )


@dataclass(frozen=True, slots=True)
class Range:
    """One slider: its field, name, and how a value is said.

    none : how nothing is said ; full : how its high end is said ; behind : how a value below nothing is said
    """

    id: str
    name: str
    says: str
    none: str
    low: int
    high: int
    step: int = 1
    full: str = ""
    behind: str = ""


RANGES = (
    Range("head", N_("Head and neck"), N_("{n}° forward"), N_("upright"), 0, 75),
    Range("upper", N_("Upper back"), N_("rounded by {n}°"), N_("as upright"), 0, 40),
    Range(
        "trunk",
        N_("Trunk"),
        N_("leaning {n}° forward"),
        N_("upright"),
        -30,
        45,
        behind=N_("leaning {n}° back"),
    ),
    Range("arms", N_("Upper arms"), N_("{n}° forward"), N_("hanging"), 0, 90),
    Range(
        "arm_rest", N_("Arms resting on something"), N_("{n} % of their weight"), N_("not resting"), 0, 100, 5
    ),
    # A rest pushes forward, so it takes of what tips a trunk backwards and of nothing else.
    Range(
        "back_rest",
        N_("Back rest"),
        N_("takes {n} % of the weight that leans back"),
        N_("not leaned on"),
        0,
        100,
        5,
    ),
)
BREAKS = Range(
    "breaks", N_("A short break"), N_("every {n} min"), "", 10, AS_IT_WAS, 5, N_("as the day had them")
)
ELBOW = Range("elbow", "", "", "", 0, 140)
UPRIGHT = Held()
# Shapes to start from beside those of the catalogue, as examples of a table and of a lap.
LAPTOP = Held(head=40, upper=18, trunk=5, arms=25, arm_rest=30, back_rest=40, elbow=80)
EYE_HEIGHT = Held(head=5, upper=4, arms=15, arm_rest=70, back_rest=30, elbow=90)


def held_as(angles: Angles, breaks: int = AS_IT_WAS) -> Held:
    """Return a position as the sliders can show it."""
    held = {
        "head": angles.head_flexion,
        "upper": angles.thoracic_flexion,
        "trunk": angles.trunk_flexion,
        "arms": angles.arms_forward,
        "arm_rest": 100 * angles.arm_support,
        "back_rest": 100 * angles.back_rest,
        "elbow": angles.elbow,
    }
    return Held(**{one.id: _on(one, held[one.id]) for one in (*RANGES, ELBOW)}, breaks=_on(BREAKS, breaks))


def read_held(given: Mapping[str, str], starts: Mapping[str, Held]) -> Held:
    """Read the sliders from an address: a shape to start from, or else single values over the usual one.

    starts : shapes by name; ``usual`` is among them
    """
    usual = starts["usual"]
    breaks = _number(given.get("breaks", ""))
    spacing = usual.breaks if breaks is None else _on(BREAKS, breaks)
    if given.get("from", "") in starts:
        return replace(starts[given["from"]], breaks=spacing)
    read = {one.id: _number(given.get(one.id, "")) for one in (*RANGES, ELBOW)}
    kept = {one.id: _on(one, value) for one in (*RANGES, ELBOW) if (value := read[one.id]) is not None}
    return replace(usual, **kept, breaks=spacing)


def say_value(one: Range, value: int) -> str:
    """Say where a slider stands: "30° forward", "upright", "leaning 10° back"."""
    if one.full and value >= one.high:
        return _(one.full)
    if one.none and value == 0:
        return _(one.none)
    return _(one.behind if one.behind and value < 0 else one.says).format(n=abs(value))


def as_fields(held: Held) -> dict[str, int]:
    """Return a position as the fields of its form."""
    return {field.name: int(getattr(held, field.name)) for field in fields(held)}


def _on(one: Range, value: float) -> int:
    """Return the nearest place a slider can stand at."""
    return min(one.high, max(one.low, one.low + one.step * round((value - one.low) / one.step)))


def _number(text: str) -> float | None:
    try:
        value = float(text[:20])
    except ValueError:
        return None
    return value if abs(value) < 1e6 else None
