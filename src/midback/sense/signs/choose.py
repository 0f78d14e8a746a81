"""Opens every sign that this desktop gives. In: nothing. Out: Signs. Next: the daemon, the doctor."""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from midback.errors import Phrase, Unavailable
from midback.sense.idle.choose import why
from midback.sense.idle.port import IdleBackend

from .port import Sign

SIGNS: Final[tuple[str, ...]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What can be told here: the signs that work, and name -> why not for the rest."""

    live: tuple[Sign, ...] = ()
    others: Mapping[str, Phrase] = field(default_factory=dict)

    def close(self) -> None:
        """Close them all."""
        for sign in self.live:
            sign.close()


def open_signs(idle: IdleBackend | None = None) -> Signs:
    """Open every sign that works here; ``idle`` is the live back end, which may tell of inhibitors itself."""
    live: list[Sign] = []
    others: dict[str, Phrase] = {}
    for name in SIGNS:
        try:
            sign: Sign = importlib.import_module(f".{name}", __package__).open_sign()
        except Unavailable as exc:
            others[name] = why(exc)
            continue
        live.append(sign)
    return Signs(live=tuple(live), others=others)
