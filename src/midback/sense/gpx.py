"""A GPX file's tracks. In: bytes. Out: fixes, part by part. Next: speed.

gpxpy hands a document to lxml where that is installed, and registers whatever namespaces it holds. So it never
sees the file: Expat reads that first, refuses document types and entities, counts as it goes, and writes down the
track points alone. gpxpy reads those few plain elements; no entity, address, namespace or extension reaches it.
"""

import re
from datetime import UTC
from typing import Any, Final
from xml.parsers import expat

from midback.errors import InputError

from .speed import Fix

MOST_POINTS = 200_000
MOST_ELEMENTS = 3_000_000
DEEPEST = 64
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{1,20})?")
_TIME: Final = re.compile(r"[0-9TZtz:.+-]{10,40}")
_WANTED: Final = frozenset({"trk", "trkseg", "trkpt", "time"})


def read_gpx(data: bytes) -> tuple[list[list[Fix]], int]:
    """Read every track segment of a GPX file; return them and how many points had no usable time or place.

    Times without an offset are UTC, as GPX itself defines them.

    Raises
    ------
    InputError : not GPX, a document type or entity in it, too many points, or no point with a time
    """
    import gpxpy  # nine megabytes with what it loads, which the pages need not carry all day

    plain = _Plain()
    plain.read(data)
    try:
        tracks = gpxpy.parse(plain.document()).tracks
    except (gpxpy.gpx.GPXException, ValueError) as exc:
        raise InputError(
            "The file's track points cannot be read.", "Trips are GPX files.", "Export it again as GPX."
        ) from exc
    parts: list[list[Fix]] = []
    unusable = plain.misplaced
    for segment in (segment for track in tracks for segment in track.segments):
        part: list[Fix] = []
        for point in segment.points:
            if point.time is None or abs(point.latitude) > 90 or abs(point.longitude) > 180:
                unusable += 1
                continue
            at = point.time if point.time.tzinfo else point.time.replace(tzinfo=UTC)
            part.append(Fix(at.astimezone(UTC), point.latitude, point.longitude))
        parts.append(part)
    if not plain.points:
        raise InputError(
            "The file has no track points.", "A trip is a recorded track; a planned route is not one."
        )
    if not any(parts):
        raise InputError(
            "The file's points have no <time>.",
            "A speed needs a time at every point.",
            "Export the recorded track, not the planned route.",
        )
    return parts, unusable


class _Plain:
    """The track points of a document, written down as plain elements while Expat reads."""

    def __init__(self) -> None:
        self.points = 0
        self.misplaced = 0
        self._elements = 0
        self._depth = 0
        self._out: list[str] = []
        self._open: list[str] = []
        self._time: list[str] | None = None
        self._when = ""
        self._where: str | None = None

    def document(self) -> str:
        return f'<gpx version="1.1"><trk>{"".join(self._out)}</trk></gpx>'

    def read(self, data: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = self._refuse
        try:
            # In one piece: Expat reads a very long token again and again when it comes in many.
            parser.Parse(data, True)
        except (expat.ExpatError, ValueError, LookupError) as exc:
            if isinstance(exc, InputError):
                raise
            raise InputError(
                "The file is not well-formed XML.",
                "Trips are GPX or GeoJSON files.",
                "Export it again as GPX.",
            ) from exc

    def _refuse(self, *_: Any) -> None:
        raise InputError(
            "The file declares a document type or entities.", "GPX needs neither, and they can do harm."
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1 + len(attributes)
        if self._elements > MOST_ELEMENTS:
            raise InputError("The file has more than {most} elements.", values={"most": MOST_ELEMENTS})
        self._depth += 1
        if self._depth > DEEPEST:
            raise InputError("The file's elements lie more than {most} deep.", values={"most": DEEPEST})
        name = name.rpartition(":")[2]
        if self._depth == 1 and name != "gpx":
            raise InputError(
                "The file's outermost element is not <gpx>.",
                "Trips are GPX or GeoJSON files.",
                "Export it again as GPX.",
            )
        self._open.append(name)
        if name == "trkseg":
            self._out.append("<trkseg>")
        elif name == "trkpt":
            self._point(attributes)
        elif name == "time" and self._open[-2:-1] == ["trkpt"]:
            self._time = []

    def _point(self, attributes: dict[str, str]) -> None:
        if "trkseg" not in self._open:
            return
        self.points += 1
        if self.points > MOST_POINTS:
            raise InputError(
                "The file has more than {most} points.",
                "That is more than two days with one point a second.",
                "Split it into single trips, or export it with fewer points.",
                values={"most": MOST_POINTS},
            )
        latitude, longitude = attributes.get("lat", "").strip(), attributes.get("lon", "").strip()
        if _NUMBER.fullmatch(latitude) and _NUMBER.fullmatch(longitude):
            self._where = f'<trkpt lat="{latitude}" lon="{longitude}">'
        else:
            self.misplaced += 1
        self._when = ""

    def _text(self, text: str) -> None:
        if self._time is not None and len(self._time) < 50:
            self._time.append(text)

    def _end(self, _: str) -> None:
        self._depth -= 1
        name = self._open.pop()
        if name == "trkseg":
            self._out.append("</trkseg>")
        elif name == "time" and self._time is not None:
            when = "".join(self._time).strip()
            self._when = f"<time>{when.upper()}</time>" if _TIME.fullmatch(when) else ""
            self._time = None
        elif name == "trkpt" and self._where is not None:
            self._out.append(f"{self._where}{self._when}</trkpt>")
            self._where = None
