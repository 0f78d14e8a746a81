"""The week's plan: what is in it, why, and what never is."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_rig import MONDAY, adult, cleared, intakes, library, pauses, performed
from midback.body.exposure import ACTIVITIES, Activity, Exposure
from midback.errors import Infeasible, SafetyStop
from midback.plan.answers import Habit, Intake, Massage, Pause, WorkDay
from midback.plan.draft import LYING
from midback.plan.fit import LYING_NEEDS
from midback.plan.planner import plan_week
from midback.plan.prescription import Plan, Prescription
from midback.plan.progression import Decision
from midback.reasons import Reason

LIBRARY = library()
EVERYTHING = frozenset({"towel", "wedge", "ball", "resistance-band", "posture-band"})


def plan(intake: Intake | None = None, *, yes: tuple[str, ...] = (), **given: Any) -> Plan:
    intake = intake or adult()
    clearance = cleared(intake, LIBRARY, yes)
    return plan_week(
        given.get("start", MONDAY),
        intake,
        clearance,
        LIBRARY,
        given.get("decisions", {}),
        (),
        given.get("yesterday"),
        given.get("pauses", ()),
        given.get("days", 7),
    )


def exposure(longest_min: float = 0, longest: Activity = "sitting", **minutes: float) -> Exposure:
    seconds: dict[Activity, float] = dict.fromkeys(ACTIVITIES, 0.0)
    for activity in ACTIVITIES:
        seconds[activity] = minutes.get(activity, 0.0) * 60
    return Exposure(seconds=seconds, longest_still_s=longest_min * 60, longest_activity=longest)


def of(plan_: Plan, exercise_id: str) -> list[Prescription]:
    return [item for item in plan_.items if item.exercise_id == exercise_id]


def said(item: Prescription) -> list[str]:
    return [reason.message_id for reason in item.reasons]


def test_the_towel_is_there_morning_and_night() -> None:
    """Every day has the rolled towel in the morning and at night."""
    slots = {(item.day, item.slot) for item in of(plan(), "towel-extension")}
    assert slots == {(MONDAY + timedelta(days=n), slot) for n in range(7) for slot in ("morning", "night")}


def test_band_rows_five_days_a_week_on_working_days_first() -> None:
    """Rows with the band are planned on five days; the working days are taken first."""
    assert {item.day.weekday() for item in of(plan(), "band-row")} == {0, 1, 2, 3, 4}
    weekend = adult(work={5: WorkDay(start=540, end=1020), 6: WorkDay(start=540, end=1020)})
    assert {item.day.weekday() for item in of(plan(weekend), "band-row")} == {5, 6, 0, 1, 2}


def test_worn_things_only_when_owned_and_wanted_and_never_in_a_cab() -> None:
    """The posture band is planned only for somebody who owns it and wants it, at a desk or at home."""
    owned, wanted = frozenset({"posture-band"}), frozenset({"posture-band"})
    assert not of(plan(adult(gear=owned)), "posture-band")
    assert not of(plan(adult(wanted=wanted)), "posture-band")
    both = of(plan(adult(gear=owned, wanted=wanted)), "posture-band")
    assert len(both) == 14
    assert all(item.place in ("desk", "home-floor") and not item.counts and item.optional for item in both)
    assert "plan.worn-X" in said(both[0])
    driver = adult(
        gear=owned, wanted=wanted, driving_h=9.0, sitting_h=0.0, places=frozenset({"cab", "outdoors"})
    )
    assert not of(plan(driver), "posture-band")


def test_what_helped_comes_first_what_did_not_comes_last_what_hurt_not_at_all() -> None:
    """Tried before decides the order; what made it worse returns only when asked for."""
    tried = {"thread-needle": "helped", "cat-cow": "no-change", "wall-opener": "worse"}
    first = plan(adult(tried=tried)).on(MONDAY)
    priority = {item.exercise_id: item.priority for item in reversed(first)}
    assert min(priority, key=lambda key: priority[key]) == "thread-needle"
    assert "plan.helped-before" in said(of(plan(adult(tried=tried)), "thread-needle")[0])
    assert all(priority["cat-cow"] >= rank for key, rank in priority.items() if key != "cat-cow")
    assert "wall-opener" not in priority
    asked = of(plan(adult(tried=tried, wanted=frozenset({"wall-opener"}))), "wall-opener")
    assert "plan.asked-for" in said(asked[0])


def test_a_long_bout_yesterday_brings_opening_and_extension_forward_with_the_reason() -> None:
    """112 minutes without a break: opening and extension come first today, and the plan says so."""
    items = plan(yesterday=exposure(112, sitting=400)).on(MONDAY)
    by_priority = sorted(items, key=lambda item: item.priority)
    assert {LIBRARY[item.exercise_id].purpose for item in by_priority[:3]} <= {"opening", "extension"}
    reasons = [r for item in items for r in item.reasons if r.message_id == "plan.long-sitting"]
    assert reasons[0].values == {"longest_min": 112}
    tomorrow = plan(yesterday=exposure(112, sitting=400)).on(MONDAY + timedelta(days=1))
    assert not any("plan.long-sitting" in said(item) for item in tomorrow)


def test_longer_bouts_bring_more_breaks() -> None:
    """Three breaks between work as a rule, four after an hour in one go, five after 90 minutes."""

    def breaks(longest: float) -> int:
        items = plan(yesterday=exposure(longest, sitting=300)).on(MONDAY)
        return len(
            {item.minute for item in items if 540 < item.minute < 1020 and item.place == "desk"} & WORK_STARTS
        )

    assert [breaks(longest) for longest in (30, 60, 90)] == [3, 4, 5]


WORK_STARTS = {round(540 + 480 / (n + 1) * (i + 1)) for n in (3, 4, 5) for i in range(n)}


def test_driving_brings_rotation_and_a_walk_after_arrival() -> None:
    """Two hours driven yesterday: turning comes forward and a walk follows the last drive."""
    intake = adult(places=frozenset({"desk", "home-floor", "outdoors"}))
    items = plan(intake, yesterday=exposure(60, "driving", driving=130)).on(MONDAY)
    needle = [item for item in items if item.exercise_id == "thread-needle"]
    assert "plan.drove" in said(needle[0])
    walk = next(item for item in items if "plan.walk-after-drive" in said(item))
    assert walk.minute == 1020 + 5


def test_usual_hours_speak_where_nothing_was_measured() -> None:
    """Without a measured day the usual hours decide, and the reason says that they are the usual ones."""
    items = plan(adult(sitting_h=8.0)).items
    assert any("plan.usual-sitting" in said(item) for item in items)
    usual_day = replace(exposure(300, sitting=500), usual=True)
    assert not any("plan.long-sitting" in said(item) for item in plan(yesterday=usual_day).items)


def test_items_hang_on_habits_near_in_time() -> None:
    """A habit near a moment of the day carries what is planned there, and the reason names it."""
    habit = Habit(id="teeth", label="brushing teeth", minute=430)
    morning = [item for item in plan(adult(habits=(habit,))).on(MONDAY) if item.anchor == "teeth"]
    assert morning[0].minute == 430
    assert Reason("plan.after-habit", {"habit": "brushing teeth"}, 1) in morning[0].reasons
    far = Habit(id="lunch", label="lunch", minute=200)
    assert not [item for item in plan(adult(habits=(far,))).items if item.anchor]


def test_massage_falls_on_monthly_dates_within_the_budget() -> None:
    """Visits are spread over the month, only when wanted and paid for; without a budget the plan says so."""
    wanted = adult(massage=Massage(wanted=True, monthly_budget=120, per_month=2))
    days = [item.day for item in of(plan(wanted, start=date(2026, 3, 1), days=31), "massage")]
    assert days == [date(2026, 3, 7), date(2026, 3, 24)]
    unpaid = plan(adult(massage=Massage(wanted=True)))
    assert not of(unpaid, "massage")
    assert "plan.massage-no-budget" in [reason.message_id for reason in unpaid.reasons]


def test_gates_decide_the_variant_and_the_range() -> None:
    """With sore wrists cat-cow is seated; with long steroids its range is capped; both say why."""
    intake = adult(conditions=frozenset({"wrists", "long-steroids"}))
    item = of(plan(intake), "cat-cow")[0]
    assert (item.variant_id, item.dose.range) == ("seated", 0.5)
    assert [r.values["condition"] for r in item.reasons if r.message_id == "gate"] == [
        "wrists",
        "long-steroids",
    ]


def test_level_range_and_reason_come_from_the_decision() -> None:
    """The item carries progression's level, range and reason."""
    why = Reason("plan.step-up", {"exercise": "cat-cow", "level": 2}, 1)
    item = of(plan(decisions={"cat-cow": Decision(level=1, range_scale=0.8, reasons=(why,))}), "cat-cow")[0]
    assert (item.level, item.range_scale, item.dose.seconds) == (1, 0.8, 60)
    assert why in item.reasons


