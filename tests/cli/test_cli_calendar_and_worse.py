"""In the terminal too: the calendar as a file, and what got worse with its end."""

import json
from pathlib import Path
from typing import Any

from ics_lines import read_lines


def test_the_calendar_is_a_file_or_goes_to_standard_output(midback: Any, tmp_path: Path) -> None:
    """Written whole where named; what cannot be asked for is refused."""
    assert midback("log", "visit", "--booked", "--day", "2099-03-31", "--at", "17:30").code == 0
    file = tmp_path / "plan.ics"
    assert midback("calendar", "--out", str(file), "--weeks", "2").code == 0
    assert read_lines(file.read_bytes()).name == "VCALENDAR"
    assert midback("calendar", "--weeks", "99").code == 2
    assert "calendar add" in midback("calendar", "list").out


def test_what_got_worse_is_listed_until_it_is_over(midback: Any) -> None:
    """Added with its exercise and severity, shown, and over by the end of its id."""
    assert midback("worse", "add", "sharp", "--exercise", "cat-cow", "--severity", "moderate").code == 0
    (entry,) = json.loads(midback("worse", "--json").out)
    assert (entry["what"], entry["exercise"], entry["severity"]) == ("sharp", "cat-cow", "moderate")
    assert entry["resolved_on"] is None
    assert midback("worse", "add", "x", "--severity", "awful").code == 2
    assert midback("worse", "add", "x", "--exercise", "wizardry").code == 3
    assert midback("worse", "over", entry["id"][-8:]).code == 0
    assert json.loads(midback("worse", "--json").out)[0]["resolved_on"] is not None
