"""What a prompt would meet, from evidence."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from midback.body.evidence import Evidence
from midback.body.situation import Situation, Situations

MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)


def point(minute: float, source: str, **fields: object) -> Evidence:
    return Evidence(at=MORNING + timedelta(minutes=minute), source=source, **fields)  # type: ignore[arg-type]


def stretch(start: float, end: float, source: str, **fields: object) -> Evidence:
    until = MORNING + timedelta(minutes=end)
    return Evidence(at=MORNING + timedelta(minutes=start), until=until, source=source, **fields)  # type: ignore[arg-type]


def samples(start: int, end: int, idle_s: float = 3.0) -> list[Evidence]:
    return [point(minute, "input", idle_s=idle_s) for minute in range(start, end + 1)]


def situation(log: list[Evidence], minute: float) -> Situation:
    situations = Situations()
    for piece in log:
        situations.add(piece)
    return situations.at(MORNING + timedelta(minutes=minute))


def test_nothing_is_known_at_first() -> None:
    """Without evidence everything is off and nothing is known."""
    assert Situations().at(MORNING) == Situation()


def test_idle_is_the_time_since_the_last_input_on_any_machine() -> None:
    """Of two machines the one in use counts; a sample older than 3 min says nothing."""
    log = [point(0, "input", idle_s=600.0, host="desk"), point(0.5, "input", idle_s=3.0, host="laptop")]
    assert situation(log, 1).idle_s == pytest.approx(33)
    assert situation(log, 4).idle_s is None


@pytest.mark.parametrize(
    ("source", "field"),
    [
        ("call", "call"),
        ("camera_in_use", "camera_in_use"),
        ("inhibitor", "film"),
        ("fullscreen", "full_screen"),
        ("dnd", "do_not_disturb"),
    ],
)
def test_a_switch_holds_until_it_is_off_slept_over_or_silent(source: str, field: str) -> None:
    """On means on while samples go on; a suspend and 6 silent minutes end it, and so does off."""
    on = [*samples(0, 90), point(5, source, on=True)]
    assert getattr(situation(on, 80), field)
    assert field in situation(on, 80).known
    assert not getattr(situation(on, 4), field)
    assert not getattr(situation([*on, point(40, source, on=False)], 80), field)
    assert not getattr(situation([*on, point(40, "suspend"), point(41, "resume")], 80), field)
    holed = [*samples(0, 20), *samples(40, 90), point(5, source, on=True)]
    assert getattr(situation(holed, 24), field)
    assert not getattr(situation(holed, 80), field)


def test_a_download_is_no_film() -> None:
    """An inhibitor that keeps only the machine awake disturbs nobody."""
    assert not situation([*samples(0, 9), point(1, "inhibitor", on=True, reason="download")], 5).film


def test_the_calendar_and_the_road() -> None:
    """Busy while the entry lasts; driving while it is fast, through a light and a jam, until five minutes later."""
    log = [stretch(0, 30, "calendar", on=True), stretch(40, 50, "calendar", on=False)]
    assert situation(log, 10).busy
    assert not situation(log, 45).busy
    road = [stretch(0, 10, "trip", speed_kmh=80), stretch(10, 13, "trip", speed_kmh=0)]
    road += [stretch(13, 20, "trip", speed_kmh=5)]
    assert [situation(road, m).driving for m in (5, 12, 18, 24, 26)] == [True, True, True, True, False]
    word = stretch(4, 8, "person", activity="sitting")
    assert not situation([*road, word], 5).driving
    assert situation([stretch(0, 60, "person", activity="driving")], 5).driving


def test_coming_back_is_noticed() -> None:
    """An unlocking, a waking and the first input after a long while are a return; reading on is none."""
    locked = [*samples(0, 5), point(5, "lock", on=True), point(30, "lock", on=False), *samples(31, 40)]
    back_at = situation(locked, 40).back_at
    assert back_at is not None
    assert timedelta(minutes=30) <= back_at - MORNING < timedelta(minutes=31)
    assert situation(locked, 20).back_at is None
    long = [point(0, "input", idle_s=0.0), point(20, "input", idle_s=1200.0), point(21, "input", idle_s=0.0)]
    assert situation(long, 21).back_at == MORNING + timedelta(minutes=21)
    assert situation([point(0, "suspend"), point(9, "resume")], 10).back_at == MORNING + timedelta(minutes=9)
    looks = [point(0, "camera", seen="absent"), point(5, "camera", seen="seated")]
    assert situation(looks, 6).back_at == MORNING + timedelta(minutes=5)
    assert situation(samples(0, 60), 60).back_at is None


def test_late_pieces_find_their_place_and_old_ones_are_forgotten() -> None:
    """Order of arrival within a day does not matter, and weeks of samples do not pile up."""
    log = [
        *samples(0, 60),
        point(5, "call", on=True),
        point(30, "call", on=False),
        point(50, "call", on=True),
    ]
    expected = situation(log, 55)
    random.Random(1).shuffle(log)  # noqa: S311
    assert situation(log, 55).call == expected.call
    situations = Situations()
    for minute in range(0, 7 * 1440, 2):
        situations.add(point(minute, "input", idle_s=1.0))
    assert len(situations._samples) <= 25 * 30 + 1


def test_nothing_holds_for_ever() -> None:
    """What another machine switched on and nobody told of since is forgotten after half a day, a drive after 16 h."""
    log = [
        point(0, "call", on=True, host="crashed"),
        point(0, "dnd", on=True, host="crashed"),
        stretch(0, 20 * 24 * 60, "trip", speed_kmh=100.0),
        *samples(0, 17 * 60),
    ]
    found = situation(log, 11 * 60)
    assert (found.call, found.do_not_disturb, found.driving) == (True, True, True)
    found = situation(log, 13 * 60)
    assert (found.call, found.do_not_disturb, found.driving) == (False, False, True)
    assert not situation(log, 16 * 60 + 6).driving