def test_doses_by_repetitions_where_the_person_likes_to_count() -> None:
    """Counting repetitions is used where the exercise can be counted."""
    assert of(plan(adult(dose_by="repetitions")), "cat-cow")[0].dose.repetitions == 12
    assert of(plan(adult()), "cat-cow")[0].dose.repetitions is None


def test_a_resting_exercise_is_replaced_until_its_date() -> None:
    """During the rest something with the same or a near purpose stands in, and says for what."""
    until = MONDAY + timedelta(days=3)
    resting = Decision(level=0, status="rest", rest_until=until)
    week = plan(decisions={"thread-needle": resting})
    assert {item.day for item in of(week, "thread-needle")} == {
        MONDAY + timedelta(days=n) for n in range(3, 7)
    }
    stands_in = [r for item in week.on(MONDAY) for r in item.reasons if r.message_id == "plan.stands-in"]
    assert stands_in[0].values["other_exercise"] == "thread-needle"


def test_a_stop_plans_nothing_and_ask_first_only_easy_movement() -> None:
    """A stop refuses; ask first leaves breathing and walking, with the reason."""
    with pytest.raises(SafetyStop):
        plan(yes=("chest-pain",))
    asked = plan(adult(places=frozenset({"desk", "outdoors", "home-floor"})), yes=("fever",))
    assert {item.exercise_id for item in asked.items} == {"breathing", "walk"}
    assert "plan.easy-only" in [reason.message_id for reason in asked.reasons]


