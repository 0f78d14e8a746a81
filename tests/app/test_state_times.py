"""Break times and emphasis by the body's state, as the person gets them."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from midback.app.checkins import add_checkin
from midback.app.clock import SetClock, today_of
from midback.app.evidence import take_in
from midback.app.exposures import add_bout, exposure_in
from midback.app.house import House
from midback.app.intake import save_intake
from midback.app.planning import current_plan
from midback.app.setup_check import save_look
from midback.app.state_times import held_in
from midback.app.today import show_today
from midback.app.why import Angles, basis_of, presence
from midback.body.evidence import Evidence, Look
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


def typed(start: datetime) -> list[Evidence]:
    """Return samples of somebody five hours at the keys."""
    return [Evidence(at=start + timedelta(minutes=n), source="input", idle_s=1.0) for n in range(301)]


def seen(start: datetime, look: Look) -> list[Evidence]:
    """Return a look every five minutes of these hours."""
    change = -0.15 if look == "slumped" else 0.0
    return [
        Evidence(
            at=start + timedelta(minutes=n),
            source="camera",
            seen="seated",
            ratio=0.6 * (1 + change),
            change=change,
            near=1.0,
            look=look,
            samples=14,
            spread=0.01,
        )
        for n in range(2, 300, 5)
    ]


def held_today(house: House) -> dict[str, Angles]:
    """Return the postures that today's times are found by."""
    yesterday = today_of(house.clock) - timedelta(days=1)
    with house.engine.connect() as conn:
        exposure = exposure_in(conn, house, ME, yesterday, Intake())
        return dict(held_in(conn, house, ME, exposure, yesterday))


@pytest.mark.parametrize("look", ["slumped", "upright", None])
def test_breaks_go_by_the_posture_that_why_tells(settled: House, clock: SetClock, look: Look | None) -> None:
    """What the camera saw of yesterday's sitting and what the set-up check says hold in both alike."""
    start = clock.at
    clock.advance(hours=24)
    take_in(settled, ME, [*typed(start), *(seen(start, look) if look else ())])
    save_look(settled, ME, "desk", {"back-rest": False, "arm-support": True})
    held = held_today(settled)
    pieces = basis_of(settled, ME, today_of(clock) - timedelta(days=1)).pieces
    assert {piece.angles for piece in pieces if piece.doing == "sitting"} == {held["sitting"]}
    assert held["sitting"] != presence("sitting")
    assert (held["driving"], held["standing"]) == (presence("driving"), presence("standing"))


def test_a_day_seen_sunk_is_weighed_as_sunk(settled: House, clock: SetClock) -> None:
    """Looks that told of sinking yesterday change the model's numbers for today."""
    start = clock.at
    clock.advance(hours=24)
    take_in(settled, ME, typed(start))
    before = rule_of(settled)
    take_in(settled, ME, seen(start, "slumped"))
    assert [dict(one.values) for one in before.reasons] != [
        dict(one.values) for one in rule_of(settled).reasons
    ]


def test_a_look_while_nobody_sat_counts_for_nothing(settled: House, clock: SetClock) -> None:
    """Sunk before a camera in a stretch that the person says they walked says nothing of how they sit."""
    start = clock.at
    clock.advance(hours=24)
    take_in(settled, ME, seen(start, "slumped"))
    add_bout(settled, ME, "moving", start, start + timedelta(hours=5))
    assert held_today(settled)["sitting"] == presence("sitting")


def test_an_answer_of_the_set_up_check_tells_the_background(settled: House) -> None:
    """The rule may be another one after it, so that whoever carries it out is told."""
    told: list[str] = []
    listening = replace(settled, on_change=lambda _, who: told.append(who))
    save_look(listening, ME, "desk", {"back-rest": True})
    assert told == [ME]
