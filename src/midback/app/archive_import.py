"""Putting an archive in the place of a person's data. In: an ``Archive``. Out: the person as archived.

One transaction: a fault anywhere leaves everything as it was. There is no merging: either nothing is kept of
the person yet, or they agreed to have it replaced (a backup is made first).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from midback.errors import Conflict, InputError, NotFound
from midback.store import (
    adverse,
    bouts,
    calibrations,
    camera_permissions,
    care,
    checkins,
    dismissals,
    intakes,
    pauses,
    people,
    plans,
    preferences,
    screenings,
    sessions,
    setup_looks,
    snapshot,
    spool,
)
from midback.store.address import database_file
from midback.store.sessions import KeptSession

from .archive import LONGEST_EXERCISE_FILE, SAFE_FILE_NAME, Archive, export_archive
from .archive_evidence import put_calendar, put_evidence, put_said, put_trip
from .archive_recordings import put_recording
from .backup import backup, backup_path
from .calendar_wishes import KEY
from .camera_places import ask_again_in as ask_for_camera_again_in
from .clearance import ask_again_in
from .house import House, own_exercise_folder

T = TypeVar("T")

WITH_ID = (
    "screenings",
    "intakes",
    "checkins",
    "bouts",
    "plans",
    "sessions",
    "pauses",
    "care",
    "setup_looks",
    "adverse",
    "trips",
    "calendars",
    "camera_permissions",
    "calibrations",
    "landmark_recordings",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came in, by kind, and the backup of what was there before, if anything was replaced."""

    counts: dict[str, int]
    backup: Path | None = None


def import_archive(house: House, person: str, archive: Archive, *, replace: bool = False) -> Imported:
    """Let the archive be the person's data; ``replace`` what is there only after they agreed.

    Raises
    ------
    InputError : something in the archive cannot be kept; the message names its path; nothing was changed
    Conflict : there is data already and ``replace`` was not given, or an exercise file is in the way
    """
    files = _new_files(own_exercise_folder(house.data_dir), archive.own_exercises)
    _require_distinct(archive)
    kept = None
    with house.engine.connect() as connection:
        empty = people.is_empty(connection, person)
    if not empty:
        if not replace:
            raise Conflict(
                "There is data here already.",
                "An import replaces everything and merges nothing.",
                "Agree to have it replaced (`--replace`); a backup is made first.",
            )
        kept = _keep_before(house, person)
    with house.engine.begin() as connection:
        if not replace and not people.is_empty(connection, person):
            raise Conflict("Data was entered meanwhile.", "", "Import again and agree to replace it.")
        _write(connection, person, archive)
        # What it says of warning signs may be old or foreign: nothing starts before they are asked here.
        ask_again_in(connection, person, "triage.due-elsewhere")
        # Nor does a camera look because it was allowed on another computer.
        ask_for_camera_again_in(connection, person, house.clock.now())
    for path, text in files.items():
        snapshot.write(path, [text])
    house.changed(person)
    return Imported(counts=_counts(archive), backup=kept)


def _keep_before(house: House, person: str) -> Path | None:
    """Keep what is about to be replaced: a copy of the file, or an export where a server has the database."""
    if database_file(house.engine) is not None:
        return backup(house).path
    if house.engine.dialect.name == "sqlite":  # in memory, where nothing was meant to last
        return None
    return export_archive(house, person, backup_path(house, ".json")).path


def _write(connection: Connection, person: str, archive: Archive) -> None:
    # What this computer's files told so far belongs to what is replaced: it is not read again.
    read_so_far = spool.listed(connection, person)
    people.remove(connection, person)
    people.ensure_person(connection, person, archive.started_at)
    for file in read_so_far:
        spool.put(connection, person, file)
    for path, screening in _each("screenings", archive.screenings):
        with _naming(path):
            screenings.add(connection, person, screening.answers, screening.clearance, screening.id)
    for path, dated in _each("intakes", archive.intakes):
        with _naming(path):
            intakes.save(connection, person, dated.intake, dated.at, dated.id)
    for path, checkin in _each("checkins", archive.checkins):
        with _naming(path):
            checkins.add(connection, person, checkin)
    with _naming("bouts"):
        bouts.fill(connection, person, archive.bouts)
    for path, made in _each("plans", archive.plans):
        with _naming(path):
            plans.keep(connection, person, made.plan, made.decisions, made.changes, made.at, made.id)
    for path, session in _each("sessions", archive.sessions):
        with _naming(path):
            header = KeptSession(
                id=session.id,
                created_at=session.created_at,
                finished_at=session.finished_at,
                script=session.script,
            )
            sessions.fill(connection, person, header, session.events, session.performances)
    _write_small(connection, person, archive)


