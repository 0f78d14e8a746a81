"""Constants of the body model: each with source, status and grade, and one bad line is named."""

import math
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from midback.catalogue import load_catalogue
from midback.catalogue.constants import Constant, load_constants, read_constants
from midback.catalogue.load import DATA
from midback.catalogue.refusal import FileRefused

GOOD = """
[[constants]]
id = "own-number"
value = 2.0
spread = 0.5
unit = "m"
sources = ["winter"]
status = "R"
grade = "C"
note.en = "A number."
note.de = "Eine Zahl."
"""


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[str], Path]:
    """Return a function that puts one more file beside the packaged ones."""

    def write(text: str) -> Path:
        data = tmp_path / "data"
        shutil.copytree(DATA, data)
        (data / "body" / "zz_own.toml").write_text(text, encoding="utf-8")
        return data

    return write


def test_the_quick_way_and_the_checked_way_agree() -> None:
    """Trusting the packaged files gives what checking every table gives."""
    assert load_constants(trusted=False) == load_constants()


def test_every_constant_says_where_it_stands() -> None:
    """Each has sources that exist, a status, a grade below X, a note in both languages, finite numbers."""
    sources = load_catalogue().sources
    for one in load_constants().values():
        assert one.sources
        assert set(one.sources) <= set(sources), one.id
        assert one.status in ("V", "V2", "C", "R")
        assert one.grade != "X"
        assert one.note["en"]
        assert one.note["de"]
        values = one.value if isinstance(one.value, tuple) else (one.value,)
        assert all(isinstance(value, float) and math.isfinite(value) for value in values), one.id


def test_what_is_recalled_or_computed_is_not_called_read() -> None:
    """A constant with status V rests on at least one source that was read in the original."""
    sources = load_catalogue().sources
    for one in load_constants().values():
        if one.status == "V":
            assert any(sources[name].status == "read" for name in one.sources), one.id


def test_a_file_of_the_folder_is_found_by_itself(folder: Callable[[str], Path]) -> None:
    """A further file needs no entry anywhere."""
    found = read_constants(folder(GOOD))
    assert found["own-number"] == Constant(
        id="own-number", value=2.0, spread=0.5, unit="m", sources=("winter",), status="R", grade="C",
        note={"en": "A number.", "de": "Eine Zahl."},
    )  # fmt: skip
    assert len(found) == len(load_constants()) + 1


@pytest.mark.parametrize(
    ("old", "new", "key", "rule"),
    [
        ('status = "R"', 'status = "R-"', "status", "V, V2, C, R"),
        ('status = "R"', 'status = "S"', "status", "V, V2, C, R"),
        ('grade = "C"', 'grade = "X"', "grade", "grade A to D"),
        ('unit = "m"', 'unit = "lbs"', "unit", "one of 1,"),
        ('["winter"]', '["nobody-1999"]', "sources", "nothing called 'nobody-1999'"),
        ('["winter"]', "[]", "sources", "names where it stands"),
        ("value = 2.0", "value = nan", "value", "finite"),
        ("value = 2.0", "value = inf", "value", "finite"),
        ("value = 2.0", "value = []", "value", "finite"),
        ("spread = 0.5", "spread = -0.5", "spread", "0 or more"),
        ("spread = 0.5", "spread = [0.5, 0.5]", "spread", "as long as"),
        ('"own-number"', '"head-mass"', "constants[0]", "each id stands once"),
    ],
)
def test_a_bad_line_is_named(folder: Callable[[str], Path], old: str, new: str, key: str, rule: str) -> None:
    """File, key and rule stand in the error."""
    assert old in GOOD
    data = folder(GOOD.replace(old, new, 1))
    with pytest.raises(FileRefused) as refused:
        read_constants(data)
    assert refused.value.file == "zz_own.toml"
    assert key in refused.value.key
    assert rule in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new"),
    [("value = 2.0", 'value = "two"'), ("unit =", "units ="), ("[[constants]]", "[constants]")],
)
def test_another_shape_is_refused(folder: Callable[[str], Path], old: str, new: str) -> None:
    """Checked, a table of another shape is refused, whatever it holds."""
    data = folder(GOOD.replace(old, new, 1))
    with pytest.raises(FileRefused, match=r"zz_own\.toml"):
        read_constants(data, trusted=False)


def test_a_translation_reaches_the_notes(folder: Callable[[str], Path]) -> None:
    """A language is added by a file of texts, and what it leaves out stays English."""
    data = folder(GOOD)
    (data / "text" / "fr" / "body").mkdir(parents=True)
    (data / "text" / "fr" / "body" / "zz_own.toml").write_text(
        '[constants.own-number]\nnote = "Un nombre."\n', encoding="utf-8"
    )
    found = read_constants(data)
    assert found["own-number"].note["fr"] == "Un nombre."
    assert found["head-mass"].note["fr"] == found["head-mass"].note["en"]
