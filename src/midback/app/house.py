"""Wires the rooms together once: engine, catalogue, clock, settings. Next: every use case takes a House."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Engine

from midback.catalogue.catalogue import Catalogue
from midback.catalogue.load import load_catalogue
from midback.errors import Unavailable
from midback.settings import Settings
from midback.store.address import sqlite_url
from midback.store.engine import open_database
from midback.store.people import DEFAULT_PERSON, ensure_person

from .clock import Clock, SystemClock
from .own_exercise import try_movements


def _nobody(house: "House", person: str) -> None:
    """Nobody waits to hear of changes."""


@dataclass(frozen=True, slots=True)
class House:
    """What a use case needs besides its arguments.

    on_change : told after something changed that the background process goes by: ``watching.orders_changed``
    """

    engine: Engine
    catalogue: Catalogue
    clock: Clock
    settings: Settings
    data_dir: Path
    on_change: Callable[["House", str], None] = _nobody

    def changed(self, person: str) -> None:
        """Say that rule, day, times or wishes of a person may be others now; call it after the commit."""
        self.on_change(self, person)

    def with_settings(self, settings: Settings) -> "House":
        """Return the same house under other settings."""
        return replace(self, settings=settings)


def own_exercise_folder(data_dir: Path) -> Path:
    """Return where the person's own exercise files live."""
    return data_dir / "exercises"


def url_of(settings: Settings) -> str:
    """Return the database's URL: an SQLite file in the data folder unless another was named."""
    return settings.database_url or sqlite_url(settings.data_dir / "midback.db")


def open_house(
    settings: Settings,
    clock: Clock | None = None,
    on_change: Callable[[House, str], None] = _nobody,
) -> House:
    """Open the database (making it on the first run) and the catalogue.

    on_change : a door that people use gives ``watching.orders_changed``

    Raises
    ------
    Unavailable : the data folder or the database cannot be used; the message says what to do.
    """
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as exc:
        raise Unavailable(
            "The data folder {folder} cannot be made: {fault}.",
            "midback keeps everything in one folder that you can write to.",
            "Check the path, its permissions and the free space, or set MIDBACK_DATA_DIR.",
            values={"folder": settings.data_dir, "fault": exc.strerror},
        ) from exc
    engine = open_database(url_of(settings))
    clock = clock or SystemClock(settings.timezone)
    with engine.begin() as conn:
        ensure_person(conn, DEFAULT_PERSON)
    catalogue = load_catalogue(own_exercise_folder(settings.data_dir), try_movements)
    return House(engine, catalogue, clock, settings, settings.data_dir, on_change)
