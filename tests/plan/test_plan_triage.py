"""The warning-sign screen: stop, ask first, gated, go, and the ways back."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_rig import NOW, QUESTIONS, a_gate, adult, an_exercise, intakes, library
from midback.plan.answers import CheckIn, Intake, ScreenAnswers
from midback.plan.clearance import Clearance
from midback.plan.triage import explanation_needed, screen, screen_due, screen_due_at

LIBRARY = library()
BY_LEVEL = {
    level: [q.id for q in QUESTIONS if q.level == level] for level in ("emergency", "urgent", "refer")
}


def answer(
    *yes: str,
    intake: Intake | None = None,
    at: datetime = NOW,
    previous: Clearance | None = None,
    **way_back: Any,
) -> Clearance:
    answers = ScreenAnswers(at=at, yes=frozenset(yes), **way_back)
    return screen(QUESTIONS, answers, intake or adult(), LIBRARY, at, previous)


def ids(clearance: Clearance) -> list[str]:
    return [reason.message_id for reason in clearance.reasons]


def test_all_no_is_no_warning_signs_reported() -> None:
    """Nothing reported leaves the whole library open and says only that nothing was reported."""
    clearance = answer()
    assert clearance.level == "go"
    assert ids(clearance) == ["triage.none-reported"]
    assert clearance.gates == {}
    assert clearance.due_at == NOW + timedelta(days=7)


@pytest.mark.parametrize("sign", BY_LEVEL["emergency"])
def test_one_emergency_sign_stops_everything(sign: str) -> None:
    """Any emergency sign stops all exercise, easy movement too, and says whom to call."""
    clearance = answer(sign, intake=adult(country="AT"))
    assert clearance.level == "stop"
    assert not clearance.easy_allowed
    assert clearance.closed
    assert clearance.reasons[0].values["emergency"] == "AT"
    assert clearance.reasons[1].values["source"] == "test"


@pytest.mark.parametrize("sign", ["fever", "cancer-history"])
def test_an_urgent_sign_asks_first(sign: str) -> None:
    """An urgent sign leaves only breathing and easy walking until the person was seen."""
    clearance = answer(sign)
    assert clearance.level == "ask-first"
    assert clearance.easy_only


def test_new_numbness_asks_first_and_known_numbness_is_gated() -> None:
    """New, spreading or weak: ask first. Older and known to a professional: gated."""
    assert answer(intake=adult(numbness="new")).level == "ask-first"
    assert answer(intake=adult(numbness="known")).level == "gated"
    assert answer(intake=adult(numbness="none")).level == "go"


def test_pain_between_the_shoulder_blades_is_advice_only() -> None:
    """It is what everyone here has: it never blocks, however the question is graded."""
    clearance = answer("between-shoulder-blades")
    assert clearance.level == "go"
    assert "triage.between-blades" in [reason.message_id for reason in clearance.advice]


@pytest.mark.parametrize(
    ("given_", "level"),
    [
        ({"birth_year": 1985}, "go"),
        ({"birth_year": 1970}, "ask-first"),
        ({"birth_year": 1985, "conditions": frozenset({"osteoporosis"})}, "ask-first"),
        ({"birth_year": 1985, "conditions": frozenset({"long-steroids"})}, "ask-first"),
        ({"birth_year": None}, "ask-first"),
    ],
)
def test_a_small_fall_counts_in_combination(given_: dict[str, Any], level: str) -> None:
    """A small fall asks first only after 50, with fragile bones or long steroids."""
    assert answer("minor-trauma", intake=adult(**given_)).level == level


def test_a_small_fall_alone_is_still_advice() -> None:
    """What does not block is not swallowed: it is said with what to do."""
    assert "minor-trauma" in [reason.values.get("sign") for reason in answer("minor-trauma").advice]


@pytest.mark.parametrize(("born", "advised"), [(1990, True), (1970, False), (None, True)])
def test_morning_stiffness_advises_only_under_45(born: int | None, advised: bool) -> None:
    """Long morning stiffness says something only in somebody under 45."""
    clearance = answer("morning-stiffness", intake=adult(birth_year=born))
    assert ("morning-stiffness" in [reason.values.get("sign") for reason in clearance.advice]) == advised
    assert clearance.level in ("go", "gated")


def test_gates_leave_variants_range_or_nothing() -> None:
    """A block leaves nothing, a choice the variants named, a smaller range caps it; each says why."""
    clearance = answer(intake=adult(conditions=frozenset({"osteoporosis", "wrists", "long-steroids"})))
    assert clearance.level == "gated"
    assert clearance.gates["wedge"].variants == ()
    assert clearance.gates["cat-cow"].variants == ("seated",)
    assert clearance.gates["cat-cow"].range == 0.5
    assert {r.values["condition"] for r in clearance.gates["cat-cow"].reasons} == {"wrists", "long-steroids"}
    assert "ball-roll" not in clearance.gates


def test_a_gate_question_sets_its_condition() -> None:
    """A yes to a question of level gate works like the condition it names."""
    clearance = answer("clumsy-hands")
    assert clearance.level == "gated"
    assert clearance.gates["wedge"].variants == ()


@pytest.mark.parametrize(("born", "gated"), [(1962, False), (1961, True), (1940, True), (None, True)])
def test_age_gates_from_the_year_of_birth(born: int | None, gated: bool) -> None:
    """From the year somebody turns 65 the age gate holds; an unknown year counts as 65 until it is told."""
    clearance = answer(intake=adult(birth_year=born))
    assert ("towel-extension" in clearance.gates) == gated
    if born is None:
        assert clearance.gates["towel-extension"].reasons[0].message_id == "triage.age-unknown"


def test_a_stop_stays_until_the_way_back() -> None:
    """Answering no later is not enough: who saw the person, when, and that they may exercise are needed."""
    stop = answer("chest-pain")
    later = NOW + timedelta(days=3)
    seen = {"seen_by": "Dr A", "seen_on": later.date(), "may_exercise": True}
    still = answer(at=later, previous=stop)
    assert still.level == "stop"
    assert "triage.still-to-be-seen" in ids(still)
    for missing in seen:
        assert (
            answer(at=later, previous=stop, **{k: v for k, v in seen.items() if k != missing}).level == "stop"
        )
    assert answer(at=later, previous=stop, **seen).level == "go"


def test_the_screen_runs_again_on_the_way_back() -> None:
    """An emergency sign that is still there stops again, whoever has seen the person."""
    stop = answer("chest-pain")
    seen = {"seen_by": "Dr A", "seen_on": NOW.date(), "may_exercise": True}
    assert answer("chest-pain", at=NOW + timedelta(hours=5), previous=stop, **seen).level == "stop"


def test_being_seen_before_the_sign_does_not_count() -> None:
    """A visit before the emergency was reported is no way back from it."""
    stop = answer("chest-pain")
    old = {"seen_by": "Dr A", "seen_on": date(2026, 2, 1), "may_exercise": True}
    assert answer(at=NOW + timedelta(days=3), previous=stop, **old).level == "stop"


def test_a_lasting_urgent_sign_is_open_once_seen_and_closes_when_new_ones_join() -> None:
    """A cancer history stays true: once seen it is gated from week to week, and a fever asks first anew."""
    asked = answer("cancer-history")
    seen = {"seen_by": "Dr A", "seen_on": NOW.date(), "may_exercise": True}
    back = answer("cancer-history", at=NOW + timedelta(days=1), previous=asked, **seen)
    assert back.level == "gated"
    week = answer("cancer-history", at=NOW + timedelta(days=8), previous=back)
    assert week.level == "gated"
    assert answer("cancer-history", "fever", at=NOW + timedelta(days=9), previous=week).level == "ask-first"
    gone = answer(at=NOW + timedelta(days=15), previous=week)
    assert answer("cancer-history", at=NOW + timedelta(days=22), previous=gone).level == "ask-first"


def test_the_way_back_does_not_cover_a_sign_reported_with_it() -> None:
    """What is new in the same answers has not been seen."""
    asked = answer("cancer-history")
    seen = {"seen_by": "Dr A", "seen_on": NOW.date(), "may_exercise": True}
    back = answer("cancer-history", "fever", at=NOW + timedelta(days=1), previous=asked, **seen)
    assert back.level == "ask-first"


def test_a_correction_within_a_day_opens_with_a_word_why() -> None:
    """A wrong answer can be corrected within a day by saying why; later only the way back remains."""
    stop = answer("chest-pain")
    hour = NOW + timedelta(hours=1)
    assert answer(at=hour, previous=stop).level == "stop"
    assert answer(at=hour, previous=stop, changed_because="misread").level == "go"
    assert answer(at=NOW + timedelta(days=1), previous=stop, changed_because="misread").level == "stop"


def test_the_day_for_correcting_does_not_begin_anew() -> None:
    """Answering no in between does not reopen the day in which an answer can be corrected."""
    stop = answer("chest-pain")
    third = answer(at=NOW + timedelta(days=3), previous=stop)
    soon = third.at + timedelta(hours=1)
    assert answer(at=soon, previous=third, changed_because="misread").level == "stop"


def test_changing_back_within_a_day_asks_why() -> None:
    """Yes to no within a day needs an explanation; after a day, or from no to yes, it does not."""
    before = ScreenAnswers(at=NOW, yes=frozenset({"fever"}))
    hour, day = NOW + timedelta(hours=1), NOW + timedelta(days=1)
    assert explanation_needed(QUESTIONS, before, ScreenAnswers(at=hour))
    assert not explanation_needed(QUESTIONS, before, ScreenAnswers(at=day))
    assert not explanation_needed(
        QUESTIONS, before, ScreenAnswers(at=hour, yes=frozenset({"fever", "bladder"}))
    )


def test_age_65_opens_with_a_professional_word() -> None:
    """The age gate is 65 or more without clearance: a professional's word lifts it, and it stays lifted."""
    old = adult(birth_year=1950)
    seen = {"seen_by": "Dr A", "seen_on": NOW.date(), "may_exercise": True}
    assert answer(intake=old).gates["towel-extension"].variants == ()
    lifted = answer(intake=old, **seen)
    assert "towel-extension" not in lifted.gates
    week = answer(intake=old, at=NOW + timedelta(days=7), previous=lifted)
    assert "towel-extension" not in week.gates


