"""Load the catalogue. In: the package's TOML files and a folder of the person's own. Out: a Catalogue.

The packaged files must all be valid; a bad one raises. A file of the person's own that breaks a rule is
left out, with its reason in ``Catalogue.refused``, and harms nothing else.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from midback.catalogue.catalogue import Catalogue, Refusal
from midback.catalogue.country import Country
from midback.catalogue.evidence import Claim, Source
from midback.catalogue.exercise import Exercise
from midback.catalogue.overlay import add_translation, fill_languages
from midback.catalogue.reading import Table, read_tables
from midback.catalogue.refusal import FileRefused
from midback.catalogue.rules import Vocabulary, check
from midback.catalogue.setup import SetupCheck
from midback.catalogue.shape import build, validate
from midback.catalogue.term import Condition, Term
from midback.catalogue.triage import TriageGroup, TriageQuestion
from midback.errors import MidbackError

DATA = Path(__file__).parent / "data"
WRITTEN = ("en", "de")
MAX_OWN_FILES = 200

T = TypeVar("T")


def load_catalogue(
    own_folder: Path | None = None, try_out: Callable[[Exercise], object] | None = None
) -> Catalogue:
    """Return the packaged catalogue, together with the exercises of a person's own folder.

    try_out : what else an own exercise has to pass, such as being drawn; an error of ours refuses the file

    Raises
    ------
    FileRefused
        When a packaged file breaks a rule.
    """
    packaged = load_packaged(DATA)
    return packaged if own_folder is None else _add_own(packaged, own_folder, try_out)


def read_exercise(file: str, tables: Table, words: Vocabulary, *, trusted: bool = False) -> Exercise:
    """Return the exercise that the tables of one file hold; raise FileRefused for the first rule broken."""
    exercise = (build if trusted else validate)(file, Exercise, tables)
    if exercise.id != Path(file).stem:
        raise FileRefused(file, "id", f"The file is named after its id: '{exercise.id[:40]}.toml'.")
    check(file, exercise, words)
    return exercise


def vocabulary(catalogue: Catalogue, languages: tuple[str, ...] = WRITTEN) -> Vocabulary:
    """Return the ids that an exercise of this catalogue may name, and the languages it must have."""
    return Vocabulary(
        conditions=catalogue.conditions,
        gear=catalogue.gear,
        regions=catalogue.regions,
        claims=catalogue.claims,
        sources=catalogue.sources,
        languages=languages,
        known_languages=catalogue.languages,
    )


@cache
def load_packaged(data: Path, *, trusted: bool = True) -> Catalogue:
    """Return the catalogue of one data folder; untrusted, the shape of every table is checked too."""
    folders = (data / "text").iterdir() if (data / "text").is_dir() else iter(())
    translations = sorted(folder.name for folder in folders if folder.is_dir())
    languages = (*WRITTEN, *translations)

    def read(name: str) -> Table:
        path = data / name
        tables = tomllib.loads(path.read_text(encoding="utf-8")) if trusted else read_tables(path)
        for language in translations:
            overlay = data / "text" / language / name
            if overlay.is_file():
                add_translation(f"{language}/{name}", tables, read_tables(overlay), language, languages)
        if translations:
            fill_languages(tables, languages)
        return tables

    def items(name: str, kind: type[T], key: str | None = None) -> Mapping[str, T]:
        return _by_id(f"{name}.toml", kind, read(f"{name}.toml"), key or name, trusted)

    triage = read("triage.toml")
    catalogue = Catalogue(
        languages=languages,
        exercises={},
        triage=tuple(_by_id("triage.toml", TriageQuestion, triage, "questions", trusted).values()),
        triage_groups=_by_id("triage.toml", TriageGroup, triage, "groups", trusted),
        conditions=items("conditions", Condition),
        gear=items("gear", Term),
        symptoms=items("symptoms", Term),
        tried=items("tried", Term),
        places=items("places", Term),
        regions=items("regions", Term),
        professionals=items("professionals", Term),
        countries=items("countries", Country),
        setup=items("setup", SetupCheck, "checks"),
        claims=items("claims", Claim),
        sources=items("sources", Source),
    )
    _check_links(catalogue)
    words = vocabulary(catalogue)
    exercises: dict[str, Exercise] = {}
    for path in sorted((data / "exercises").glob("*.toml")):
        exercise = read_exercise(path.name, read(f"exercises/{path.name}"), words, trusted=trusted)
        exercises[exercise.id] = exercise
    return replace(catalogue, exercises=MappingProxyType(exercises))


def _add_own(packaged: Catalogue, folder: Path, try_out: Callable[[Exercise], object] | None) -> Catalogue:
    exercises, refused = dict(packaged.exercises), list[Refusal]()
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except OSError:
        return packaged
    for path in paths[MAX_OWN_FILES:]:
        rule = f"At most {MAX_OWN_FILES} files of your own are read."
        refused.append(Refusal(file=_shown(path.name), key="", rule=rule))
    for path in paths[:MAX_OWN_FILES]:
        try:
            exercise = read_own(path, packaged)
            if try_out is not None:
                try_out(exercise)
            exercises[exercise.id] = exercise
        except FileRefused as error:
            refused.append(Refusal(file=_shown(error.file), key=error.key, rule=error.what_is_wrong))
        except MidbackError as error:
            refused.append(Refusal(file=_shown(path.name), key="movements", rule=str(error)))
    return replace(packaged, exercises=MappingProxyType(exercises), refused=tuple(refused))


def _shown(name: str) -> str:
    """Return a file's name as text: a disk may hold names that are none."""
    return name.encode("utf-8", "replace").decode("utf-8")


