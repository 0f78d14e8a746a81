"""Positions become speeds. In: fixes of a trip. Out: `trip` evidence and kilometres, no position. Next: trips.

Whatever leaves this module says how fast and when, never where: positions are private, and nothing later needs
them.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from midback.body.evidence import Evidence

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
# No car, bus or ordinary train is faster: what is, is a jump of the receiver.
FASTEST_KMH = 360.0
# This many jumps in a row that agree with each other are no jumps: it was the fix before them that was wrong.
AGREEING = 5
# A still receiver wanders a few metres from second to second. Chords this long let that count for nearly nothing.
CHORD_S = 10.0
STANDING_KMH = 1.5
STRETCH_S = 60.0
# Longer without a fix, and nothing is known of what happened: the evidence has a hole there.
HOLE_S = 180.0


@dataclass(frozen=True, slots=True)
class Fix:
    """A position in degrees at an aware instant."""

    at: datetime
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Speeds:
    """What a trip's fixes say.

    jumps : fixes left out because nobody moves that fast
    holes : times without a fix for more than HOLE_S
    unordered : whether fixes had to be put into order of time
    """

    evidence: tuple[Evidence, ...]
    km: float
    jumps: int
    holes: int
    unordered: bool


def measure(parts: Iterable[Sequence[Fix]]) -> Speeds:
    """Turn the recorded parts of a trip, in any order, into stretches of speed of about a minute."""
    line, unordered = _one_line(parts)
    runs, jumps = _runs(line)
    evidence: list[Evidence] = []
    km = 0.0
    for run in runs:
        for start, end, way in _stretches(run):
            speed = way / (end - start).total_seconds() * 3600
            standing = speed < STANDING_KMH
            km += 0.0 if standing else way
            evidence.append(
                Evidence(at=start, until=end, source="trip", speed_kmh=0.0 if standing else round(speed, 1))
            )
    holes = sum(1 for one, two in pairwise(evidence) if one.until != two.at)
    return Speeds(evidence=tuple(evidence), km=km, jumps=jumps, holes=holes, unordered=unordered)


def distance_km(one: Fix, two: Fix) -> float:
    """Return the great-circle distance by the haversine formula."""
    phi, phi2 = math.radians(one.latitude), math.radians(two.latitude)
    across = math.radians(two.longitude - one.longitude)
    half = math.sin((phi2 - phi) / 2) ** 2 + math.cos(phi) * math.cos(phi2) * math.sin(across / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


def _one_line(parts: Iterable[Sequence[Fix]]) -> tuple[list[Fix], bool]:
    """Return the fixes in order of time; where two parts tell of the same time, the earlier part is heard."""
    unordered = False
    ordered: list[list[Fix]] = []
    for part in parts:
        fixes = sorted(part, key=lambda fix: fix.at)
        unordered = unordered or any(two.at < one.at for one, two in pairwise(part))
        if fixes:
            ordered.append(fixes)
    ordered.sort(key=lambda fixes: fixes[0].at)
    line: list[Fix] = []
    for fixes in ordered:
        heard = line[-1].at if line else None
        line += [fix for fix in fixes if heard is None or fix.at > heard]
    return line, unordered


def _runs(line: Iterable[Fix]) -> tuple[list[list[Fix]], int]:
    """Cut the line where it has holes, leave out jumps, and thin it to chords; return the runs and the jumps."""
    runs: list[list[Fix]] = []
    good: list[Fix] = []
    odd: list[Fix] = []
    jumps = 0
    for fix in line:
        if not good:
            good = [fix]
        elif (fix.at - good[-1].at).total_seconds() > HOLE_S:
            jumps += len(odd)
            odd = []
            runs.append(good)
            good = [fix]
        elif not _reachable(good[-1], fix):
            if odd and not _reachable(odd[-1], fix):
                jumps += len(odd)
                odd = []
            odd.append(fix)
            if len(odd) == AGREEING:
                if len(good) < AGREEING:
                    jumps += len(good)
                else:
                    runs.append(good)
                good, odd = odd, []
        else:
            jumps += len(odd)
            odd = []
            good.append(fix)
    jumps += len(odd)
    runs.append(good)
    return [thin for run in runs if len(thin := _chords(run)) > 1], jumps


def _reachable(one: Fix, two: Fix) -> bool:
    seconds = max((two.at - one.at).total_seconds(), 1.0)
    return distance_km(one, two) / seconds * 3600 <= FASTEST_KMH


def _chords(run: Sequence[Fix]) -> list[Fix]:
    """Keep fixes that lie at least CHORD_S apart, and the last one."""
    kept: list[Fix] = []
    for fix in run:
        if not kept or (fix.at - kept[-1].at).total_seconds() >= CHORD_S:
            kept.append(fix)
    if kept and run[-1].at > kept[-1].at:
        if len(kept) > 1:
            kept[-1] = run[-1]
        else:
            kept.append(run[-1])
    return kept


def _stretches(run: Sequence[Fix]) -> Iterator[tuple[datetime, datetime, float]]:
    """Yield start, end and kilometres of stretches that follow each other, none much shorter than a minute."""
    legs = [(one.at, two.at, distance_km(one, two)) for one, two in pairwise(run)]
    start, way = run[0].at, 0.0
    done: list[tuple[datetime, datetime, float]] = []
    for _from, to, km in legs:
        way += km
        if to - start >= timedelta(seconds=STRETCH_S):
            done.append((start, to, way))
            start, way = to, 0.0
    if start < run[-1].at:
        # The rest of a run is too short to stand alone: it belongs to the stretch before it.
        if done and run[-1].at - start < timedelta(seconds=STRETCH_S / 2):
            first, _end, before = done.pop()
            start, way = first, before + way
        done.append((start, run[-1].at, way))
    for begin, end, km in done:
        yield begin.astimezone(UTC), end.astimezone(UTC), km
