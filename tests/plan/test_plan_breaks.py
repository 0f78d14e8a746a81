"""When a break is due and what fits there; substitutes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_rig import adult, cleared, intakes, library
from midback.body.exposure import Exposure
from midback.catalogue.exercise import Place
from midback.plan.answers import Intake
from midback.plan.breaks import default_rule
from midback.plan.progression import Decision
from midback.plan.substitution import substitutes

LIBRARY = library()
PLACES: tuple[Place, ...] = ("desk", "cab", "outdoors", "home-floor", "bed")


def sat(longest_min: float, usual: bool = False) -> Exposure:
    return Exposure(
        seconds={"sitting": 6 * 3600.0},
        longest_still_s=longest_min * 60,
        longest_activity="sitting",
        usual=usual,
    )


@pytest.mark.parametrize(
    ("yesterday", "minutes"),
    [(None, 30), (sat(30), 30), (sat(60), 25), (sat(90), 20), (sat(200, usual=True), 30)],
)
def test_breaks_come_every_20_to_30_minutes_sooner_after_long_bouts(
    yesterday: Exposure | None, minutes: int
) -> None:
    """Thirty minutes by default, 25 after an hour in one go, 20 after 90 minutes."""
    rule = default_rule(adult(), LIBRARY, cleared(), yesterday)
    assert (rule.after_s, rule.length_s, rule.hourly_s) == (minutes * 60, 60, 300)
    assert rule.reasons


def test_on_the_road_a_stop_comes_before_the_legal_break() -> None:
    """In a cab the stop comes after two hours, before 4 h 30, and nothing is worn or lain on."""
    rule = default_rule(adult(), LIBRARY, cleared(), None, "cab")
    assert rule.after_s == 7200
    assert rule.movements == (("blade-squeeze", "seated"), ("seated-rotation", "seated"))
    assert rule.reasons[0].message_id == "plan.break-cab"


def test_what_helped_is_offered_first_and_the_unobtrusive_before_the_odd() -> None:
    """The order of a break's movements follows what helped."""
    rule = default_rule(adult(tried={"stand-reach": "helped"}), LIBRARY, cleared())
    assert rule.movements[0] == ("stand-reach", "standing")


def test_a_stop_leaves_no_movement_and_ask_first_walking() -> None:
    """After a stop nothing is offered; while asking first only walking is."""
    stopped = default_rule(adult(), LIBRARY, cleared(yes=("chest-pain",)), None, "outdoors")
    assert stopped.movements == ()
    asked = default_rule(adult(), LIBRARY, cleared(yes=("fever",)), None, "outdoors")
    assert asked.movements == (("walk", "walk"),)
    assert default_rule(adult(), LIBRARY, cleared(yes=("fever",)), None, "desk").movements == ()


@given(intakes(), st.sampled_from(PLACES))
def test_movements_fit_the_place_and_the_gates(intake: Intake, place: Place) -> None:
    """Every movement of a rule suits its place, needs no gear and is open to the person."""
    clearance = cleared(intake)
    for exercise_id, variant_id in default_rule(intake, LIBRARY, clearance, None, place).movements:
        assert place in LIBRARY[exercise_id].variant(variant_id).places
        gate = clearance.gates.get(exercise_id)
        assert gate is None or variant_id in gate.variants


def test_a_substitute_has_the_same_purpose_and_fits() -> None:
    """For the needle at a desk the seated rotation stands in first; without a place nothing does."""
    at_desk = substitutes(LIBRARY["thread-needle"], LIBRARY, adult(), cleared(), ["desk"])
    assert at_desk[0].exercise.id == "seated-rotation"
    assert at_desk[0].exact
    assert substitutes(LIBRARY["thread-needle"], LIBRARY, adult(), cleared(), []) == ()


def test_a_near_purpose_comes_after_the_same() -> None:
    """Where nothing shares the purpose, the nearest is offered and is marked as not the same."""
    found = substitutes(LIBRARY["ball-roll"], LIBRARY, adult(), cleared(), ["desk"], gear=frozenset())
    assert found
    assert not any(substitute.exact for substitute in found)


@given(intakes(), st.sampled_from(sorted(LIBRARY)))
def test_no_substitute_is_closed_left_out_or_the_same(intake: Intake, exercise_id: str) -> None:
    """A substitute is another exercise, open to the person, and not one that made it worse."""
    clearance = cleared(intake)
    for substitute in substitutes(LIBRARY[exercise_id], LIBRARY, intake, clearance):
        assert substitute.exercise.id != exercise_id
        assert substitute.fit.place in intake.places
        gate = clearance.gates.get(substitute.exercise.id)
        assert gate is None or substitute.fit.variant.id in gate.variants
        if intake.tried.get(substitute.exercise.id) == "worse":
            assert substitute.exercise.id in intake.wanted


def test_what_rests_after_pain_is_not_offered_as_a_break() -> None:
    """An exercise that rests, or has a substitute, is left out of the breaks too."""
    intake, clearance = adult(), cleared()
    usual = [exercise for exercise, _ in default_rule(intake, LIBRARY, clearance).movements]
    for status in ("rest", "substitute"):
        decisions = {usual[0]: Decision(level=0, status=status)}
        left = [e for e, _ in default_rule(intake, LIBRARY, clearance, decisions=decisions).movements]
        assert left == usual[1:]
