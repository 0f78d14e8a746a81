"""Every number behind "Why" with its source and grade. In: constants. Out: Numbers, sources. Next: why, pages."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from midback.body.parameters import middle, params_from
from midback.body.tissue.parameters import read_tissue
from midback.catalogue.constants import Constant, Constants, load_constants

from .why_told import Number

# What the neck's numbers stand on begins so; grades from the strongest to the weakest.
NECK = ("neck", "head")
GRADES = ("A", "A-", "B", "B-", "C", "C-", "D")


class _Watched(Mapping[str, Constant]):
    """Constants that remember which of them were asked for."""

    def __init__(self, constants: Constants) -> None:
        self.constants = constants
        self.asked: dict[str, None] = {}

    def __getitem__(self, name: str) -> Constant:
        self.asked[name] = None
        return self.constants[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.constants)

    def __len__(self) -> int:
        return len(self.constants)


def why_numbers() -> tuple[Number, ...]:
    """Return every constant of the body model in the order of its files."""
    return tuple(
        Number(
            id=one.id,
            value=one.value,
            spread=one.spread,
            unit=one.unit,
            status=one.status,
            grade=one.grade,
            sources=one.sources,
            note=one.note,
        )
        for one in load_constants().values()
    )


@cache
def sources_of_posture() -> tuple[str, ...]:
    """Return the ids of the sources that a posture's numbers stand on."""
    return _sources(_read_by(lambda constants: params_from(middle(constants))))


@cache
def grade_of_posture(part: str) -> str:
    """Return the grade of the weakest constant behind the ``neck`` or the ``mid-back`` of a posture."""
    constants = load_constants()
    names = _read_by(lambda constants: params_from(middle(constants)))
    neck = [name for name in names if name.startswith(NECK)]
    own = neck if part == "neck" else [name for name in names if name not in neck or name.startswith("head")]
    return max((constants[name].grade for name in own), key=GRADES.index)


@cache
def sources_of_day() -> tuple[str, ...]:
    """Return the ids of the sources that a day's numbers stand on, those of postures among them."""
    return _sources((*_read_by(lambda constants: params_from(middle(constants))), *_read_by(read_tissue)))


def _read_by(read: Callable[[Constants], object]) -> tuple[str, ...]:
    watched = _Watched(load_constants())
    read(watched)
    return tuple(watched.asked)


def _sources(names: tuple[str, ...]) -> tuple[str, ...]:
    constants = load_constants()
    return tuple(dict.fromkeys(source for name in names for source in constants[name].sources))
