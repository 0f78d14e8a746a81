"""When to speak: due, held, noticed, put off, repeated, and after a drive."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midback.body.exposure import ACTIVITIES, Activity
from midback.body.stillness import Still
from midback.plan.break_rule import BreakRule
from midback.plan.breaks import USUAL_RULE
from midback.plan.decide import APART, ARRIVED, RESTARTS, STOPPED, Say, choose, decide, with_planned
from midback.plan.interruptions import HOLDS, Answer, BreakPreferences, Hold, Interruptibility, Said

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
STEP = timedelta(seconds=30)
WELCOME = Interruptibility()
USUAL = BreakPreferences()
ANSWERS: tuple[Answer, ...] = get_args(Answer)

holds = st.sets(st.sampled_from([hold for hold in HOLDS if hold != "worn"])).map(
    lambda found: tuple(hold for hold in HOLDS if hold in found)
)
# Runs of steps, each with what speaks against a prompt in it; every second run is free of it.
some_hours = st.lists(st.tuples(holds, st.integers(1, 90), st.integers(0, 12)), min_size=2, max_size=6).map(
    lambda runs: [one for held, long, free in runs for one in [held] * long + [()] * free]
)
rules = st.builds(
    BreakRule,
    after_s=st.integers(20 * 60, 60 * 60),
    length_s=st.integers(30, 120),
    hourly_s=st.integers(120, 600),
    movements=st.lists(
        st.tuples(st.text("abcdef", min_size=1, max_size=2), st.just("v")),
        min_size=1,
        max_size=6,
        unique=True,
    ).map(tuple),
    reasons=st.just(()),
)


def at(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def sat(minutes: float, activity: Activity = "sitting", **known: object) -> Still:
    """Sitting since nine, asked so many minutes later."""
    still = Still(activity=activity, since=NINE, still_s=minutes * 60)
    return replace(still, **known)  # type: ignore[arg-type]


def say(
    minutes: float,
    said: Sequence[Said] = (),
    holding: tuple[Hold, ...] = (),
    preferences: BreakPreferences = USUAL,
    rule: BreakRule | None = USUAL_RULE,
) -> Say:
    return decide(rule, sat(minutes), Interruptibility(holds=holding), preferences, at(minutes), said)


def prompt(minutes: float, movement: str = "stand-reach") -> Said:
    return Said(at=at(minutes), kind="prompt", movement=movement)


def answer(minutes: float, kind: Answer) -> Said:
    return Said(at=at(minutes), kind=kind)


def live(
    steps: Sequence[tuple[Hold, ...]], rule: BreakRule = USUAL_RULE, preferences: BreakPreferences = USUAL
) -> list[Say]:
    """Sit on and on, never answering; what was said at each step."""
    said: list[Said] = []
    heard = []
    for number, holding in enumerate(steps):
        now = NINE + number * STEP
        still = Still(activity="sitting", since=NINE, still_s=(now - NINE).total_seconds())
        one = decide(rule, still, Interruptibility(holds=holding), preferences, now, said)
        if one.kind in ("notice", "prompt"):
            said.append(Said(at=now, kind=one.kind, movement=one.movement[0] if one.movement else ""))
        heard.append(one)
    return heard


def times(heard: Sequence[Say], kind: str) -> list[int]:
    """Return the steps at which something of a kind was said."""
    return [number for number, one in enumerate(heard) if one.kind == kind]


def test_a_break_is_due_after_half_an_hour_with_a_word_before() -> None:
    """A quiet notice comes a minute before, the prompt at 30 minutes, with a movement and why."""
    heard = live([()] * 62)
    assert times(heard, "notice") == [58]
    assert times(heard, "prompt") == [60]
    first = heard[60]
    assert (first.movement, first.length_s) == (("stand-reach", "standing"), 60)
    assert [(why.message_id, dict(why.values)) for why in first.because] == [
        ("plan.break-sat", {"still_min": 30})
    ]


def test_without_a_notice_wished_for_there_is_none() -> None:
    """Zero seconds of notice means the prompt comes by itself."""
    heard = live([()] * 62, preferences=BreakPreferences(notice_s=0))
    assert times(heard, "notice") == []
    assert times(heard, "prompt") == [60]


@given(some_hours, rules)
def test_an_owed_prompt_waits_and_comes_at_the_next_opening(
    steps: list[tuple[Hold, ...]], rule: BreakRule
) -> None:
    """Held while not welcome, given at the very first step that is, never in a step that is not."""
    heard = live(steps, rule)
    due = -(-rule.after_s // 30)
    for number in times(heard, "prompt") + times(heard, "notice"):
        assert steps[number] == ()
    opening = next((number for number in range(due, len(steps)) if not steps[number]), None)
    prompts = times(heard, "prompt")
    assert prompts[:1] == ([] if opening is None else [opening])
    for number in range(due, len(steps) if opening is None else opening):
        assert heard[number].kind == "hold"
        assert set(heard[number].holds) == set(steps[number])


def test_stillness_goes_on_counting_while_a_prompt_is_held() -> None:
    """After a call of an hour the prompt tells all of the stillness, the call too."""
    call: tuple[Hold, ...] = ("call",)
    heard = live([()] * 40 + [call] * 120 + [()] * 2)
    assert times(heard, "prompt") == [160]
    assert dict(heard[160].because[0].values) == {"still_min": 80}


@given(some_hours, rules)
def test_two_prompts_are_never_close(steps: list[tuple[Hold, ...]], rule: BreakRule) -> None:
    """Whoever does not answer is asked again after half the time at the earliest, and never within 10 min."""
    prompts = times(live(steps, rule), "prompt")
    for one, other in pairwise(prompts):
        assert (other - one) * STEP >= max(APART, timedelta(seconds=rule.after_s / 2))


def test_an_unanswered_prompt_is_repeated_less_eagerly() -> None:
    """Again after half the time, then each time after all of it."""
    prompts = times(live([()] * 400), "prompt")
    assert prompts == [60, 90, 150, 210, 270, 330, 390]


@given(st.sampled_from(sorted(RESTARTS)), st.integers(31, 200), st.integers(0, 28))
def test_an_answer_that_ends_the_stillness_starts_the_clock_anew(
    kind: Answer, when: int, later: float
) -> None:
    """After start, done, skip and "not sitting" nothing is said for as long as the rule allows."""
    said = [prompt(when - 1), answer(when, kind)]
    assert say(when + later, said).kind == "quiet"
    assert say(when + 30, said).kind == "prompt"


def test_later_means_in_five_minutes_as_often_as_the_person_allows() -> None:
    """ "In 5 minutes" brings it back after 5 minutes; beyond the person's cap it is not on offer."""
    preferences = BreakPreferences(later_cap=2)
    said = [prompt(30), answer(30.5, "later")]
    assert say(35, said, preferences=preferences).kind == "quiet"
    again = say(35.5, said, preferences=preferences)
    assert (again.kind, again.may_later) == ("prompt", True)
    said += [prompt(35.5), answer(36, "later")]
    last = say(41, said, preferences=preferences)
    assert (last.kind, last.may_later) == ("prompt", False)
    said += [prompt(41), answer(41.5, "later")]
    assert say(46.5, said, preferences=preferences).kind == "quiet"
    assert say(56, said, preferences=preferences).kind == "prompt"


