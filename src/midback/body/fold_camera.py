"""What the camera's samples say between them. In: (instant, seen, host). Out: stretches with labels. Next: fold_gaps.

A sample is a look of a second. Two that agree hold between them, two that differ change halfway, and one alone
holds for minutes. ``unclear`` never comes here: it says nothing.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from .fold_spans import Spans
from .fold_worth import (
    ABSENT_SURE,
    CAMERA_AGREES,
    CAMERA_ALONE,
    CAMERA_HANDS,
    CAMERA_HOLDS,
    SEEN_SURE,
    STANDING_SURE,
    Atom,
    Label,
)

_Sample = tuple[float, str, str]
LABELS: Final[dict[str, Label]] = {
    "seated": ("sitting", ("camera",), SEEN_SURE),
    "standing": ("standing", ("camera",), STANDING_SURE),
    "absent": ("away", ("camera",), ABSENT_SURE),
}


def seen_in_gap(
    samples: Sequence[_Sample], start: float, end: float, cuts: Sequence[float], closed: bool
) -> list[Atom]:
    """Return what samples inside an idle gap say of it.

    cuts : where a lock or suspend begins or ends; a lone sample says nothing beyond the next one
    closed : whether input ends the gap
    """
    found: list[Atom] = []
    first, last = samples[0][0], samples[-1][0]
    # The input at the gap's ends is a look of its own: what the nearest sample saw holds up to it.
    before = start if first - start <= CAMERA_AGREES else first - CAMERA_ALONE
    at = max([before, *(cut for cut in cuts if cut < first)])
    for (a, seen, _), (b, then, _) in pairwise(samples):
        between = cuts[bisect_right(cuts, a) : bisect_left(cuts, b)]
        if seen == then and b - a <= CAMERA_AGREES:
            continue
        if b - a <= CAMERA_AGREES:
            change = between[0] if between else (a + b) / 2
            found.append((at, change, LABELS[seen]))
            at = change
        else:
            found.append((at, min([a + CAMERA_ALONE, *between]), LABELS[seen]))
            at = max([b - CAMERA_ALONE, *between])
    hold = CAMERA_AGREES if closed and end - last <= CAMERA_AGREES else CAMERA_ALONE
    until = min([end, last + hold, *(cut for cut in cuts if cut > last)])
    found.append((at, until, LABELS[samples[-1][1]]))
    return [(a, b, label) for a, b, label in found if b > a]


def stood(samples: Sequence[_Sample], hands: Spans, start: float, end: float) -> list[tuple[float, float]]:
    """Return where a person with the hands on the machine stood, by the nearest sample."""
    first = bisect_left(samples, (start - CAMERA_HOLDS,))
    last = bisect_right(samples, (end + CAMERA_HOLDS, "~"))
    # Whoever types is there, whatever the camera missed; and whoever stood about in a longer gap may have sat
    # down to type.
    near = [
        (at, seen)
        for at, seen, _ in samples[first:last]
        if not (seen == "absent" and start <= at <= end) and (seen != "standing" or _at_work(hands, at))
    ]
    found: list[tuple[float, float]] = []
    for place, (at, seen) in enumerate(near):
        if seen != "standing":
            continue
        low, high = at - CAMERA_HOLDS, at + CAMERA_HOLDS
        if place:
            low = max(low, (near[place - 1][0] + at) / 2)
        if place + 1 < len(near):
            high = min(high, (near[place + 1][0] + at) / 2)
        low, high = max(low, start), min(high, end)
        if high > low:
            if found and found[-1][1] >= low:
                low = found.pop()[0]
            found.append((low, high))
    return found


def _at_work(hands: Spans, at: float) -> bool:
    """Say whether there was input shortly before and after a sample: whoever comes back stands too, to sit down."""
    return hands.reaches(at - CAMERA_HANDS, at) and hands.reaches(at, at + CAMERA_HANDS)
