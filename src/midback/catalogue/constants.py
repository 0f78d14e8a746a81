"""Numbers of the body model. In: data/body/*.toml. Out: ``Constants``. Next: body.parameters and its neighbours.

Every file of the folder holds a list of ``[[constants]]``; an id stands once in the whole folder. One constant:

    [[constants]]
    id = "head-mass"                  # dash-joined words; what the body's modules ask for
    value = 0.081                     # one number, or a list of them in the order that the note tells
    spread = 0.008                    # one standard deviation in the same unit; a list for a list; left out: exact
    unit = "1"                        # SI and rad; "1" for a fraction
    sources = ["winter"]              # ids of sources.toml, at least one
    status = "R"                      # V read, V2 read where it is quoted, C computed or assumed by us, R recalled
    grade = "C"                       # as for claims: A strong ... D expert's word or assumption; never X
    note.en = "..."                   # what it is, how it was come by; note.de the same in German

Numbers recalled with low confidence have no status here, so that they cannot be written down as constants.
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from midback.catalogue.exercise import Grade
from midback.catalogue.load import DATA, WRITTEN, load_packaged
from midback.catalogue.overlay import add_translation, fill_languages
from midback.catalogue.reading import Table, read_tables
from midback.catalogue.refusal import FileRefused
from midback.catalogue.shape import build, validate

ConstantStatus = Literal["V", "V2", "C", "R"]
STRICT = {"extra": "forbid"}
FOLDER: Final = "body"
# SI, degrees where a source has them, and lengths told by the person's own stature.
UNITS: Final = ("1", "1/s", "N m", "deg", "kg", "m", "rad", "s", "stature")


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """One number, or one row of numbers, that the body model rests on.

    spread : one standard deviation, same unit; None means that it is taken as exact
    sources : ids of ``Source`` ; status, grade : see above
    note : what it is and how it was come by, keyed by language
    """

    __pydantic_config__ = STRICT
    id: str
    value: float | tuple[float, ...]
    unit: str
    sources: tuple[str, ...]
    status: ConstantStatus
    grade: Grade
    spread: float | tuple[float, ...] | None = None
    note: Mapping[str, str] = field(default_factory=dict)


Constants = Mapping[str, Constant]


def load_constants(*, trusted: bool = True) -> Constants:
    """Return every constant of the packaged folder by its id, in the order of the files.

    trusted : False checks the shape of every table too, which takes longer

    Raises
    ------
    FileRefused
        When a file breaks a rule.
    """
    return read_constants(DATA, trusted=trusted)


@cache
def read_constants(data: Path, *, trusted: bool = True) -> Constants:
    """Return the constants of one data folder; see ``load_constants``."""
    catalogue = load_packaged(data)
    found: dict[str, Constant] = {}
    for path in sorted((data / FOLDER).glob("*.toml")):
        listed = _tables(path, data, catalogue.languages, trusted).get("constants")
        if not isinstance(listed, list):
            raise FileRefused(path.name, "constants", "The file holds a list of [[constants]].")
        for index, table in enumerate(listed):
            key = f"constants[{index}]"
            one = (build if trusted else validate)(path.name, Constant, table, key)
            if one.id in found:
                raise FileRefused(path.name, key, f"'{one.id}' stands there twice; each id stands once.")
            _check(path.name, f"constants.{one.id}", one, catalogue.sources)
            found[one.id] = one
    return MappingProxyType(found)


def _tables(path: Path, data: Path, languages: tuple[str, ...], trusted: bool) -> Table:
    tables = tomllib.loads(path.read_text(encoding="utf-8")) if trusted else read_tables(path)
    for language in languages[len(WRITTEN) :]:
        overlay = data / "text" / language / FOLDER / path.name
        if overlay.is_file():
            add_translation(
                f"{language}/{FOLDER}/{path.name}", tables, read_tables(overlay), language, languages
            )
    if len(languages) > len(WRITTEN):
        fill_languages(tables, languages)
    return tables


def _check(file: str, key: str, one: Constant, sources: Mapping[str, object]) -> None:
    """Refuse a constant that names no source, is no number, or whose spread does not fit."""
    if one.status not in ("V", "V2", "C", "R"):
        raise FileRefused(
            file, f"{key}.status", "The status is one of V, V2, C, R.", f"it is '{one.status}'."
        )
    if one.grade not in ("A", "A-", "B", "B-", "C", "D"):
        raise FileRefused(file, f"{key}.grade", "A number stands on grade A to D.", f"it is '{one.grade}'.")
    if one.unit not in UNITS:
        raise FileRefused(
            file, f"{key}.unit", f"The unit is one of {', '.join(UNITS)}.", f"it is '{one.unit}'."
        )
    if not one.sources:
        raise FileRefused(file, f"{key}.sources", "Every number names where it stands.", "none is named.")
    for source in one.sources:
        if source not in sources:
            raise FileRefused(file, f"{key}.sources", f"There is nothing called '{source}'.")
    values = one.value if isinstance(one.value, tuple) else (one.value,)
    spreads = one.spread if isinstance(one.spread, tuple) else (one.spread or 0.0,)
    if not values or not all(math.isfinite(number) for number in (*values, *spreads)):
        raise FileRefused(file, f"{key}.value", "A constant is a finite number or a list of them.")
    if any(number < 0 for number in spreads):
        raise FileRefused(file, f"{key}.spread", "A spread is 0 or more.", "it is below 0.")
    if isinstance(one.spread, tuple) and len(spreads) != len(values):
        raise FileRefused(file, f"{key}.spread", "A list of spreads is as long as the values.", "it is not.")
