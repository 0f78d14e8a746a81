"""The six sliders of "Why" and the one for breaks: what they mean, how they are read, how they are said.

In: the fields of an address or a form. Out: a Held (degrees, shares, minutes) that the use case reads. Next:
why_shown. A field that is left out or makes no sense to a slider stands where the person's usual day has it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from midback.share.wording import N_

from .i18n import _

# A slider at its right end leaves the breaks as the day had them.
AS_IT_WAS = 125


@dataclass(frozen=True, slots=True)
class Held:
    """How a body is held: degrees from upright, shares of support in percent, minutes between breaks."""

    head: int = 0
    upper: int = 0
    trunk: int = 0
    arms: int = 0
    arm_rest: int = 0
    back_rest: int = 0
    breaks: int = AS_IT_WAS

    @property
    def spacing_min(self) -> int | None:
        """Return the minutes between breaks, or None for breaks as the day had them."""
        return None if self.breaks >= AS_IT_WAS else self.breaks


@dataclass(frozen=True, slots=True)
class Range:
    """One slider: its field, ends and step, its name, and how its value is said; ``none``: at its low end."""

    id: str
    name: str
    says: str
    none: str
    low: int
    high: int
    step: int
    full: str = ""


RANGES = (
    Range("head", N_("Head and neck"), N_("{n}° forward"), N_("upright"), 0, 75, 5),
    Range("upper", N_("Upper back"), N_("rounded by {n}°"), N_("as upright"), 0, 40, 2),
    Range("trunk", N_("Trunk"), N_("leaning {n}° forward"), N_("upright"), 0, 45, 5),
    Range("arms", N_("Arms"), N_("{n}° forward"), N_("hanging"), 0, 90, 5),
    Range(
        *("arm_rest", N_("Arms resting on something"), N_("{n} % of their weight"), N_("not resting")),
        *(0, 100, 10),
    ),
    Range(
        *("back_rest", N_("Back rest"), N_("takes {n} % of what it can"), N_("not leaned on")), *(0, 100, 10)
    ),
)
BREAKS = Range(
    *("breaks", N_("A short break"), N_("every {n} min"), "", 10, AS_IT_WAS, 5),
    full=N_("as your day had them"),
)
UPRIGHT = Held()
# Everyday shapes to start from; degrees after Ning and others (2015) for a phone, the rest as an example.
PRESETS: tuple[tuple[str, str, Held], ...] = (
    ("phone", N_("Phone in hand"), Held(head=45, upper=14, arms=20)),
    ("laptop", N_("Laptop on the lap"), Held(head=40, upper=20, trunk=5, arms=25, arm_rest=30, back_rest=40)),
    ("driving", N_("Driving"), Held(head=10, upper=10, arms=45, arm_rest=30, back_rest=80)),
    ("screen", N_("Screen at eye height"), Held(head=5, upper=4, arms=15, arm_rest=70, back_rest=30)),
)


def every_range() -> tuple[Range, ...]:
    """Return all sliders in their order on the page."""
    return (*RANGES, BREAKS)


def read_held(given: Mapping[str, str], usual: Held) -> Held:
    """Read the sliders from an address; a preset or "upright" first, single values over it.

    given : fields as text; usual : the person's own way to sit, for whatever is left out
    """
    held = start_of(given.get("from", ""), usual)
    changed = {}
    for one in every_range():
        value = _number(given.get(one.id, ""))
        if value is not None:
            changed[one.id] = min(one.high, max(one.low, value))
    return replace(held, **changed)


def start_of(name: str, usual: Held) -> Held:
    """Return the shape that a button stands for; breaks stay as the person has them."""
    if name == "upright":
        return replace(UPRIGHT, breaks=usual.breaks)
    found = {preset: held for preset, _name, held in PRESETS}.get(name)
    return replace(found, breaks=usual.breaks) if found else usual


def say_value(one: Range, value: int) -> str:
    """Say where a slider stands: "30° forward", "upright"."""
    if one.full and value >= one.high:
        return _(one.full)
    if one.none and value <= one.low:
        return _(one.none)
    return _(one.says).format(n=value)


def as_fields(held: Held) -> dict[str, int]:
    """Return a Held as the fields of its form."""
    return {field.name: int(getattr(held, field.name)) for field in fields(held)}


def _number(text: str) -> int | None:
    try:
        return round(float(text[:20]))
    except (ValueError, OverflowError):
        return None