def read_own(path: Path, packaged: Catalogue) -> Exercise:
    """Return one exercise of a person's own, its texts filled in for every language of the catalogue.

    Raises
    ------
    FileRefused
        With file, key and rule.
    """
    return accept_own(path.name, read_tables(path), packaged)


def accept_own(file: str, tables: Table, packaged: Catalogue) -> Exercise:
    """Return the exercise that a person's own tables hold; raise FileRefused for the first rule broken."""
    for key in ("own", "while_waiting"):
        if key in tables:
            raise FileRefused(file, key, "The program sets this itself; leave it out.")
    read_exercise(file, tables, replace(vocabulary(packaged, languages=()), taken=packaged.exercises))
    fill_languages(tables, packaged.languages)
    found = validate(file, Exercise, tables)
    # Validated means tried on recordings of people, which nobody but this project can say of itself.
    return replace(found, own=True, camera=replace(found.camera, validated=False))


def _by_id(file: str, kind: type[T], tables: Table, key: str, trusted: bool) -> Mapping[str, T]:
    listed = tables.get(key)
    if not isinstance(listed, list):
        raise FileRefused(file, key, f"The file holds a list of [[{key}]].")
    items: dict[str, T] = {}
    for index, table in enumerate(listed):
        item: Any = (build if trusted else validate)(file, kind, table, f"{key}[{index}]")
        name: str = item.code if isinstance(item, Country) else item.id
        if name in items:
            raise FileRefused(file, f"{key}[{index}]", f"'{name}' stands there twice; each id stands once.")
        items[name] = item
    return MappingProxyType(items)


def _check_links(catalogue: Catalogue) -> None:
    """Every id that a data file names exists in the file it points to."""
    for question in catalogue.triage:
        key = f"questions.{question.id}"
        _exists("triage.toml", f"{key}.group", question.group, catalogue.triage_groups)
        _exists("triage.toml", f"{key}.source", question.source, catalogue.sources)
        if question.condition is not None:
            _exists("triage.toml", f"{key}.condition", question.condition, catalogue.conditions)
    for claim in catalogue.claims.values():
        for source in claim.sources:
            _exists("claims.toml", f"claims.{claim.id}.sources", source, catalogue.sources)
    for thing in catalogue.gear.values():
        for other in thing.related:
            _exists("gear.toml", f"gear.{thing.id}.related", other, catalogue.gear)
    for region in catalogue.regions.values():
        for other in region.related:
            _exists("regions.toml", f"regions.{region.id}.related", other, catalogue.regions)
    _exists("countries.toml", "countries", "other", catalogue.countries)


def _exists(file: str, key: str, name: str, among: Mapping[str, object]) -> None:
    if name not in among:
        raise FileRefused(file, key, f"There is nothing called '{name}'.")
