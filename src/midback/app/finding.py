"""One thing the doctor looked at, and what is to be said of it. Next: doctor, its rooms, the doors."""

from dataclasses import dataclass
from typing import Final

from midback.errors import Phrase

NOTHING: Final = Phrase("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at. ``next_step`` is empty when it is well; the door says both in its language.

    live : False for what is not at work here without anything being wrong
    sensing : whether it is about sensing, not about midback itself
    """

    name: Phrase
    ok: bool
    says: Phrase
    next_step: Phrase = NOTHING
    live: bool = True
    sensing: bool = False
