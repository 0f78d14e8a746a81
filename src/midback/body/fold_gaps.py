"""The fold itself: hands on the machine, and an explanation for every gap. In: Digest, a window. Out: atoms.

Time is divided by input into stretches with the hands on the machine and idle gaps. A gap is painted with
what is known of it, the weakest first; what stays bare is explained by its length and its neighbours, or
stays unknown. Driving and the person's word lie over all. Next: fold.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from .exposure import Activity
from .fold_around import Absence, Around
from .fold_camera import seen_in_gap, stood
from .fold_digest import Digest
from .fold_worth import (
    BACK_DATED,
    BEFORE_LOCK_SURE,
    CALENDAR_SURE,
    CAME_BY_ITSELF,
    FULL_SCREEN,
    LOCK_SURE,
    LONGEST_MEETING,
    PAUSE_SURE,
    READING,
    READING_ON,
    READING_ON_SURE,
    READING_SURE,
    SEEN_SURE,
    STANDING_SURE,
    STARTLED,
    STRIP,
    STRIP_SURE,
    SUSPEND_SURE,
    SWITCH_SURE,
    TYPING_SURE,
    UNKNOWN,
    UNSEEN,
    WATCHING,
    Atom,
    Label,
    Piece,
)

_FAR = 1e12
_PRESENT = ("sitting", "standing", "moving")


def explain(digest: Digest, start: float, end: float) -> list[Atom]:
    """Return atoms that tile ``start``..``end``; neighbours differ in their label."""
    around = Around(digest, start, end)
    pieces: list[Piece] = []
    hands = digest.hands
    # The gaps around the window belong to it whole: what explains a gap is its length and its ends.
    place = max(0, bisect_left(hands.ends, start) - 1)
    before = hands.ends[place - 1] if place else -_FAR
    while place < len(hands.starts) and before < end:
        a, b = hands.starts[place], hands.ends[place]
        _explain_gap(around, before, a, pieces)
        _hands_on(digest, a, b, pieces)
        before = b
        place += 1
    if before < end:
        _explain_gap(around, before, hands.starts[place] if place < len(hands.starts) else _FAR, pieces)
    atoms = _settle(around, pieces)
    for over in (around.driving_legs, around.words_told):
        atoms = _lay_over(atoms, over)
    return tidy(_cut(atoms, start, end))


def tidy(atoms: Iterable[Atom]) -> list[Atom]:
    """Join neighbours with the same label."""
    joined: list[Atom] = []
    for atom in atoms:
        if joined and joined[-1][2] == atom[2] and joined[-1][1] == atom[0]:
            joined[-1] = (joined[-1][0], atom[1], atom[2])
        elif atom[1] > atom[0]:
            joined.append(atom)
    return joined


def _cut(atoms: Iterable[Atom], start: float, end: float) -> Iterator[Atom]:
    at = start
    for a, b, label in atoms:
        if b > at and a < end:
            if a > at:
                yield (at, a, UNKNOWN)
            yield (max(a, at), min(b, end), label)
            at = min(b, end)
    if at < end:
        yield (at, end, UNKNOWN)


# Hands on the machine


def _machines(digest: Digest, start: float, end: float) -> tuple[str, ...]:
    """Return which kind of source saw the hands: our own samples, ActivityWatch, or both."""
    if not digest.other.starts:
        return ("input",)
    other = digest.other.reaches(start, end)
    own = digest.own.reaches(start, end)
    return ("input", "activitywatch") if own and other else ("activitywatch",) if other else ("input",)


def _hands_on(digest: Digest, start: float, end: float, pieces: list[Piece]) -> None:
    names = _machines(digest, start, end)
    samples = digest.cameras
    if not samples:
        pieces.append((start, end, ("sitting", names, TYPING_SURE)))
        return
    first, last = bisect_left(samples, (start,)), bisect_right(samples, (end, "~"))
    seen = {sample[1] for sample in samples[first:last]}
    names_seen = (*names, "camera")
    label: Label = ("sitting", names, TYPING_SURE)
    if seen == {"seated"}:
        label = ("sitting", names_seen, SEEN_SURE)
    at = start
    for a, b in stood(samples, start, end):
        if a > at:
            pieces.append((at, a, label))
        pieces.append((a, b, ("standing", names_seen, STANDING_SURE)))
        at = b
    if end > at or at == start:
        pieces.append((at, end, label))


# Gaps


def _explain_gap(around: Around, start: float, end: float, pieces: list[Piece]) -> None:
    """Add the pieces of one idle gap; what only its length can explain stays None."""
    digest = around.digest
    closed = end < _FAR
    told_open = start <= -_FAR
    painted: list[Piece] = [(start, end, None)]
    if closed and not told_open:
        if end - start <= LONGEST_MEETING:
            for a, b, _ in around.meetings.within(start, end):
                painted = _paint(painted, a, b, ("sitting", ("calendar",), CALENDAR_SURE))
        if end - start <= FULL_SCREEN:
            for a, b, _ in around.presence["fullscreen"].within(start, end):
                painted = _paint(painted, a, b, _switch("fullscreen"))
    else:
        for low, high in digest.seen.inside(start, end):
            for a, b, _ in around.meetings.within(low, high):
                painted = _paint(
                    painted, max(a, low), min(b, high), ("sitting", ("calendar",), CALENDAR_SURE)
                )
    absences = _absences(around, start, end)
    if absences and not told_open and not absences[0][2].goes_on and absences[0][0] <= start + BACK_DATED:
        # It locked itself after idling: the person left about when the input ended.
        left: Label = ("away", (absences[0][2].source,), BEFORE_LOCK_SURE)
        painted = _paint(painted, start, absences[0][0], left)
    for source in ("inhibitor", "camera_in_use", "call"):
        for a, b, _ in around.presence[source].within(start, end):
            low = max(a, start)
            # Nobody watches for ever: without input this is believed for a long film, no longer.
            believed = max(start, a) if told_open else start
            painted = _paint(painted, low, min(b, believed + WATCHING), _switch(source))
    for a, b, absence in absences:
        sure = LOCK_SURE if absence.source == "lock" else SUSPEND_SURE
        painted = _paint(painted, a, b, ("away", (absence.source,), sure))
    samples = digest.cameras
    if samples:
        inside = samples[bisect_right(samples, (start, "~")) : bisect_left(samples, (end,))]
        if inside:
            cuts = sorted({edge for a, b, _ in absences for edge in (a, b)})
            for a, b, label in seen_in_gap(inside, start, end, cuts, closed):
                painted = _paint(painted, a, b, label)
    for track in (around.moving, around.driving, around.words):
        for a, b, label in track.within(start, end):
            painted = _paint(painted, a, b, label)
    pieces.extend(painted)


def _switch(source: str) -> Label:
    return ("sitting", (source,), SWITCH_SURE[source])


def _paint(pieces: list[Piece], start: float, end: float, label: Label) -> list[Piece]:
    """Paint over the part of a gap that lies between two instants."""
    if end <= start:
        return pieces
    painted: list[Piece] = []
    for a, b, old in pieces:
        if b <= start or a >= end:
            painted.append((a, b, old))
            continue
        if a < start:
            painted.append((a, start, old))
        painted.append((max(a, start), min(b, end), label))
        if b > end:
            painted.append((end, b, old))
    return painted


def _absences(around: Around, start: float, end: float) -> list[tuple[float, float, Absence]]:
    """Return the locks and suspends that say something of a gap: of the machine the hands left."""
    found = around.absences.within(start, end)
    if not found:
        return found
    hosts = around.digest.hands_of
    left = {host for host, spans in hosts.items() if spans.reaches(start, start)}
    left = set() if "" in left else left
    return [
        (a, b, absence)
        for a, b, absence in found
        if not (left and absence.host and absence.host not in left and a <= start + BACK_DATED)
        and not (absence.told_end and a - start >= CAME_BY_ITSELF and b - a <= STARTLED)
    ]


# What stays bare


def _settle(around: Around, pieces: list[Piece]) -> list[Atom]:
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
    standing = [label is None or label[0] == "standing" for label in (before, after)]
    activity: Activity = "standing" if all(standing) and (before or after) else "sitting"
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
                activity,
                # Where samples begin or end, somebody opened the lid or shut it: that is no absence.
                there_before if a <= start else None,
                there_after if b >= end else None,
            ),
        )
        at = b
    if at < end:
        yield (at, end, UNKNOWN)


def _bare(
    digest: Digest, part: tuple[float, float], activity: Activity, before: bool | None, after: bool | None
) -> Label:
    """Explain a part by whether somebody was there before and after; None is a hole, or now."""
    if not (before or after):
        return UNKNOWN
    length = part[1] - part[0]
    names = _machines(digest, *part)
    if before is not False and after is not False:
        if length <= READING:
            return (activity, names, PAUSE_SURE if length <= UNSEEN else READING_SURE)
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
        part[0] - hands.starts[before] <= READING
        and hands.starts[before] - hands.ends[before - 1] <= READING_ON
        and hands.ends[after] - hands.starts[after] <= READING
        and hands.starts[after + 1] - hands.ends[after] <= READING_ON
    )


def _lay_over(atoms: list[Atom], over: list[Atom]) -> list[Atom]:
    """Lay stretches in order and without overlap over atoms."""
    if not over:
        return atoms
    laid: list[Atom] = []
    place = 0
    for a, b, label in atoms:
        at = a
        while place < len(over) and over[place][1] <= a:
            place += 1
        i = place
        while i < len(over) and over[i][0] < b:
            low, high, top = max(over[i][0], at), min(over[i][1], b), over[i][2]
            if low > at:
                laid.append((at, low, label))
            if high > low:
                laid.append((low, high, top))
            at = max(at, high)
            i += 1
        if at < b:
            laid.append((at, b, label))
    return laid
