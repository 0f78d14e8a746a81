"""Progression: what comes next follows from the last performances, and pain never raises it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_rig import MONDAY, an_exercise, performances, performed
from midback.catalogue.exercise import Dose
from midback.plan.performance import Performance
from midback.plan.progression import Decision, progress

EXERCISE = an_exercise("cat-cow")
TOP = len(EXERCISE.levels) - 1


def decide(*done: Performance, days_later: int = 0) -> Decision:
    return progress(EXERCISE, done, MONDAY + timedelta(days=days_later))


def three(**given: Any) -> list[Performance]:
    return [performed(n, **given) for n in (3, 2, 1)]


def amount(decision: Decision) -> tuple[int, float]:
    return decision.level, decision.range_scale


def last_amount(done: tuple[Performance, ...]) -> tuple[int, float]:
    felt = [p for p in done if p.done_s > 0 or p.stopped or p.skipped == "pain"]
    last = felt[-1] if felt else done[-1]
    return min(last.level, TOP), last.range_scale


def test_nothing_done_starts_at_the_first_level() -> None:
    """The first time is the first level at its full range."""
    assert amount(decide()) == (0, 1.0)


def test_three_good_times_bring_exactly_one_step() -> None:
    """Three complete times without more pain, all questions answered, effort at most ok: one level up."""
    decision = decide(*three())
    assert amount(decision) == (2, 1.0)
    assert decision.reasons[0].message_id == "plan.step-up"


def test_two_good_times_hold() -> None:
    """Two good times are not three."""
    assert amount(decide(*three()[1:])) == (1, 1.0)


def test_after_a_step_the_same_three_do_not_step_again() -> None:
    """With one more done at the new level, the old ones no longer count."""
    assert decide(*three(), performed(0, level=2)).level == 2


@pytest.mark.parametrize(
    "change",
    [
        {"pain_next_day": None},
        {"pain_before": None},
        {"pain_during": None, "pain_after": None},
        {"effort": None},
        {"effort": "hard"},
        {"form": 0.5},
        {"done_s": 30.0},
        {"skipped": "no-time", "done_s": 0.0},
        {"level": 0},
        {"dose": Dose(seconds=30)},
        {"stopped": True},
    ],
)
@pytest.mark.parametrize("which", [0, 1, 2])
def test_every_condition_of_a_step_is_needed(change: dict[str, Any], which: int) -> None:
    """An unanswered question, a hard effort, an unclear form, an incomplete set, a dose cut short: no step."""
    done = three()
    done[which] = performed(3 - which, **change)
    assert decide(*done).level <= 1


def test_short_sessions_do_not_add_up_to_a_step() -> None:
    """A dose cut to fit three minutes is done, but three of them are not three times the level's dose."""
    decision = decide(*three(dose=Dose(seconds=30)))
    assert amount(decision) == (1, 1.0)
    # They were done whole: the end page says so, and the reason does not say otherwise.
    assert decision.reasons[0].message_id == "plan.hold-short"


def test_pain_above_five_never_steps_even_when_it_is_not_more_than_before() -> None:
    """Six before and six during is no more pain, but a step waits until it is at most five."""
    high = {"pain_before": 6, "pain_during": 6, "pain_after": 6, "pain_next_day": 6}
    assert amount(decide(*three(**high))) == (1, 1.0)
    five = dict.fromkeys(high, 5)
    assert decide(*three(**five)).level == 2


def test_a_smaller_range_comes_back_before_the_level_goes_up() -> None:
    """One step: first the range, then the level."""
    assert amount(decide(*three(range_scale=0.8))) == (1, 1.0)


def test_at_the_top_the_same_again() -> None:
    """There is no level above the last."""
    assert decide(*three(level=TOP)).level == TOP


@pytest.mark.parametrize("hurt", [{"pain_during": 5}, {"pain_after": 6}, {"pain_next_day": 5}])
def test_two_points_more_go_one_level_down(hurt: dict[str, Any]) -> None:
    """Up by two during, after, or 24 hours later: one level down next time."""
    decision = decide(performed(2), performed(1, **hurt))
    assert (decision.level, decision.status) == (0, "easier")