def test_a_prompt_put_off_is_held_by_the_same_rules() -> None:
    """What comes back after 5 minutes does not come into a call."""
    assert say(36, [prompt(30), answer(30.5, "later")], ("call",)).holds == ("call",)


def test_skip_is_offered_as_often_a_day_as_the_person_allows() -> None:
    """Skips of the day count against the cap, those of the day before do not."""
    preferences = BreakPreferences(skip_cap=2)
    old = [Said(at=NINE - timedelta(hours=10), kind="skip"), Said(at=NINE - timedelta(hours=12), kind="skip")]

    def offered(said: Sequence[Said]) -> bool:
        now, midnight = at(40), NINE - timedelta(hours=9)
        return decide(USUAL_RULE, sat(40), WELCOME, preferences, now, said, today=midnight).may_skip

    assert offered(old)
    assert offered([*old, Said(at=at(-60), kind="skip")])
    assert not offered([*old, Said(at=at(-60), kind="skip"), Said(at=at(-120), kind="skip")])


@given(
    st.lists(
        st.builds(
            Said,
            at=st.floats(-300, 60).map(at),
            kind=st.sampled_from(("notice", "prompt", *ANSWERS)),
            movement=st.sampled_from(("", "walk", "stand-reach")),
        ),
        max_size=12,
        unique_by=lambda one: one.at,
    ),
    st.randoms(use_true_random=False),
    st.integers(0, 120),
)
def test_what_was_said_is_all_the_memory(said: list[Said], random: object, minutes: int) -> None:
    """The answer follows from the lines that were said, in any order, and from nothing later than now."""
    shuffled = list(said)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    known = [one for one in said if one.at <= at(minutes)]
    assert say(minutes, shuffled) == say(minutes, said) == say(minutes, known)