def test_when_the_screen_is_due() -> None:
    """First of all, weekly, when things got worse since, and after 14 days without exercise."""
    clearance = answer()
    fresh = NOW + timedelta(days=2)

    def due(*args: Any) -> list[str]:
        return [reason.message_id for reason in screen_due(*args)]

    assert due(None, NOW) == ["triage.due-first"]
    assert due(clearance, fresh) == []
    assert due(clearance, NOW + timedelta(days=7)) == ["triage.due-weekly"]
    assert due(clearance, fresh, [CheckIn(at=fresh, worse=True)]) == ["triage.due-worse"]
    assert due(clearance, fresh, [CheckIn(at=NOW - timedelta(days=1), worse=True)]) == []
    assert due(clearance, fresh, [], fresh - timedelta(days=14)) == ["triage.due-gap"]
    assert due(clearance, fresh, [], NOW - timedelta(days=20)) == [], "it was answered after the gap"


@given(st.integers(0, 40), st.one_of(st.none(), st.integers(-40, 40)))
def test_the_screen_is_due_from_the_instant_that_is_told(days: int, moved: int | None) -> None:
    """``screen_due_at`` names the very instant at which ``screen_due`` begins to ask."""
    clearance = answer()
    last = None if moved is None else NOW + timedelta(days=moved)
    at = screen_due_at(clearance, last)
    now = NOW + timedelta(days=days)
    assert bool(screen_due(clearance, now, [], last)) == (now >= at)
    assert screen_due(clearance, at, [], last)
    assert not screen_due(clearance, at - timedelta(seconds=1), [], last)


