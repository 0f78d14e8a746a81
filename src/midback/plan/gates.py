"""What a person's conditions leave of each exercise. Out: GateResult. Next: triage.

Gates are in the exercise files; this module only applies them. A block beats a choice of variants,
two choices leave what both allow, and the smallest range wins.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from midback.catalogue.exercise import Exercise, Gate
from midback.catalogue.triage import TriageQuestion
from midback.reasons import Reason

from .age import may_be_over
from .answers import Intake
from .clearance import GateResult

RULE_VERSION = 1
AGE_CONDITION = "age-65"
AGE_FROM = 65
KNOWN_NUMBNESS = "known-numbness"


def conditions_of(
    intake: Intake,
    questions: Iterable[TriageQuestion],
    yes: frozenset[str],
    cleared: frozenset[str],
    today: date,
) -> frozenset[str]:
    """Return every condition the gates look at: told, set by an answer, or set by age.

    An unknown year of birth counts as 65 or more until it is told. A professional's word that the person may
    exercise lifts the age condition, and no other.
    """
    conditions = set(intake.conditions) - {AGE_CONDITION}
    for question in questions:
        if question.id in yes and question.condition is not None:
            conditions.add(question.condition)
    if intake.numbness == "known":
        conditions.add(KNOWN_NUMBNESS)
    if AGE_CONDITION not in cleared and may_be_over(intake.birth_year, AGE_FROM - 1, today):
        conditions.add(AGE_CONDITION)
    return frozenset(conditions)


def apply_gates(exercise: Exercise, conditions: frozenset[str], age_known: bool = True) -> GateResult | None:
    """Return what the gates leave of one exercise, or None when they do not touch it."""
    met = [gate for gate in exercise.gates if gate.condition in conditions]
    if not met:
        return None
    variants = tuple(variant.id for variant in exercise.variants)
    reach = 1.0
    for gate in met:
        if gate.action == "block":
            variants = ()
        elif gate.action == "variant":
            variants = tuple(variant for variant in variants if variant in gate.variants)
        reach = min(reach, gate.range)
    reasons = tuple(_reason(exercise, gate, age_known) for gate in met)
    return GateResult(variants=variants, range=reach, reasons=reasons)


def apply_all(
    exercises: Mapping[str, Exercise], conditions: frozenset[str], age_known: bool = True
) -> dict[str, GateResult]:
    """Return the gate results of every exercise that a gate touches."""
    results = {key: apply_gates(exercise, conditions, age_known) for key, exercise in exercises.items()}
    return {key: result for key, result in results.items() if result is not None}


def _reason(exercise: Exercise, gate: Gate, age_known: bool) -> Reason:
    if gate.condition == AGE_CONDITION and not age_known:
        return Reason(
            "triage.age-unknown", {"exercise": exercise.id, "condition": gate.condition}, RULE_VERSION
        )
    values = {"exercise": exercise.id, "condition": gate.condition, "source": gate.source}
    return Reason("gate", values, RULE_VERSION)
