"""A GeoJSON file's tracks. In: bytes. Out: fixes, part by part. Next: speed.

Times stand beside the coordinates, in ``coordTimes``, ``coordinateProperties.times`` or ``times`` of a line's
properties, or in ``time`` or ``timestamp`` of each point's. They are ISO 8601, or numbers since 1970 in seconds or
milliseconds.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from midback.errors import InputError

from .gpx import MOST_POINTS
from .speed import Fix

MOST_BRACKETS = 12 * MOST_POINTS
# The year 2286 in seconds, and 1970 in milliseconds: a larger number counts milliseconds.
MOST_SECONDS = 10_000_000_000
_POINT_TIMES = ("time", "timestamp", "timestampMs", "datetime")


def read_geojson(data: bytes) -> tuple[list[list[Fix]], int, bool]:
    """Read every line and timed point of a GeoJSON file.

    Returns the parts, how many points were of no use, and whether a time had no offset and was read as UTC.

    Raises
    ------
    InputError : not GeoJSON, too many points, or none with a time
    """
    # Empty brackets are what makes a small file large in memory, so they are counted before reading.
    if data.count(b"[") + data.count(b"{") > MOST_BRACKETS:
        raise _too_many()
    try:
        said = json.loads(data, parse_constant=_no_constant)
    except (ValueError, RecursionError) as exc:
        raise InputError(
            "The file is not valid JSON.", "Trips are GPX or GeoJSON files.", "Export it again as GPX."
        ) from exc
    reading = _Reading()
    alone: list[Fix] = []
    parts: list[list[Fix]] = []
    for feature in _features(said):
        geometry, properties = feature.get("geometry"), feature.get("properties")
        if not isinstance(geometry, dict) or not isinstance(properties, dict):
            continue
        kind, places = geometry.get("type"), geometry.get("coordinates")
        if kind == "Point":
            when = next((properties[key] for key in _POINT_TIMES if key in properties), None)
            alone += reading.part([places], [when])
        elif kind == "LineString":
            parts.append(reading.part(places, _times(properties)))
        elif kind == "MultiLineString" and isinstance(places, list):
            times = _times(properties)
            listed = times if isinstance(times, list) else []
            for number, line in enumerate(places):
                parts.append(reading.part(line, listed[number] if number < len(listed) else None))
    parts.append(alone)
    if not reading.points:
        raise InputError(
            "The file has no lines or points.", "A trip is a GeoJSON LineString or Points, with times."
        )
    if not any(parts):
        raise InputError(
            "The file's points have no times.",
            "A speed needs a time at every point: coordTimes or times for a line, time or timestamp for points.",
            "Export the recorded track with times.",
        )
    return [part for part in parts if part], reading.unusable, reading.offsetless


def _features(said: Any) -> Iterator[dict[str, Any]]:
    """Yield the features of a collection, a feature, or a list of features."""
    if isinstance(said, dict) and said.get("type") == "FeatureCollection":
        said = said.get("features")
    for feature in said if isinstance(said, list) else [said]:
        if isinstance(feature, dict):
            yield feature


def _times(properties: dict[str, Any]) -> Any:
    beside = properties.get("coordinateProperties")
    beside = beside if isinstance(beside, dict) else {}
    for where in (properties.get("coordTimes"), beside.get("times"), beside.get("coordTimes")):
        if where is not None:
            return where
    return properties.get("times")


class _Reading:
    """Counts what is read."""

    def __init__(self) -> None:
        self.points = 0
        self.unusable = 0
        self.offsetless = False

    def part(self, places: Any, times: Any) -> list[Fix]:
        """Return the fixes of one line; a place without a time, or the other way round, is of no use."""
        if not isinstance(places, list):
            return []
        self.points += len(places)
        if self.points > MOST_POINTS:
            raise _too_many()
        listed = times if isinstance(times, list) else []
        found = []
        for number, place in enumerate(places):
            at = self._at(listed[number]) if number < len(listed) else None
            where = _where(place)
            if at is None or where is None:
                self.unusable += 1
            else:
                found.append(Fix(at, *where))
        return found

    def _at(self, given: Any) -> datetime | None:
        if isinstance(given, str) and given.strip().isascii() and given.strip().isdigit():
            given = int(given.strip()[:20])
        try:
            if isinstance(given, str):
                at = datetime.fromisoformat(given.strip())
                if at.tzinfo is None:
                    self.offsetless = True
                    at = at.replace(tzinfo=UTC)
                return at.astimezone(UTC)
            if isinstance(given, int | float) and not isinstance(given, bool):
                return datetime.fromtimestamp(given / 1000 if abs(given) > MOST_SECONDS else given, UTC)
        except (ValueError, OverflowError, OSError):
            return None
        return None


def _where(place: Any) -> tuple[float, float] | None:
    """Return latitude and longitude; GeoJSON writes the longitude first."""
    if not isinstance(place, list) or len(place) < 2:
        return None
    longitude, latitude = place[0], place[1]
    for value, most in ((longitude, 180), (latitude, 90)):
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        if not -most <= value <= most:  # not a number is neither
            return None
    return float(latitude), float(longitude)


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _too_many() -> InputError:
    return InputError(
        "The file has more than {most} points.",
        "That is more than two days with one point a second.",
        "Split it into single trips, or export it with fewer points.",
        values={"most": MOST_POINTS},
    )
