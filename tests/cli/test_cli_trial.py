"""`midback trial analyse`: a table of diaries in, words or a line of JSON a person out, and nothing by halves."""

import io
import json
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from midback.trial.next_step import AFTER
from scripts import load_script

PAGE = Path(__file__).resolve().parents[2] / "docs" / "trial.md"
DIARIES = load_script("bench/trial_diaries.py")


def table(tmp_path: Path, people: int = 2, **world: Any) -> Path:
    scores = DIARIES.made_up(np.random.default_rng(1), people, DIARIES.World(mean=6.0, **world))
    path = tmp_path / "diaries.csv"
    path.write_text("\n".join(DIARIES.csv_lines(scores, 14)) + "\n", "utf-8")
    return path


def test_json_is_as_published(midback: Any, tmp_path: Path) -> None:
    """One object a line with the keys of docs/trial.md, the words of the table, and a probability for each bar."""
    said = midback("trial", "analyse", str(table(tmp_path, people=3, effect=3.0)), "--json")
    assert (said.code, said.err) == (0, "")
    found = [json.loads(line) for line in said.out.splitlines()]
    assert [one["person"] for one in found] == ["p0", "p1", "p2"]
    shown = re.search(r"<!-- trial analyse -->\n```json\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    assert shown is not None
    assert [list(one) for one in found] == [list(json.loads(shown[1]))] * 3
    for one in found:
        assert one["verdict"] in AFTER
        assert one["low"] < one["estimate"] < one["high"]
        assert one["p_at_least_1"] >= one["p_at_least_2"]
        assert one["cause"] == "not tested"


def test_words_say_direction_interval_and_that_the_cause_is_open(midback: Any, tmp_path: Path) -> None:
    """People read which way minus is, and what else might have made the difference."""
    said = midback("trial", "analyse", str(table(tmp_path, people=1, effect=3.0)))
    assert said.code == 0
    assert "p0: better" in said.out
    assert "Minus is less pain." in said.out
    assert "Not tested." in said.out
    assert "Pain comes and goes by itself." in said.out


def test_a_bad_line_leaves_nothing_behind(midback: Any, tmp_path: Path) -> None:
    """A score of 11 in the last line of many is one line of error, exit 2, and no result of anybody."""
    path = table(tmp_path)
    with path.open("a", encoding="utf-8") as file:
        file.write("z,2026-01-05,11,baseline\n")
    said = midback("trial", "analyse", str(path), "--json")
    assert (said.code, said.out) == (2, "")
    assert "Line 86: pain is '11'." in said.err
    assert len(said.err.strip().splitlines()) == 1


def test_standard_input_is_read(midback: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``-`` reads the table from standard input."""

    class Stream(io.StringIO):
        buffer = io.BytesIO(table(tmp_path, people=1).read_bytes())

    monkeypatch.setattr(sys, "stdin", Stream())
    said = midback("trial", "analyse", "-", "--json")
    assert json.loads(said.out)["person"] == "p0"


@pytest.mark.parametrize(
    ("content", "said_"), [(b"", "The file is empty."), (b"person,date\xff\xfe,\n", "is not a text file")]
)
def test_what_is_no_table_is_refused(midback: Any, tmp_path: Path, content: bytes, said_: str) -> None:
    """An empty file and bytes that are no text are refused in one line."""
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    said = midback("trial", "analyse", str(path))
    assert said.code == 2
    assert said_ in said.err


def test_a_file_that_is_not_there_is_named(midback: Any, tmp_path: Path) -> None:
    """The path is named."""
    said = midback("trial", "analyse", str(tmp_path / "none.csv"))
    assert said.code == 2
    assert "none.csv cannot be read" in said.err


def test_a_date_in_the_future_is_refused_by_the_computers_clock(midback: Any, tmp_path: Path) -> None:
    """The clock is the door's."""
    path = tmp_path / "x.csv"
    path.write_text("person,date,pain,phase\na,2999-01-01,5,baseline\n", "utf-8")
    said = midback("trial", "analyse", str(path))
    assert said.code == 2
    assert "2999-01-01 is in the future" in said.err
