"""What holds a prompt: each rule by itself, switched off, and unknown."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midback.body.situation import Situation
from midback.plan.interruptions import (
    HOLDS,
    SENSED,
    BreakPreferences,
    Hold,
    hold_reason,
    interruptibility,
    within_hours,
)
from midback.share.wording import MESSAGES

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
MONDAY, TEN = 0, 600
QUIET = Situation(idle_s=600.0, known=frozenset(SENSED.values()))  # idle, and every sensor there is
OFFICE = BreakPreferences(hours={MONDAY: (540, 1020)})

# What makes each rule hold, alone.
CAUSES: dict[Hold, Situation] = {
    "typing": replace(QUIET, idle_s=29.0),
    "call": replace(QUIET, call=True),
    "camera-in-use": replace(QUIET, camera_in_use=True),
    "film": replace(QUIET, film=True),
    "full-screen": replace(QUIET, full_screen=True),
    "do-not-disturb": replace(QUIET, do_not_disturb=True),
    "calendar": replace(QUIET, busy=True),
    "just-back": replace(QUIET, back_at=NOW - timedelta(minutes=4, seconds=59)),
    "driving": replace(QUIET, driving=True),
}


def held(situation: Situation, preferences: BreakPreferences = OFFICE, minute: int = TEN) -> tuple[Hold, ...]:
    return interruptibility(situation, preferences, NOW, MONDAY, minute).holds


def test_a_quiet_machine_in_working_hours_holds_nothing() -> None:
    """With nothing going on every prompt is welcome, and nothing is unknown."""
    welcome = interruptibility(QUIET, OFFICE, NOW, MONDAY, TEN)
    assert (welcome.holds, welcome.unknown) == ((), ())


@pytest.mark.parametrize("hold", CAUSES)
def test_each_rule_holds_by_itself_and_can_be_switched_off(hold: Hold) -> None:
    """One cause, one hold; switched off it holds nothing, driving excepted."""
    assert held(CAUSES[hold]) == (hold,)
    off = replace(OFFICE, off=frozenset({hold}))
    assert held(CAUSES[hold], off) == (("driving",) if hold == "driving" else ())


def test_hours_and_worn_hold_too() -> None:
    """Outside the hours, and while a band or disc is worn."""
    assert held(QUIET, OFFICE, 539) == ("outside-hours",)
    assert held(QUIET, replace(OFFICE, off=frozenset({"outside-hours"})), 539) == ()
    assert interruptibility(QUIET, OFFICE, NOW, MONDAY, TEN, worn=True).holds == ("worn",)


def test_the_limits_are_the_person_s_own() -> None:
    """A pause exactly as long as wished for is an opening; coming back is over after the time wished for."""
    assert held(replace(QUIET, idle_s=30.0)) == ()
    assert held(replace(QUIET, idle_s=30.0), replace(OFFICE, pause_s=31)) == ("typing",)
    assert held(replace(QUIET, back_at=NOW - timedelta(minutes=5))) == ()
    assert held(replace(QUIET, back_at=NOW - timedelta(minutes=5)), replace(OFFICE, back_s=301)) == (
        "just-back",
    )


def test_what_nobody_can_tell_is_named_and_holds_nothing() -> None:
    """Without sensors the sensed rules are unknown, less those switched off."""
    blind = interruptibility(Situation(), BreakPreferences(off=frozenset({"film"})), NOW, MONDAY, TEN)
    assert blind.holds == ()
    assert set(blind.unknown) == set(SENSED) - {"film"}


@given(
    st.builds(
        Situation,
        idle_s=st.none() | st.floats(0, 100),
        call=st.booleans(),
        camera_in_use=st.booleans(),
        film=st.booleans(),
        full_screen=st.booleans(),
        do_not_disturb=st.booleans(),
        busy=st.booleans(),
        driving=st.booleans(),
        known=st.frozensets(st.sampled_from(sorted(SENSED.values()))),
    ),
    st.frozensets(st.sampled_from(HOLDS)),
    st.integers(0, 6),
    st.integers(0, 1439),
)
def test_switching_off_only_ever_takes_away(
    situation: Situation, off: frozenset[Hold], weekday: int, minute: int
) -> None:
    """What holds is what would hold anyway less what is switched off, in the order of the rules."""
    everything = interruptibility(situation, OFFICE, NOW, weekday, minute)
    some = interruptibility(situation, replace(OFFICE, off=off), NOW, weekday, minute)
    assert some.holds == tuple(h for h in everything.holds if h == "driving" or h not in off)
    assert list(everything.holds) == [hold for hold in HOLDS if hold in everything.holds]


@pytest.mark.parametrize(
    ("weekday", "minute", "within"),
    [(4, 1319, False), (4, 1320, True), (5, 0, True), (5, 359, True), (5, 360, False), (5, 1320, False)],
)
def test_a_night_s_hours_pass_midnight(weekday: int, minute: int, within: bool) -> None:
    """Friday from 22:00 to 6:00 reaches into Saturday morning."""
    assert within_hours({4: (1320, 360)}, weekday, minute) is within


def test_a_weekday_left_out_has_no_hours() -> None:
    """Hours on Monday alone mean silence on Tuesday; no hours at all mean always."""
    assert not within_hours({0: (540, 1020)}, 1, 600)
    assert within_hours({}, 1, 600)


def test_every_hold_has_words() -> None:
    """Whatever held a prompt can be said."""
    assert all(hold_reason(hold).message_id in MESSAGES for hold in HOLDS)
