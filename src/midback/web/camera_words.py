"""What the camera sees, in words for the page. In: Seen. Out: JSON. Next: session-camera.js."""

from typing import Any

from starlette.requests import HTTPConnection

from midback.app.verifying import Seen

from .i18n import _
from .saying import say


def seen_words(request: HTTPConnection, seen: Seen) -> dict[str, Any]:
    """Return what the page shows after a frame."""
    return {
        "signal": seen.signal,
        "count": seen.count,
        "of": seen.of,
        "seen": seen.seen,
        "held": None if seen.held_s is None else round(seen.held_s, 2),
        "target": seen.target_s,
        "phase": phase_words(seen.phase),
        "armed": seen.armed,
        "counting": seen.counting,
        "reason": None if seen.reason is None else " ".join(say(request, [seen.reason])),
        "changed": seen.changed,
    }


def phase_words(phase: str | None) -> str:
    """Say in which phase a check sees the person; a bare name would read like what to do now."""
    return {
        "cat": _("Seen: round"),
        "cow": _("Seen: hollow"),
        "pull": _("Seen: pulled"),
        "reach": _("Seen: reached out"),
        "up": _("Seen: up"),
        "down": _("Seen: down"),
        "threaded": _("Seen: held, threaded"),
        "open": _("Seen: held, open"),
        "lying": _("Seen: lying still"),
        "held": _("Seen: held"),
    }.get(phase or "", "")