@given(
    st.sampled_from([*ACTIVITIES, None]),
    st.floats(0, 20_000),
    st.none() | st.floats(-300, 300).map(at),
    holds,
    rules,
)
def test_who_may_not_be_spoken_to_never_is(
    activity: Activity | None,
    still_s: float,
    arrived: datetime | None,
    holding: tuple[Hold, ...],
    rule: BreakRule,
) -> None:
    """No rule (a stop, no screening, a rest), prompts off and asked-for quiet each mean silence."""
    now = at(300)
    still = Still(activity=activity, since=NINE, still_s=still_s, arrived_at=arrived)
    welcome = Interruptibility(holds=holding)
    silent = BreakPreferences(prompts=False)
    assert decide(None, still, welcome, USUAL, now).kind == "quiet"
    assert decide(rule, still, welcome, silent, now).kind == "quiet"
    assert decide(rule, still, welcome, USUAL, now, quiet_until=at(301)).kind == "quiet"
    assert decide(replace(rule, movements=()), still, welcome, USUAL, now).kind == "quiet"


@given(
    st.floats(0, 20_000),
    st.none() | st.floats(-300, 300).map(at),
    st.booleans(),
    st.frozensets(st.sampled_from(HOLDS)),
    rules,
)
def test_nothing_is_ever_said_to_a_driver(
    still_s: float, arrived: datetime | None, by_fold: bool, off: frozenset[Hold], rule: BreakRule
) -> None:
    """Whether the fold or the situation knows of the drive, and whatever was switched off."""
    still = Still(
        activity="driving" if by_fold else "sitting", since=NINE, still_s=still_s, arrived_at=arrived
    )
    welcome = Interruptibility() if by_fold else Interruptibility(holds=("driving",))
    one = decide(rule, still, welcome, BreakPreferences(off=off), at(300))
    assert one.kind in ("quiet", "hold")
    assert still_s < rule.after_s or by_fold or one.holds[-1] == "driving"


@pytest.mark.parametrize("activity", ["moving", "away", "unknown", None])
def test_nobody_there_is_not_spoken_to(activity: Activity | None) -> None:
    """Moving, away or not known: nothing is due."""
    still = Still(activity=activity, since=None, still_s=0)
    assert decide(USUAL_RULE, still, WELCOME, USUAL, at(90)).kind == "quiet"


def test_standing_still_counts_too() -> None:
    """Standing for half an hour asks for a break as sitting does, in its own words."""
    one = decide(USUAL_RULE, sat(31, "standing"), WELCOME, USUAL, at(31))
    assert (one.kind, one.because[0].message_id) == ("prompt", "plan.break-stood")


def test_a_drive_ends_with_one_prompt_once_the_stop_is_one() -> None:
    """Five minutes after the end of a drive, for opening and turning; not again; not an hour later."""

    def after(
        minutes: float, said: Sequence[Said] = (), holding: tuple[Hold, ...] = (), drove_s: float = 1800
    ) -> Say:
        still = Still(activity="moving", arrived_at=NINE, drove_s=drove_s)
        return decide(USUAL_RULE, still, Interruptibility(holds=holding), USUAL, at(minutes), said)

    assert after(4.9).holds == ("driving",)
    arrived = after(5)
    # In a lay-by there is no chair: what fits outdoors comes first, and without it what fits the desk.
    assert (arrived.kind, arrived.movement) == ("prompt", ("stand-reach", "standing"))
    indoors = replace(USUAL_RULE, on_the_road=())
    still = Still(activity="moving", arrived_at=NINE, drove_s=1800)
    assert decide(indoors, still, WELCOME, USUAL, at(5)).movement == ("chair-extension", "chair")
    assert [why.message_id for why in arrived.because] == ["plan.break-arrived"]
    assert after(5, holding=("just-back",)).kind == "hold"
    assert after(10, holding=("just-back",)).kind == "prompt"
    assert after(10, holding=("call",)).holds == ("call",)
    assert after(30, [prompt(6)]).kind == "quiet"
    assert after(ARRIVED / timedelta(minutes=1) + 1).kind == "quiet"
    assert after(5, drove_s=1799).kind == "quiet"
    assert timedelta(minutes=5) == STOPPED


