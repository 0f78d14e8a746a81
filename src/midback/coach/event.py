"""What happens in a session, as a log. In: the doors, through app. Next: ``fold``, and the store."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, get_args

Kind = Literal[
    "start",
    "heartbeat",
    "pause",
    "resume",
    "back",
    "next",
    "repeat",
    "skip",
    "substitute",
    "hurts",
    "extend",
    "shorten",
    "plus_one",
    "looking",
    "counted",
    "held",
    "defer",
    "jump",
    "sound",
    "end",
    "after",
]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened.

    id : made by whoever sends it, so that sending it twice counts once
    at : when it was received, an aware UTC datetime
    until : for a run of heartbeats, the last of them; each was at most ``MAX_GAP`` after the one before
    data : plain JSON values, by kind
    """

    id: str
    at: datetime
    kind: Kind
    data: Mapping[str, Any] = field(default_factory=dict)
    until: datetime | None = None

    @property
    def last(self) -> datetime:
        """The last instant it vouches for."""
        return self.at if self.until is None else self.until
