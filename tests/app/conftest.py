"""A house of its own for each test, under a clock that stands where it is put."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from midback.app.clock import SetClock
from midback.app.house import House, open_house
from midback.app.intake import save_intake
from midback.app.screening import answer_screen
from midback.plan.answers import Habit, Intake
from midback.settings import Settings
from midback.store.people import DEFAULT_PERSON as ME

MONDAY_MORNING = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> SetClock:
    """Monday, 2 March 2026, 08:00 in Berlin."""
    return SetClock(MONDAY_MORNING, ZoneInfo("Europe/Berlin"))


@pytest.fixture
def house(tmp_path: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """An empty house."""
    monkeypatch.setenv("MIDBACK_CONFIG_DIR", str(tmp_path / "config"))
    opened = open_house(Settings(data_dir=tmp_path / "data"), clock)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def usual() -> Intake:
    """Somebody at a desk with a floor at home, a towel, a ball and a band, who sits eight hours."""
    return Intake(
        birth_year=1986,
        country="DE",
        places=frozenset({"desk", "home-floor", "bed"}),
        gear=frozenset({"ball", "towel", "resistance-band", "mat"}),
        habits=(
            Habit(id="teeth", label="Brushing teeth", minute=435),
            Habit(id="show", label="The evening show", minute=1215),
        ),
    )


@pytest.fixture
def settled(house: House, usual: Intake) -> House:
    """A house whose person passed the screen and answered the intake."""
    answer_screen(house, ME, frozenset())
    save_intake(house, ME, usual)
    return house
