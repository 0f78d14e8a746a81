"""Breaks by the body's state: what the rule may never do, and what follows from the model."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core_rig import adult, cleared, intakes, library
from midback.body.day_of_work import line_up, live
from midback.body.subject import Subject, make_subject
from midback.body.usual_efforts import efforts_of, usual_postures
from midback.plan.answers import Intake
from midback.plan.break_rule import BreakRule
from midback.plan.breaks import USUAL_RULE, default_rule
from midback.plan.schedule import STILL, Stretch, follow, schedule_of
from midback.plan.state_rule import (
    AFTER_S,
    HOURLY_S,
    LEAST_STILL_S,
    LENGTH_S,
    Bounds,
    state_rule,
    times_of,
    weigh,
    with_times,
)

LIBRARY = library()
DESK = tuple(
    Stretch(doing=doing, seconds=seconds)
    for doing, seconds in (("sitting", 14400.0), ("moving", 1800.0), ("sitting", 14400.0))
)
ANYBODY = efforts_of(make_subject())
few = settings(max_examples=8)


@st.composite
def subjects(draw: st.DrawFn) -> Subject:
    """Draw somebody of any size, sex and strength."""
    return make_subject(
        draw(st.floats(40, 140)),
        draw(st.floats(1.45, 2.05)),
        draw(st.sampled_from([None, "f", "m"])),
        draw(st.sampled_from([None, "low", "average", "high"])),
    )


@st.composite
def days(draw: st.DrawFn) -> tuple[Stretch, ...]:
    """Draw a day of up to eight stretches."""
    return tuple(
        Stretch(
            doing=draw(st.sampled_from(("sitting", "standing", "driving", "moving", "away", "unknown"))),
            seconds=60.0 * draw(st.integers(2, 200)),
            welcome=draw(st.booleans()),
        )
        for _ in range(draw(st.integers(1, 8)))
    )


def times(rule: BreakRule) -> tuple[int, int, int]:
    return rule.after_s, rule.length_s, rule.hourly_s


@few
@given(subjects(), days(), st.floats(0, 1))
def test_times_stay_in_their_bounds_and_cost_no_more_than_the_default(
    subject: Subject, day: tuple[Stretch, ...], sunk: float
) -> None:
    """For any person and day the times are of the grid or the default's, and take no more of the day."""
    rule = state_rule(USUAL_RULE, day, efforts_of(subject, usual_postures(sunk)))
    if times(rule) == times(USUAL_RULE):
        return
    assert rule.after_s in AFTER_S
    assert rule.length_s in LENGTH_S
    assert rule.hourly_s in HOURLY_S
    found, usual = follow(day, schedule_of(rule)), follow(day, schedule_of(USUAL_RULE))
    assert found.break_s <= usual.break_s + 1.0
    still_h = sum(stretch.seconds for stretch in day if stretch.doing in STILL) / 3600
    assert found.prompts <= 3 * still_h
    assert rule.after_s >= 1200


@few
@given(subjects(), days())
def test_the_rule_is_never_worth_less_than_the_default(subject: Subject, day: tuple[Stretch, ...]) -> None:
    """Load and interruptions together are no higher than with the default, and the choice is the same again."""
    if sum(s.seconds for s in day if s.doing in STILL) < LEAST_STILL_S:
        assert state_rule(USUAL_RULE, day, efforts_of(subject)) == USUAL_RULE
        return
    effort, bounds = efforts_of(subject), Bounds()
    choice = weigh(USUAL_RULE, day, effort)
    cost = [load + bounds.worth * g.prompts for load, g in zip(choice.load, choice.gone, strict=True)]
    assert cost[choice.chosen] <= cost[0] + 1e-9
    assert times_of(USUAL_RULE, day, effort) == times_of(USUAL_RULE, day, effort)


@few
@given(subjects(), days(), st.sampled_from([1200, 1500, 1800]))
def test_pain_and_warnings_never_loosen_anything(
    subject: Subject, day: tuple[Stretch, ...], after_s: int
) -> None:
    """In pain each time is at least as strict as without pain, and as the default."""
    base = replace(USUAL_RULE, after_s=after_s)
    found = times_of(base, day, efforts_of(subject))
    free, careful = with_times(base, found), with_times(base, found, careful=True)
    for other in (free, base):
        assert careful.after_s <= other.after_s
        assert careful.length_s >= other.length_s
        assert careful.hourly_s >= other.hourly_s


@few
@given(subjects(), st.sampled_from([1200, 1500]))
def test_a_day_that_asked_for_sooner_breaks_keeps_them(subject: Subject, after_s: int) -> None:
    """Where yesterday's longest stretch brought the breaks forward, the state does not push them back."""
    assert state_rule(replace(USUAL_RULE, after_s=after_s), DESK, efforts_of(subject)).after_s <= after_s


