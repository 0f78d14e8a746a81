"""A camera in a session: each repetition counts once, whoever counts it, and a lost camera costs nobody anything."""

from dataclasses import replace
from datetime import timedelta

import pytest
from coach_rig import CAT_COW, NEEDLE, OPENER, Player, started
from hypothesis import given
from hypothesis import strategies as st

from midback.coach.done import performances, sides_done
from midback.coach.event import Event
from midback.coach.fold import fold
from midback.coach.form import form
from midback.coach.seen import LOOKS_FOR_US
from midback.coach.state import RepetitionSeen

HERE = {"key": "a", "unit": 0}
ONE = {**HERE, "repetitions": 1}


def at_work() -> Player:
    """Return a player ten repetitions of 4 s before its end, with nothing to get ready for."""
    return started(CAT_COW, OPENER, ready_s=0, rest_s=0)


def test_while_a_camera_counts_the_pace_does_not() -> None:
    """Twelve seconds at a pace of one in four are three without a camera, and what it saw with one."""
    paced, seen = at_work(), at_work()
    assert paced.wait(12).repetitions == 3
    seen.send("looking", **HERE, on=True)
    seen.wait(6)
    seen.send("counted", **ONE)
    assert seen.wait(6).repetitions == 1


def test_the_pace_counts_the_time_in_which_no_camera_looked() -> None:
    """Eight seconds before the camera are two by the pace; what it sees comes on top."""
    player = at_work()
    player.wait(8)
    player.send("looking", **HERE, on=True)
    player.wait(9)
    player.send("counted", **ONE)
    player.send("looking", **HERE, on=False)
    assert player.wait(8).repetitions == 2 + 1 + 2


def test_a_camera_that_falls_silent_hands_back_to_the_pace() -> None:
    """Nothing said for twenty seconds: from then on the pace counts again."""
    player = at_work()
    player.send("looking", **HERE, on=True)
    state = player.wait(LOOKS_FOR_US / 1e6 + 8)
    assert (state.looking_us, state.repetitions) == (0, 2)


def test_by_hand_mends_the_cameras_count_and_leaves_the_clock_alone() -> None:
    """Without a camera +1 brings the end nearer by one repetition; with one it only counts."""
    paced, seen = at_work(), at_work()
    paced.wait(4)
    seen.send("looking", **HERE, on=True)
    seen.wait(4)
    assert paced.send("plus_one").remaining_us == 32_000_000
    after = seen.send("plus_one")
    assert (after.remaining_us, after.repetitions) == (36_000_000, 1)


def test_the_last_repetition_seen_ends_the_unit_and_an_early_one_does_not_shorten_it() -> None:
    """Nine of ten in 27 s leave the other 13 s; the tenth ends it."""
    player = at_work()
    player.send("looking", **HERE, on=True)
    for _ in range(9):
        player.wait(3)
        player.send("counted", **ONE)
    assert (player.state.remaining_us, player.state.repetitions) == (13_000_000, 9)
    assert player.send("counted", **ONE).key == "c"


def test_time_is_up_for_somebody_the_camera_counted_slowly() -> None:
    """Deadlines are by the clock: the exercise ends after its time, with the six it saw."""
    player = at_work()
    for _ in range(6):
        player.wait(6)
        player.send("counted", **ONE)
    after = player.wait(4)
    assert after.key == "c"
    (side,) = sides_done(CAT_COW, after.records["a"])
    assert (side.done_s, side.seen_repetitions, side.complete) == (40.0, 6, False)


def test_a_camera_that_saw_none_leaves_its_zero_beside_the_paces_ten() -> None:
    """It looked and counted nothing: the pace's ten stand, and none is the camera's; a hold has no such number."""
    player, alone = at_work(), at_work()
    player.send("looking", **HERE, on=False)
    for one, seen in ((player, 0), (alone, None)):
        one.wait(41)
        (side,) = sides_done(CAT_COW, one.state.records["a"])
        assert (side.done_repetitions, side.seen_repetitions, side.complete) == (10, seen, True)
    holding = started(OPENER, ready_s=0)
    holding.send("looking", key=OPENER.key, unit=0, on=True)
    holding.wait(5)
    assert {side.seen_repetitions for side in sides_done(OPENER, holding.state.record)} == {None}


@pytest.mark.parametrize("missed", [0, 1, 2])
def test_one_in_ten_that_the_camera_missed_is_not_held_against_anybody(missed: int) -> None:
    """A set of ten is complete with nine counted, and not with eight."""
    player = at_work()
    for _ in range(10 - missed):
        player.wait(3.9)
        player.send("counted", **ONE)
    player.wait(8)
    (side,) = sides_done(CAT_COW, player.state.records["a"])
    assert side.complete is (missed < 2)


@pytest.mark.parametrize("kind", ["looking", "counted", "held"])
def test_nothing_is_seen_outside_the_work(kind: str) -> None:
    """Getting ready, a pause, another exercise or another set: what comes then changes no count."""
    data = {"on": True, "repetitions": 1, "seconds": 3.0}
    ready = started(CAT_COW, ready_s=5)
    before = replace(ready.state, seen=frozenset(), confirmed_at=None)
    ready.send(kind, **HERE, **data)
    assert replace(ready.state, seen=frozenset(), confirmed_at=None) == before
    paused = at_work()
    paused.wait(10)
    paused.send("pause")
    held = paused.state.record
    assert paused.send(kind, **HERE, **data).record == held
    paused.send("resume")
    assert paused.send(kind, key="c", unit=0, **data).record == held
    assert paused.send(kind, key="a", unit=1, **data).record == held


