"""From evidence to bouts. In: Evidence, in any order. Out: Bouts that tile time. Next: stillness, app.

``fold`` is the pure function; ``Folder`` gives the same answer while evidence comes in. docs/sensing.md says
how each kind of evidence is read.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from . import fold_worth
from .evidence import SOURCES, Evidence
from .exposure import Activity, Bout
from .fold_digest import Digest
from .fold_gaps import explain, tidy
from .fold_worth import BESIDE, Atom

# Nothing that was seen changes what is known of a time further away than this.
REACH: Final = timedelta(seconds=fold_worth.REACH)
_RANK: Final[dict[str, int]] = {source: rank for rank, source in enumerate(SOURCES)}
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def fold(
    evidence: Iterable[Evidence], start: datetime | None = None, end: datetime | None = None
) -> tuple[Bout, ...]:
    """Return bouts that tile ``start``..``end`` without hole or overlap, in order of time.

    Without ``start`` and ``end`` they reach from the first to the last instant of the evidence. Neither the
    order of the evidence nor pieces that come twice change the answer.
    """
    digest = Digest()
    digest.take(evidence)
    low, high = _bounds(digest, start, end)
    return tuple(_bouts(explain(digest, low, high))) if low < high else ()


def touched(evidence: Iterable[Evidence]) -> tuple[datetime, datetime] | None:
    """Return the window in which these pieces can change bouts; None for no evidence.

    Fold that window again with all the evidence from ``REACH`` before to ``REACH`` after it, and with
    stretches that only overlap it; the rest of the bouts stays as it was.
    """
    low: datetime | None = None
    high: datetime | None = None
    for piece in evidence:
        first, last = piece.at, piece.until or piece.at
        if piece.idle_s is not None and piece.idle_s <= fold_worth.OLDEST_INPUT:
            first -= timedelta(seconds=piece.idle_s)
        low = first if low is None else min(low, first)
        high = last if high is None else max(high, last)
    return None if low is None or high is None else (low - REACH, high + REACH)


class Folder:
    """Evidence as it comes in, and the bouts it makes. Not for two threads at once."""

    def __init__(self) -> None:
        self._digest = Digest()
        self._atoms: list[Atom] = []
        self._bouts: list[Bout] = []
        self._stale: tuple[float, float] | None = None
        self._forgotten = float("-inf")

    def add(self, evidence: Evidence) -> None:
        """Take one piece of evidence in, early or late; what it says of forgotten time is left out."""
        if (evidence.until or evidence.at).timestamp() < self._forgotten:
            return
        low, high = self._digest.add(evidence)
        if self._stale is not None:
            low, high = min(low, self._stale[0]), max(high, self._stale[1])
        self._stale = (low, high)

    def bouts(self, start: datetime | None = None, end: datetime | None = None) -> tuple[Bout, ...]:
        """Return the bouts that tile ``start``..``end``, by default all that the evidence spans.

        Equal to ``fold`` of all that was added. Only what new evidence touched is worked out again.
        """
        self._refresh()
        low, high = _bounds(self._digest, start, end)
        low = max(low, self._forgotten) if start is None else low
        if low >= high:
            return ()
        if not self._atoms:
            return tuple(_bouts(explain(self._digest, low, high)))
        if start is None and end is None:
            return tuple(self._bouts)
        return tuple(_bouts(self._window(low, high)))

    def forget(self, before: datetime) -> None:
        """Drop what lies before an instant, but for what later time still rests on."""
        at = before.timestamp()
        if at <= self._forgotten:
            return
        self._refresh()
        self._forgotten = at
        self._digest.forget(at - fold_worth.REACH - BESIDE)
        if self._digest.first is not None:
            self._digest.first = max(self._digest.first, at)
        self._atoms = [(max(a, at), b, label) for a, b, label in self._atoms if b > at]
        self._bouts = list(_bouts(self._atoms))

    def _window(self, low: float, high: float) -> list[Atom]:
        atoms = self._atoms
        first, last = atoms[0][0], atoms[-1][1]
        if low < first:
            return explain(self._digest, low, high)
        window: list[Atom] = []
        if high > last:
            # Beyond the last piece of evidence only its own gap says something, and that changes as time goes on.
            settled = max(low, min(last, self._anchor(last)))
            window = explain(self._digest, settled, high)
            high = settled
        place = bisect_right(atoms, low, key=lambda atom: atom[1])
        before: list[Atom] = []
        while place < len(atoms) and atoms[place][0] < high:
            a, b, label = atoms[place]
            before.append((max(a, low), min(b, high), label))
            place += 1
        return tidy([*before, *window])

    def _refresh(self) -> None:
        """Work out again what has been touched, and put it between what has not."""
        digest = self._digest
        if self._stale is None or digest.first is None or digest.last is None:
            return
        first, last = max(digest.first, self._forgotten), digest.last
        low, high = self._stale
        self._stale = None
        if last <= first:
            return
        low = max(first, self._anchor(low))
        high = min(last, high + fold_worth.REACH)
        if self._atoms:
            if first < self._atoms[0][0]:
                low = first
            if last > self._atoms[-1][1]:
                high = last
            if low > self._atoms[-1][1]:
                low = self._atoms[-1][1]
            if high < self._atoms[0][0]:
                high = self._atoms[0][0]
        else:
            low, high = first, last
        if low >= high:
            return
        self._splice(explain(digest, low, high), low, high)

    def _anchor(self, at: float) -> float:
        """Return how far back a change at an instant reaches: beyond the gap before the hands there."""
        hands = self._digest.hands
        place = bisect_right(hands.starts, at) - 1
        return (min(at, hands.ends[place - 1]) if place > 0 else float("-inf")) - BESIDE

    def _splice(self, fresh: list[Atom], low: float, high: float) -> None:
        atoms = self._atoms
        from_ = bisect_right(atoms, low, key=lambda atom: atom[1]) if atoms else 0
        to = bisect_left(atoms, high, key=lambda atom: atom[0]) if atoms else 0
        # One more on each side, so that equal neighbours become one.
        from_, to = max(0, from_ - 1), min(len(atoms), to + 1)
        kept_before = [(a, min(b, low), label) for a, b, label in atoms[from_:to] if a < low]
        kept_after = [(max(a, high), b, label) for a, b, label in atoms[from_:to] if b > high]
        changed = tidy([*kept_before, *fresh, *kept_after])
        atoms[from_:to] = changed
        self._join(from_, from_ + len(changed))

    def _join(self, first: int, last: int) -> None:
        """Make the bouts of the changed atoms again, with the bouts beside them."""
        atoms, bouts = self._atoms, self._bouts
        first, last = max(0, first - 1), min(len(atoms), last + 1)
        while first > 0 and atoms[first - 1][2][0] == atoms[first][2][0]:
            first -= 1
        while last < len(atoms) and atoms[last - 1][2][0] == atoms[last][2][0]:
            last += 1
        at, until = _instant(atoms[first][0]), _instant(atoms[last - 1][1])
        i = bisect_left(bouts, at, key=lambda bout: bout.start) if first else 0
        j = bisect_left(bouts, until, key=lambda bout: bout.start) if last < len(atoms) else len(bouts)
        bouts[i:j] = _bouts(atoms[first:last])


def _bounds(digest: Digest, start: datetime | None, end: datetime | None) -> tuple[float, float]:
    low = digest.first if start is None else start.timestamp()
    high = digest.last if end is None else end.timestamp()
    return (0.0, 0.0) if low is None or high is None else (low, high)


def _instant(at: float) -> datetime:
    return _EPOCH + timedelta(seconds=at)


def _bouts(atoms: Sequence[Atom]) -> Iterable[Bout]:
    """Join neighbours in the same activity; confidence is the mean over time, evidence all there is."""
    place = 0
    while place < len(atoms):
        start, _, (activity, _, _) = atoms[place]
        names: set[str] = set()
        weight = 0.0
        at = place
        while at < len(atoms) and atoms[at][2][0] == activity:
            a, b, label = atoms[at]
            names.update(label[1])
            weight += (b - a) * label[2]
            at += 1
        end = atoms[at - 1][1]
        yield _bout(start, end, activity, names, weight / (end - start))
        place = at


def _bout(start: float, end: float, activity: Activity, names: set[str], sure: float) -> Bout:
    return Bout(
        start=_instant(start),
        end=_instant(end),
        activity=activity,
        evidence=tuple(sorted(names, key=lambda name: _RANK[name])),
        confidence=round(sure, 2),
    )