@few
@given(subjects(), st.integers(0, 8))
def test_after_a_heavier_morning_breaks_come_no_later(subject: Subject, half_hours: int) -> None:
    """The same day after hours of sitting brings no break later than begun rested."""
    effort = efforts_of(subject)
    usual = times_of(USUAL_RULE, DESK, effort)
    sat = live(line_up([[("sitting", 1800.0 * half_hours)]]), effort).end
    after = times_of(USUAL_RULE, DESK, effort, state=sat)
    assert usual is not None
    assert after is not None
    assert after.after_s <= usual.after_s


def test_what_is_closed_stays_closed_and_a_cab_keeps_its_times() -> None:
    """Without movements nothing is found; in a cab only the order may change."""
    stopped = default_rule(adult(), LIBRARY, cleared(yes=("chest-pain",)))
    assert state_rule(stopped, DESK, ANYBODY) == stopped
    cab = default_rule(adult(), LIBRARY, cleared(), None, "cab")
    found = state_rule(cab, DESK, ANYBODY)
    assert times(found) == times(cab)
    assert set(found.movements) == set(cab.movements)
    assert cab.reasons[0] in found.reasons


@few
@given(intakes())
def test_only_the_order_of_what_is_allowed_changes(intake: Intake) -> None:
    """No movement is added or lost, whatever takes most off."""
    base = default_rule(intake, LIBRARY, cleared(intake))
    relief = {movement: {"neck": 0.1 * place} for place, movement in enumerate(base.movements)}
    found = state_rule(base, DESK, ANYBODY, relief=relief)
    assert sorted(found.movements) == sorted(base.movements)
    assert sorted(found.on_the_road) == sorted(base.on_the_road)


def test_what_takes_most_off_comes_first_after_what_helped() -> None:
    """The person's own experience comes before the model's, the model's before the unobtrusive."""
    relief = {("walk", "walk"): {"neck": 1.0, "mid-back": 1.0}, ("chair-extension", "chair"): {"neck": 0.3}}
    rule = state_rule(USUAL_RULE, DESK, ANYBODY, relief=relief)
    assert rule.movements[:2] == (("walk", "walk"), ("chair-extension", "chair"))
    assert rule.reasons[-1].message_id == "plan.state-first"
    own = state_rule(USUAL_RULE, DESK, ANYBODY, relief=relief, before={"blade-squeeze": 0, "walk": 2})
    assert own.movements[0] == ("blade-squeeze", "seated")
    assert own.movements[-1] == ("walk", "walk")


def test_reasons_say_what_is_loaded_and_how_much_it_helps() -> None:
    """The rule comes with the group asked for most, its times and what they leave; the old times' reason goes."""
    rule = state_rule(USUAL_RULE, DESK, ANYBODY)
    named, times_said = rule.reasons[:2]
    assert named.message_id in ("plan.state-neck", "plan.state-mid-back", "plan.state-shoulders")
    assert times_said.message_id == "plan.break-state"
    assert times_said.values["after_min"] == rule.after_s // 60
    assert float(times_said.values["more_percent"]) > 0
    assert "plan.break-usual" not in [reason.message_id for reason in rule.reasons]
    assert rule.rule_version > USUAL_RULE.rule_version


@pytest.mark.parametrize("worth", [0.005, 0.02, 0.1])
def test_what_an_interruption_is_worth_decides_how_many_there_are(worth: float) -> None:
    """The dearer an interruption, the fewer there are."""
    cheap = times_of(USUAL_RULE, DESK, ANYBODY, bounds=Bounds(worth=worth))
    dear = times_of(USUAL_RULE, DESK, ANYBODY, bounds=Bounds(worth=2 * worth))
    assert cheap is not None
    assert dear is not None
    assert dear.prompts <= cheap.prompts


def test_two_people_give_what_each_gives_alone() -> None:
    """A batch of days is the days one by one, and ours last as long as the clock."""
    lines = line_up([[("sitting", 3600.0), ("break", 60.0)], [("sitting", 5400.0)]])
    both = live(lines, ANYBODY)
    alone = live(line_up([[("sitting", 5400.0)]]), ANYBODY)
    assert both.peak[1] == pytest.approx(alone.peak[0])
    assert both.mean[1] == pytest.approx(alone.mean[0])
    assert lines.dt.sum(axis=1) == pytest.approx([3660.0, 5400.0])
    assert timedelta(seconds=float(lines.dt[0].sum())) == timedelta(minutes=61)
