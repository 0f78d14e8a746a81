"""`midback why`: what was asked, read and checked. In: text. Out: a use case, printed. Next: why_lines, why_shape."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from midback.app.clock import today_of
from midback.app.house import open_house
from midback.app.people import DEFAULT_PERSON
from midback.app.why import Angles, Person, presence, read_person, why_day, why_now, why_posture
from midback.catalogue.load import load_catalogue
from midback.errors import InputError, Phrase
from midback.plan.body_size import mass_of, stature_of
from midback.settings import Settings, read_settings

from .door import Door, day_of, opened, print_json
from .why_lines import print_day, print_posture
from .why_shape import day_shape, posture_shape
from .wording import Speech
from .words import language

SHARES = ("arm_support", "back_rest")


@dataclass(frozen=True, slots=True)
class Asked:
    """What came with the command, as text by option; what was left out is not there."""

    angles: dict[str, str]
    person: dict[str, str]
    day: str | None = None
    sources: bool = False
    as_json: bool = False


def show(asked: Asked) -> None:
    """Print a posture's numbers, or a day's."""
    if asked.day is not None:
        _show_day(asked, asked.day)
        return
    angles = _angles(asked.angles) if asked.angles else None
    with _maybe_opened() as door:
        person = _person(asked.person, read_person(door.house, door.person) if door else Person())
        if angles is None:
            told = why_now(door.house, door.person, person) if door else why_posture(person, presence())
        else:
            told = why_posture(person, angles)
        speech = Speech(door.house.catalogue if door else load_catalogue(), language())
        if asked.as_json:
            print_json(posture_shape(speech, told))
        else:
            print_posture(speech, told, sources=asked.sources)


def _show_day(asked: Asked, day: str) -> None:
    if asked.angles:
        raise InputError(
            "--day came with a posture.",
            "A day has its own postures.",
            "Leave --day out, or the posture.",
        )
    with _any_house() as door:
        person = _person(asked.person, read_person(door.house, door.person))
        told = why_day(door.house, door.person, _day(door, day), person)
        speech = Speech(door.house.catalogue, door.language)
        if asked.as_json:
            print_json(day_shape(speech, told))
        else:
            print_day(speech, told, door.house.clock.zone, sources=asked.sources)


@contextmanager
def _maybe_opened() -> Iterator[Door | None]:
    """Open the house where there is one; a fresh machine stays as it is."""
    if _fresh(read_settings()):
        yield None
        return
    with opened() as door:
        yield door


@contextmanager
def _any_house() -> Iterator[Door]:
    """Open the house where there is one, and on a fresh machine an empty one that is gone afterwards."""
    settings = read_settings()
    if not _fresh(settings):
        with opened() as door:
            yield door
        return
    with TemporaryDirectory() as folder:
        house = open_house(settings.model_copy(update={"data_dir": Path(folder)}))
        try:
            yield Door(house, DEFAULT_PERSON, language())
        finally:
            house.engine.dispose()


def _fresh(settings: Settings) -> bool:
    if settings.database_url is not None:
        return False
    try:
        return not (settings.data_dir / "midback.db").exists()
    except OSError:  # a folder of somebody else: opening it says so in words
        return False


def _day(door: Door, text: str) -> date:
    words = {"today": 0, "yesterday": 1}
    if text in words:
        return today_of(door.house.clock) - timedelta(days=words[text])
    return day_of(door, text)


def _angles(given: dict[str, str]) -> Angles:
    read = {name: number(name, text) for name, text in given.items()}
    return Angles(**read)


def number(name: str, text: str) -> float:
    """Read one number of a posture; its range is the model's to check."""
    try:
        return float(text.strip().removesuffix("°").replace(",", "."))
    except ValueError as exc:
        rule = (
            Phrase("It is a number of degrees.")
            if name not in SHARES
            else Phrase("It is a share from 0 to 1.")
        )
        raise InputError(
            Phrase(
                "{option} cannot be “{text}”.", {"option": "--" + name.replace("_", "-"), "text": text[:40]}
            ),
            rule,
            Phrase("midback why --help lists the ranges."),
        ) from exc


def _person(given: dict[str, str], known: Person) -> Person:
    return Person(
        mass_kg=mass_of(given["mass"]) if "mass" in given else known.mass_kg,
        stature_m=stature_of(given["stature"]) if "stature" in given else known.stature_m,
        sex=_word("--sex", given["sex"], {"f": "female", "female": "female", "m": "male", "male": "male"})  # type: ignore[arg-type]
        if "sex" in given
        else known.sex,
        strength=_word("--strength", given["strength"], {w: w for w in ("low", "average", "high")})  # type: ignore[arg-type]
        if "strength" in given
        else known.strength,
    )


def _word(option: str, text: str, known: dict[str, str]) -> str:
    found = known.get(text.strip().lower())
    if found is None:
        raise InputError(
            Phrase("{option} cannot be “{text}”.", {"option": option, "text": text[:40]}),
            Phrase("It is one of: {known}.", {"known": ", ".join(known)}),
        )
    return found
