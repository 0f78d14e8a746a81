"""The session in the terminal: by keys, by piped lines, to its end."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from midback.app.clock import SetClock
from midback.app.house import open_house
from midback.app.intake import save_intake
from midback.app.screening import answer_screen, screen_due
from midback.cli.door import Door
from midback.cli.session import Guide, guide
from midback.cli.session_keys import PipeKeys
from midback.errors import InputError, SafetyStop
from midback.plan.answers import Intake
from midback.settings import Settings
from midback.store import sessions


class Typist:
    """Types keys at given seconds of a clock that only moves while it is listened to."""

    single = True

    def __init__(self, clock: SetClock, keys: dict[float, str], lines: list[str]) -> None:
        self.clock, self.keys, self.lines = clock, dict(keys), list(lines)
        self.began = clock.now()

    def key(self, wait_s: float) -> str:
        self.clock.advance(seconds=wait_s)
        passed = (self.clock.now() - self.began).total_seconds()
        for at in sorted(self.keys):
            if at <= passed:
                return self.keys.pop(at)
        return ""

    def line(self) -> str:
        return self.lines.pop(0) if self.lines else ""


@pytest.fixture(name="door")
def a_door(tmp_path: Path) -> Iterator[Door]:
    house = open_house(
        Settings(data_dir=tmp_path, timezone="UTC"), SetClock(datetime(2026, 3, 2, 18, tzinfo=UTC))
    )
    answer_screen(house, "me", frozenset())
    save_intake(house, "me", Intake(birth_year=1985, country="GB"))
    yield Door(house, "me", "en")
    house.engine.dispose()


def played(
    door: Door, keys: dict[float, str], lines: list[str], *, terminal: bool = False, only: str = "cat-cow"
) -> str:
    """Play one exercise and return what was printed."""
    assert isinstance(door.house.clock, SetClock)
    out = io.StringIO()
    console = Console(file=out, force_terminal=terminal, width=90, color_system=None)
    Guide(door, console, Typist(door.house.clock, keys, lines)).run(8, only, 3)
    return out.getvalue()


def test_left_alone_it_runs_to_the_end_and_asks_how_it_was(door: Door) -> None:
    """Name, begin, half-way, the end, two questions, done against planned, what comes next."""
    out = played(door, {}, ["2", "2"])
    for said in (
        "Get ready: Cat-cow.",
        "Begin.",
        "Half-way.",
        "That was the last one.",
        "Cat-cow: 30 s of 30 s",
    ):
        assert said in out
    with door.house.engine.connect() as conn:
        (performed,) = sessions.performances(conn, "me")
    assert performed.complete
    assert (performed.pain_before, performed.pain_after, performed.effort) == (3, 2, "ok")


def test_keys_steer_it(door: Door) -> None:
    """Pause stops the time, 1 counts, s asks for a reason, and no answer stays none."""
    out = played(door, {8: " ", 40: "p", 42: "1", 44: "s"}, ["6", "", ""])
    assert "Paused." in out
    assert "Going on." in out
    with door.house.engine.connect() as conn:
        (performed,) = sessions.performances(conn, "me")
    assert performed.skipped == "dislike"
    assert 5 <= performed.done_s <= 9
    assert performed.sides[0].done_repetitions == 1
    assert (performed.pain_after, performed.effort) == (None, None)


def test_more_pain_makes_it_smaller_or_stops_it(door: Door) -> None:
    """h asks how much; up by 1 goes on smaller, up by 2 stops this exercise."""
    out = played(door, {8: "h", 9: "p", 16: "h"}, ["4", "6", "", ""])
    assert "Go on, smaller." in out
    assert "This exercise stops for today." in out
    with door.house.engine.connect() as conn:
        (performed,) = sessions.performances(conn, "me")
    assert performed.stopped
    assert performed.pain_during == 6


def test_a_new_sign_ends_it_with_the_number_to_call(door: Door) -> None:
    """No number given: the list of signs; the country's emergency number follows."""
    out = played(door, {8: "h"}, ["", "3"])
    assert "call 999 now" in out
    assert "midback screen" in out


def test_in_a_terminal_it_draws_the_countdown(door: Door) -> None:
    """The panel shows phase, seconds, caption and what is left."""
    out = played(door, {}, ["", ""], terminal=True, only="wall-opener")
    assert "Get ready" in out
    assert "Wall opener" in out
    assert "left" in out


def test_piped_lines_are_keys_and_answers() -> None:
    """The first letter of a line is the key; after the last line there is nothing more to come."""
    keys = PipeKeys(io.StringIO("Next\n4\n"))
    assert (keys.key(5), keys.line(), keys.line(), keys.key(0.01)) == ("n", "4", "", "")


def test_new_or_worse_pain_asks_the_warning_signs_first(door: Door) -> None:
    """Asked in the terminal, pain that is new or worse leads to the questions, not into a session."""
    assert isinstance(door.house.clock, SetClock)
    guided = Guide(
        door, Console(file=io.StringIO(), width=90), Typist(door.house.clock, {}, ["3", "what", "y"])
    )
    with pytest.raises(SafetyStop):
        guided.run(8, "cat-cow", None)
    assert screen_due(door.house, "me").due


def test_only_three_lengths() -> None:
    """A session takes 3, 8 or 20 minutes."""
    with pytest.raises(InputError):
        guide(minutes=5)