def _write_small(connection: Connection, person: str, archive: Archive) -> None:
    for path, pause in _each("pauses", archive.pauses):
        with _naming(path):
            pauses.add(connection, person, pause)
    for path, visit in _each("care", archive.care):
        with _naming(path):
            care.add(connection, person, visit)
    for path, look in _each("setup_looks", archive.setup_looks):
        with _naming(path):
            setup_looks.add(connection, person, look)
    for path, dismissal in _each("dismissals", archive.dismissals):
        with _naming(path):
            dismissals.add(connection, person, dismissal.question, dismissal.day)
    for path, event in _each("adverse", archive.adverse):
        with _naming(path):
            adverse.add(connection, person, event)
    put_evidence(connection, person, _each("evidence", archive.evidence))
    put_said(connection, person, _each("said", archive.said))
    put_said(connection, person, _each("held", archive.held))
    for path, trip in _each("trips", archive.trips):
        with _naming(path):
            put_trip(connection, person, trip)
    for path, calendar in _each("calendars", archive.calendars):
        with _naming(path):
            put_calendar(connection, person, calendar)
    _write_camera(connection, person, archive)
    for key, value in archive.preferences.items():
        if key == KEY:  # a key that somebody else wrote down opens nothing here
            continue
        with _naming(f"preferences.{key}"):
            preferences.write(connection, person, key, value)


def _write_camera(connection: Connection, person: str, archive: Archive) -> None:
    for path, permission in _each("camera_permissions", archive.camera_permissions):
        with _naming(path):
            camera_permissions.add(connection, person, permission)
    for path, calibration in _each("calibrations", archive.calibrations):
        with _naming(path):
            calibrations.add(connection, person, calibration)
    for path, told in _each("landmark_recordings", archive.landmark_recordings):
        with _naming(path):
            put_recording(connection, person, told)


def _each(name: str, entries: tuple[T, ...]) -> Iterator[tuple[str, T]]:
    return ((f"{name}.{number}", entry) for number, entry in enumerate(entries))


@contextmanager
def _naming(path: str) -> Iterator[None]:
    """Say where in the file a fault lies; whatever the file brought about is a fault of the input."""
    try:
        yield
    except (InputError, Conflict, NotFound) as exc:
        seen, rule, _ = exc.phrases
        raise InputError(
            "{path}: {seen}", rule, "Nothing was imported.", values={"path": path, "seen": seen}
        ) from exc


def _require_distinct(archive: Archive) -> None:
    """Raise when an entry has no id of its own: two with one id would become one in silence."""
    for name in WITH_ID:
        seen: set[str] = set()
        for path, entry in _each(name, getattr(archive, name)):
            if not entry.id or entry.id in seen:
                raise InputError(
                    "{path}.id: {id!r}",
                    "Each entry has an id of its own.",
                    values={"path": path, "id": entry.id[:40]},
                )
            seen.add(entry.id)


def _new_files(folder: Path, files: dict[str, str]) -> dict[Path, str]:
    """Return what to write; raise before anything is written when a name or a file stands in the way."""
    new = {}
    for name, text in files.items():
        path = folder / name
        if not SAFE_FILE_NAME.fullmatch(name):
            raise InputError(
                "own_exercises.{name}: this is no name for an exercise file.", values={"name": name[:80]}
            )
        if len(text) > LONGEST_EXERCISE_FILE:
            raise InputError(
                "own_exercises.{name}: the file is too long.", "At most 1 MB is read.", values={"name": name}
            )
        if not path.exists():
            new[path] = text
        elif path.read_bytes() != text.encode():
            raise Conflict(
                "{path} is there already and is different.",
                "No file is overwritten.",
                "Move it away first.",
                values={"path": path},
            )
    return new


def _counts(archive: Archive) -> dict[str, int]:
    return {
        "screenings": len(archive.screenings),
        "check-ins": len(archive.checkins),
        "bouts": len(archive.bouts),
        "plans": len(archive.plans),
        "sessions": len(archive.sessions),
        "visits": len(archive.care),
        "evidence": len(archive.evidence),
        "trips": len(archive.trips),
        "exercise files": len(archive.own_exercises),
    }
