"""From evidence to bouts. In: Evidence, in any order. Out: Bouts that tile time. Next: stillness, app."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from .evidence import Evidence
from .exposure import Activity, Bout, lay_over

# Nothing that was seen changes what is known of a time further away than this.
REACH: Final = timedelta(hours=16)
_READING = timedelta(minutes=10)


def fold(
    evidence: Iterable[Evidence], start: datetime | None = None, end: datetime | None = None
) -> tuple[Bout, ...]:
    """Return bouts that tile ``start``..``end`` without hole or overlap, in order of time.

    Without ``start`` and ``end`` they reach from the first to the last instant of the evidence. Neither the
    order of the evidence nor pieces that come twice change the answer.
    """
    folder = Folder()
    for piece in evidence:
        folder.add(piece)
    return folder.bouts(start, end)


class Folder:
    """Evidence as it comes in, and the bouts it makes."""

    def __init__(self) -> None:
        self._evidence: set[Evidence] = set()

    def add(self, evidence: Evidence) -> None:
        """Take one piece of evidence in, early or late."""
        self._evidence.add(evidence)

    def bouts(self, start: datetime | None = None, end: datetime | None = None) -> tuple[Bout, ...]:
        """Return the bouts that tile ``start``..``end``, by default all that the evidence spans."""
        if not self._evidence and (start is None or end is None):
            return ()
        start = start or min(e.at for e in self._evidence)
        end = end or max(e.until or e.at for e in self._evidence)
        if start >= end:
            return ()
        tiled: tuple[Bout, ...] = (
            Bout(start=start, end=end, activity="unknown", evidence=(), confidence=0.0),
        )
        events = sorted(
            e.at - timedelta(seconds=e.idle_s or 0) for e in self._evidence if e.source == "input"
        )
        for a, b in pairwise(events):
            if b - a <= _READING:
                tiled = _lay(tiled, a, b, "sitting", "input", start, end)
        for e in sorted(self._evidence, key=lambda e: e.at):
            if e.source == "person" and e.until and e.activity:
                tiled = _lay(tiled, e.at, e.until, e.activity, "person", start, end)
        joined: list[Bout] = []
        for bout in tiled:
            if joined and joined[-1].activity == bout.activity:
                bout = Bout(
                    start=joined.pop().start,
                    end=bout.end,
                    activity=bout.activity,
                    evidence=bout.evidence,
                    confidence=bout.confidence,
                )
            joined.append(bout)
        return tuple(joined)

    def forget(self, before: datetime) -> None:
        """Drop the evidence that ends before an instant."""
        self._evidence = {e for e in self._evidence if (e.until or e.at) >= before}


def touched(evidence: Iterable[Evidence]) -> tuple[datetime, datetime] | None:
    """Return the window in which these pieces can change bouts; None for no evidence.

    Fold that window again with all the evidence from ``REACH`` before to ``REACH`` after it.
    """
    pieces = list(evidence)
    if not pieces:
        return None
    first = min(e.at - timedelta(seconds=e.idle_s or 0) for e in pieces)
    return first - REACH, max(e.until or e.at for e in pieces) + REACH


def _lay(
    tiled: tuple[Bout, ...],
    a: datetime,
    b: datetime,
    activity: Activity,
    name: str,
    start: datetime,
    end: datetime,
) -> tuple[Bout, ...]:
    a, b = max(a, start), min(b, end)
    if a >= b:
        return tiled
    return lay_over(tiled, Bout(start=a, end=b, activity=activity, evidence=(name,), confidence=0.8))
