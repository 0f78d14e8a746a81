"""One piece of evidence of what the body does. In: a line of the published log. Out: Evidence. Next: fold.

The log is JSON Lines in any order: points have ``at``, stretches ``at`` and ``until``, times are ISO 8601 with
an offset. docs/sensing.md shows every kind. Nothing but the standard library is used here, because the
background process reads and writes these lines too.
"""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal, get_args

from midback.errors import InputError, Phrase

Source = Literal[
    "input", "inhibitor", "lock", "suspend", "resume", "call", "camera_in_use", "fullscreen", "dnd", "camera"
    , "activitywatch", "trip", "calendar", "person",
]  # fmt: skip
Seen = Literal["seated", "standing", "absent", "unclear"]
# What the person's own upright made of a look.
Look = Literal["upright", "slumped", "nearer", "no-reading", "calibrate-again"]
Told = Literal["sitting", "standing", "driving", "moving", "away"]
SOURCES: Final[tuple[Source, ...]] = get_args(Source)
SEEN: Final[tuple[Seen, ...]] = get_args(Seen)
LOOKS: Final[tuple[Look, ...]] = get_args(Look)
TOLD: Final[tuple[Told, ...]] = get_args(Told)

# Sources that switch something on and off, and the key that says which.
SWITCHES: Final = {
    "inhibitor": "active",
    "call": "active",
    "camera_in_use": "active",
    "fullscreen": "active",
    "dnd": "active",
    "lock": "locked",
}
STRETCHES: Final = frozenset({"activitywatch", "trip", "calendar", "person"})
LONGEST_STRETCH = timedelta(days=31)
FIRST_YEAR, LAST_YEAR = 2000, 2200
LONGEST_LINE = 10_000
FASTEST_KMH = 1000.0
# What a look of the camera measured, and between which numbers that can be: lengths by lengths.
MEASURED: Final = {
    "ratio": (-10.0, 10.0),
    "change": (-10.0, 10.0),
    "near": (0.0, 100.0),
    "spread": (0.0, 10.0),
}
MOST_SAMPLES = 10_000
# In the order in which they stand in a line.
_OF_THE_CAMERA: Final = ("seen", "ratio", "look", "change", "near", "spread", "samples")
_OF_OTHERS: Final = ("idle_s", "status", "speed_kmh", "activity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One line of the log. Instants are aware UTC; what a source does not say is None or empty.

    until : the end of a stretch; None for a point
    idle_s : (input) seconds since the last key or pointer event, on the machine ``host``
    on : (inhibitor, call, camera_in_use, fullscreen, dnd, lock, calendar) whether it holds
    reason : (inhibitor) video, call, ... in the words of whoever inhibits; (camera) why there is no reading
    seen, ratio : (camera) what a look shows; the posture ratio, where there is one
    look : (camera) what the person's own upright made of it; change : ratio by the upright one, less 1
    near : (camera) width of the shoulders in the picture by that of the calibration
    spread, samples : (camera) median distance of the samples from ``ratio``, and how many there were
    status : (activitywatch) ``afk`` or ``not-afk``
    speed_kmh : (trip); activity : (person); title : (calendar)
    """

    at: datetime
    source: Source
    until: datetime | None = None
    idle_s: float | None = None
    on: bool | None = None
    reason: str = ""
    seen: Seen | None = None
    ratio: float | None = None
    look: Look | None = None
    change: float | None = None
    near: float | None = None
    spread: float | None = None
    samples: int | None = None
    status: Literal["afk", "not-afk"] | None = None
    speed_kmh: float | None = None
    activity: Told | None = None
    title: str = ""
    host: str = ""


def read_line(line: str) -> Evidence:
    """Read one line of the log.

    Raises
    ------
    InputError : what was seen and the rule; the line is of no use
    """
    if len(line) > LONGEST_LINE:
        raise InputError("The line is longer than {most} characters.", values={"most": LONGEST_LINE})
    try:
        said = json.loads(line)
    except (ValueError, RecursionError) as exc:
        raise InputError("The line is not JSON.", "One JSON object a line.") from exc
    if not isinstance(said, dict):
        raise InputError("The line is not a JSON object.", "One JSON object a line.")
    return read_object(said)


def read_object(said: dict[str, Any]) -> Evidence:
    """Read one piece of evidence from the object of a line; raise InputError as ``read_line`` does."""
    source = said.get("source")
    if source not in SOURCES:
        raise InputError(
            "The source is {source!r}.",
            "Known: {known}.",
            values={"source": _short(source), "known": ", ".join(SOURCES)},
        )
    at = _instant(said, "at")
    fields: dict[str, Any] = {"host": _text(said, "host")}
    if source in STRETCHES:
        fields["until"] = _until(said, at)
    if source == "input":
        fields["idle_s"] = _number(said, "idle_s", 0.0, 1e9)
    elif source in SWITCHES:
        fields["on"] = _truth(said, SWITCHES[source])
        fields["reason"] = _text(said, "reason")
    elif source == "camera":
        fields["seen"] = _one_of(said, "seen", SEEN)
        fields |= _look(said)
    elif source == "activitywatch":
        fields["status"] = _one_of(said, "status", ("afk", "not-afk"))
    elif source == "trip":
        fields["speed_kmh"] = _number(said, "speed_kmh", 0.0, FASTEST_KMH)
    elif source == "calendar":
        fields["on"] = _truth(said, "busy")
        fields["title"] = _text(said, "title")
    elif source == "person":
        fields["activity"] = _one_of(said, "activity", TOLD)
    return Evidence(at=at, source=source, **fields)


def read_log(lines: Iterable[str]) -> tuple[tuple[Evidence, ...], tuple[tuple[int, InputError], ...]]:
    """Read a whole log: the evidence in its order, and (line number from 1, why) for what cannot be used."""
    found: list[Evidence] = []
    refused: list[tuple[int, InputError]] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found.append(read_line(line))
        except InputError as exc:
            refused.append((number, exc))
    return tuple(found), tuple(refused)


def write_object(evidence: Evidence) -> dict[str, Any]:
    """Return the object of the line that ``read_line`` reads back as the same evidence, in UTC."""
    said: dict[str, Any] = {"at": write_instant(evidence.at)}
    if evidence.until is not None:
        said["until"] = write_instant(evidence.until)
    said["source"] = evidence.source
    if evidence.on is not None:
        said[SWITCHES.get(evidence.source, "busy")] = evidence.on
    keys = _OF_THE_CAMERA if evidence.source == "camera" else _OF_OTHERS
    for key in keys:
        value = getattr(evidence, key)
        if value is not None:
            said[key] = value
    for key in ("reason", "title", "host"):
        if value := getattr(evidence, key):
            said[key] = value
    return said


def write_line(evidence: Evidence) -> str:
    """Return the line without its end; equal evidence gives equal lines."""
    return json.dumps(write_object(evidence), ensure_ascii=False, separators=(", ", ": "))


def write_instant(at: datetime) -> str:
    """Return an instant as the log writes it: UTC, to the second where it is whole."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _look(said: dict[str, Any]) -> dict[str, Any]:
    """Read what a line of the camera may say beside ``seen``; older lines have none of it, or the ratio alone."""
    fields: dict[str, Any] = {
        key: _number(said, key, low, high)
        for key, (low, high) in MEASURED.items()
        if said.get(key) is not None
    }
    if said.get("look") is not None:
        fields["look"] = _one_of(said, "look", LOOKS)
    if said.get("samples") is not None:
        fields["samples"] = int(_number(said, "samples", 0, MOST_SAMPLES))
    return fields | {"reason": _text(said, "reason")}


def _short(value: object) -> str:
    return str(value)[:60]


def _wrong(said: dict[str, Any], key: str, rule: Phrase) -> InputError:
    if key not in said:
        return InputError("{key} is missing.", rule, values={"key": key})
    return InputError("{key} is {given!r}.", rule, values={"key": key, "given": _short(said[key])})


def _instant(said: dict[str, Any], key: str) -> datetime:
    given = said.get(key)
    rule = Phrase("Times are ISO 8601 with an offset, such as 2026-03-02T09:00:00+01:00.")
    if not isinstance(given, str):
        raise _wrong(said, key, rule)
    try:
        at = datetime.fromisoformat(given)
        if at.tzinfo is None:
            raise _wrong(said, key, rule)
        at = at.astimezone(UTC)
    except (ValueError, OverflowError) as exc:
        raise _wrong(said, key, rule) from exc
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise _wrong(said, key, Phrase("Years from 2000 to 2200 are read."))
    return at


def _until(said: dict[str, Any], at: datetime) -> datetime:
    until = _instant(said, "until")
    if until <= at:
        raise _wrong(said, "until", Phrase("A stretch ends after it starts."))
    if until - at > LONGEST_STRETCH:
        raise _wrong(said, "until", Phrase("A stretch lasts at most 31 days."))
    return until


def _number(said: dict[str, Any], key: str, low: float, high: float) -> float:
    given = said.get(key)
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise _wrong(said, key, Phrase("It is a number."))
    try:
        number = float(given)
    except OverflowError as exc:
        raise _wrong(said, key, Phrase("It is a number of a sensible size.")) from exc
    if not math.isfinite(number) or not low <= number <= high:
        raise _wrong(said, key, Phrase("It is a number of a sensible size."))
    return number


def _truth(said: dict[str, Any], key: str) -> bool:
    given = said.get(key)
    if not isinstance(given, bool):
        raise _wrong(said, key, Phrase("It is true or false."))
    return given


def _text(said: dict[str, Any], key: str) -> str:
    given = said.get(key)
    return given[:200] if isinstance(given, str) else ""


def _one_of(said: dict[str, Any], key: str, known: tuple[str, ...]) -> str:
    given = said.get(key)
    if given not in known or not isinstance(given, str):
        raise InputError(
            "{key} is {given!r}.",
            "Known: {known}.",
            values={"key": key, "given": _short(given), "known": ", ".join(known)},
        )
    return given