def test_pauses_are_kept() -> None:
    """Ill: nothing. A flare: easy movement, optional. Travel: what needs no gear, optional."""
    for why, expected in (("illness", set()), ("flare", {"blade-squeeze", "breathing", "walk"})):
        paused = plan(pauses=(Pause(start=MONDAY, end=MONDAY, why=why),))
        assert {item.exercise_id for item in paused.on(MONDAY)} == expected
        assert paused.on(MONDAY + timedelta(days=1))
        assert f"plan.pause-{why}" in [reason.message_id for reason in paused.reasons]
    away = plan(pauses=(Pause(start=MONDAY, end=None, why="travel"),))
    assert away.items
    assert all(not item.gear and item.optional for item in away.items)


def test_nothing_fits_names_the_constraints() -> None:
    """When nothing can be planned the error says what stands in the way, what blocks most first."""
    only = {"towel-extension": LIBRARY["towel-extension"], "wedge": LIBRARY["wedge"]}
    at_desk = adult(places=frozenset({"desk"}))
    with pytest.raises(Infeasible) as place:
        plan_week(MONDAY, at_desk, cleared(at_desk, only), only, {})
    assert place.value.constraints == ("plan.none-place",)
    no_gear = adult(gear=frozenset())
    with pytest.raises(Infeasible) as gear:
        plan_week(MONDAY, no_gear, cleared(no_gear, only), only, {})
    assert gear.value.constraints == ("plan.none-gear",)
    fragile = adult(conditions=frozenset({"osteoporosis"}), gear=EVERYTHING)
    with pytest.raises(Infeasible) as gates:
        plan_week(MONDAY, fragile, cleared(fragile, only), only, {})
    assert gates.value.constraints == ("plan.none-gates",)


def test_planning_again_keeps_the_ids_and_the_items() -> None:
    """The same input gives the same plan; tomorrow's plan has the same days where the two overlap."""
    assert plan() == plan()
    later = plan(start=MONDAY + timedelta(days=1))
    for day in range(1, 7):
        assert plan().on(MONDAY + timedelta(days=day)) == later.on(MONDAY + timedelta(days=day))


