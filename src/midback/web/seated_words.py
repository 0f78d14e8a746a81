"""Words for how the camera stands and what a look came to. In: values of app. Out: words. Next: pages.camera."""

from starlette.requests import Request

from midback.app.camera_state import CameraState
from midback.body.seated_judge import Look

from . import i18n
from .i18n import _
from .saying import say


def place_name(place: str) -> str:
    """Name a place: one that midback proposes in the language of the page, the person's own as they wrote it."""
    return {"desk": _("desk")}.get(place, place)


def look_name(kind: str) -> str:
    """Name what a look came to."""
    return {
        "upright": _("Upright"),
        "slumped": _("Sunk"),
        "nearer": _("Upright, nearer to the screen"),
        "no-reading": _("No reading"),
        "calibrate-again": _("Measure again"),
    }.get(kind, "")


def look_shape(request: Request, look: Look) -> dict[str, object]:
    """Return a look in words, as the page shows it."""
    change = between = ""
    if (
        look.change is not None
        and look.low is not None
        and look.high is not None
        and look.kind != "no-reading"
    ):
        change = percent_words(look.change)
        between = _("between {low} and {high}").format(
            low=percent_words(look.low), high=percent_words(look.high)
        )
    return {
        "kind": look.kind,
        "name": look_name(look.kind),
        "change": change,
        "between": between,
        "reasons": say(request, look.reasons),
    }


def percent_words(share: float) -> str:
    """Write a change with its sign: +3 %, −12 %."""
    number = round(100 * share)
    sign = "−" if number < 0 else "+" if number > 0 else "±"
    return _("{sign}{number} %").format(sign=sign, number=i18n.number_words(abs(number)))


def off_words(state: CameraState) -> str:
    """Say why the background process does not look now; "" where it may, or does not say."""
    return {
        "not-allowed": _("It is not allowed here, or the watch is switched off."),
        "no-calibration": _("Your upright is not measured here yet."),
        "locked": _("The screen is locked."),
        "battery": _("The computer runs on battery."),
        "in-use": _("Another program has the camera."),
        "away": _("You seem to be away."),
        "driving": _("You are driving."),
        "not-sitting": _("You are not sitting at the moment."),
        "idle-unknown": _("Nothing on this system tells whether you are there."),
        "failed": _("The last look could not be started."),
    }.get(state.off or "", "")
