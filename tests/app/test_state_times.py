"""Break times and emphasis by the body's state, as the person gets them."""

from dataclasses import replace
from datetime import timedelta

from midback.app.checkins import add_checkin
from midback.app.clock import SetClock
from midback.app.exposures import add_bout
from midback.app.house import House
from midback.app.intake import save_intake
from midback.app.planning import current_plan
from midback.app.today import show_today
from midback.plan.answers import CheckIn, Intake
from midback.plan.break_rule import BreakRule
from midback.plan.breaks import USUAL_RULE
from midback.store.people import DEFAULT_PERSON as ME


def rule_of(house: House) -> BreakRule:
    rule = show_today(house, ME).break_rule
    assert rule is not None
    return rule


def said(rule: BreakRule) -> list[str]:
    return [reason.message_id for reason in rule.reasons]


def test_with_the_intakes_hours_the_state_finds_the_times(settled: House) -> None:
    """The rule of a usual day comes with the model's reasons, and the movements are those of the default."""
    rule = rule_of(settled)
    assert "plan.break-state" in said(rule)
    assert rule.after_s >= 1200
    assert {name for name, _ in rule.movements} <= set(settled.catalogue.exercises)


def test_where_nothing_is_sat_the_default_stays(settled: House, usual: Intake) -> None:
    """Without hours there is nothing to live through."""
    save_intake(settled, ME, replace(usual, sitting_h=0.0, driving_h=0.0, standing_h=0.0, usual_day=()))
    rule = rule_of(settled)
    assert (rule.after_s, rule.length_s, rule.hourly_s) == (
        USUAL_RULE.after_s,
        USUAL_RULE.length_s,
        USUAL_RULE.hourly_s,
    )
    assert "plan.break-state" not in said(rule)


def test_pain_makes_no_time_looser(settled: House, clock: SetClock) -> None:
    """After a check-in with pain of 5 each time is as strict as the default's and as before."""
    before = rule_of(settled)
    add_checkin(settled, ME, CheckIn(at=clock.at, pain_now=5, pain_average=5))
    after = rule_of(settled)
    for other in (before, USUAL_RULE):
        assert after.after_s <= other.after_s
        assert after.length_s >= other.length_s
        assert after.hourly_s >= other.hourly_s


def test_a_heavy_morning_makes_no_break_later(settled: House, clock: SetClock) -> None:
    """Three hours in one go today bring the next breaks no later."""
    before = rule_of(settled)
    clock.at += timedelta(hours=4)
    add_bout(settled, ME, "sitting", clock.at - timedelta(hours=3), clock.at)
    assert rule_of(settled).after_s <= before.after_s


def test_the_size_of_the_body_is_heard(settled: House, usual: Intake) -> None:
    """What was told of the body reaches the model: the reasons' numbers move with it."""
    found = []
    for mass, strength in ((50.0, "high"), (120.0, "low")):
        save_intake(settled, ME, replace(usual, mass_kg=mass, stature_m=1.7, sex="female", strength=strength))
        found.append([dict(reason.values) for reason in rule_of(settled).reasons])
    assert found[0] != found[1]


def test_what_yesterday_asked_most_of_comes_forward_with_its_reason(settled: House, clock: SetClock) -> None:
    """After a measured day today's plan says what the model saw, beside what the measured hours say."""
    clock.at += timedelta(hours=10)
    add_bout(settled, ME, "sitting", clock.at - timedelta(hours=8), clock.at - timedelta(hours=5))
    add_bout(settled, ME, "sitting", clock.at - timedelta(hours=2), clock.at)
    clock.at += timedelta(hours=14)
    items = current_plan(settled, ME).plan.on(clock.at.date())
    told = {reason.message_id for item in items for reason in item.reasons}
    assert {"plan.yesterday-neck", "plan.yesterday-mid-back", "plan.yesterday-shoulders"} & told
    assert "plan.long-sitting" in told
