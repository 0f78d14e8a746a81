"""A third language is added by files alone."""

import shutil
from pathlib import Path

import pytest

from midback.catalogue.load import DATA, load_packaged
from midback.catalogue.overlay import add_translation, untranslated
from midback.catalogue.reading import read_tables
from midback.catalogue.refusal import FileRefused

FRENCH = """
articles_dose = "30 à 60 secondes"

[gates.wrists]
reason = "Assis, tes poignets ne portent rien."

[text]
title = "Chat-vache"

[text.variants.floor.cues]
round = "Expire et arrondis le dos."
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    (folder / "text" / "fr" / "exercises").mkdir(parents=True)
    return folder


@pytest.mark.parametrize("trusted", [True, False])
def test_a_translation_adds_a_language(data: Path, trusted: bool) -> None:
    """Texts come from the translation's files, and what it does not hold stays English."""
    (data / "text/fr/exercises/cat-cow.toml").write_text(FRENCH, encoding="utf-8")
    (data / "text/fr/triage.toml").write_text(
        '[groups.now]\ntitle = "Maintenant"\n[questions.fever]\ntext = "De la fièvre ?"\n', encoding="utf-8"
    )
    (data / "text/fr/countries.toml").write_text('[countries.DE]\nname = "Allemagne"\n', encoding="utf-8")
    (data / "text/fr/setup.toml").write_text(
        '[checks.desk]\ntitle = "Bureau"\n[checks.desk.items.reach]\nname = "portée"\n', encoding="utf-8"
    )
    catalogue = load_packaged(data, trusted=trusted)
    assert catalogue.languages == ("en", "de", "fr")
    cat = catalogue.exercises["cat-cow"]
    assert cat.text["fr"].title == "Chat-vache"
    assert cat.text["fr"].short == cat.text["en"].short
    assert cat.text["fr"].variants["floor"].cues["round"] == "Expire et arrondis le dos."
    assert cat.text["fr"].variants["floor"].cues["arch"] == cat.text["en"].variants["floor"].cues["arch"]
    assert cat.articles_dose["fr"] == "30 à 60 secondes"
    assert cat.gates[0].reason["fr"].startswith("Assis")
    assert cat.gates[1].reason["fr"] == cat.gates[1].reason["en"]
    assert catalogue.triage_groups["now"].title["fr"] == "Maintenant"
    assert catalogue.countries["DE"].name["fr"] == "Allemagne"
    assert catalogue.setup["desk"].items[2].name["fr"] == "portée"
    assert all(set(exercise.text) == {"en", "de", "fr"} for exercise in catalogue.exercises.values())
    assert cat.text["de"].title == "Katze-Kuh"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("exercises/cat-cow.toml", 'colour = "rouge"', "colour"),
        ("exercises/cat-cow.toml", 'family = "quotidien"', "family"),
        ("exercises/cat-cow.toml", '[gates.toes]\nreason = "x"', "gates.toes"),
        ("exercises/cat-cow.toml", 'levels = "x"', "levels"),
        ("triage.toml", '[questions.fever]\nlevel = "refer"', "level"),
    ],
)
def test_a_translation_changes_words_only(data: Path, name: str, text: str, message: str) -> None:
    """Anything in a translation that is not a text is refused by file and key."""
    (data / "text/fr" / name).write_text(text, encoding="utf-8")
    with pytest.raises(FileRefused) as caught:
        load_packaged(data)
    assert caught.value.file == f"fr/{name}"
    assert message in caught.value.key


def test_a_translated_cue_keeps_to_twelve_words(data: Path) -> None:
    """The rules of texts hold in every language."""
    long = "[text.variants.floor.cues]\nround = '" + "mot " * 13 + "'"
    (data / "text/fr/exercises/cat-cow.toml").write_text(long, encoding="utf-8")
    with pytest.raises(FileRefused, match=r"text\.fr\.variants\.floor\.cues\.round"):
        load_packaged(data)


def gaps(data: Path) -> list[str]:
    """Return what the translations of a data folder have not yet put into their language."""
    languages = tuple(folder.name for folder in (data / "text").iterdir() if folder.is_dir())
    known = ("en", "de", *languages)
    found = []
    for path in sorted(path for path in data.rglob("*.toml") if "text" not in path.relative_to(data).parts):
        name = path.relative_to(data).as_posix()
        for language in languages:
            tables = read_tables(path)
            translation = data / "text" / language / name
            if translation.is_file():
                add_translation(name, tables, read_tables(translation), language, known)
            found += [f"{language}/{name}: {key}" for key in untranslated(tables, language, known)]
    return found


def test_translations_that_come_with_the_program_are_complete() -> None:
    """Every text of every packaged file is there in every language that has a folder."""
    assert gaps(DATA) == []


def test_what_is_missing_is_named(data: Path) -> None:
    """A translation that has begun names what it still lacks, by file and key, and nothing that it has."""
    (data / "text/fr/exercises/cat-cow.toml").write_text(FRENCH, encoding="utf-8")
    missing = [gap for gap in gaps(data) if "cat-cow.toml" in gap]
    assert any("text (fr).short" in gap for gap in missing)
    assert any("text (fr).variants.floor.cues.arch" in gap for gap in missing)
    assert any("gates[1].reason (fr)" in gap for gap in missing)
    assert not any("title" in gap or "cues.round" in gap or "gates[0]" in gap for gap in missing)
