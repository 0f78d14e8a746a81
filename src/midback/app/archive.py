"""Everything of one person as one JSON file. In: a house. Out: a file. Next: ``archive_reading``, and back.

The shape is the dataclass ``Archive``; its JSON Schema is published in docs/data.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection

from midback import __version__
from midback.body.exposure import Bout
from midback.errors import Conflict
from midback.plan.answers import CheckIn, Pause
from midback.plan.performance import Performance
from midback.store import (
    adverse,
    bouts,
    calendars,
    calibrations,
    camera_permissions,
    care,
    checkins,
    codec,
    dismissals,
    events,
    evidence,
    intakes,
    pauses,
    people,
    performances,
    plans,
    preferences,
    said,
    screenings,
    sessions,
    setup_looks,
    snapshot,
    trips,
)
from midback.store.adverse import AdverseEvent
from midback.store.calibrations import KeptCalibration
from midback.store.camera_permissions import CameraPermission
from midback.store.care import Visit
from midback.store.dismissals import Dismissal
from midback.store.engine import reading
from midback.store.events import KeptEvent
from midback.store.intakes import DatedIntake
from midback.store.plans import MadePlan
from midback.store.said import KeptHold, KeptSaid
from midback.store.screenings import Screening
from midback.store.setup_looks import SetupLook
from midback.store.trips import KeptTrip

from .archive_recordings import ArchivedRecording, archived_recordings
from .calendar_wishes import KEY
from .calendars import is_address
from .camera_places import ELSEWHERE
from .clearance import SCREEN_AGAIN
from .evidence import FOLDED_BY
from .house import House, own_exercise_folder

FORMAT: Literal["midback-archive"] = "midback-archive"
VERSION: Literal[1] = 1
SAFE_FILE_NAME = re.compile(r"[^\W_](?:[\w .-]{0,90}[\w-])?\.toml")
LONGEST_EXERCISE_FILE = 1_000_000
# Preferences that say something about this place, not about the person.
OF_THIS_PLACE = (SCREEN_AGAIN, FOLDED_BY, ELSEWHERE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedSession:
    """One session with its log and what was performed; script and events' data are the player's own."""

    id: str
    created_at: datetime
    finished_at: datetime | None = None
    script: Any
    events: tuple[KeptEvent, ...] = ()
    performances: tuple[Performance, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedCalendar:
    """A calendar that was named. ``source`` is a path; "" for an address, which is a key and stays at home."""

    id: str
    name: str
    added_at: datetime
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """Everything midback keeps of one person. Lists are oldest first, instants in UTC, lengths in seconds.

    started_at : when the person first used midback
    preferences : small choices by name
    own_exercises : the person's own exercise files, by file name
    evidence : what was sensed, in the published format of the evidence log, one object a line of it
    said, held : what was said and answered; when a prompt waited, and for what
    trips : recorded trips, with the lines of evidence each brought
    camera_permissions : when the camera might look, and where; none of it holds on another computer
    calibrations : the person's own upright before a camera, as numbers
    landmark_recordings : recordings they asked to keep
    """

    format: Literal["midback-archive"]
    version: Literal[1]
    program: str
    exported_at: datetime
    started_at: datetime
    screenings: tuple[Screening, ...] = ()
    intakes: tuple[DatedIntake, ...] = ()
    checkins: tuple[CheckIn, ...] = ()
    bouts: tuple[Bout, ...] = ()
    plans: tuple[MadePlan, ...] = ()
    sessions: tuple[ArchivedSession, ...] = ()
    pauses: tuple[Pause, ...] = ()
    care: tuple[Visit, ...] = ()
    setup_looks: tuple[SetupLook, ...] = ()
    dismissals: tuple[Dismissal, ...] = ()
    adverse: tuple[AdverseEvent, ...] = ()
    evidence: tuple[dict[str, Any], ...] = ()
    said: tuple[KeptSaid, ...] = ()
    held: tuple[KeptHold, ...] = ()
    trips: tuple[KeptTrip, ...] = ()
    calendars: tuple[ArchivedCalendar, ...] = ()
    camera_permissions: tuple[CameraPermission, ...] = ()
    calibrations: tuple[KeptCalibration, ...] = ()
    landmark_recordings: tuple[ArchivedRecording, ...] = ()
    preferences: dict[str, Any] = field(default_factory=dict)
    own_exercises: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """The file that was written."""

    path: Path
    bytes: int


@cache
def schema() -> dict[str, Any]:
    """Return the JSON Schema of an archive, as published in docs/data/archive.schema.json."""
    made = codec.adapter(Archive).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": "midback archive"}


def export_archive(house: House, person: str, target: Path, *, overwrite: bool = False) -> Exported:
    """Write everything of the person to ``target``; the file is whole or it is not there.

    Raises Conflict when there is a file of that name, Unavailable when the disk is full or read-only.
    """
    target = target.expanduser()
    if target.exists() and not overwrite:
        raise Conflict(
            "{target} is there already.",
            "An export overwrites nothing.",
            "Name another file.",
            values={"target": target},
        )
    return Exported(path=target, bytes=snapshot.write(target, export_text(house, person)))


def export_text(house: House, person: str) -> Iterator[str]:
    """Yield the archive's text piece by piece, so that years of data never stand in memory at once."""
    with reading(house.engine).connect() as connection:
        people.ensure_known(connection, person)
        head = {
            "format": FORMAT,
            "version": VERSION,
            "program": __version__,
            "exported_at": house.clock.now(),
            "started_at": people.started_at(connection, person),
        }
        yield "{\n" + ",\n".join(f"{_text(key)}: {_text(value)}" for key, value in head.items())
        for name, entries in _lists(connection, person):
            yield f",\n{_text(name)}: ["
            for number, entry in enumerate(entries):
                yield (",\n" if number else "\n") + _text(entry)
            yield "]"
        chosen = preferences.every(connection, person)
        for key in (*OF_THIS_PLACE, KEY):
            chosen.pop(key, None)
        yield f',\n"preferences": {_text(chosen)}'
    yield f',\n"own_exercises": {_text(read_own_exercises(own_exercise_folder(house.data_dir)))}\n}}\n'


