"""What explains a gap that nothing else explains. In: bare pieces and their neighbours. Out: atoms. Next: fold_gaps.

An idle gap is rather reading than absence while it is short, somebody looked at the input, and the person was
there before and after. Longer ones stay unknown: that is not "away" and not "fine".
"""

from bisect import bisect_left
from collections.abc import Iterator

from .exposure import Activity
from .fold_around import Around
from .fold_digest import Digest
from .fold_worth import (
    PAUSE_SURE,
    READING,
    READING_ON,
    READING_ON_SURE,
    READING_SURE,
    SHORT_READING,
    STRIP,
    STRIP_SURE,
    UNKNOWN,
    UNSEEN,
    Atom,
    Label,
    Piece,
)

_PRESENT = ("sitting", "standing", "moving")


def machines(digest: Digest, start: float, end: float) -> tuple[str, ...]:
    """Return which kind of source saw the hands: our own samples, ActivityWatch, or both."""
    if not digest.other.starts:
        return ("input",)
    other = digest.other.reaches(start, end)
    own = digest.own.reaches(start, end)
    return ("input", "activitywatch") if own and other else ("activitywatch",) if other else ("input",)


def settle(around: Around, pieces: list[Piece]) -> list[Atom]:
    """Explain the bare pieces by their length and their neighbours."""
    atoms: list[Atom] = []
    for place, (a, b, label) in enumerate(pieces):
        if label is not None:
            atoms.append((a, b, label))
            continue
        before = pieces[place - 1][2] if place else None
        after = pieces[place + 1][2] if place + 1 < len(pieces) else None
        atoms += _settle_piece(around, a, b, before, after)
    return atoms


def _settle_piece(
    around: Around, start: float, end: float, before: Label | None, after: Label | None
) -> Iterator[Atom]:
    """Explain one bare piece: as reading where somebody looked and it is short, else as unknown."""
    digest = around.digest
    there_before = _present(around, before, start, ended=True)
    there_after = _present(around, after, end, ended=False)
    at = start
    for a, b in _seen_parts(digest, start, end):
        if a > at:
            yield (at, a, UNKNOWN)
        yield (
            a,
            b,
            _bare(
                digest,
                (a, b),
                _posture(before if a <= start else None, after if b >= end else None),
                # Where samples begin or end, somebody opened the lid or shut it: that is no absence.
                there_before if a <= start else None,
                there_after if b >= end else None,
            ),
        )
        at = b
    if at < end:
        yield (at, end, UNKNOWN)


def _posture(before: Label | None, after: Label | None) -> Activity:
    """Return how a part was spent by what touches it: standing where nothing else does."""
    touching = [label[0] for label in (before, after) if label is not None]
    return "standing" if touching and all(activity == "standing" for activity in touching) else "sitting"


def _bare(
    digest: Digest, part: tuple[float, float], activity: Activity, before: bool | None, after: bool | None
) -> Label:
    """Explain a part by whether somebody was there before and after; None is a hole, or now."""
    if not (before or after):
        return UNKNOWN
    length = part[1] - part[0]
    names = machines(digest, *part)
    if before is not False and after is not False:
        if length <= SHORT_READING:
            return (activity, names, PAUSE_SURE if length <= UNSEEN else READING_SURE)
        if length <= READING:
            return (activity, names, READING_ON_SURE)
        if length <= READING_ON and before and after and _reads_on(digest, part):
            return (activity, names, READING_ON_SURE)
    elif length <= STRIP:
        return (activity, names, STRIP_SURE)
    return UNKNOWN


def _present(around: Around, label: Label | None, at: float, ended: bool) -> bool:
    """Say whether a neighbour leaves or finds the person at the place.

    The person's own edges are exact, a walk is measured from its first step, and whoever unlocks is there.
    """
    if label is None:
        return False
    if label[0] in _PRESENT or label[1] == ("person",):
        return True
    if ended and label[1] == ("lock",):
        return any(b == at and absence.told_end for _, b, absence in around.absences.within(at - 1, at))
    return False


def _seen_parts(digest: Digest, start: float, end: float) -> list[tuple[float, float]]:
    """Return where somebody looked at the input, with holes that are too short to mean anything."""
    parts: list[tuple[float, float]] = []
    for a, b in digest.seen.inside(start, end):
        if parts and a - parts[-1][1] <= UNSEEN:
            parts[-1] = (parts[-1][0], b)
        else:
            parts.append((a, b))
    if not parts:
        return [(start, end)] if end - start <= UNSEEN else []
    if parts[0][0] - start <= UNSEEN:
        parts[0] = (start, parts[0][1])
    if end - parts[-1][1] <= UNSEEN:
        parts[-1] = (parts[-1][0], end)
    return parts


def _reads_on(digest: Digest, part: tuple[float, float]) -> bool:
    """Say whether the gaps before and after this one are gaps of reading too."""
    hands = digest.hands
    after = bisect_left(hands.starts, part[1])
    before = after - 1
    if before < 1 or after + 1 >= len(hands.starts) or hands.ends[before] != part[0]:
        return False
    return (
        part[0] - hands.starts[before] <= SHORT_READING
        and hands.starts[before] - hands.ends[before - 1] <= READING_ON
        and hands.ends[after] - hands.starts[after] <= SHORT_READING
        and hands.starts[after + 1] - hands.ends[after] <= READING_ON
    )