def test_eight_and_above_goes_down_whatever_it_was_before() -> None:
    """Eight is too much even for somebody who started at eight."""
    assert decide(performed(1, pain_before=8, pain_during=8, pain_after=8)).level == 0


def test_at_the_lowest_level_a_substitute_stands_in_for_a_week() -> None:
    """Nothing is lower than the first level: something else comes first, after a week it is tried again."""
    hurt = performed(1, level=0, pain_during=6)
    assert decide(hurt).status == "substitute"
    later = decide(hurt, days_later=7)
    assert (later.status, later.level, later.range_scale) == ("easier", 0, 0.8)


def test_twice_in_a_row_rests_seven_days() -> None:
    """Two painful times in a row: rest for seven days from the last, then back lower and smaller."""
    done = (performed(3, pain_during=6), performed(1, pain_during=6))
    decision = decide(*done)
    assert decision.status == "rest"
    assert decision.rest_until == MONDAY + timedelta(days=6)
    after = decide(*done, days_later=6)
    assert (after.status, after.level) == ("easier", 0)


def test_a_little_more_pain_keeps_the_dose_and_makes_the_range_smaller() -> None:
    """Up by one and settled: the same level, less range; not knowing that it settled says so."""
    settled = decide(performed(1, pain_during=4))
    assert amount(settled) == (1, 0.8)
    assert settled.reasons[0].message_id == "plan.pain-settled"
    unanswered = decide(performed(1, pain_during=4, pain_next_day=None))
    assert amount(unanswered) == (1, 0.8)
    assert unanswered.reasons[0].message_id == "plan.pain-not-settled"


@pytest.mark.parametrize(("days", "level"), [(6, 1), (7, 0), (13, 0), (14, 0)])
def test_gaps_go_one_level_down(days: int, level: int) -> None:
    """Six days hold; seven and more go one level down, and fourteen bring the screening question."""
    decision = decide(performed(days))
    assert decision.level == level
    assert (decision.reasons[0].message_id == "plan.gap-screen") == (days >= 14)


def test_no_step_after_a_gap_of_more_than_seven_days() -> None:
    """Three good times, then eight days of nothing: down, not up. A gap between the three counts as well."""
    assert decide(*three(), days_later=7).level == 0
    assert decide(performed(12), performed(2), performed(1)).level == 1


def test_skipped_sessions_are_not_made_up_for() -> None:
    """A skipped time is no time: it neither counts towards the three nor is done twice later."""
    skipped = performed(2, skipped="no-time", done_s=0.0)
    assert decide(performed(4), performed(3), skipped, performed(1)).level == 1


def test_reasons_for_skipping_are_used() -> None:
    """Too hard goes down, no gear and no space bring a substitute, dislike twice offers a swap."""
    assert decide(performed(2), performed(1, skipped="too-hard", done_s=0.0)).level == 0
    for reason in ("no-gear", "no-space"):
        skipped = performed(1, skipped=reason, done_s=0.0)
        assert decide(performed(2), skipped).status == "substitute"
        assert decide(performed(2), skipped, days_later=6).status != "substitute"
    once = performed(1, skipped="dislike", done_s=0.0)
    assert decide(performed(3), once).status == "go"
    assert decide(performed(3), performed(2, skipped="dislike", done_s=0.0), once).status == "offer-swap"


def test_too_easy_raises_nothing_by_itself() -> None:
    """Saying that it is too easy does not skip a step."""
    assert decide(performed(2), performed(1, skipped="too-easy", done_s=0.0)).level == 1


def test_left_for_pain_goes_down_without_a_number() -> None:
    """Skipping for pain is pain, even where no number was given."""
    decision = decide(performed(1, skipped="pain", done_s=0.0, pain_during=None, pain_after=None))
    assert decision.level == 0


