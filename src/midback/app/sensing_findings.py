"""Says what this desktop tells midback and what not. In: the back ends and signs. Out: findings. Next: doctor.

Everything is opened as the background process opens it, read once and closed again.
"""

import os
import sys
from collections.abc import Iterator, Mapping

from midback.errors import Phrase
from midback.sense.idle.choose import Chosen, choose
from midback.sense.signs.choose import Signs, open_signs

from .finding import Finding


def examine_sensing() -> tuple[Finding, ...]:
    """Look at the idle back ends and at the other signs."""
    chosen = choose(look_at_all=True)
    try:
        signs = open_signs(chosen.backend)
        try:
            return (*say_idle(chosen, has_desktop()), *say_signs(signs))
        finally:
            signs.close()
    finally:
        if chosen.backend is not None:
            chosen.backend.close()


def has_desktop(platform: str = sys.platform, environ: Mapping[str, str] = os.environ) -> bool:
    """Tell whether midback runs inside a desktop session, as far as the environment says."""
    return platform in ("win32", "darwin") or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def say_idle(chosen: Chosen, desktop: bool) -> Iterator[Finding]:
    """Say which back end is live and why each other is not; without one, what the body does is unknown.

    desktop : whether there is a desktop session; where there is none, that nothing tells is as it should be
    """
    name = Phrase("idle time")
    if chosen.backend is not None:
        yield Finding(name=name, ok=True, says=Phrase("{live} is live", {"live": chosen.live}))
    elif not desktop:
        says = Phrase("unknown: there is no desktop session here, so midback knows only what you enter")
        yield Finding(name=name, ok=True, live=False, says=says)
    else:
        yield Finding(
            name=name,
            ok=False,
            says=Phrase("unknown: nothing on this desktop tells it"),
            next_step=Phrase("Enter by hand how long you sat, or mend one of the next lines."),
        )
    for other, why in chosen.others.items():
        yield Finding(name=Phrase("idle time by {name}", {"name": other}), ok=True, live=False, says=why)


# Sign -> what it is in words.
SIGN_NAMES: Mapping[str, Phrase] = {
    "lock": Phrase("locked screen"),
    "inhibitor": Phrase("film or call that keeps the screen awake"),
    "camera": Phrase("camera in use"),
    "call": Phrase("microphone in use"),
    "fullscreen": Phrase("full screen"),
    "dnd": Phrase("do not disturb"),
}


def say_signs(signs: Signs) -> Iterator[Finding]:
    """Say which other signs work and by which way, and why each of the rest does not."""
    for sign in signs.live:
        says = Phrase("works, by {ways}", {"ways": ", ".join(sign.ways)})
        yield Finding(name=SIGN_NAMES[sign.name], ok=True, says=says)
    sleep = (
        Phrase("works, by the system's clocks")
        if signs.suspend.certain
        else Phrase("works, by the wall clock, which looks the same when it is set")
    )
    yield Finding(name=Phrase("sleep of the computer"), ok=True, says=sleep)
    for name, why in signs.others.items():
        yield Finding(name=SIGN_NAMES[name], ok=True, live=False, says=why)
