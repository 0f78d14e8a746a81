"""A recorded trip. In: a GPX or GeoJSON file. Out: `trip` evidence, how far and how long. Next: app.

Only speeds and times leave; positions are forgotten as soon as the speeds are known.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from midback.body.evidence import FIRST_YEAR, LAST_YEAR, Evidence
from midback.errors import InputError, NotFound, Phrase

from .geojson import read_geojson
from .gpx import read_gpx
from .speed import Fix, measure

LARGEST_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """What a trip's file says about the body.

    evidence : `trip` stretches of about a minute, in order, with holes where nothing is known
    start, end : of the evidence, UTC; km : the way, holes left out; points : those of use in the file
    notes : what the person should know about the reading
    """

    evidence: tuple[Evidence, ...]
    start: datetime
    end: datetime
    km: float
    points: int
    notes: tuple[Phrase, ...]


def read_trip_file(path: Path) -> Trip:
    """Read a trip from a file, looking at its size first; raise NotFound, or InputError as ``read_trip``."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_BYTES + 1)
    except OSError as exc:
        raise NotFound(
            "The file {name} cannot be opened.", "", "Check its name and place.", values={"name": path.name}
        ) from exc
    return read_trip(path.name, data)


def read_trip(name: str, data: bytes) -> Trip:
    """Read a trip; ``name`` is the file's, for messages: what it holds is seen in its first bytes.

    Raises
    ------
    InputError : neither GPX nor GeoJSON, too large, no times in it, or nothing to measure a speed by
    """
    if len(data) > LARGEST_BYTES:
        raise InputError(
            "{name} is larger than {most} MB.",
            "A trip is one file of at most that size.",
            "Split it into single trips, or export it with fewer points.",
            values={"name": name[:80], "most": LARGEST_BYTES // 2**20},
        )
    parts, unusable, offsetless = _parts(name, data)
    known = [[fix for fix in part if FIRST_YEAR <= fix.at.year <= LAST_YEAR] for part in parts]
    points = sum(map(len, known))
    unusable += sum(map(len, parts)) - points
    if not points:
        raise InputError(
            "All points of {name} have years in which nobody recorded trips.",
            "Years from 2000 to 2200 are read.",
            "Look whether the recorder's clock was set.",
            values={"name": name[:80]},
        )
    speeds = measure(known)
    if not speeds.evidence:
        raise InputError(
            "No speed can be found in {name}.",
            "It takes two points with times less than three minutes apart, at a speed on the ground.",
            values={"name": name[:80]},
        )
    notes = []
    if unusable:
        notes.append(
            Phrase("Points left out because they had no usable time or place: {count}.", {"count": unusable})
        )
    if offsetless:
        notes.append(Phrase("Times without a time zone were read as UTC."))
    if speeds.unordered:
        notes.append(Phrase("Points out of order were put into order."))
    if speeds.jumps:
        notes.append(
            Phrase(
                "Points left out because nothing on the ground is that fast: {count}.",
                {"count": speeds.jumps},
            )
        )
    if speeds.holes:
        notes.append(
            Phrase(
                "Pauses of the recording, of which nothing is known: {count}.",
                {"count": speeds.holes},
            )
        )
    last = speeds.evidence[-1]
    return Trip(
        evidence=speeds.evidence,
        start=speeds.evidence[0].at,
        end=last.until or last.at,
        km=round(speeds.km, 1),
        points=points,
        notes=tuple(notes),
    )


def _parts(name: str, data: bytes) -> tuple[list[list[Fix]], int, bool]:
    """Return the fixes part by part, how many points were of no use, and whether times had no offset."""
    start = data[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:1]
    if start == b"<":
        parts, unusable = read_gpx(data)
        return parts, unusable, False  # GPX itself says that its times are UTC
    if start in (b"{", b"["):
        return read_geojson(data)
    raise InputError(
        "{name} is neither GPX nor GeoJSON.",
        "Trips are read from these two.",
        "Export the recorded track as GPX.",
        values={"name": name[:80]},
    )
