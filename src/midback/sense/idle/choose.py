"""Finds the idle back end that works here. In: the session's kind. Out: Chosen. Next: the daemon, the doctor.

None live is a fact of its own and is said aloud: then what the body does is unknown, not "active" and not "away".
"""

import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from midback.errors import Phrase, Unavailable

from .port import IdleBackend

# Name of a back end -> its module in this folder.
BACKENDS: Final[Mapping[str, str]] = {
    "x11": "x11",
    "mutter": "mutter",
    "ext-idle-notify": "ext_idle",
    "screensaver": "screensaver",
    "macos": "macos",
    "windows": "windows",
    "activitywatch": "activitywatch",
}
_LAST: Final = ("screensaver", "activitywatch")
_X11_FIRST: Final = ("x11", "mutter", "ext-idle-notify")
_WAYLAND_FIRST: Final = ("mutter", "ext-idle-notify", "x11")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What was found.

    backend : the live one, None when nothing here tells idle time
    live : its name, "" when there is none
    others : name of every other back end -> why it is not the live one
    """

    backend: IdleBackend | None
    live: str = ""
    others: Mapping[str, Phrase] = field(default_factory=dict)


def choose(order: Sequence[str] | None = None, *, look_at_all: bool = False) -> Chosen:
    """Open the first back end that works.

    order : names to try, by default what suits this system and session
    look_at_all : also try those behind the live one and close them again, to say whether they would work
    """
    backend: IdleBackend | None = None
    others: dict[str, Phrase] = {}
    for name in order if order is not None else suitable_order():
        if backend is not None and not look_at_all:
            others[name] = Phrase("Not needed: {live} is live.", {"live": backend.name})
            continue
        try:
            opened = open_named(name)
        except Unavailable as exc:
            others[name] = why(exc)
            continue
        if backend is None:
            backend = opened
        else:
            opened.close()
            others[name] = Phrase("It works too; {live} comes first.", {"live": backend.name})
    return Chosen(backend=backend, live=backend.name if backend else "", others=others)


def open_named(name: str) -> IdleBackend:
    """Open one back end by its name and read it once; raise Unavailable with why not."""
    module = importlib.import_module(f".{BACKENDS[name]}", __package__)
    backend: IdleBackend = module.open_backend()
    try:
        backend.idle_s()
    except Unavailable:
        backend.close()
        raise
    return backend


def suitable_order(platform: str = sys.platform, environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Return every back end's name, those that suit the session first."""
    if platform == "win32":
        first: tuple[str, ...] = ("windows", "activitywatch")
    elif platform == "darwin":
        first = ("macos", "activitywatch")
    elif environ.get("XDG_SESSION_TYPE") == "wayland" or environ.get("WAYLAND_DISPLAY"):
        first = (*_WAYLAND_FIRST, *_LAST)
    else:
        first = (*_X11_FIRST, *_LAST)
    return (*first, *(name for name in BACKENDS if name not in first))


def why(exc: Unavailable) -> Phrase:
    """Return an error's words as one phrase: what was seen, the rule, the next step."""
    parts = [part for part in exc.phrases if part.template]
    names = [f"part{number}" for number in range(len(parts))]
    return Phrase(" ".join(f"{{{name}}}" for name in names), dict(zip(names, parts, strict=True)))
