"""A house of its own for each test, under a clock that stands where it is put."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backends import Postgresql, Sqlite
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
def database_url() -> str | None:
    """The database's address; None is the file in the data folder. A module may take ``either`` instead."""
    return None


@pytest.fixture
def either(backend: Sqlite | Postgresql) -> Iterator[str | None]:
    """The file in the data folder, and then a database on a server."""
    if isinstance(backend, Sqlite):
        yield None
        return
    with backend.lent() as url:
        yield url


@pytest.fixture
def house(
    tmp_path: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch, database_url: str | None
) -> Iterator[House]:
    """An empty house."""
    monkeypatch.setenv("MIDBACK_CONFIG_DIR", str(tmp_path / "config"))
    opened = open_house(Settings(data_dir=tmp_path / "data", database_url=database_url), clock)
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