@given(performances(), st.integers(0, 30))
def test_at_most_one_step(done: tuple[Performance, ...], later: int) -> None:
    """Whatever was done, the next time is at most one step above the last: one level, or a little range."""
    decision = decide(*done, days_later=later)
    assert 0 <= decision.level <= TOP
    assert 0.5 <= decision.range_scale <= 1.0
    assert decision.reasons
    if done:
        level, scale = last_amount(done)
        assert decision.level <= min(TOP, level + 1)
        if decision.level > level:
            assert scale == 1.0
        assert decision.range_scale <= scale + 0.2 + 1e-9


@given(performances(), st.integers(0, 10), st.integers(0, 30))
def test_pain_never_raises_a_dose(done: tuple[Performance, ...], more: int, later: int) -> None:
    """The same history with more pain in its last time never leads to more."""
    if not done or done[-1].pain_during is None:
        return
    last = done[-1]
    worse = min(10, last.pain_during + more)
    with_pain = replace(last, pain_during=worse)
    calm, sore = decide(*done, days_later=later), decide(*done[:-1], with_pain, days_later=later)
    assert sore.level <= calm.level
    if worse > (last.pain_before if last.pain_before is not None else 3):
        assert amount(sore) <= last_amount((*done[:-1], with_pain))


@given(performances(), st.sampled_from(["pain_before", "pain_next_day", "effort"]), st.integers(0, 30))
def test_an_unanswered_question_never_raises(
    done: tuple[Performance, ...], question: str, later: int
) -> None:
    """Taking an answer away from the last time never steps up."""
    if not done:
        return
    unanswered = (*done[:-1], replace(done[-1], **{question: None}))
    decision = decide(*unanswered, days_later=later)
    assert amount(decision) <= last_amount(unanswered)


@given(performances(), st.integers(0, 30))
def test_deterministic(done: tuple[Performance, ...], later: int) -> None:
    """The same history gives the same decision."""
    assert decide(*done, days_later=later) == decide(*done, days_later=later)


@given(performances())
def test_the_same_three_never_step_twice(done: tuple[Performance, ...]) -> None:
    """After a step, one more good time at the new level is not enough for the next step."""
    first = decide(*done)
    if not done or first.level <= last_amount(done)[0]:
        return
    again = decide(*done, performed(0, level=first.level))
    assert again.level <= first.level


@given(performances())
def test_a_skipped_time_never_raises(done: tuple[Performance, ...]) -> None:
    """Adding a skipped time at the end never leads to more than without it."""
    for reason in ("no-time", "too-easy", "dislike", "no-gear"):
        skipped = decide(
            *done, performed(0, skipped=reason, done_s=0.0, level=0 if not done else done[-1].level)
        )
        assert skipped.level <= max(decide(*done).level, 0 if not done else last_amount(done)[0])


def test_performances_of_other_exercises_say_nothing() -> None:
    """Progression of one exercise reads only its own performances."""
    other = [replace(p, exercise_id="wedge") for p in three()]
    assert decide(*other) == decide()


def _young(**given: Any) -> tuple[Performance, datetime]:
    """A performance of twelve hours ago, before anybody could be asked about it, and now."""
    done = replace(performed(0, **given), pain_next_day=None)
    return done, done.at + timedelta(hours=12)


def test_a_good_time_too_young_to_be_asked_about_does_not_stand_in_the_way() -> None:
    """Last night's good time is no evidence yet: the three before it decide, and only within 18 hours."""
    young, now = _young()
    done = [*three(), young]
    assert progress(EXERCISE, done, young.at.date(), now).level == 2
    assert progress(EXERCISE, done, young.at.date(), young.at + timedelta(hours=19)).level == 1
    assert progress(EXERCISE, done, young.at.date()).level == 1, "without a clock nothing is assumed"


@pytest.mark.parametrize("change", [{"effort": "hard"}, {"effort": None}, {"pain_after": 5}, {"level": 2}])
def test_a_young_time_that_was_not_good_or_at_another_level_holds(change: dict[str, Any]) -> None:
    """Young evidence against a step counts at once, and a step already taken is not taken again."""
    young, now = _young(**change)
    decision = progress(EXERCISE, [*three(), young], young.at.date(), now)
    assert decision.level <= young.level
