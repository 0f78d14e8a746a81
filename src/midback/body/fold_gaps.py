"""The fold itself: hands on the machine, and an explanation for every gap. In: Digest, a window. Out: atoms.

Time is divided by input into stretches with the hands on the machine and idle gaps. A gap is painted with
what is known of it, the weakest first; what stays bare is explained by its length and its neighbours, or
stays unknown. Driving and the person's word lie over all. Next: fold.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from .fold_around import Absence, Around
from .fold_bare import machines, settle
from .fold_camera import seen_in_gap, stood
from .fold_digest import Digest
from .fold_layers import showing
from .fold_worth import (
    BACK_DATED,
    BEFORE_LOCK_SURE,
    BY_HAND,
    CALENDAR_SURE,
    CAME_BY_ITSELF,
    FULL_SCREEN,
    LOCK_SURE,
    LONGEST_MEETING,
    SEEN_SURE,
    STANDING_SURE,
    STARTLED,
    STRIP,
    SUSPEND_SURE,
    SWITCH_SURE,
    TYPING_SURE,
    UNKNOWN,
    WATCHING,
    Atom,
    Label,
    Piece,
)

_FAR = 1e12


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
    atoms = settle(around, pieces)
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


def _hands_on(digest: Digest, start: float, end: float, pieces: list[Piece]) -> None:
    names = machines(digest, start, end)
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
    for a, b in stood(samples, digest.hands, start, end):
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
    # Layer over layer; what is painted last lies on top.
    painted: list[Piece] = [(start, end, None)]

    def paint(a: float, b: float, label: Label) -> None:
        painted.append((max(a, start), min(b, end), label))

    bounded = closed and end - start <= LONGEST_MEETING
    # In a gap whose end is far or not known yet, a meeting is believed only while the machine is on.
    for low, high in [(start, end)] if bounded else digest.seen.inside(start, end):
        for a, b, _ in around.meetings.within(low, high):
            paint(max(a, low), min(b, high), ("sitting", ("calendar",), CALENDAR_SURE))
    if end - start <= FULL_SCREEN:
        for a, b, _ in around.presence["fullscreen"].within(start, end):
            paint(a, b, _switch("fullscreen"))
    if _film_paused(around, start, end):
        paint(start, end, UNKNOWN)
    absences = _absences(around, start, end)
    if absences and not absences[0][2].goes_on and absences[0][0] <= start + BACK_DATED:
        # It locked itself after idling: the person left about when the input ended, or what kept them there.
        left: Label = ("away", (absences[0][2].source,), BEFORE_LOCK_SURE)
        paint(_last_there(around, start, absences[0][0]), absences[0][0], left)
    for source in ("inhibitor", "camera_in_use", "call"):
        for a, b, _ in around.presence[source].within(start, end):
            low = max(a, start)
            # Nobody watches for ever: without input this is believed for a long film, no longer.
            believed = start if low <= start + WATCHING else low
            paint(low, min(b, believed + WATCHING), _switch(source))
    for a, b, absence in absences:
        sure = LOCK_SURE if absence.source == "lock" else SUSPEND_SURE
        paint(a, b, ("away", (absence.source,), sure))
    samples = digest.cameras
    if samples:
        inside = samples[bisect_right(samples, (start, "~")) : bisect_left(samples, (end,))]
        # The empty chair before one machine says nothing of whoever left their hands on another.
        hosts = _left(digest, start) if any(sample[2] for sample in inside) else set()
        if hosts:
            inside = [look for look in inside if look[2] in ("", *hosts) or look[0] > start + BACK_DATED]
        if inside:
            cuts = sorted({edge for a, b, _ in absences for edge in (a, b)})
            for a, b, label in seen_in_gap(inside, start, end, cuts, closed):
                paint(a, b, label)
    for track in (around.moving, around.driving, around.words):
        for a, b, label in track.within(start, end):
            paint(a, b, label)
    pieces.extend(showing(painted))


def _last_there(around: Around, start: float, locked: float) -> float:
    """Return when the person was last known to be there between the last input and a lock."""
    known = [start]
    for source in ("inhibitor", "camera_in_use", "call"):
        known += [min(b, locked) for a, b, _ in around.presence[source].within(start, locked) if a < locked]
    looks = around.digest.cameras
    inside = looks[bisect_right(looks, (start, "~")) : bisect_left(looks, (locked,))]
    return max([*known, *(at for at, seen, *_host in inside if seen != "absent")])


def _film_paused(around: Around, start: float, end: float) -> bool:
    """Say whether a film was stopped at a gap's start and went on at its end: for that people get up."""
    if not STRIP < end - start <= FULL_SCREEN:
        return False
    films = around.presence["inhibitor"]
    stopped = any(abs(b - start) <= BY_HAND for _, b, _ in films.within(start - BY_HAND, start + BY_HAND))
    goes_on = any(abs(a - end) <= BY_HAND for a, _, _ in films.within(end - BY_HAND, end + BY_HAND))
    return stopped and goes_on


def _switch(source: str) -> Label:
    return ("sitting", (source,), SWITCH_SURE[source])


def _left(digest: Digest, at: float) -> set[str]:
    """Return the machines that the hands left when a gap began; none when a machine without a name was among them."""
    left = {host for host, spans in digest.hands_of.items() if spans.reaches(at, at)}
    return set() if "" in left else left


def _absences(around: Around, start: float, end: float) -> list[tuple[float, float, Absence]]:
    """Return the locks and suspends that say something of a gap: of the machine the hands left."""
    found = around.absences.within(start, end)
    if not found:
        return found
    left = _left(around.digest, start)
    return [
        (a, b, absence)
        for a, b, absence in found
        if not (left and absence.host and absence.host not in left and a <= start + BACK_DATED)
        and not (absence.told_end and a - start >= CAME_BY_ITSELF and b - a <= STARTLED)
    ]


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
