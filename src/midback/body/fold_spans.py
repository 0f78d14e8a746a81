"""Stretches of time as sorted lists. In: points and stretches in any order. Out: disjoint spans. Next: fold_digest.

Spans join what lies close together; neither order nor repetition changes them. Track finds the stretches that
overlap a window.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar


class Spans:
    """Disjoint spans in order; points and stretches at most ``join`` seconds apart are one span."""

    __slots__ = ("ends", "join", "starts")

    def __init__(self, join: float) -> None:
        self.join = join
        self.starts: list[float] = []
        self.ends: list[float] = []

    def add(self, start: float, end: float) -> None:
        """Take a stretch in; at the end this takes constant time."""
        starts, ends, join = self.starts, self.ends, self.join
        if not ends or start > ends[-1] + join:
            starts.append(start)
            ends.append(end)
            return
        first = bisect_left(ends, start - join)
        last = bisect_right(starts, end + join)
        if first >= last:
            starts.insert(first, start)
            ends.insert(first, end)
            return
        low, high = min(start, starts[first]), max(end, ends[last - 1])
        if last - first == 1:
            starts[first], ends[first] = low, high
        else:
            starts[first:last] = [low]
            ends[first:last] = [high]

    def add_points(self, points: Sequence[float]) -> None:
        """Take many points in, given in order."""
        if not points:
            return
        if self.ends:
            for point in points:
                self.add(point, point)
            return
        starts, ends, join = self.starts, self.ends, self.join
        start = end = points[0]
        for point in points:
            if point > end + join:
                starts.append(start)
                ends.append(end)
                start = point
            end = point
        starts.append(start)
        ends.append(end)

    def inside(self, start: float, end: float) -> list[tuple[float, float]]:
        """Return the parts of the spans between two instants, touching ones left out."""
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end)
        return [(max(start, self.starts[i]), min(end, self.ends[i])) for i in range(first, last)]

    def reaches(self, start: float, end: float) -> bool:
        """Say whether a span has any instant, its ends included, between two instants."""
        first = bisect_left(self.ends, start)
        return first < len(self.starts) and self.starts[first] <= end

    def after(self, at: float) -> float | None:
        """Return when the first span that begins after an instant does."""
        place = bisect_right(self.starts, at)
        return self.starts[place] if place < len(self.starts) else None

    def forget(self, before: float) -> None:
        """Drop the spans that end before an instant."""
        old = bisect_left(self.ends, before)
        del self.starts[:old], self.ends[:old]


Rest = TypeVar("Rest")


class Track(Generic[Rest]):
    """Stretches that may overlap, with what they say; asked for those that overlap a window."""

    __slots__ = ("_items", "_starts", "_tops")

    def __init__(self, items: Iterable[tuple[float, float, Rest]]) -> None:
        self._items = sorted(items, key=lambda item: item[:2])
        self._starts = [item[0] for item in self._items]
        self._tops: list[float] = []
        top = float("-inf")
        for item in self._items:
            top = max(top, item[1])
            self._tops.append(top)

    def within(self, start: float, end: float) -> list[tuple[float, float, Rest]]:
        """Return the stretches that share more than an instant with a window, in order."""
        first, last = bisect_right(self._tops, start), bisect_left(self._starts, end)
        if first >= last:
            return []
        return [item for item in self._items[first:last] if item[1] > start]