def test_an_event_of_the_camera_counts_once() -> None:
    """The same id twice is one repetition."""
    player = at_work()
    event = Event(id="camera-1", at=player.at, kind="counted", data=ONE)
    state = fold(
        player.script, [*player.events, event, event, replace(event, at=event.at + timedelta(seconds=1))]
    )
    assert state.repetitions == 1


@given(
    cuts=st.lists(st.floats(0.1, 9.9), max_size=12),
    says=st.lists(st.tuples(st.floats(0, 60), st.sampled_from(["on", "off", "one", "hand"])), max_size=12),
)
def test_the_count_does_not_depend_on_how_time_was_cut(
    cuts: list[float], says: list[tuple[float, str]]
) -> None:
    """Beats more or less often lead to the same count, the same clock, the same record."""
    what = {
        "on": ("looking", {**HERE, "on": True}),
        "off": ("looking", {**HERE, "on": False}),
        "one": ("counted", ONE),
        "hand": ("plus_one", {}),
    }
    start = at_work()
    ends = []
    for step in (1.0, 5.0):
        beats = [k * step for k in range(1, int(60 / step) + 1)] + (cuts if step == 1.0 else [])
        line = sorted(
            [(at, 0, "beat") for at in beats] + [(at, 1, said) for at, said in says], key=lambda e: e[:2]
        )
        events = list(start.events)
        for number, (at, _order, said) in enumerate(line):
            kind, data = what.get(said, ("heartbeat", {}))
            when = start.at + timedelta(seconds=round(at, 3))
            events.append(Event(id=f"x{number}-{said}", at=when, kind=kind, data=data))
        state = fold(start.script, events)
        ends.append(replace(state, seen=frozenset()))
    assert ends[0] == ends[1]


def test_held_seconds_are_never_more_than_the_seconds_worked() -> None:
    """A hold seen for longer than was worked is cut to it, and each side has its own."""
    player = started(NEEDLE, ready_s=0, change_s=5)
    player.wait(8)
    player.send("held", key="b", unit=0, seconds=5.0)
    player.send("held", key="b", unit=0, seconds=60.0)
    player.wait(12 + 5)
    player.wait(4)
    player.send("held", key="b", unit=1, seconds=3.0)
    left, right = sides_done(NEEDLE, player.state.records["b"])
    assert (left.seen_held_s, right.seen_held_s) == (8.0, 3.0)


def test_without_a_camera_nothing_of_it_is_kept() -> None:
    """A session nobody looked at has neither a form nor repetitions seen."""
    player = at_work()
    player.wait(40)
    (done,) = performances(player.script, player.state)
    assert (done.form, done.sides[0].seen_repetitions, done.sides[0].done_repetitions) == (None, None, 10)


def test_form_is_measured_by_ones_own_first_repetitions() -> None:
    """The same again is 1, half as far a half, three are too few to say, and a steady slow tempo is no fault."""
    even = [RepetitionSeen(side="both", range=0.14, seconds=4.0)] * 8
    assert form(even) == 1.0
    assert form(even[:3]) is None
    assert form([*even[:4], *[replace(one, range=0.07) for one in even[4:]]]) == pytest.approx(0.75)
    assert form([replace(one, seconds=7.0) for one in even]) == 1.0
    assert form([*even[:4], *[replace(one, seconds=1.0) for one in even[4:]]]) < 0.7


@given(st.lists(st.tuples(st.floats(1e-3, 1e3), st.floats(1e-3, 1e3)), max_size=12), st.floats(0.1, 10))
def test_form_lies_between_0_and_1_and_knows_no_unit(seen: list[tuple[float, float]], scale: float) -> None:
    """A camera nearer by, or a signal in another unit, gives the same form."""
    own = [RepetitionSeen(side="left", range=width, seconds=length) for width, length in seen]
    other = [replace(one, range=one.range * scale) for one in own]
    found, again = form(own), form(other)
    assert (found is None) is (len(own) < 4)
    if found is not None and again is not None:
        assert 0 <= found <= 1
        assert found == pytest.approx(again, abs=2e-3)


def test_a_smaller_range_asked_for_is_no_worse_form() -> None:
    """After pain the movement is to be smaller: the range is measured by what was asked for."""
    player = at_work()
    for _ in range(4):
        player.wait(3)
        player.send("counted", **ONE, range=0.14, seconds=3.0)
    player.send("hurts", pain=4)
    player.send("resume")
    player.wait(5)
    smaller = player.state.record.range_scale
    assert smaller < 1
    for _ in range(3):
        player.wait(3)
        player.send("counted", **ONE, range=0.14 * smaller, seconds=3.0)
    assert form(player.state.record.repetitions_seen) == 1.0


def test_nobody_moves_faster_than_a_body() -> None:
    """However many are said to have been seen, no more count than two in each second worked, and one more."""
    player = at_work()
    for number in range(40):
        player.send("counted", **HERE, repetitions=1 + number % 20)
    assert player.state.unit_by_camera == 1
    player.wait(3)
    for _ in range(40):
        player.send("counted", **HERE, repetitions=20)
    assert player.state.unit_by_camera == 7
    assert player.state.record.by_camera == {"both": 7}
