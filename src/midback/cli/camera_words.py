"""What `midback camera` says: terms, looks, places. In: values of app and core. Out: words, shapes. Next: camera."""

from typing import TYPE_CHECKING

from midback.app.camera_places import CameraWishes
from midback.app.camera_state import PlaceState
from midback.body.seated_judge import Look

from .words import _

if TYPE_CHECKING:
    from .door import Door
    from .wording import Speech


def terms(every_min: int) -> tuple[str, ...]:
    """Return what the camera does and never does, in plain words."""
    return (
        _("What it sees: your head and shoulders, for some seconds every {n} min while you sit.").format(n=every_min),
        _("What is kept: a few numbers a look, such as how far your ears stand above your shoulders. No picture is "
          "written or sent, ever."),
        _("When it does not look: locked, on battery, while you are away or drive, or while another program has the "
          "camera."),
        _("You can take it back at any time: midback camera revoke"),
    )  # fmt: skip


def look_words(found: Look, speech: "Speech") -> list[str]:
    """Say what a look comes to."""
    named = {
        "upright": _("Upright."),
        "slumped": _("Sunk below your own upright."),
        "nearer": _("Upright, and nearer to the screen."),
        "no-reading": _("No reading."),
        "calibrate-again": _("Calibrate again: midback camera calibrate"),
    }
    words = [named[found.kind], *(speech.reason(reason) for reason in found.reasons)]
    if (
        found.change is not None
        and found.low is not None
        and found.high is not None
        and found.kind != "no-reading"
    ):
        words.append(
            _("Against your upright: {change:+.0f} % (between {low:+.0f} and {high:+.0f} %).").format(
                change=100 * found.change, low=100 * found.low, high=100 * found.high
            )
        )
    return words


def place_name(place: str) -> str:
    """Return how a place is called: one that midback proposes in the person's language, theirs as they wrote it."""
    return {"desk": _("desk")}.get(place, place)


def place_words(door: "Door", place: PlaceState) -> str:
    """Say whether the camera may look at a place, and what was measured there."""
    from midback.app.clock import local

    words = [_("allowed") if place.allowed_at else _("not allowed")]
    if place.made_at is not None:
        day = local(door.house.clock, place.made_at).strftime("%Y-%m-%d %H:%M")
        words.append(_("calibrated {when}").format(when=day))
        if place.calibration is not None and place.calibration.slumped is not None:
            words.append(_("slump known"))
    else:
        words.append(_("not calibrated"))
    called = place_name(place.place)
    name = _("{place} (here)").format(place=called) if place.here else called
    return f"{name}: {', '.join(words)}"


def watch_words(wishes: CameraWishes, *, allowed: bool) -> str:
    """Say how often it looks by itself; allowed : it may at one place at least."""
    if not wishes.watch:
        return _("It does not look by itself.")
    if not allowed:
        return _(
            "It does not look: no place is allowed yet. Once one is, it looks every {n} min while you sit. "
            "Next: midback camera allow"
        ).format(n=wishes.every_min)
    words = _("It looks every {n} min while you sit, where it is allowed.").format(n=wishes.every_min)
    if not wishes.say:
        return words
    alone = _("Slumping alone may bring a notice.")
    return f"{words} {alone}"


def place_shape(place: PlaceState) -> dict[str, object]:
    """Shape a place for programs."""
    upright = place.calibration.upright if place.calibration else None
    return {
        "place": place.place,
        "here": place.here,
        "allowed_at": place.allowed_at.isoformat() if place.allowed_at else None,
        "calibrated_at": place.made_at.isoformat() if place.made_at else None,
        "device": place.device,
        "ratio": rounded(upright.ratio) if upright else None,
        "spread": rounded(upright.spread) if upright else None,
        "slumped": place.calibration is not None and place.calibration.slumped is not None,
        "before": place.before,
    }


def rounded(value: float | None) -> float | None:
    """Round a number for programs."""
    return None if value is None else round(value, 4)
