"""Massage beside its budget, and the set-up check that is looked at again after a week."""

from dataclasses import replace
from datetime import timedelta

import pytest

from midback.app.care import (
    Alternative,
    CareWishes,
    Visit,
    add_visit,
    care_summary,
    remove_visit,
    save_care_wishes,
)
from midback.app.clock import SetClock, today_of
from midback.app.house import House
from midback.app.intake import save_intake
from midback.app.planning import current_plan
from midback.app.setup_check import save_look, show_setup
from midback.errors import InputError, NotFound
from midback.plan.answers import Intake, Massage
from midback.store.people import DEFAULT_PERSON as ME


def test_what_was_spent_stands_beside_the_budget(settled: House, usual: Intake, clock: SetClock) -> None:
    """Visits done this month count, those booked, of another month or in another currency do not."""
    massage = Massage(wanted=True, monthly_budget=80.0, currency="EUR", per_month=1)
    save_intake(settled, ME, replace(usual, massage=massage))
    today = today_of(clock)
    kept = add_visit(settled, ME, Visit(day=today, cost=60.0, currency="EUR", minutes=60, done=True))
    for other in (
        Visit(day=today, cost=50.0, currency="EUR", done=False),
        Visit(day=today - timedelta(days=40), cost=40.0, currency="EUR", done=True),
        Visit(day=today, cost=30.0, currency="CHF", done=True),
    ):
        add_visit(settled, ME, other)
    summary = care_summary(settled, ME)
    assert (summary.spent, summary.budget, summary.visits_planned) == (60.0, 80.0, 1)
    assert len(summary.visits) == 4
    remove_visit(settled, ME, kept.id)
    assert care_summary(settled, ME).spent == 0


@pytest.mark.parametrize("wrong", [{"cost": -1.0}, {"minutes": 999}, {"pain_before": 11}])
def test_a_visit_that_cannot_be_is_refused(settled: House, wrong: dict[str, float]) -> None:
    """Cost, minutes and pain have their bounds, and nothing is kept."""
    with pytest.raises(InputError):
        add_visit(settled, ME, Visit(day=today_of(settled.clock), **wrong))
    assert care_summary(settled, ME).visits == ()


def test_what_to_change_first_is_named_and_looked_at_again_after_a_week(
    settled: House, clock: SetClock
) -> None:
    """Of what is not fine the first in the list's order comes first; a week later it is time to look again."""
    check = settled.catalogue.setup["desk"]
    items = [item.id for item in sorted(check.items, key=lambda item: item.order)]
    save_look(settled, ME, "desk", {items[0]: True, items[2]: False, items[1]: False})
    shown = {view.check.id: view for view in show_setup(settled, ME)}
    assert shown["desk"].first == items[1]
    assert not shown["desk"].again
    assert shown["sofa"].last is None
    clock.advance(days=7)
    assert {view.check.id for view in show_setup(settled, ME) if view.again} == {"desk"}
    save_look(settled, ME, "desk", dict.fromkeys(items, True))
    assert not any(view.again for view in show_setup(settled, ME))


def test_a_check_or_an_item_that_is_not_there_is_refused(settled: House) -> None:
    """A slip in the address or the form is named."""
    with pytest.raises(NotFound):
        save_look(settled, ME, "throne", {})
    with pytest.raises(InputError):
        save_look(settled, ME, "desk", {"throne": True})


def test_a_cadence_proposes_the_next_day_in_the_plan_too(settled: House, clock: SetClock) -> None:
    """Three weeks after the last massage the next is due; a booked one takes the place of the proposal."""
    today = today_of(clock)
    add_visit(settled, ME, Visit(day=today - timedelta(days=17), cost=60.0, done=True))
    save_care_wishes(
        settled, ME, CareWishes(every_weeks=3, alternatives=(Alternative(name="gym", monthly=40),))
    )
    summary = care_summary(settled, ME)
    assert summary.next_due == today + timedelta(days=4)
    assert (summary.each, summary.monthly) == (60.0, 86.67)
    assert (summary.tried_low, summary.tried_high) == (480.0, 720.0)
    assert [other.name for other in summary.alternatives] == ["gym"]
    days = {i.day for i in current_plan(settled, ME).plan.items if i.exercise_id == "massage"}
    assert days == {today + timedelta(days=4)}
    booked = add_visit(settled, ME, Visit(day=today + timedelta(days=2), minute=600, done=False))
    assert care_summary(settled, ME).next_due is None
    days = {i.day for i in current_plan(settled, ME).plan.items if i.exercise_id == "massage"}
    assert days == {booked.day}
    remove_visit(settled, ME, booked.id)
    assert care_summary(settled, ME).next_due == today + timedelta(days=4)
    save_care_wishes(settled, ME, CareWishes())
    assert not [i for i in current_plan(settled, ME).plan.items if i.exercise_id == "massage"]


def test_pain_before_and_after_is_averaged_where_both_are_known(settled: House, clock: SetClock) -> None:
    """A visit with one of the two says nothing."""
    for before, after in ((6, 3), (5, 4), (7, None)):
        add_visit(settled, ME, Visit(day=today_of(clock), pain_before=before, pain_after=after))
    assert care_summary(settled, ME).eased == (5.5, 3.5, 2)


@pytest.mark.parametrize(
    "wrong",
    [
        CareWishes(every_weeks=0),
        CareWishes(every_weeks=27),
        CareWishes(alternatives=(Alternative(name="", monthly=1.0),)),
        CareWishes(alternatives=(Alternative(name="gym", monthly=-1.0),)),
        CareWishes(alternatives=(Alternative(name="gym", monthly=1.0),) * 11),
    ],
)
def test_wishes_that_cannot_be_are_refused(settled: House, wrong: CareWishes) -> None:
    """Nothing of them is kept."""
    with pytest.raises(InputError):
        save_care_wishes(settled, ME, wrong)
    assert care_summary(settled, ME).every_weeks is None


def test_an_appointment_is_brought_up_to_date_under_its_id(settled: House, clock: SetClock) -> None:
    """A booked visit that has been is the same one, with what came of it; a profession nobody knows is refused."""
    day = today_of(clock)
    booked = add_visit(
        settled,
        ME,
        Visit(
            day=day,
            minute=1050,
            kind="professional",
            profession="physiotherapist",
            place="Main Street",
            done=False,
        ),
    )
    add_visit(settled, ME, replace(booked, done=True, pain_before=5, pain_after=4))
    (kept,) = care_summary(settled, ME).visits
    assert (kept.id, kept.done, kept.minute, kept.place) == (booked.id, True, 1050, "Main Street")
    with pytest.raises(InputError, match="no kind of professional"):
        add_visit(settled, ME, Visit(day=day, profession="wizard"))
