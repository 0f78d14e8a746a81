"""Strategies for Hypothesis: any value of our dataclasses, and whole archives that hang together."""

import string
import zlib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from midback.app.archive import (
    FORMAT,
    VERSION,
    Archive,
    ArchivedCalendar,
    ArchivedSession,
)
from midback.app.archive_recordings import ArchivedRecording
from midback.body.evidence import (
    LOOKS,
    MEASURED,
    SEEN,
    SOURCES,
    STRETCHES,
    SWITCHES,
    TOLD,
    Evidence,
    write_line,
    write_object,
)
from midback.body.exposure import Bout
from midback.body.seated_calibration import BOUNDS, Numbers
from midback.plan.answers import CheckIn, Pause
from midback.plan.body_size import MASS_KG, STATURE_M
from midback.plan.interruptions import HOLDS
from midback.plan.performance import Performance
from midback.store.adverse import AdverseEvent
from midback.store.calibrations import KeptCalibration
from midback.store.camera_permissions import CameraPermission
from midback.store.care import Visit
from midback.store.dismissals import Dismissal
from midback.store.events import KeptEvent
from midback.store.evidence import canonical, hour_of, pieces
from midback.store.intakes import DatedIntake
from midback.store.plans import MadePlan
from midback.store.said import KeptHold, KeptSaid
from midback.store.screenings import Screening
from midback.store.setup_looks import SetupLook
from midback.store.trips import KeptTrip

T = TypeVar("T")

# Hypothesis takes bounds without a zone and puts the zone on what it draws.
instants = st.datetimes(
    datetime(2000, 1, 2),  # noqa: DTZ001 - see above
    datetime(2100, 1, 1),  # noqa: DTZ001 - see above
    timezones=st.just(UTC),
)
days = st.dates(date(2000, 1, 2), date(2100, 1, 1))
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
ids = st.text(string.ascii_lowercase + string.digits + "-", min_size=1, max_size=12)
numbers = st.floats(0, 1e6, allow_nan=False)
wholes = st.integers(0, 10_000)
pains = st.none() | st.integers(0, 10)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: texts,
    int: wholes,
    float: numbers,
    bool: st.booleans(),
    datetime: instants,
    date: days,
    type(None): st.none(),
    Any: json_values,
}
# What the rules of the store ask of a field, by its name.
BY_NAME: dict[str, st.SearchStrategy[Any]] = {
    "pain_now": pains,
    "pain_average": pains,
    "pain_worst": pains,
    "pain_before": pains,
    "pain_during": pains,
    "pain_after": pains,
    "pain_next_day": st.none(),
    "psfs": st.dictionaries(texts, st.integers(0, 10), max_size=2),
    "id": ids,
    "session_id": ids,
    "exercise_id": ids,
    "question": ids,
    "days": st.integers(1, 28),
    "currency": st.sampled_from(["EUR", "CHF"]),
    "mass_kg": st.none() | st.floats(*MASS_KG),
    "stature_m": st.none() | st.floats(*STATURE_M),
}


def anything(kind: type[T], /, **given: st.SearchStrategy[Any]) -> st.SearchStrategy[T]:
    """Return a strategy for values of a dataclass; ``given`` overrides fields."""
    hints = get_type_hints(kind)
    known = BY_NAME | given
    parts = {
        field.name: known[field.name] if field.name in known else of_type(hints[field.name])
        for field in fields(kind)
    }
    return st.builds(kind, **parts)