def _lists(connection: Connection, person: str) -> Iterator[tuple[str, Iterable[object]]]:
    yield "screenings", reversed(screenings.history(connection, person))
    yield "intakes", intakes.history(connection, person)
    yield "checkins", checkins.listed(connection, person)
    yield "bouts", bouts.listed(connection, person)
    yield "plans", plans.history(connection, person)
    yield "sessions", _sessions(connection, person)
    yield "pauses", pauses.listed(connection, person)
    yield "care", care.listed(connection, person)
    yield "setup_looks", setup_looks.listed(connection, person)
    yield "dismissals", dismissals.history(connection, person)
    yield "adverse", adverse.listed(connection, person)
    yield "evidence", map(_Line, evidence.lines(connection, person))
    yield "said", said.listed(connection, person)
    yield "held", said.holds(connection, person)
    yield "trips", trips.listed(connection, person)
    yield (
        "calendars",
        (
            ArchivedCalendar(
                id=one.id,
                name=one.name,
                added_at=one.added_at,
                source="" if is_address(one.source) else one.source,
            )
            for one in calendars.listed(connection, person)
        ),
    )
    yield "camera_permissions", camera_permissions.listed(connection, person)
    yield "calibrations", calibrations.listed(connection, person)
    yield "landmark_recordings", archived_recordings(connection, person)


class _Line(str):
    """A line of the evidence log, which is JSON already."""


def _sessions(connection: Connection, person: str) -> Iterator[ArchivedSession]:
    for session in sessions.history(connection, person):
        done = performances.of_session(connection, person, session.id)
        yield ArchivedSession(
            id=session.id,
            created_at=session.created_at,
            finished_at=session.finished_at,
            script=session.script,
            events=events.events(connection, person, session.id),
            # The pain a day later stands in the check-ins, once.
            performances=tuple(replace(one, pain_next_day=None) for one in done),
        )


def read_own_exercises(folder: Path) -> dict[str, str]:
    """Return the person's own exercise files by name, those that an import takes back.

    What is no ordinary file, no text, too long, or named as no exercise can be, is left out.
    """
    found = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            if not (SAFE_FILE_NAME.fullmatch(path.name) and path.is_file()):
                continue
            with path.open("rb") as file:
                raw = file.read(LONGEST_EXERCISE_FILE + 1)
            if len(raw) <= LONGEST_EXERCISE_FILE:
                found[path.name] = raw.decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
    return found


def _text(value: object) -> str:
    if isinstance(value, _Line):
        return value
    return json.dumps(codec.dump(value), ensure_ascii=False, separators=(", ", ": "), allow_nan=False)


if __name__ == "__main__":
    print(json.dumps(schema(), indent=2, ensure_ascii=False))
