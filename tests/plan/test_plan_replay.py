"""A log replayed: prompts come at openings and nowhere else, and the bouts are those of the whole log."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from labelled_days import NOT_NOW, labelled_day

from midback.body.evidence import Evidence
from midback.body.exposure import ACTIVITIES
from midback.body.fold import fold
from midback.plan.breaks import USUAL_RULE
from midback.plan.decide import APART
from midback.plan.hands import Hands
from midback.plan.interruptions import BreakPreferences
from midback.plan.replay import Replay, replay

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
SEEDS = range(14)
TEN_MINUTES = 600


def at(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def sample(minutes: float, idle_s: float, host: str = "") -> Evidence:
    return Evidence(at=at(minutes), source="input", idle_s=idle_s, host=host)


def typed(until: int, paused: range = range(0)) -> list[Evidence]:
    """A sample a minute: typing, with pauses of 45 s in some minutes."""
    return [sample(minute, 45 if minute in paused else 12) for minute in range(until)]


def run(evidence: list[Evidence], **wishes: object) -> Replay:
    ordered = sorted(evidence, key=lambda one: one.at)
    return replay(ordered, USUAL_RULE, BreakPreferences(**wishes))  # type: ignore[arg-type]


def given_at(found: Replay) -> list[float]:
    """Return when prompts were given, minutes after nine."""
    return [(prompt.at - NINE) / timedelta(minutes=1) for prompt in found.prompts]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_prompt_where_it_would_disturb(seed: int) -> None:
    """Over days with everything in them, none is given inside typing, a call, a film or a drive."""
    day = labelled_day(seed)
    found = replay(day.evidence, USUAL_RULE)
    labels = [day.label(prompt.at) for prompt in found.prompts]
    assert found.prompts
    assert not NOT_NOW & set(labels)


@pytest.mark.parametrize("seed", SEEDS)
def test_with_idle_time_alone_none_into_typing(seed: int) -> None:
    """What only samples tell is enough to keep out of typing."""
    day = labelled_day(seed, idle_alone=True)
    labels = [day.label(prompt.at) for prompt in replay(day.evidence, USUAL_RULE).prompts]
    assert "typing" not in labels


@pytest.mark.parametrize("seed", SEEDS)
def test_no_long_bout_is_left_alone(seed: int) -> None:
    """Whoever sits on past the time of a break is asked within ten minutes of the first opening."""
    day = labelled_day(seed)
    prompts = [(prompt.at - day.begun).total_seconds() for prompt in replay(day.evidence, USUAL_RULE).prompts]
    left = []
    for start, end in day.sat():
        openings = day.pauses(start + USUAL_RULE.after_s, end)
        # A little of the time may have gone unseen, as where no sample shows who came back first.
        if openings and not any(start + 1200 <= one <= openings[0] + TEN_MINUTES for one in prompts):
            left.append((start, end, openings[0]))
    assert not left


@pytest.mark.parametrize("seed", [0, 2])
def test_what_a_log_says_in_the_end_is_its_fold(seed: int) -> None:
    """The bouts are those of all the evidence, however long the log, and its minutes are theirs."""
    day = labelled_day(seed, hours=8 * 24)
    found = replay(day.evidence, USUAL_RULE)
    assert found.bouts == fold(day.evidence)
    total = (day.evidence[-1].at - day.evidence[0].at).total_seconds() / 60
    assert set(found.minutes) == set(ACTIVITIES)
    assert sum(found.minutes.values()) == pytest.approx(total, abs=2)


@settings(max_examples=20)
@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_what_comes_later_changes_nothing_said_before(seed: int, cut: int) -> None:
    """A log cut short gives the same prompts up to there: nothing is known in advance."""
    day = labelled_day(seed % 50, hours=3)
    part = day.evidence[: 1 + cut % len(day.evidence)]
    whole = replay(day.evidence, USUAL_RULE).prompts
    # Stretches run out after the last line, and lines of one instant belong together.
    early = [prompt for prompt in replay(part, USUAL_RULE).prompts if prompt.at < part[-1].at]
    assert early == [prompt for prompt in whole if prompt.at < part[-1].at]


@pytest.mark.parametrize("seed", range(6))
def test_held_stretches_and_prompts_hang_together(seed: int) -> None:
    """Stretches of holding do not overlap, hold no prompt, and prompts are ten minutes apart or more."""
    found = replay(labelled_day(seed).evidence, USUAL_RULE)
    assert all(one.end <= other.start for one, other in pairwise(found.held))
    assert all(held.holds and held.start < held.end for held in found.held)
    assert not any(held.start < prompt.at < held.end for held in found.held for prompt in found.prompts)
    assert all(other.at - one.at >= APART for one, other in pairwise(found.prompts))


def test_a_short_pause_is_taken_at_the_sample_that_shows_it() -> None:
    """One sample of 45 s of rest in an hour of typing is where the prompt comes."""
    found = run(typed(60, range(41, 42)))
    assert given_at(found) == [41]
    assert next((held.start, held.end, held.holds) for held in found.held) == (at(30), at(41), ("typing",))


def test_typing_sampled_once_a_minute_is_typing_in_between() -> None:
    """Without a sample that shows a pause there is none."""
    assert given_at(run(typed(180))) == []


def test_samples_that_stop_are_no_opening() -> None:
    """Nothing seen is not a pause seen."""
    assert given_at(run([*typed(35), *(sample(minute, 5) for minute in range(42, 50))])) == []


def test_a_call_holds_until_it_is_over_and_no_longer() -> None:
    """Reading all along: the prompt comes with the first sample after the call."""
    call = [Evidence(at=at(20), source="call", on=True), Evidence(at=at(70.2), source="call", on=False)]
    read = [sample(minute, 40 if minute % 5 else 3) for minute in range(90)]
    found = run([*read, *call])
    assert given_at(found)[0] == 71
    assert found.held[0].holds == ("typing", "call")
    assert (found.held[0].start, found.held[0].end) == (at(30), at(71))


def test_a_call_that_begins_with_the_sample_holds_it() -> None:
    """What is written for the same instant is known at it, whatever the order of the lines."""
    pause = [sample(minute, 45 if minute in (40, 41) else 3) for minute in range(60)]
    call = [Evidence(at=at(40), source="call", on=True)]
    for lines in ([*pause, *call], [*call, *pause]):
        assert 40 not in given_at(run(lines))


def test_a_rule_switched_off_holds_nothing() -> None:
    """Whoever wants prompts in calls gets them there."""
    call = [Evidence(at=at(20), source="call", on=True)]
    read = [sample(minute, 40 if minute % 5 else 3) for minute in range(50)]
    assert given_at(run([*read, *call])) == []
    assert given_at(run([*read, *call], off=frozenset({"call"})))[0] == 31


def test_the_word_of_the_person_is_enough_to_be_prompted() -> None:
    """A stretch that nothing was sampled in: the clock alone brings the prompt, within half a minute."""
    sat = Evidence(at=NINE, until=at(120), source="person", activity="sitting")
    first, second, *_ = given_at(run([sat]))
    assert first == pytest.approx(30, abs=1)
    assert second - first >= 15
    assert given_at(run([Evidence(at=NINE, until=at(120), source="person", activity="moving")])) == []


def trip(start: float, end: float, speed_kmh: float) -> list[Evidence]:
    return [
        Evidence(at=at(minute), until=at(minute + 1), source="trip", speed_kmh=speed_kmh)
        for minute in range(int(start), int(end))
    ]


def test_a_drive_is_followed_by_one_prompt_of_its_own() -> None:
    """None at the wheel, none at a red light; one at the lay-by, and one on arriving."""
    drive = [*trip(0, 40, 80), *trip(40, 43, 0), *trip(43, 60, 80), *trip(60, 75, 0), *trip(75, 120, 90)]
    desk = [sample(minute, 45 if minute % 4 == 0 else 3) for minute in range(123, 140)]
    found = run([*drive, *desk])
    times = given_at(found)
    assert len(times) == 2
    assert 65 <= times[0] <= 75
    assert 125 <= times[1] <= 130
    assert {prompt.because[0].message_id for prompt in found.prompts} == {"plan.break-arrived"}
    assert [prompt.movement[0] for prompt in found.prompts] == ["stand-reach", "walk"]
    assert all("driving" in held.holds for held in found.held if held.start < at(120))


def test_a_recording_that_ends_on_the_motorway_brings_nothing() -> None:
    """Nobody knows that the drive is over."""
    assert given_at(run(trip(0, 60, 110))) == []


@pytest.mark.parametrize("hosts", [("desk", "laptop"), ("", "")])
def test_two_machines_are_one_pair_of_hands(hosts: tuple[str, str]) -> None:
    """A pause on one is none while the other is typed on, named or not; a pause is what both have shown."""
    desk = [sample(minute, 20 + 60 * minute, hosts[0]) for minute in range(60)]
    paused = {45: 20, 50: 45}
    laptop = [sample(minute + 0.5, paused.get(minute, 3), hosts[1]) for minute in range(60)]
    assert given_at(run([*desk, *laptop])) == [51]
    both = [sample(minute, 3, hosts[0]) for minute in range(60)]
    assert given_at(run([*both, *laptop])) == []


def test_hands_are_known_to_rest_only_at_a_sample() -> None:
    """Half a minute after a sample anything may have happened."""
    hands = Hands()
    hands.add(sample(0, 50))
    assert hands.rest_s(at(0)) == 50
    assert hands.rest_s(at(0.5)) == 0
    assert not hands.sampled(at(10))


def test_nothing_in_nothing_out() -> None:
    """An empty log has no bouts and no prompts; without a rule there are bouts alone."""
    assert replay((), USUAL_RULE) == Replay(
        bouts=(), minutes=dict.fromkeys(ACTIVITIES, 0.0), prompts=(), held=()
    )
    quiet = replay(typed(90, range(40, 60)), None)
    assert (quiet.prompts, quiet.held) == ((), ())
    assert quiet.bouts
