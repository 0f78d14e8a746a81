"""The first day in the terminal: screen, today, log, keep, delete."""

import json
from pathlib import Path
from typing import Any

import pytest


def test_today_asks_for_the_screen_first(midback: Any) -> None:
    """Nothing comes before the warning signs."""
    said = midback("today")
    assert said.code == 0
    assert "midback screen" in said.out


def test_no_plan_before_the_screen(midback: Any) -> None:
    """The plan is refused for safety, with exit code 6 and one line."""
    said = midback("plan")
    assert said.code == 6
    assert said.err.startswith("midback: ")
    assert "midback screen" in said.err
    assert said.err.count("\n") == 1


def test_the_loop_without_a_terminal(midback: Any, tmp_path: Path) -> None:
    """Answers from a file open the day; the plan has reasons; what is logged shows."""
    answers = tmp_path / "answers.json"
    answers.write_text(
        json.dumps({"yes": [], "intake": {"birth_year": 1984, "gear": ["towel"], "daily_minutes": 10}})
    )
    said = midback("screen", "--answers", str(answers))
    assert (said.code, said.err) == (0, "")
    today = json.loads(midback("today", "--json").out)
    assert today["step"] == "ready"
    assert today["minutes_target"] == 10
    assert today["items"]
    assert all(item["reasons"] for item in today["items"])
    assert all(reason["text"] for item in today["items"] for reason in item["reasons"])
    assert midback("log", "pain", "4", "--worst", "6").code == 0
    assert json.loads(midback("progress", "--json").out)["days"][-1]["pain_now"] == 4
    week = json.loads(midback("plan", "--json").out)
    assert len({item["day"] for item in week["items"]}) == week["days"]


def test_a_warning_sign_stops_everything(midback: Any) -> None:
    """An emergency answer leaves no exercise, and the day says so."""
    asked = json.loads(midback("screen", "--json").out)["questions"]
    emergency = next(question["id"] for question in asked if question["level"] == "emergency")
    said = midback("screen", "--yes", emergency)
    assert said.code == 0
    assert "No exercise for now." in said.out
    assert json.loads(midback("today", "--json").out)["step"] == "stopped"
    assert midback("plan").code == 6
    # Taken back at once, it asks why.
    assert midback("screen", "--none").code == 2
    assert midback("screen", "--none", "--because", "I misread the question").code == 0


def test_hours_are_kept_and_the_newest_word_wins(midback: Any) -> None:
    """A stretch entered later replaces what stood there, and past midnight is fine."""
    assert midback("log", "sitting", "9:00", "11:30", "--day", "2026-03-02").code == 0
    said = midback("log", "moving", "10:00", "10:10", "--day", "2026-03-02")
    assert said.code == 0
    lines = [line.split() for line in said.out.splitlines()[:3]]
    assert lines == [["09:00-10:00", "sitting"], ["10:00-10:10", "moving"], ["10:10-11:30", "sitting"]]
    assert midback("log", "driving", "22:00", "1:30", "--day", "2026-03-03").code == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("exercises", "no-such"), 3),
        (("log", "sitting", "25:00"), 2),
        (("log", "sitting", "nine"), 2),
        (("log", "sitting", "9:00", "--day", "soon"), 2),
        (("log", "pain", "11"), 2),
        (("log", "pain", "3", "--symptom", "no-such"), 2),
        (("figure", "no-such"), 3),
        (("figure", "cat-cow", "--side", "upside"), 2),
        (("figure", "cat-cow", "--variant", "no-such"), 2),
        (("screen",), 2),
        (("screen", "--none", "--yes", "x"), 2),
        (("screen", "--yes", "no-such"), 2),
        (("settings", "no-such", "1"), 2),
        (("settings", "theme", "purple"), 2),
        (("import", "no-such-file.json"), 3),
        (("restore", "no-such-file.db"), 3),
        (("delete-everything",), 2),
        (("no-such-command",), 2),
    ],
)
def test_what_cannot_be_used_is_said_with_its_exit_code(
    midback: Any, words: tuple[str, ...], code: int
) -> None:
    """Each error has its own exit code, goes to standard error, and shows no traceback."""
    said = midback(*words)
    assert said.code == code
    assert said.err
    assert "Traceback" not in said.err