@given(st.frozensets(st.sampled_from([q.id for q in QUESTIONS])), intakes())
def test_more_signs_never_open_more(yes: frozenset[str], intake: Intake) -> None:
    """Reporting one sign more never leads to a more open level; an emergency always stops."""
    order = ["go", "gated", "ask-first", "stop"]
    fewer = order.index(answer(*yes, intake=intake).level)
    for sign in (q.id for q in QUESTIONS):
        assert order.index(answer(*yes, sign, intake=intake).level) >= fewer
    if yes & set(BY_LEVEL["emergency"]):
        assert answer(*yes, intake=intake).level == "stop"


@given(intakes())
def test_more_conditions_never_leave_more(intake: Intake) -> None:
    """A condition more never leaves more variants or more range."""
    base = answer(intake=intake).gates
    for condition in ("osteoporosis", "wrists", "long-steroids"):
        more = answer(intake=replace(intake, conditions=intake.conditions | {condition})).gates
        for exercise_id, gate in base.items():
            assert set(more[exercise_id].variants) <= set(gate.variants)
            assert more[exercise_id].range <= gate.range


def test_two_choices_of_variants_leave_what_both_allow() -> None:
    """Where two gates name different variants, only a variant in both is left."""
    from midback.catalogue.exercise import Variant
    from midback.plan.gates import apply_gates

    exercise = an_exercise(
        variants=tuple(Variant(id=name, places=("home-floor",)) for name in ("a", "b", "c")),
        gates=(a_gate("x", "variant", variants=("a", "b")), a_gate("y", "variant", variants=("b", "c"))),
    )
    result = apply_gates(exercise, frozenset({"x", "y"}))
    assert result is not None
    assert result.variants == ("b",)


def test_an_unknown_id_changes_nothing() -> None:
    """A yes to an id that is no question changes nothing."""
    assert answer("no-such-question").level == "go"
