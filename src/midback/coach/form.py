"""How evenly an exercise was done, from what a camera saw. In: repetitions. Out: 0..1. Next: ``done``.

It is measured against the person's own first repetitions of the same session, never against a picture of how it
should look: a signal of one camera knows more and less, and not right and wrong.
"""

from collections.abc import Sequence
from statistics import mean, median
from typing import Final

from .state import RepetitionSeen

OWN_FIRST: Final = 3
# Fewer than this say nothing about evenness.
AT_LEAST: Final = 4
# Half as slow or fast again as at first is still the same tempo.
TEMPO_ROOM: Final = 1.5


def form(seen: Sequence[RepetitionSeen]) -> float | None:
    """Return how much of their first range and tempo the repetitions kept, 0..1; None from too few.

    The first ones count fully: they are what the others are measured by.
    """
    kept = [one for side in ("both", "left", "right") for one in _kept([s for s in seen if s.side == side])]
    return round(mean(kept), 3) if kept else None


def _kept(seen: Sequence[RepetitionSeen]) -> list[float]:
    if len(seen) < AT_LEAST:
        return []
    width = median(one.range for one in seen[:OWN_FIRST])
    length = median(one.seconds for one in seen[:OWN_FIRST])
    if width <= 0 or length <= 0:
        return []
    return [
        min(1.0, one.range / width)
        * min(1.0, TEMPO_ROOM * min(one.seconds / length, length / max(one.seconds, 1e-6)))
        for one in seen
    ]
