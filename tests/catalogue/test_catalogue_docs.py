"""The pages about the catalogue say what the loader does."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

from midback.catalogue import load_catalogue
from midback.catalogue.exercise import (
    Camera,
    Exercise,
    Frequency,
    Gate,
    Level,
    Text,
    Variant,
    VariantText,
)
from midback.catalogue.load import DATA, accept_own

DOCS = Path(__file__).resolve().parents[2] / "docs" / "catalogue"


def test_the_example_of_an_own_exercise_is_accepted() -> None:
    """The file shown in full is one that the program takes."""
    page = (DOCS / "your-own-exercise.md").read_text(encoding="utf-8")
    example = re.search(r"```toml\n(.+?)```", page, re.DOTALL)
    assert example is not None
    exercise = accept_own("my-side-bend.toml", tomllib.loads(example.group(1)), load_catalogue())
    assert exercise.sides
    assert exercise.text["de"].title == "Side bend"


def test_every_key_is_explained() -> None:
    """Each key of an exercise file stands on the page about it."""
    page = (DOCS / "exercise-file.md").read_text(encoding="utf-8")
    for kind in (Exercise, Level, Frequency, Variant, Gate, Camera, Text, VariantText):
        for field in fields(kind):
            assert re.search(rf"`\[*{field.name}\b|\[\[?{field.name}\b", page), (kind.__name__, field.name)


def test_every_data_file_is_listed() -> None:
    """Each data file stands in the overview."""
    page = (DOCS / "index.md").read_text(encoding="utf-8")
    assert [path.name for path in DATA.glob("*.toml") if f"`{path.name}`" not in page] == []
