"""Laws of the fold, for any evidence in any order."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midback.body.evidence import SEEN, SWITCHES, TOLD, Evidence
from midback.body.exposure import Bout
from midback.body.fold import REACH, Folder, fold, touched

MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)
HOSTS = st.sampled_from(["", "desk", "laptop"])
# Anywhere in three days, and some minutes around instants 15 hours apart: as far as switches and locks reach.
INSTANTS = st.one_of(
    st.integers(0, 3 * 86_400).map(lambda s: MORNING + timedelta(seconds=s)),
    st.builds(
        lambda turn, s: MORNING + timedelta(hours=15 * turn, seconds=s),
        st.integers(0, 12),
        st.integers(-1800, 1800),
    ),
)
LENGTHS = st.sampled_from([20, 60, 200, 600, 3000, 20_000])


@st.composite
def runs_of_samples(draw: st.DrawFn) -> list[Evidence]:
    """Samples in a row, the hands on the machine or off it."""
    start, step, host = draw(INSTANTS), draw(st.sampled_from([20, 60, 170])), draw(HOSTS)
    idles = draw(st.lists(st.sampled_from([0.0, 5.0, 20.0, 90.0, 300.0, 1000.0, 90_000.0]), max_size=25))
    return [
        Evidence(at=start + timedelta(seconds=step * number), source="input", idle_s=idle, host=host)
        for number, idle in enumerate(idles)
    ]


@st.composite
def single_pieces(draw: st.DrawFn) -> list[Evidence]:
    """One piece of anything else."""
    at = draw(INSTANTS)
    until = at + timedelta(seconds=draw(LENGTHS))
    source = draw(
        st.sampled_from(
            ["suspend", "resume", "camera", "activitywatch", "trip", "calendar", "person", *SWITCHES]
        )
    )
    fields: dict[str, object] = {}
    if source in SWITCHES:
        fields = {
            "on": draw(st.booleans()),
            "host": draw(HOSTS),
            "reason": draw(st.sampled_from(["", "music"])),
        }
    elif source in ("suspend", "resume"):
        fields = {"host": draw(HOSTS)}
    elif source == "camera":
        fields = {"seen": draw(st.sampled_from(SEEN))}
    elif source == "activitywatch":
        fields = {"until": until, "status": draw(st.sampled_from(["afk", "not-afk"])), "host": draw(HOSTS)}
    elif source == "trip":
        fields = {"until": until, "speed_kmh": draw(st.sampled_from([0.0, 1.0, 5.0, 12.0, 25.0, 90.0]))}
    elif source == "calendar":
        fields = {"until": until, "on": draw(st.booleans())}
    else:
        fields = {"until": until, "activity": draw(st.sampled_from(TOLD))}
    return [Evidence(at=at, source=source, **fields)]  # type: ignore[arg-type]


LOGS = st.lists(st.one_of(runs_of_samples(), single_pieces()), min_size=1, max_size=30).map(
    lambda lists: [piece for pieces in lists for piece in pieces]
)


def assert_tiles(bouts: tuple[Bout, ...], start: datetime, end: datetime) -> None:
    """Bouts cover start..end once, in order; neighbours differ."""
    assert bouts[0].start == start
    assert bouts[-1].end == end
    for bout, following in pairwise(bouts):
        assert bout.end == following.start
        assert bout.activity != following.activity
    assert all(bout.start < bout.end for bout in bouts)
    assert sum(((b.end - b.start) for b in bouts), timedelta()) == end - start


@given(LOGS)
def test_bouts_tile_time(log: list[Evidence]) -> None:
    """Without bounds, bouts run from the first to the last instant of the evidence, without hole or overlap."""
    bouts = fold(log)
    start, end = min(e.at for e in log) if log else None, max((e.until or e.at for e in log), default=None)
    if start is None or end is None or start == end:
        assert bouts == ()
    else:
        assert_tiles(bouts, start, end)


@given(LOGS, st.integers(-100_000, 300_000), st.integers(1, 200_000))
def test_bouts_tile_any_window(log: list[Evidence], from_s: int, length_s: int) -> None:
    """Any window is tiled whole, also where there is no evidence at all."""
    start = MORNING + timedelta(seconds=from_s)
    end = start + timedelta(seconds=length_s)
    if log:
        assert_tiles(fold(log, start, end), start, end)


@given(LOGS, st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(log: list[Evidence], random: object) -> None:
    """Evidence in any order, and twice, gives the same bouts."""
    mixed = [*log, *log[::3]]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert fold(mixed) == fold(log)


@settings(max_examples=60)
@given(LOGS, st.randoms(use_true_random=False))
def test_piece_by_piece_is_the_same_as_all_at_once(log: list[Evidence], random: object) -> None:
    """A Folder that is asked now and then, with evidence early and late, answers as fold of all of it."""
    random.shuffle(log)  # type: ignore[attr-defined]
    folder = Folder()
    for number, piece in enumerate(log, 1):
        folder.add(piece)
        if number % 5 == 0:
            assert folder.bouts() == fold(log[:number])
    assert folder.bouts() == fold(log)


@settings(max_examples=60)
@given(LOGS)
def test_live_is_the_same_as_all_at_once(log: list[Evidence]) -> None:
    """A Folder fed in the order of time and asked after every piece answers as fold of all of it."""
    log.sort(key=lambda piece: piece.at)
    folder = Folder()
    for number, piece in enumerate(log, 1):
        folder.add(piece)
        if number > len(log) - 20:
            assert folder.bouts() == fold(log[:number])


def test_a_lock_of_long_ago_says_nothing_of_this_one() -> None:
    """A lock whose end nobody told changes nothing beyond REACH, not even how a later lock is dated back."""
    noon = MORNING + timedelta(hours=4)
    log = [Evidence(at=noon + timedelta(minutes=n), source="input", idle_s=1.0) for n in range(60)]
    idle = noon + timedelta(minutes=59)
    log += [Evidence(at=idle + timedelta(minutes=n), source="input", idle_s=60.0 * n) for n in range(1, 10)]
    log += [Evidence(at=idle + timedelta(minutes=5), source="lock", on=True)]
    late = Evidence(at=noon - REACH - timedelta(hours=30), source="lock", on=True)
    window = touched([late])
    assert window is not None
    assert window[1] < noon
    assert fold([*log, late], noon, idle + timedelta(minutes=9)) == fold(
        log, noon, idle + timedelta(minutes=9)
    )


def test_what_lies_days_away_does_not_tell_standing_from_sitting() -> None:
    """A strip beside somebody who stands is explained by what touches it, not by a sleep of days before."""
    seen = Evidence(
        at=MORNING, until=MORNING + timedelta(hours=8), source="activitywatch", status="afk", host="desk"
    )
    stood = Evidence(at=MORNING + timedelta(minutes=8), source="camera", seen="standing")
    slept = Evidence(at=MORNING - timedelta(days=3), source="suspend", host="desk")
    window = (MORNING - timedelta(hours=1), MORNING + timedelta(hours=9))
    whole = fold([slept, seen, stood], slept.at, window[1])
    assert _cut(whole, *window) == _cut(fold([seen, stood], *window), *window)


@given(LOGS, st.integers(1, 100_000), st.integers(0, 200_000))
def test_now_may_lie_after_the_last_evidence(log: list[Evidence], after_s: int, before_s: int) -> None:
    """A Folder asked for a window up to now answers as fold does, however long nothing was heard."""
    folder = Folder()
    for piece in log:
        folder.add(piece)
    if log:
        now = max(e.until or e.at for e in log) + timedelta(seconds=after_s)
        start = now - timedelta(seconds=before_s + 1)
        assert folder.bouts(start, now) == fold(log, start, now)
        assert folder.bouts(end=now) == fold(log, end=now)


@settings(max_examples=60)
@given(LOGS, LOGS)
def test_late_evidence_changes_only_the_window_it_touches(log: list[Evidence], late: list[Evidence]) -> None:
    """Outside touched() nothing changes; inside, the evidence of REACH around it is enough."""
    late = late[:3]
    window = touched(late)
    if not log or window is None:
        return
    everything = [*log, *late]
    start, end = min(e.at for e in everything), max(e.until or e.at for e in everything)
    if start == end:
        return
    before, after = fold(log, start, end), fold(everything, start, end)
    near = [e for e in everything if (e.until or e.at) >= window[0] - REACH and e.at <= window[1] + REACH]
    again = fold(near, *window)
    assert _cut(after, start, window[0]) == _cut(before, start, window[0])
    assert _cut(after, window[1], end) == _cut(before, window[1], end)
    low, high = max(start, window[0]), min(end, window[1])
    assert _cut(again, low, high) == _cut(after, low, high)


@given(LOGS, st.integers(0, 300_000))
def test_forgetting_keeps_the_bouts_that_are_left(log: list[Evidence], at_s: int) -> None:
    """What lies after the forgotten time stays as it was, and goes on to be asked."""
    folder = Folder()
    for piece in log:
        folder.add(piece)
    at = MORNING + timedelta(seconds=at_s)
    if not log or not min(e.at for e in log) < at < max(e.until or e.at for e in log):
        return
    end = max(e.until or e.at for e in log)
    expected = folder.bouts(at, end)
    folder.forget(at)
    assert folder.bouts() == expected
    later = Evidence(at=end + timedelta(seconds=50), source="input", idle_s=1.0)
    folder.add(later)
    assert _cut(folder.bouts(), at, later.at) == _cut(fold([*log, later]), at, later.at)


@given(LOGS, st.lists(single_pieces(), max_size=8))
def test_the_persons_word_always_wins(log: list[Evidence], more: list[list[Evidence]]) -> None:
    """Inside what the person said their activity stands; where two overlap, that of the later start."""
    words = [e for pieces in more for e in pieces if e.source == "person"]
    everything = [*log, *words]
    words = [e for e in everything if e.source == "person"]
    if not words:
        return
    bouts = fold(everything)
    for word in words:
        at = word.at + timedelta(seconds=7)
        over = [w for w in words if w.until is not None and w.at <= at < w.until]
        last = max(over, key=lambda w: (w.at, -(w.until or w.at).timestamp(), w.activity))
        bout = next(b for b in bouts if b.start <= at < b.end)
        assert bout.activity == last.activity
        assert "person" in bout.evidence


@given(LOGS, st.integers(-7200, 7200), st.integers(0, 25))
def test_a_clock_that_jumps_makes_no_negative_and_no_doubled_time(
    log: list[Evidence], jump_s: int, cut: int
) -> None:
    """Evidence after a jump of the clock still tiles time once."""
    jumped = [
        e if place < cut else Evidence(at=e.at + timedelta(seconds=jump_s), source="input", idle_s=3.0)
        for place, e in enumerate(log)
    ]
    if not jumped:
        return
    start, end = min(e.at for e in jumped), max(e.until or e.at for e in jumped)
    if start < end:
        assert_tiles(fold(jumped), start, end)


@pytest.mark.parametrize(("date", "hours"), [((2026, 3, 29), 23), ((2026, 10, 25), 25), ((2026, 6, 1), 24)])
def test_local_days_have_23_24_and_25_hours(date: tuple[int, int, int], hours: int) -> None:
    """A local day is tiled for as long as it lasts, and typing through the change of the clocks goes on."""
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(*date, tzinfo=berlin).astimezone(UTC)
    end = (datetime(*date, tzinfo=berlin) + timedelta(days=1)).astimezone(UTC)
    samples = [
        Evidence(at=start + timedelta(minutes=m), source="input", idle_s=4.0) for m in range(60 * hours + 1)
    ]
    bouts = fold(samples, start, end)
    assert_tiles(bouts, start, end)
    assert end - start == timedelta(hours=hours)
    assert [bout.activity for bout in bouts if bout.end - bout.start > timedelta(minutes=1)] == ["sitting"]


def test_nothing_gives_nothing() -> None:
    """Without evidence there are no bouts, and a window without evidence is unknown."""
    assert fold([]) == ()
    assert Folder().bouts() == ()
    assert touched([]) is None
    (bout,) = Folder().bouts(MORNING, MORNING + REACH)
    assert (bout.activity, bout.evidence, bout.confidence) == ("unknown", (), 0.0)
    assert fold([], MORNING, MORNING + REACH) == (bout,)


def _cut(bouts: tuple[Bout, ...], start: datetime, end: datetime) -> list[tuple[datetime, datetime, str]]:
    """Return what bouts say of a window."""
    return [
        (max(b.start, start), min(b.end, end), b.activity) for b in bouts if b.end > start and b.start < end
    ]
