"""Evidence as short sorted lists. In: Evidence, in any order. Out: Digest. Next: fold_around, fold_gaps.

A year of samples becomes some ten thousand stretches with the hands on the machine. Everything here is a sum: neither
order nor repetition changes it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Any

from .evidence import SWITCHES, Evidence
from .fold_spans import Spans
from .fold_worth import (
    HANDS_ON,
    LONGEST_ABSENCE,
    LONGEST_MEETING,
    LONGEST_STRETCH,
    LONGEST_SWITCH,
    OLDEST_INPUT,
    STANDSTILL_KMH,
    STOP,
    UNSEEN,
)

Window = tuple[float, float]


class Digest:
    """What is kept of the evidence; instants are seconds since 1970.

    hands : hands on a machine; own, other : the same from our samples, from ActivityWatch
    hands_of : hands by host, "" where none was told
    seen : somebody looked at the machine's input, whatever was seen
    switches : (source, host) -> (at, on, reason); sleeps : host -> (at, suspended)
    cameras : (at, seen, host); trips : (at, until, km/h) on the move; legs : what of them belongs together
    meetings : (at, until); words : (at, -until, activity) of the person
    """

    def __init__(self) -> None:
        self.hands, self.own, self.other = Spans(HANDS_ON), Spans(HANDS_ON), Spans(HANDS_ON)
        self.hands_of: dict[str, Spans] = {}
        self.seen = Spans(UNSEEN)
        self.switches: dict[tuple[str, str], list[tuple[float, bool, str]]] = {}
        self.sleeps: dict[str, list[tuple[float, bool]]] = {}
        self.cameras: list[tuple[float, str, str]] = []
        self.trips: list[tuple[float, float, float]] = []
        self.legs = Spans(STOP)
        self.meetings: list[tuple[float, float]] = []
        self.words: list[tuple[float, float, str]] = []
        self.first: float | None = None
        self.last: float | None = None

    def take(self, evidence: Iterable[Evidence]) -> None:
        """Take much evidence in at once: samples are sorted first, the rest comes piece by piece."""
        points: list[float] = []
        samples: list[float] = []
        for piece in evidence:
            if piece.source == "input" and not piece.host:
                at = piece.at.timestamp()
                idle = piece.idle_s or 0.0
                samples.append(at)
                if idle <= OLDEST_INPUT:
                    points.append(at - idle)
            else:
                self.add(piece)
        samples.sort()
        points.sort()
        self.seen.add_points(samples)
        self.hands.add_points(points)
        self.own.add_points(points)
        if points:
            self.hands_of.setdefault("", Spans(HANDS_ON)).add_points(points)
        if samples:
            self._span(samples[0], samples[-1])

    def add(self, piece: Evidence) -> Window:
        """Take one piece in and return the stretch of time it speaks of itself."""
        source, at = piece.source, piece.at.timestamp()
        until = at if piece.until is None else piece.until.timestamp()
        window = (at, until)
        self._span(at, until)
        if source == "input":
            self.seen.add(at, at)
            idle = piece.idle_s or 0.0
            if idle <= OLDEST_INPUT:
                window = (at - idle, at)
                self.own.add(at - idle, at - idle)
                self._add_hands(at - idle, at - idle, piece.host)
        elif source == "activitywatch":
            until = min(until, at + LONGEST_STRETCH)
            self.seen.add(at, until)
            if piece.status == "not-afk":
                self.other.add(at, until)
                self._add_hands(at, until, piece.host)
        elif source == "camera":
            if piece.seen != "unclear":
                _keep(self.cameras, (at, str(piece.seen), piece.host))
        elif source == "trip":
            until = min(until, at + LONGEST_STRETCH)
            if (piece.speed_kmh or 0.0) >= STANDSTILL_KMH:
                _keep(self.trips, (at, until, piece.speed_kmh or 0.0))
                self.legs.add(at, until)
                place = bisect_right(self.legs.starts, at) - 1
                window = (self.legs.starts[place], self.legs.ends[place])
        elif source == "calendar":
            if piece.on and until - at <= LONGEST_MEETING:
                _keep(self.meetings, (at, until))
        elif source == "person":
            _keep(self.words, (at, -until, str(piece.activity)))
        elif source in SWITCHES:
            _keep(self.switches.setdefault((source, piece.host), []), (at, bool(piece.on), piece.reason))
            window = (at - LONGEST_SWITCH, at)
        else:
            _keep(self.sleeps.setdefault(piece.host, []), (at, source == "suspend"))
            window = (at - LONGEST_ABSENCE, at)
        return window

    def forget(self, before: float) -> None:
        """Drop what ends before an instant."""
        for spans in (self.hands, self.own, self.other, self.seen, self.legs, *self.hands_of.values()):
            spans.forget(before)
        kept: list[list[Any]] = [*self.switches.values(), *self.sleeps.values(), self.cameras]
        for said in kept:
            del said[: bisect_left(said, (before,))]
        self.trips = [part for part in self.trips if part[1] >= before]
        self.meetings = [meeting for meeting in self.meetings if meeting[1] >= before]
        self.words = [word for word in self.words if -word[1] >= before]

    def _add_hands(self, start: float, end: float, host: str) -> None:
        self.hands.add(start, end)
        self.hands_of.setdefault(host, Spans(HANDS_ON)).add(start, end)

    def _span(self, start: float, end: float) -> None:
        self.first = start if self.first is None else min(self.first, start)
        self.last = end if self.last is None else max(self.last, end)


def _keep(kept: list[Any], item: tuple[Any, ...]) -> None:
    """Put an item at its place in a sorted list, once."""
    if not kept or item > kept[-1]:
        kept.append(item)
        return
    place = bisect_left(kept, item)
    if kept[place] != item:
        kept.insert(place, item)