def test_a_drive_that_only_went_unrecorded_has_not_ended() -> None:
    """Where nothing is known since the last of the trip, as in a tunnel, nobody has arrived."""
    still = Still(arrived_at=NINE, drove_s=3600)
    assert decide(USUAL_RULE, still, WELCOME, USUAL, at(8)).kind == "quiet"
    assert decide(USUAL_RULE, still, Interruptibility(halted=True), USUAL, at(8)).kind == "prompt"


def test_who_kept_still_has_not_come_back() -> None:
    """A machine that was left alone while the body sat on does not hold the prompt."""
    back = Interruptibility(holds=("just-back",), back_at=at(38))
    assert decide(USUAL_RULE, sat(40), back, USUAL, at(40)).kind == "prompt"
    came = Still(activity="sitting", since=at(38), still_s=2400)
    assert decide(USUAL_RULE, came, back, USUAL, at(40)).holds == ("just-back",)


def test_a_band_or_disc_holds_a_prompt_but_not_for_ever() -> None:
    """Its timer comes first, until twice the time of a break has passed."""
    assert say(40, holding=("worn",)).holds == ("worn",)
    assert say(60, holding=("worn",)).kind == "prompt"
    assert say(60, holding=("call", "worn")).holds == ("call",)


def test_once_an_hour_the_break_is_longer() -> None:
    """With little movement in the hour, the first prompt after an hour offers the longer one, and walking."""
    lengths = []
    said: list[Said] = []
    began = 0.0
    for _ in range(6):
        now = began + 30
        still = Still(activity="sitting", since=at(began), still_s=1800, moved_s_last_hour=60)
        one = decide(USUAL_RULE, still, WELCOME, USUAL, at(now), said)
        lengths.append(one.length_s)
        assert one.movement is not None
        assert (one.movement[0] == "walk") >= (one.length_s == 300 and len(said) < 4)
        said += [prompt(now, one.movement[0]), answer(now + 0.2, "done")]
        began = now + 1
    assert lengths == [60, 300, 60, 300, 60, 300]
    moved = Still(activity="sitting", since=NINE, still_s=3600, moved_s_last_hour=300)
    assert decide(USUAL_RULE, moved, WELCOME, USUAL, at(60)).length_s == 60


@given(st.lists(st.integers(0, 4), max_size=8), st.integers(3, 5))
def test_movements_take_turns(offered: list[int], known: int) -> None:
    """Where there are three or more, neither of the last two comes again."""
    movements = USUAL_RULE.movements[:known]
    said = [prompt(number, USUAL_RULE.movements[index][0]) for number, index in enumerate(offered)]
    chosen = choose(movements, said, ("chair-extension", "walk"))
    assert chosen in movements
    assert chosen[0] not in {USUAL_RULE.movements[index][0] for index in offered[-2:]}


def test_the_best_comes_first_and_the_only_one_again() -> None:
    """Nothing offered yet: the rule's first; one movement: that one, however often."""
    assert choose(USUAL_RULE.movements, ()) == ("stand-reach", "standing")
    assert choose((("walk", "walk"),), [prompt(1, "walk"), prompt(2, "walk")]) == ("walk", "walk")


def test_what_the_day_still_holds_comes_first() -> None:
    """Planned movements stand in front, each once; without any the rule is the same."""
    planned = with_planned(USUAL_RULE, [("wall-opener", "wall"), ("walk", "walk")])
    assert planned.movements[:3] == (("wall-opener", "wall"), ("walk", "walk"), ("stand-reach", "standing"))
    assert len(planned.movements) == 6
    assert with_planned(USUAL_RULE, ()) == USUAL_RULE
