"""One thing the doctor looked at, and what is to be said of it. Next: doctor, its rooms, the doors."""

from dataclasses import dataclass
from typing import Final

from midback.errors import Phrase

NOTHING: Final = Phrase("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at. ``next_step`` is empty when it is well; the door says both in its language."""

    name: Phrase
    ok: bool
    says: Phrase
    next_step: Phrase = NOTHING
