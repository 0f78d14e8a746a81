"""The rules over the packaged catalogue: everybody gets a plan, every exercise is planned for somebody."""

from datetime import timedelta
from typing import Any

import pytest

from core_rig import MONDAY, NOW
from midback.catalogue import load_catalogue
from midback.plan import gates, triage
from midback.plan.answers import Intake, Massage, ScreenAnswers
from midback.plan.breaks import default_rule
from midback.plan.clearance import Clearance
from midback.plan.day import BAND_ROW, TOWEL, WALK
from midback.plan.draft import LYING
from midback.plan.planner import plan_week
from midback.plan.prescription import Plan
from midback.plan.progression import Decision
from midback.plan.selection import LENGTHS, pick_session
from midback.plan.substitution import substitutes
from midback.reasons import Reason
from midback.share.words import OLD_REASON, words_of

CATALOGUE = load_catalogue()
EXERCISES = CATALOGUE.exercises
ALL_GEAR = frozenset(CATALOGUE.gear)

PEOPLE: dict[str, Intake] = {
    "office": Intake(birth_year=1985, gear=frozenset({"towel", "ball", "resistance-band"})),
    "nothing owned": Intake(birth_year=1985),
    "everything owned": Intake(
        birth_year=1985,
        gear=ALL_GEAR,
        wanted=frozenset({"posture-band", "wobble-disc"}),
        massage=Massage(wanted=True, monthly_budget=100, per_month=30),
    ),
    "truck": Intake(birth_year=1980, places=frozenset({"cab", "outdoors"}), sitting_h=0, driving_h=9),
    "desk only": Intake(birth_year=1985, places=frozenset({"desk"})),
    "bed only": Intake(birth_year=1985, places=frozenset({"bed"}), gear=ALL_GEAR, work={}),
    "older": Intake(birth_year=1948, gear=ALL_GEAR, work={}),
    "fragile": Intake(birth_year=1960, conditions=frozenset({"osteoporosis", "wrists", "knees", "no-floor"})),
    "pregnant": Intake(birth_year=1992, conditions=frozenset({"pregnancy"}), gear=ALL_GEAR),
    "numb": Intake(birth_year=1985, numbness="known", gear=ALL_GEAR),
    "age unknown": Intake(gear=ALL_GEAR),
}


def cleared(intake: Intake, *yes: str) -> Clearance:
    answers = ScreenAnswers(at=NOW, yes=frozenset(yes))
    return triage.screen(CATALOGUE.triage, answers, intake, EXERCISES, NOW)


def plan(intake: Intake, *yes: str, **given: Any) -> Plan:
    return plan_week(MONDAY, intake, cleared(intake, *yes), EXERCISES, given.get("decisions", {}))


@pytest.mark.parametrize("name", PEOPLE)
def test_everybody_gets_a_plan_every_day_and_can_be_told_why(name: str) -> None:
    """Whoever the person is, there is something for each day, and each reason has words in both languages."""
    made = plan(PEOPLE[name])
    reasons: list[Reason] = [*made.reasons, *(reason for item in made.items for reason in item.reasons)]
    for n in range(7):
        assert any(item.counts for item in made.on(MONDAY + timedelta(days=n))), n
    for reason in reasons:
        for language in CATALOGUE.languages:
            words = words_of(reason, CATALOGUE, language)
            assert words not in ("", OLD_REASON), reason
            assert "{" not in words


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("length", LENGTHS)
def test_everybody_gets_a_session_of_each_length(name: str, length: int) -> None:
    """Something of today's plan fits three minutes, and more fits more."""
    items = plan(PEOPLE[name]).on(MONDAY)
    assert pick_session(items, length, EXERCISES)


@pytest.mark.parametrize("name", PEOPLE)
def test_easy_movement_is_there_while_somebody_is_to_be_seen(name: str) -> None:
    """While asking first everybody still has breathing or walking, and nothing else."""
    made = plan(PEOPLE[name], "fever")
    assert made.items
    assert {item.exercise_id for item in made.items} <= {"breathing", "walk"}


def test_every_exercise_is_planned_for_somebody() -> None:
    """No exercise of the library is out of reach of the rules; professionals are named, not planned."""
    planned = {item.exercise_id for person in PEOPLE.values() for item in plan(person).items}
    assert planned >= set(EXERCISES) - {"professional"}


def test_the_rules_speak_of_things_that_are_there() -> None:
    """The ids the rules know by name exist in the catalogue."""
    questions = {question.id for question in CATALOGUE.triage}
    assert {
        triage.NUMBNESS_NEW,
        triage.BETWEEN_BLADES,
        triage.MINOR_TRAUMA,
        triage.MORNING_STIFFNESS,
    } <= questions
    assert {gates.AGE_CONDITION, gates.KNOWN_NUMBNESS, *triage.FRAGILE} <= set(CATALOGUE.conditions)
    assert {TOWEL, BAND_ROW, WALK, "massage", *LYING} <= set(EXERCISES)
    assert CATALOGUE.conditions[gates.AGE_CONDITION].from_age == gates.AGE_FROM


def test_every_emergency_stops_and_every_urgent_sign_asks_first() -> None:
    """Each question has the effect of its level on somebody of 40 without conditions."""
    person = PEOPLE["office"]
    for question in CATALOGUE.triage:
        level = cleared(person, question.id).level
        if question.level == "emergency":
            assert level == "stop", question.id
        elif question.level == "urgent" and question.id != triage.MINOR_TRAUMA:
            assert level == "ask-first", question.id
        else:
            assert level in ("go", "gated"), question.id
            assert level == ("gated" if question.level == "gate" else "go"), question.id


def test_every_gated_exercise_says_why() -> None:
    """For each condition, each exercise it touches carries that gate's words."""
    for condition in CATALOGUE.conditions:
        intake = Intake(birth_year=1985, conditions=frozenset({condition}))
        for gate in cleared(intake).gates.values():
            assert all(words_of(reason, CATALOGUE, "de") for reason in gate.reasons)


@pytest.mark.parametrize("place", ["desk", "cab", "outdoors", "home-floor"])
def test_a_break_has_something_for_every_place(place: str) -> None:
    """At a desk, in a parked cab, outdoors and at home there is a movement for a break."""
    person = PEOPLE["office"]
    assert default_rule(person, EXERCISES, cleared(person), None, place).movements


def test_every_daily_exercise_has_a_substitute_without_gear() -> None:
    """Gear that is missing never ends a session: something stands in for each exercise."""
    person = PEOPLE["nothing owned"]
    for exercise in EXERCISES.values():
        if exercise.family in ("daily", "break"):
            assert substitutes(exercise, EXERCISES, person, cleared(person)), exercise.id


def test_with_practice_the_daily_minutes_are_reached() -> None:
    """At the top levels twenty minutes are planned for somebody with the usual things."""
    top = {key: Decision(level=99) for key in EXERCISES}
    made = plan(PEOPLE["office"], decisions=top)
    for n in range(7):
        assert sum(i.minutes for i in made.on(MONDAY + timedelta(days=n)) if i.counts) >= 20