def of_type(hint: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for a type hint as our dataclasses use them."""
    if hint in PLAIN:
        return PLAIN[hint]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin in (Union, UnionType):
        return st.one_of(*map(of_type, arguments))
    if origin is tuple:
        if arguments[-1] is Ellipsis:
            return st.lists(of_type(arguments[0]), max_size=2).map(tuple)
        return st.tuples(*map(of_type, arguments))
    if origin is frozenset:
        return st.frozensets(of_type(arguments[0]), max_size=3)
    if origin in (Mapping, dict):
        return st.dictionaries(of_type(arguments[0]), of_type(arguments[1]), max_size=2)
    assert is_dataclass(hint), hint
    return st.deferred(lambda: anything(hint))


# A look is divided by these, so the calibration itself refuses what is out of bounds.
PLAIN[Numbers] = anything(
    Numbers,
    **{name: st.floats(*BOUNDS[name]) for name in ("ratio", "spread", "shoulder_width", "aspect")},
    samples=st.integers(1, 10_000),
)


@st.composite
def bouts(draw: st.DrawFn, most: int = 5) -> tuple[Bout, ...]:
    """Draw bouts in order of time that do not overlap."""
    at = draw(instants)
    made = []
    for number in range(draw(st.integers(0, most))):
        start = at + timedelta(minutes=draw(st.integers(0, 90)))
        at = start + timedelta(minutes=draw(st.integers(1, 300)))
        bout = draw(anything(Bout, confidence=st.floats(0, 1)))
        made.append(replace(bout, start=start, end=at, id=f"bout-{number}"))
    return tuple(made)


@st.composite
def kept_sessions(draw: st.DrawFn) -> ArchivedSession:
    """Draw a session whose log is numbered and whose performances are its own."""
    session = draw(anything(ArchivedSession, events=st.just(()), performances=st.just(())))
    log = []
    seq = 0
    for number in range(draw(st.integers(0, 3))):
        seq += draw(st.integers(1, 3))
        event = draw(anything(KeptEvent, kind=ids, data=json_values.filter(lambda data: data is not None)))
        span = timedelta(seconds=draw(st.integers(0, 60)))
        log.append(replace(event, seq=seq, event_id=f"e{number}", until=event.at + span))
    done = draw(st.lists(anything(Performance), max_size=2))
    # As the store gives them: in order of time.
    done = sorted((replace(one, session_id=session.id) for one in done), key=lambda one: one.at)
    later = session.created_at + timedelta(minutes=9)
    script = {} if session.script is None else session.script
    finished = draw(st.sampled_from([None, later]))
    return replace(session, script=script, finished_at=finished, events=tuple(log), performances=tuple(done))


def _listed(kind: st.SearchStrategy[T], key: str) -> st.SearchStrategy[tuple[T, ...]]:
    """Draw a few entries with ids of their own, in the order in which the store gives them back."""

    def in_order(entries: list[T]) -> tuple[T, ...]:
        return tuple(sorted(entries, key=lambda entry: (_key(entry, key), entry.id)))

    return st.lists(kind, max_size=2, unique_by=lambda entry: entry.id).map(in_order)


def _key(entry: object, path: str) -> Any:
    for name in path.split("."):
        entry = getattr(entry, name)
    return entry


def _with_end(pause: Pause) -> Pause:
    return pause if pause.end is None or pause.end >= pause.start else replace(pause, end=pause.start)


@st.composite
def evidence_of(draw: st.DrawFn, when: st.SearchStrategy[datetime] = instants) -> Evidence:
    """Draw one piece of evidence as its source gives it; ``when`` draws its instant."""
    source, at = draw(st.sampled_from(SOURCES)), draw(when)
    given: dict[str, Any] = {"host": draw(st.sampled_from(["", "desk", "laptop"]))}
    if source in STRETCHES:
        given["until"] = at + timedelta(seconds=draw(st.integers(1, 3 * 86_400)))
    if source in SWITCHES or source == "calendar":
        given["on"] = draw(st.booleans())
    match source:
        case "input":
            given["idle_s"] = draw(st.integers(0, 7200) | st.floats(0, 7200))
        case "inhibitor":
            given["reason"] = draw(texts)
        case "camera":
            given |= {"seen": draw(st.sampled_from(SEEN)), "reason": draw(texts)}
            given |= {key: draw(st.none() | st.floats(low, high)) for key, (low, high) in MEASURED.items()}
            given["look"] = draw(st.none() | st.sampled_from(LOOKS))
            given["samples"] = draw(st.none() | st.integers(0, 99))
        case "activitywatch":
            given["status"] = draw(st.sampled_from(["afk", "not-afk"]))
        case "trip":
            given["speed_kmh"] = draw(st.integers(0, 130) | st.floats(0, 130))
        case "calendar":
            given["title"] = draw(texts)
        case "person":
            given["activity"] = draw(st.sampled_from(TOLD))
        case _:
            pass
    return Evidence(at=at, source=source, **given)


def as_kept(given: list[Evidence]) -> tuple[Evidence, ...]:
    """Return evidence as the store gives it back: in pieces, each once, in its order."""
    kept = {write_line(piece): piece for one in given for piece in pieces(canonical(one))}
    return tuple(kept[line] for line in sorted(kept, key=lambda line: (hour_of(kept[line].at), line)))


some_evidence = st.lists(evidence_of(), max_size=4).map(as_kept)
trips = st.builds(
    lambda trip, lines, span: replace(
        trip, lines=tuple(sorted(map(write_line, lines))), end=trip.start + timedelta(seconds=span)
    ),
    anything(KeptTrip, km=st.floats(0, 1e4), driven_s=st.floats(0, 1e5), lines=st.just(())),
    some_evidence,
    wholes,
)
holds = st.builds(
    lambda start, span, held: KeptHold(start=start, end=start + timedelta(seconds=span), held=tuple(held)),
    instants,
    wholes,
    st.lists(st.sampled_from(HOLDS), min_size=1, max_size=3, unique=True),
)

# One that stands open was granted before the clock of the tests: of one dated ahead an import makes an end.
permissions = st.builds(
    lambda one, span: (
        replace(one, granted_at=one.granted_at.replace(year=min(one.granted_at.year, 2025), day=1))
        if span is None
        else replace(one, revoked_at=one.granted_at + timedelta(seconds=span))
    ),
    anything(CameraPermission, place=ids, revoked_at=st.none()),
    st.none() | wholes,
)
recordings = anything(
    ArchivedRecording, content=texts.map(lambda text: b64encode(zlib.compress(text.encode())).decode())
)


archives = st.builds(
    Archive,
    format=st.just(FORMAT),
    version=st.just(VERSION),
    program=st.just("0.1.0"),
    exported_at=instants,
    started_at=instants,
    screenings=_listed(anything(Screening), "answers.at"),
    intakes=_listed(anything(DatedIntake), "at"),
    checkins=_listed(anything(CheckIn), "at"),
    bouts=bouts(),
    plans=_listed(anything(MadePlan), "at"),
    sessions=_listed(kept_sessions(), "created_at"),
    pauses=_listed(anything(Pause).map(_with_end), "start"),
    care=_listed(
        anything(Visit, profession=st.just("") | ids, minute=st.none() | st.integers(0, 1439)), "day"
    ),
    setup_looks=_listed(anything(SetupLook), "at"),
    dismissals=st.frozensets(st.tuples(days, ids), max_size=3).map(
        lambda told: tuple(Dismissal(day=day, question=question) for day, question in sorted(told))
    ),
    adverse=_listed(anything(AdverseEvent), "at"),
    evidence=some_evidence.map(lambda given: tuple(map(write_object, given))),
    said=st.lists(
        anything(KeptSaid, movement=st.just("") | ids), max_size=2, unique_by=lambda row: (row.at, row.kind)
    ).map(lambda rows: tuple(sorted(rows, key=lambda row: (row.at, row.kind)))),
    held=st.lists(holds, max_size=2, unique_by=lambda hold: hold.start).map(
        lambda rows: tuple(sorted(rows, key=lambda hold: hold.start))
    ),
    trips=_listed(trips, "start"),
    calendars=_listed(anything(ArchivedCalendar), "added_at"),
    camera_permissions=_listed(permissions, "granted_at"),
    calibrations=_listed(anything(KeptCalibration, place=ids), "made_at"),
    landmark_recordings=_listed(recordings, "made_at"),
    preferences=st.dictionaries(ids, json_values, max_size=3).map(lambda told: dict(sorted(told.items()))),
)
