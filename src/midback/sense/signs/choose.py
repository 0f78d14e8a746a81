"""Opens every sign that this desktop gives. In: the live idle back end. Out: Signs. Next: the daemon, the doctor."""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from midback.errors import Phrase, Unavailable
from midback.sense.idle.choose import why
from midback.sense.idle.port import IdleBackend

from .port import Desktop, Sign
from .suspend import Suspend

# The signs that hold or do not; suspend, which tells of a time that is over, stands by itself.
SIGNS: Final = ("lock", "inhibitor", "camera", "call", "fullscreen", "dnd")
# Those that share the buses.
_ON_THE_BUS: Final = frozenset({"lock", "inhibitor", "dnd"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What can be told here: the signs that work, whether the machine slept, and name -> why not for the rest."""

    live: tuple[Sign, ...]
    suspend: Suspend
    others: Mapping[str, Phrase] = field(default_factory=dict)

    def close(self) -> None:
        """Close them all."""
        for sign in self.live:
            sign.close()


def open_signs(idle: IdleBackend | None = None) -> Signs:
    """Open every sign that works here; each is read once, so that what is live has answered."""
    desktop = Desktop(idle)
    live: list[Sign] = []
    others: dict[str, Phrase] = {}
    for name in SIGNS:
        module: Any = importlib.import_module(f".{name}", __package__)
        try:
            sign: Sign = module.open_sign(desktop) if name in _ON_THE_BUS else module.open_sign()
        except Unavailable as exc:
            others[name] = why(exc)
            continue
        try:
            sign.read()
        except Unavailable as exc:
            sign.close()
            others[name] = why(exc)
            continue
        live.append(sign)
    return Signs(live=tuple(live), suspend=Suspend(), others=others)
