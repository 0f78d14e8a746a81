"""What a page says after an action, and how to undo it.

In: a code in the address. Out: a sentence. Next: pages.

After each POST the browser is sent on with a short code, so a reload never repeats the action and nothing
has to
be remembered between requests. Only codes known here are shown.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse

from .i18n import _


@dataclass(frozen=True, slots=True)
class Undo:
    """Where to send what, to take the action back."""

    path: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Flash:
    """One sentence, and perhaps a way back, and a place (address, words) where it can be corrected."""

    said: str
    undo: Undo | None = None
    link: tuple[str, str] | None = None


def go(path: str, done: str = "", ref: str = "") -> RedirectResponse:
    """Send the browser on to a page that says what was done."""
    query = {key: value for key, value in (("done", done), ("ref", ref)) if value}
    if query:
        before, hash_sign, place = path.partition("#")
        joint = "&" if "?" in before else "?"
        path = f"{before}{joint}{urlencode(query)}{hash_sign}{place}"
    return RedirectResponse(path, 303)


def _sentences() -> dict[str, str]:
    return {
        "checkin": _("Kept. Thank you."),
        "undone": _("Taken back."),
        "later": _("All right, asked again in ten minutes."),
        "other": _("Here is something else. The other one stays in today's list."),
        "marked": _("Noted as done."),
        "worn": _("The timer runs. Take it off when it ends."),
        "unworn": _("The minutes are noted."),
        "dismissed": _("Not asked again today."),
        "intake": _("Saved. The plan follows your answers."),
        "bout": _("Noted in your day."),
        "bout-gone": _("That stretch is gone."),
        "arrived": _("Welcome. The drive is in your day."),
        "no-drive": _("That was less than a minute: nothing is kept."),
        "not-known": _("That time is now not known. What was sensed lies beneath it; Undo brings it back."),
        "calendar": _("The calendar is read."),
        "calendars": _("The calendars are read again."),
        "calendar-gone": _("The calendar is forgotten, with its times."),
        "trip": _("The trip is in your days."),
        "trip-known": _("That trip was there already."),
        "trip-gone": _("The trip is gone from your days."),
        "activitywatch": _("ActivityWatch's times are in your days. New among them: {n}."),
        "camera-allowed": _("Allowed here. Next it measures your own upright."),
        "camera-revoked": _("Taken back. The camera does not look any more."),
        "camera-here": _("All right. What is known of this place holds now."),
        "camera-measured": _("Measured. From now on looks are compared with this."),
        "camera-forgotten": _("Forgotten."),
        "recording-gone": _("The recording is deleted."),
        "forgotten": _("What was sensed is deleted."),
        "answered": _("All right."),
        "stood": _("Noted: standing since {time}."),
        "again": _("All right, asked again at {time}."),
        "not-sitting": _("All right. Nothing was noted: midback does not know of sitting just now."),
        "usual": _("The usual day is now yours to correct."),
        "visit": _("The visit is noted."),
        "setup": _("Noted. Look again in a week."),
        "setup-fine": _("Noted. All of it is fine as it is."),
        "settings": _("Saved."),
        "feed-made": _("There is an address now."),
        "feed-renewed": _("This is the new address. The old one does not answer any more."),
        "feed-gone": _("The address is gone. It does not answer any more."),
        "paused": _("Paused. The streak waits and reminders are silent."),
        "resumed": _("Welcome back. The plan starts gently."),
        "worse": _("Noted. Please answer the warning-sign questions now."),
        "resolved": _("Noted as over."),
        "backup": _("The backup is written."),
        "replanned": _("The week is planned anew."),
    }


_TIME = re.compile(r"[0-2][0-9]:[0-5][0-9]", re.ASCII)
# Which form takes an action back: its path and the name of the field that holds the reference.
_UNDO = {
    "checkin": ("/checkin/undo", "id"),
    "marked": ("/today/undo", "session"),
    "later": ("/today/later", "take_back"),
    "bout": ("/day/undo", "day"),
    "bout-gone": ("/day/undo", "day"),
    "stood": ("/day/undo", "day"),
    "not-known": ("/day/undo", "day"),
    "usual": ("/day/undo", "day"),
    "visit": ("/care/undo", "id"),
    "paused": ("/settings/resume", "id"),
}


def flash(request: Request) -> Flash:
    """Return what to say on this page, from the code in its address."""
    done, ref = request.query_params.get("done", ""), request.query_params.get("ref", "")
    said = _sentences().get(done, "")
    if "{n}" in said:
        said = said.format(n=ref if ref.isdecimal() else "?")
    if "{time}" in said:
        said = said.format(time=ref) if _TIME.fullmatch(ref) else ""
    link = ("/day#drawn", _("Correct it on the day")) if said and done == "stood" else None
    if said and ref and done in _UNDO:
        path, field = _UNDO[done]
        return Flash(said, Undo(path, {field: ref[:200]}), link)
    return Flash(said, link=link)
