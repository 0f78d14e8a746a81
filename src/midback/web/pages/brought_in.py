"""What is brought in by hand: calendars, recorded trips, ActivityWatch's times; and evidence taken back out.

In: forms with a file, a path or an address. Out: app.calendars, app.trips, app.activitywatch. Next: the day.
"""

import hashlib
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.responses import Response

from midback.app.activitywatch import import_export, import_live
from midback.app.calendars import add_calendar, list_calendars, refresh_calendars, remove_calendar
from midback.app.evidence_kept import forget_evidence
from midback.app.trips import add_trip, remove_trip
from midback.errors import InputError, Unavailable

from ..flash import go
from ..forms import Answers, Form
from ..guard import identify
from ..i18n import _
from ..render import house_of

router = APIRouter(include_in_schema=False)
LARGEST = 60_000_000
CALENDARS = "calendars"


def _file(form: Answers) -> tuple[str, bytes] | None:
    """Return the name and content of the file that was chosen, or None without one."""
    given = form.data.get("file")
    if not isinstance(given, UploadFile) or not given.filename:
        return None
    data = given.file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise InputError(
            "The file is larger than {n} MB.",
            "That is more than a file of this kind holds.",
            "Choose a smaller one.",
            values={"n": LARGEST // 1_000_000},
        )
    return given.filename[:200], data


def _needed(form: Answers) -> tuple[str, bytes]:
    found = _file(form)
    if found is None:
        raise InputError("No file was chosen.", "", "Go back and choose one.")
    return found


@router.post("/sensing/calendars")
def calendar(request: Request, form: Form) -> Response:
    """Add a calendar: a file that is kept here, or a path or an address that is read again."""
    house, person = house_of(request), identify(request)
    found = _file(form)
    if found is None:
        add_calendar(house, person, form.text("source"), form.text("name", 200))
        return go("/sensing#calendars", "calendar")
    name, data = found
    path = _keep(house.data_dir / CALENDARS, data)
    try:
        add_calendar(house, person, str(path), form.text("name", 200) or Path(name).name)
    except InputError:
        path.unlink(missing_ok=True)
        raise
    return go("/sensing#calendars", "calendar")


def _keep(folder: Path, data: bytes) -> Path:
    """Keep a copy of a calendar that was handed over; the name says its content, so nothing is kept twice."""
    path = folder / f"{hashlib.sha256(data).hexdigest()[:24]}.ics"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as exc:
        raise Unavailable(
            "{path} cannot be written: {fault}.",
            "",
            "Check the folder's permissions and the free space.",
            values={"path": path, "fault": exc.strerror},
        ) from exc
    return path


@router.post("/sensing/calendars/refresh")
def refresh(request: Request) -> Response:
    """Read every calendar again."""
    refresh_calendars(house_of(request), identify(request))
    return go("/sensing#calendars", "calendars")


@router.post("/sensing/calendars/remove")
def drop_calendar(request: Request, form: Form) -> Response:
    """Forget a calendar; a copy that was kept here goes with it."""
    house, person, gone = house_of(request), identify(request), form.text("id", 200)
    source = next((c.source for c in list_calendars(house, person) if c.id == gone), "")
    remove_calendar(house, person, gone)
    if source and Path(source).parent == (house.data_dir / CALENDARS).absolute():
        Path(source).unlink(missing_ok=True)
    return go("/sensing#calendars", "calendar-gone")


@router.post("/sensing/trips")
def trip(request: Request, form: Form) -> Response:
    """Bring in a recorded trip."""
    added = add_trip(house_of(request), identify(request), *_needed(form))
    return go("/sensing#trips", "trip" if added.new else "trip-known")


@router.post("/sensing/trips/remove")
def drop_trip(request: Request, form: Form) -> Response:
    """Take a trip back, with what it said of the day."""
    remove_trip(house_of(request), identify(request), form.text("id", 200))
    return go("/sensing#trips", "trip-gone")


@router.post("/sensing/activitywatch")
def activitywatch(request: Request, form: Form) -> Response:
    """Bring in ActivityWatch's times: an export, or straight from the server that runs here."""
    house, person, found = house_of(request), identify(request), _file(form)
    added = import_live(house, person) if found is None else import_export(house, person, found[1])
    return go("/sensing#activitywatch", "activitywatch", str(added.new))


@router.post("/sensing/forget")
def forget(request: Request, form: Form) -> Response:
    """Delete what was sensed; what the person said themselves stays."""
    if form.text("word", 40).casefold() != _("delete").casefold():
        raise InputError("The word was not typed.", "So that nothing is deleted by a slip.", "Go back.")
    forget_evidence(house_of(request), identify(request))
    return go("/sensing#evidence", "forgotten")
