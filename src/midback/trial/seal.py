"""Weeks on and off, drawn by chance and sealed. In: rng, salt. Out: Sealed. Next: design, store.

The seal is the sha-256 of the weeks and a salt. Kept apart from the weeks, it shows afterwards that nobody changed the
order to what suited; the salt keeps the few possible orders from being tried out.
"""

import hashlib
from dataclasses import dataclass
from typing import Final

import numpy as np

from midback.errors import InputError

LEAST_PAIRS: Final = 2
MOST_PAIRS: Final = 8
SALT_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Sealed:
    """Weeks as drawn. weeks : True is on; salt : hexadecimal; seal : sha-256, hexadecimal"""

    weeks: tuple[bool, ...]
    salt: str
    seal: str

    @property
    def holds(self) -> bool:
        """Whether the weeks are still those that were sealed."""
        return self.seal == seal_of(self.weeks, self.salt)


def draw_weeks(rng: np.random.Generator, pairs: int) -> Sealed:
    """Draw pairs of weeks, one on and one off each, either first with even odds; seal them."""
    if not LEAST_PAIRS <= pairs <= MOST_PAIRS:
        raise InputError(
            "{pairs} pairs of weeks.",
            "From {least} to {most} pairs.",
            "2 pairs take 28 days; 5 are needed for a test by the draw alone.",
            values={"pairs": pairs, "least": LEAST_PAIRS, "most": MOST_PAIRS},
        )
    firsts = [bool(first) for first in rng.integers(0, 2, size=pairs)]
    weeks = tuple(on for first in firsts for on in (first, not first))
    salt = rng.bytes(SALT_BYTES).hex()
    return Sealed(weeks, salt, seal_of(weeks, salt))


def seal_of(weeks: tuple[bool, ...], salt: str) -> str:
    """Return the sha-256 of ``weeks:10...`` and ``salt:...``, a line each."""
    text = f"weeks:{''.join('1' if on else '0' for on in weeks)}\nsalt:{salt}\n"
    return hashlib.sha256(text.encode("ascii")).hexdigest()
