"""Load the catalogue. In: the package's TOML files and a folder of the person's own. Out: a Catalogue.

The packaged files must all be valid; a bad one raises. A file of the person's own that breaks a rule is
left out, with its reason in ``Catalogue.refused``, and harms nothing else.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from midback.catalogue.catalogue import Catalogue, Refusal
from midback.catalogue.country import Country
from midback.catalogue.evidence import Claim, Source
from midback.catalogue.exercise import Exercise
from midback.catalogue.overlay import add_translation, fill_languages
from midback.catalogue.reading import Table, read_tables
from midback.catalogue.refusal import FileRefused
from midback.catalogue.rules import Vocabulary, check
from midback.catalogue.setup import SetupCheck
from midback.catalogue.term import Condition, Term
from midback.catalogue.triage import TriageGroup, TriageQuestion

DATA = Path(__file__).parent / "data"
WRITTEN = ("en", "de")
MAX_OWN_FILES = 200

T = TypeVar("T")
_adapter = cache(TypeAdapter)


def load_catalogue(own_folder: Path | None = None) -> Catalogue:
    """Return the packaged catalogue, together with the exercises of a person's own folder.

    Raises
    ------
    FileRefused
        When a packaged file breaks a rule.
    """
    packaged = _load_packaged(DATA)
    return packaged if own_folder is None else _add_own(packaged, own_folder)


def read_exercise(file: str, tables: Table, words: Vocabulary) -> Exercise:
    """Return the exercise that the tables of one file hold; raise FileRefused for the first rule broken."""
    exercise = _shape(file, Exercise, tables)
    if exercise.id != Path(file).stem:
        raise FileRefused(
            file, "id", f"The file of '{exercise.id[:40]}' is called '{exercise.id[:40]}.toml'."
        )
    check(file, exercise, words)
    return exercise


def vocabulary(catalogue: Catalogue, languages: tuple[str, ...] = WRITTEN) -> Vocabulary:
    """Return the ids that an exercise of this catalogue may name."""
    return Vocabulary(
        conditions=catalogue.conditions,
        gear=catalogue.gear,
        regions=catalogue.regions,
        claims=catalogue.claims,
        sources=catalogue.sources,
        languages=languages,
    )


@cache
def _load_packaged(data: Path) -> Catalogue:
    translations = sorted(folder.name for folder in (data / "text").iterdir() if folder.is_dir())
    languages = (*WRITTEN, *translations)

    def read(name: str) -> Table:
        tables = read_tables(data / name)
        for language in translations:
            path = data / "text" / language / name
            if path.is_file():
                add_translation(f"{language}/{path.name}", tables, read_tables(path), language, languages)
        fill_languages(tables, languages)
        return tables

    def items(name: str, kind: type[T], key: str | None = None) -> dict[str, T]:
        return _by_id(f"{name}.toml", kind, read(f"{name}.toml"), key or name)

    triage = read("triage.toml")
    catalogue = Catalogue(
        languages=languages,
        exercises={},
        triage=tuple(_by_id("triage.toml", TriageQuestion, {"q": triage.pop("questions", [])}, "q").values()),
        triage_groups=_by_id("triage.toml", TriageGroup, triage, "groups"),
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
    words = vocabulary(catalogue)
    exercises: dict[str, Exercise] = {}
    for path in sorted((data / "exercises").glob("*.toml")):
        exercise = read_exercise(path.name, read(f"exercises/{path.name}"), words)
        exercises[exercise.id] = exercise
    _check_links(catalogue)
    return replace(catalogue, exercises=MappingProxyType(exercises))


def _add_own(packaged: Catalogue, folder: Path) -> Catalogue:
    words = replace(vocabulary(packaged, languages=()), taken=packaged.exercises)
    exercises, refused = dict(packaged.exercises), list[Refusal]()
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except OSError:
        return packaged
    for path in paths[MAX_OWN_FILES:]:
        refused.append(
            Refusal(file=path.name, key="", rule=f"At most {MAX_OWN_FILES} files of your own are read.")
        )
    for path in paths[:MAX_OWN_FILES]:
        try:
            tables = read_tables(path)
            read_exercise(path.name, tables, words)
            fill_languages(tables, packaged.languages)
            exercise = replace(_shape(path.name, Exercise, tables), own=True)
            exercises[exercise.id] = exercise
        except FileRefused as error:
            refused.append(Refusal(file=error.file, key=error.key, rule=error.rule or error.seen))
    return replace(packaged, exercises=MappingProxyType(exercises), refused=tuple(refused))


def _by_id(file: str, kind: type[T], tables: Mapping[str, Any], key: str) -> dict[str, T]:
    items: dict[str, T] = {}
    for item in _shape(file, list[kind], tables.get(key, []), key):  # type: ignore[valid-type]
        name: str = getattr(item, "id", None) or item.code  # type: ignore[attr-defined]
        if name in items:
            raise FileRefused(file, f"{key}.{name}", "Each id stands once.")
        items[name] = item
    return items


def _shape(file: str, kind: type[T], tables: object, key: str = "") -> T:
    try:
        shaped: T = _adapter(kind).validate_python(tables)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        at = key + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in first["loc"])
        raise FileRefused(file, at.lstrip(".")[:120], f"{first['msg']}.") from error
    except (RecursionError, OverflowError) as error:
        raise FileRefused(file, key, "Use ordinary sizes.", "it is too large or too deep.") from error
    return shaped


def _check_links(catalogue: Catalogue) -> None:
    """Every id that a data file names exists in another."""
    for question in catalogue.triage:
        if question.group not in catalogue.triage_groups:
            raise FileRefused(
                "triage.toml", f"questions.{question.id}.group", f"No group '{question.group}'."
            )
        if question.source not in catalogue.sources:
            raise FileRefused(
                "triage.toml", f"questions.{question.id}.source", f"No source '{question.source}'."
            )
        if question.condition is not None and question.condition not in catalogue.conditions:
            raise FileRefused(
                "triage.toml", f"questions.{question.id}.condition", f"No '{question.condition}'."
            )
    for claim in catalogue.claims.values():
        for source in claim.sources:
            if source not in catalogue.sources:
                raise FileRefused(
                    "claims.toml", f"claims.{claim.id}.sources", f"There is no source '{source}'."
                )
    if "other" not in catalogue.countries:
        raise FileRefused("countries.toml", "countries", "There must be an entry 'other'.")