def test_debug_shows_where(midback: Any) -> None:
    """With --debug the error itself comes out."""
    from midback.errors import NotFound

    with pytest.raises(NotFound):
        midback("--debug", "exercises", "no-such")


@pytest.mark.parametrize(
    "text", ["nothing", "[]", '{"yes": 1}', '{"yes": [], "extra": 1}', '{"yes":[],"intake":{"x":1}}']
)
def test_a_bad_answers_file_is_refused(midback: Any, tmp_path: Path, text: str) -> None:
    """A file of another shape is refused and nothing is kept."""
    path = tmp_path / "answers.json"
    path.write_text(text)
    assert midback("screen", "--answers", str(path)).code == 2
    assert json.loads(midback("screen", "--json").out)["clearance"] is None


def test_export_delete_import_brings_everything_back(midback: Any, home: Path) -> None:
    """What was exported is there again after everything was deleted."""
    midback("screen", "--none")
    midback("log", "pain", "3")
    archive = home / "all.json"
    assert midback("export", str(archive)).code == 0
    assert midback("export", str(archive)).code == 4
    assert midback("delete-everything", "--yes").code == 0
    assert list((home / "data").glob("*.db*")) == []
    assert midback("import", str(archive)).code == 0
    assert json.loads(midback("progress", "--json").out)["days"][-1]["pain_now"] == 3
    assert midback("import", str(archive)).code == 4
    assert midback("import", str(archive), "--replace").code == 0


def test_a_backup_is_put_back(midback: Any, home: Path) -> None:
    """Restore brings back the day of the backup and keeps what was there beside it."""
    midback("log", "pain", "3")
    assert midback("backup", str(home / "copy.db")).code == 0
    midback("log", "pain", "8")
    said = midback("restore", str(home / "copy.db"))
    assert said.code == 0
    assert "replaced" in said.out
    assert json.loads(midback("progress", "--json").out)["days"][-1]["pain_now"] == 3


def test_a_figure_is_a_picture(midback: Any, home: Path) -> None:
    """The file is SVG that parses, and left and right differ."""
    from xml.etree import ElementTree

    for side in ("left", "right"):
        out = home / f"{side}.svg"
        assert midback("figure", "thread-needle", "--side", side, "--out", str(out)).code == 0
        assert ElementTree.parse(out).getroot().tag.endswith("svg")  # noqa: S314 - our own file
    assert (home / "left.svg").read_text() != (home / "right.svg").read_text()


def test_the_demo_is_apart_from_the_person_s_data(midback: Any, home: Path) -> None:
    """Building the demo leaves the person's folder as it is, and its own folder says what it is."""
    midback("log", "pain", "3")
    before = sorted(path.name for path in (home / "data").iterdir())
    assert midback("demo", "--build-only").code == 0
    assert sorted(path.name for path in (home / "data").iterdir()) == before
    assert "invented" in (home / "data-demo" / "THIS-IS-A-DEMO.txt").read_text().lower()


def test_settings_are_kept_and_the_environment_wins(midback: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change is kept in settings.toml; a variable of the same name wins and is named."""
    assert midback("settings", "theme", "dark").code == 0
    assert json.loads(midback("settings", "--json").out)["theme"] == {
        "value": "dark",
        "from_environment": False,
    }
    monkeypatch.setenv("MIDBACK_THEME", "light")
    assert "MIDBACK_THEME" in midback("settings", "theme", "auto").out
    assert json.loads(midback("settings", "--json").out)["theme"] == {
        "value": "light",
        "from_environment": True,
    }


def test_both_readers_of_the_language_agree(
    midback: Any, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The light reader for help texts and the settings model see the same language."""
    from midback.cli import words
    from midback.settings import read_settings

    monkeypatch.delenv("MIDBACK_LANGUAGE")
    midback("settings", "language", "de")
    assert (home / "config" / "settings.toml").exists()
    words.language.cache_clear()
    assert words.language() == read_settings().language == "de"
    words.language.cache_clear()
