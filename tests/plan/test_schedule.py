"""A schedule laid into a day: where it speaks, what it costs, and that ours speaks where ``decide`` would."""

import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midback.body.stillness import Still
from midback.plan.break_rule import BreakRule
from midback.plan.decide import decide
from midback.plan.interruptions import BreakPreferences, Interruptibility, Said
from midback.plan.schedule import BREAK, NEVER, STILL, Doing, Schedule, Stretch, follow, schedule_of

DOINGS: tuple[Doing, ...] = ("sitting", "standing", "driving", "moving", "away", "unknown")
DESK = (Stretch(doing="sitting", seconds=8 * 3600),)
STRETCHLY = Schedule(after_s=600, length_s=20, long_after_s=1800, long_s=300, rest_s=300, long_clock="use")


@st.composite
def days(draw: st.DrawFn) -> tuple[Stretch, ...]:
    """Draw a day of up to twelve stretches."""
    return tuple(
        Stretch(
            doing=draw(st.sampled_from(DOINGS)),
            seconds=float(draw(st.integers(10, 3 * 3600))),
            hands=draw(st.booleans()),
            welcome=draw(st.booleans()),
        )
        for _ in range(draw(st.integers(1, 12)))
    )


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Draw any schedule a reminder could have."""
    return Schedule(
        after_s=float(draw(st.integers(180, 3600))),
        length_s=float(draw(st.integers(10, 120))),
        long_after_s=draw(st.sampled_from([1800.0, 3300.0, math.inf])),
        long_s=float(draw(st.integers(60, 600))),
        rest_s=draw(st.none() | st.floats(30, 300)),
        long_clock=draw(st.sampled_from(("wall", "use"))),
    )


@given(days(), schedules())
def test_a_day_keeps_its_length_and_everything_that_was_not_still(
    day: tuple[Stretch, ...], schedule: Schedule
) -> None:
    """Breaks take their time from stillness alone; each is counted once, and what it took is summed up."""
    gone = follow(day, schedule)
    assert sum(s.seconds for s in gone.stretches) == pytest.approx(sum(s.seconds for s in day))
    breaks = [s for s in gone.stretches if s.doing == BREAK]
    assert gone.prompts == len(breaks)
    assert gone.break_s == pytest.approx(sum(s.seconds for s in breaks))
    for doing in set(DOINGS) - STILL:
        before = sum(s.seconds for s in day if s.doing == doing)
        assert sum(s.seconds for s in gone.stretches if s.doing == doing) == pytest.approx(before)


@given(days(), schedules())
def test_nothing_is_said_where_it_is_not_welcome(day: tuple[Stretch, ...], schedule: Schedule) -> None:
    """In a meeting and at the wheel a prompt waits, whatever the schedule."""
    silent = tuple(Stretch(doing=s.doing, seconds=s.seconds, hands=s.hands, welcome=False) for s in day)
    assert follow(silent, schedule).prompts == 0
    assert follow(day, NEVER).stretches == day


def test_peers_defaults_come_out_as_they_are_told() -> None:
    """Ten minutes twice and then the long one: six prompts an hour of use, a third of them long."""
    gone = follow(DESK, STRETCHLY)
    long = sum(1 for s in gone.stretches if s.doing == BREAK and s.seconds == 300)
    assert long == gone.prompts // 3
    assert gone.prompts == pytest.approx(8 * 3600 / (1800 + 340) * 3, abs=2)


def test_a_clock_of_keys_takes_reading_for_rest() -> None:
    """An hour of sitting without a key sets that clock back; the one that senses stillness counts it."""
    day = (
        Stretch(doing="sitting", seconds=500),
        Stretch(doing="sitting", seconds=3600, hands=False),
        Stretch(doing="sitting", seconds=300),
    )
    assert follow(day, STRETCHLY).prompts == 0
    rule = BreakRule(after_s=1800, length_s=60, hourly_s=300, movements=(), reasons=())
    assert follow(day, schedule_of(rule)).prompts == 2


@pytest.mark.parametrize("after_min", [15, 20, 30, 45, 60])
def test_ours_speaks_where_decide_would(after_min: int) -> None:
    """Minute for minute through six hours of sitting, ``decide`` gives as many prompts, long ones too."""
    rule = BreakRule(
        after_s=after_min * 60, length_s=60, hourly_s=300, movements=(("walk", "walk"),), reasons=()
    )
    start = datetime(2026, 3, 2, 8, tzinfo=UTC)
    said: list[Said] = []
    lengths: list[int] = []
    # When the body was last known to move, and when the last prompt's movement ends.
    since = start
    for minute in range(6 * 60):
        now = start + timedelta(minutes=minute)
        if now < since:
            continue
        still = Still(
            activity="sitting",
            since=since,
            still_s=(now - since).total_seconds(),
            moved_s_last_hour=sum(
                length for one, length in zip(said, lengths, strict=True) if now - one.at < timedelta(hours=1)
            ),
        )
        say = decide(rule, still, Interruptibility(), BreakPreferences(notice_s=0), now, said)
        if say.kind == "prompt":
            said.append(Said(at=now, kind="prompt", movement="walk"))
            lengths.append(say.length_s)
            since = now + timedelta(seconds=say.length_s)
    gone = follow((Stretch(doing="sitting", seconds=6 * 3600),), schedule_of(rule))
    assert abs(gone.prompts - len(lengths)) <= 1
    assert gone.break_s == pytest.approx(sum(lengths), abs=300)
