"""What ended a moment ago still counts as going on; what never ends does not."""

from datetime import UTC, datetime, timedelta

import pytest

from midback.body.evidence import Evidence, Source
from midback.body.situation import LINGERS, Situations

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("call", "call"),
        ("camera_in_use", "camera_in_use"),
        ("inhibitor", "film"),
        ("fullscreen", "full_screen"),
    ],
)
def test_what_ended_a_moment_ago_still_holds(source: Source, name: str) -> None:
    """Nobody is spoken to in the second a call ends; ten seconds later it is over."""
    situations = Situations()
    for minute in range(31):
        situations.add(Evidence(at=NOON + timedelta(minutes=minute), source="input", idle_s=60.0 * minute))
    situations.add(Evidence(at=NOON, source=source, on=True))
    ended = NOON + timedelta(minutes=30)
    situations.add(Evidence(at=ended, source=source, on=False))
    assert getattr(situations.at(ended - timedelta(seconds=1)), name)
    assert getattr(situations.at(ended), name)
    assert getattr(situations.at(ended + LINGERS - timedelta(seconds=1)), name)
    assert not getattr(situations.at(ended + LINGERS), name)


def test_what_never_began_does_not_linger() -> None:
    """A line that says "off" and nothing before it holds nothing."""
    situations = Situations()
    situations.add(Evidence(at=NOON, source="call", on=False))
    assert not situations.at(NOON).call


def test_a_holiday_in_the_calendar_holds_nothing() -> None:
    """A meeting holds prompts while it lasts; an entry of several days is no meeting."""
    situations = Situations()
    hour = timedelta(hours=1)
    situations.add(Evidence(at=NOON, until=NOON + hour, source="calendar", on=True))
    situations.add(Evidence(at=NOON - 24 * hour, until=NOON + 72 * hour, source="calendar", on=True))
    assert situations.at(NOON + hour / 2).busy
    assert not situations.at(NOON + 2 * hour).busy
