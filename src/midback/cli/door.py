"""Opens the house for a command. In: settings, words typed. Out: house, person, language. Next: commands."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from midback.app.clock import at_minute, today_of
from midback.app.house import House, open_house
from midback.app.people import DEFAULT_PERSON
from midback.errors import InputError, NotFound, Unavailable
from midback.settings import read_settings

from .words import language


@dataclass(frozen=True, slots=True)
class Door:
    """What a command works with."""

    house: House
    person: str
    language: str


def _tell(house: House, person: str) -> None:
    """Write the background process's orders anew; what makes them is loaded only when something changed."""
    from midback.app.orders import orders_changed

    orders_changed(house, person)


@contextmanager
def opened() -> Iterator[Door]:
    """Open the house for one command and close it again."""
    house = open_house(read_settings(), on_change=_tell)
    try:
        yield Door(house, DEFAULT_PERSON, language())
    finally:
        house.engine.dispose()


def print_json(shape: Any) -> None:
    """Print a value for programs; its shape is in docs/cli.md."""
    print(json.dumps(shape, ensure_ascii=False, indent=2, sort_keys=False))


def read_text(path: Path) -> str:
    """Read a file the person named; ``-`` is standard input."""
    try:
        return sys.stdin.read() if str(path) == "-" else path.read_text("utf-8")
    except UnicodeDecodeError as exc:
        raise InputError(
            "{path} is not a text file.", "It should be UTF-8.", "Check the file.", values={"path": path}
        ) from exc
    except OSError as exc:
        raise _unreadable(path, exc) from exc


def read_bytes(path: Path, most: int = 64 * 1024 * 1024) -> bytes:
    """Read a file the person named, as it is, and no more than a little over ``most`` bytes of it."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as exc:
        raise _unreadable(path, exc) from exc


def _unreadable(path: Path, exc: OSError) -> Unavailable:
    return Unavailable(
        "{path} cannot be read: {fault}.",
        "",
        "Check the path.",
        values={"path": path, "fault": exc.strerror},
    )


def the_one(beginning: str, known: Sequence[str]) -> str:
    """Return the one id that begins so; raise NotFound without one, InputError where several do."""
    found = [name for name in known if name.startswith(beginning)] if beginning else []
    if beginning in known:
        return beginning
    if not found:
        raise NotFound(
            "There is nothing by the id {id!r}.", "", "`list` shows the ids.", values={"id": beginning[:60]}
        )
    if len(found) > 1:
        raise InputError(
            "{n} ids begin with {id!r}.", "", "Give more of it.", values={"n": len(found), "id": beginning}
        )
    return found[0]


def day_of(door: Door, text: str | None) -> date:
    """Read a day as 2026-03-31; None is today."""
    if text is None:
        return today_of(door.house.clock)
    try:
        return date.fromisoformat(text)
    except ValueError as exc:
        raise InputError(
            "{text!r} is not a day.", "Days look like 2026-03-31.", values={"text": text[:40]}
        ) from exc


def instant_of(door: Door, day: date, text: str) -> datetime:
    """Read a local time of day as 9:00 (or 900) on a day."""
    hours, colon, minutes = text.partition(":")
    if not colon and len(text) in (3, 4):
        hours, minutes = text[:-2], text[-2:]
    if not (hours.isdecimal() and (minutes or "0").isdecimal()):
        raise InputError(
            "{text!r} is not a time of day.", "Times look like 9:00 or 17:45.", values={"text": text}
        )
    minute = int(hours) * 60 + int(minutes or 0)
    if not (0 <= minute <= 1440 and int(minutes or 0) < 60):
        raise InputError(
            "{text!r} is not a time of day.", "Times go from 0:00 to 24:00.", values={"text": text}
        )
    return at_minute(door.house.clock, day, minute)
