"""What the page "Why" shows, ready to be put into it. In: app.why in words and drawings. Next: templates/why*.html.

Only texts, numbers and drawings stand here; what they mean is decided in app.why, how they are said in why_words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from midback.catalogue.evidence import Claim, Source

from .why_sliders import Range


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """The hours of a day: drawn for a phone and for a desk, in sentences, as a table; no rows: nothing is known."""

    title: str
    narrow: str = ""
    wide: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    sentences: tuple[str, ...] = ()
    drivers: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slider:
    """One slider as it stands, in words; ``says``, ``none``, ``full``, ``behind``: how any value of it is said."""

    range: Range
    value: int
    words: str
    name: str
    says: str
    none: str
    full: str
    behind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One number of the page; its text and its range stand under ``id`` and ``id-range`` of the texts.

    behind : what it is worked out from; grade : of the evidence
    wide : why its range is wide, where telling more would narrow it
    """

    id: str
    name: str
    grade: str
    behind: str
    sources: tuple[Source, ...] = ()
    wide: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What one position of all sliders comes to: drawings and texts by their places, and what is said aloud."""

    drawings: Mapping[str, str]
    texts: Mapping[str, str]
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldView:
    """The figure with its sliders; ``sentences`` and the numbers' ids name texts.

    bands : of each band its number in the picture, its short name, and the text of its change
    """

    effect: Effect
    sliders: tuple[Slider, ...]
    spacing: Slider
    starts: tuple[tuple[str, str, str], ...]
    sentences: tuple[str, ...]
    bands: tuple[tuple[int, str, str], ...]
    numbers: tuple[Number, ...]
    elbow: int

    @property
    def drawings(self) -> Mapping[str, str]:
        return self.effect.drawings

    @property
    def texts(self) -> Mapping[str, str]:
        return self.effect.texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Eases:
    """One movement and what it eases; ``grade`` : of what research says of the movement itself.

    rests : for each part of the body the share of its effort in sitting that is gone, 0..1, and the same in words
    says : what it does to the bands
    """

    title: str
    href: str
    rests: tuple[tuple[float, str], ...]
    says: str
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EasesGroup:
    """Movements of one place, the one that rests the mid-back most first."""

    name: str
    rows: tuple[Eases, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstantRow:
    """One constant of the model as a line of its table."""

    name: str
    value: str
    grade: str
    status: str
    note: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstantPart:
    """The constants of one file."""

    name: str
    rows: tuple[ConstantRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectView:
    """Whose body it is, in words; ``missing``: something would make the ranges narrower."""

    says: str
    missing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyView:
    """The whole page."""

    day: DayView
    held: HeldView
    subject: SubjectView
    eases: tuple[EasesGroup, ...] = ()
    parts: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    notes: tuple[str, ...] = ()
    constants: tuple[ConstantPart, ...] = field(default=())