def test_no_time_lately_brings_shorter_sessions_first() -> None:
    """Something left out for want of time yesterday: the plan says that a shorter session comes first."""
    skipped = performed(1, skipped="no-time", done_s=0.0)
    made = plan_week(MONDAY, adult(), cleared(), LIBRARY, {}, [skipped])
    assert "plan.shorter-session" in [reason.message_id for reason in made.reasons]


def test_days_differ() -> None:
    """Exercises take turns at being first: a week is not seven times the same day."""
    firsts = {
        min(plan().on(MONDAY + timedelta(days=n)), key=lambda item: item.priority).exercise_id
        for n in range(7)
    }
    assert len(firsts) > 1


def test_a_target_of_few_minutes_is_kept_small() -> None:
    """Somebody with five minutes a day gets the towel once, at night, and no long list."""
    day = plan(adult(daily_minutes=5)).on(MONDAY)
    assert [item.slot for item in day if item.exercise_id == "towel-extension"] == ["night"]
    assert sum(item.minutes for item in day if item.counts) < 10


def test_a_target_that_can_be_reached_is_reached_and_hardly_passed() -> None:
    """At higher levels the day reaches the daily minutes and stops there."""
    high = {key: Decision(level=9) for key in LIBRARY}
    for target in (10, 20, 30):
        minutes = sum(
            i.minutes for i in plan(adult(daily_minutes=target), decisions=high).on(MONDAY) if i.counts
        )
        assert target <= minutes <= target + 4


def test_a_plan_below_the_target_says_so() -> None:
    """When small first doses do not reach the daily minutes the plan says it and why."""
    reasons = {reason.message_id: reason for reason in plan(adult(daily_minutes=60)).reasons}
    assert reasons["plan.below-target"].values["target_min"] == 60


@st.composite
def decided(draw: st.DrawFn) -> dict[str, Decision]:
    status = st.sampled_from(["go", "easier", "substitute", "offer-swap", "rest"])
    return {
        key: Decision(
            level=draw(st.integers(0, 3)),
            range_scale=draw(st.sampled_from([0.5, 0.8, 1.0])),
            status=draw(status),
            rest_until=MONDAY + timedelta(days=draw(st.integers(-2, 9))),
            reasons=(Reason("plan.hold", {"exercise": key}, 1),),
        )
        for key in draw(st.sets(st.sampled_from(sorted(LIBRARY))))
    }


@given(intakes(), decided(), pauses())
def test_laws_of_any_plan(intake: Intake, decisions: dict[str, Decision], paused: tuple[Pause, ...]) -> None:
    """Gates, places, gear, rests and pauses are kept, ids are unique, every item says why."""
    clearance = cleared(intake, LIBRARY)
    try:
        made = plan_week(MONDAY, intake, clearance, LIBRARY, decisions, (), None, paused)
    except Infeasible:
        return
    assert len({item.id for item in made.items}) == len(made.items)
    for item in made.items:
        exercise = LIBRARY[item.exercise_id]
        decision = decisions.get(item.exercise_id, Decision(level=0))
        assert item.reasons
        assert item.level <= decision.level
        assert item.id.startswith(f"{item.day.isoformat()}/{item.slot}/{item.exercise_id}")
        if exercise.family == "care":
            continue
        variant = exercise.variant(item.variant_id)
        gate = clearance.gates.get(item.exercise_id)
        assert gate is None or (item.variant_id in gate.variants and item.dose.range <= gate.range)
        assert item.place in variant.places
        assert item.place in intake.places
        assert item.place != "cab" or not (LYING_NEEDS & set(variant.needs) or exercise.family == "worn")
        assert set(item.gear) <= intake.gear
        if item.exercise_id not in intake.wanted:
            assert intake.tried.get(item.exercise_id) != "worse"
            assert exercise.family != "worn"
        if decision.status == "rest":
            assert decision.rest_until is None or item.day >= decision.rest_until
        assert not any(p.why == "illness" and p.start <= item.day <= (p.end or item.day) for p in paused)
    for n in range(7):
        day = [i for i in made.on(MONDAY + timedelta(days=n)) if LIBRARY[i.exercise_id].family != "worn"]
        for before, after in pairwise(day):
            assert not {before.exercise_id, after.exercise_id} <= LYING, (
                "never lie over something twice in a row"
            )
