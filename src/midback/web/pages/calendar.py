"""The plan as a calendar: a file to download, and an address for programs on this computer.

In: forms, the key in an address. Out: iCalendar. Next: the person's calendar program.
"""

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from midback import locale
from midback.app.calendar_out import calendar_text
from midback.app.calendar_wishes import (
    BEFORE,
    PARTS,
    opened_by,
    read_key,
    read_wishes,
    renew_key,
    revoke_key,
    save_wishes,
)

from .. import i18n
from ..flash import go
from ..forms import Answers, Form
from ..guard import FEED, identify
from ..i18n import _
from ..problems import refuse
from ..render import house_of

router = APIRouter(include_in_schema=False)
ICS = "text/calendar; charset=utf-8"
LONGEST_KEY = 200


def calendar_values(request: Request) -> dict[str, Any]:
    """Return what the calendar's part of Settings shows."""
    house, person = house_of(request), identify(request)
    key = read_key(house, person)
    return {
        "wishes": read_wishes(house, person),
        "address": f"{request.url.scheme}://{request.url.netloc}{FEED}?key={key.token}" if key else "",
        "parts": part_names(),
        "before": [("none", _("no reminder")), *((str(m), before_words(m)) for m in BEFORE if m is not None)],
    }


def part_names() -> list[tuple[str, str]]:
    """Return the parts of the calendar: id and name."""
    names = {
        "session": _("sessions and the towel"),
        "break": _("breaks between work, as free time"),
        "worn": _("band and disc, as free time"),
        "care": _("massage and appointments"),
    }
    return [(part, names[part]) for part in PARTS]


def before_words(minutes: int) -> str:
    """Say how long before."""
    if minutes == 0:
        return _("when it begins")
    if minutes == 1440:
        return _("a day before")
    return _("{long} before").format(long=i18n.duration_words(60 * minutes))


@router.post("/settings/calendar")
def keep(request: Request, form: Form) -> Response:
    """Keep what goes into the calendar."""
    house, person = house_of(request), identify(request)
    wishes = replace(
        read_wishes(house, person),
        full=form.one_of("titles", ("discreet", "full"), "discreet") == "full",
        parts=form.many("part"),
        session_before=_minutes(form, "session_before"),
        visit_before=_minutes(form, "visit_before"),
    )
    save_wishes(house, person, wishes)
    return go("/settings#calendar", "settings")


def _minutes(form: Answers, field: str) -> int | None:
    return None if form.text(field, 10) in ("", "none") else form.whole(field, 0, 1440)


@router.post("/settings/calendar/address")
def renew(request: Request) -> Response:
    """Make an address for the calendar, or a new one in its place."""
    house, person = house_of(request), identify(request)
    had = read_key(house, person) is not None
    renew_key(house, person, i18n.language())
    return go("/settings#calendar", "feed-renewed" if had else "feed-made")


@router.post("/settings/calendar/revoke")
def revoke(request: Request) -> Response:
    """Take the address away."""
    revoke_key(house_of(request), identify(request))
    return go("/settings#calendar", "feed-gone")


@router.get("/settings/calendar.ics")
def download(request: Request) -> Response:
    """Download the calendar as a file, for a phone."""
    text = calendar_text(house_of(request), identify(request), language=i18n.language())
    headers = {"Content-Disposition": 'attachment; filename="midback.ics"'}
    return Response(text, media_type=ICS, headers=headers)


@router.api_route(FEED, methods=["GET", "HEAD"])
def feed(request: Request) -> Response:
    """Give the calendar to whoever has its key; nothing tells a wrong key from one that was revoked."""
    house = house_of(request)
    found = opened_by(house, request.query_params.get("key", "")[:LONGEST_KEY])
    if found is None:
        return refuse(request.scope, 404, "no-calendar")
    person, key = found
    setting = house.settings.language
    language = locale.best(key.language if setting == "auto" else setting)
    return Response(calendar_text(house, person, language=language), media_type=ICS)
