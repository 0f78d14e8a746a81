"""Which exercises a day may draw on, in which order, and why. Out: candidates. Next: day.

The order of a day depends on its date and not on the days before it, so planning again gives the same day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from midback.catalogue.exercise import Exercise
from midback.reasons import Reason

from .answers import Intake
from .clearance import Clearance
from .emphasis import Emphasis
from .progression import Decision
from .substitution import substitutes
from .tried import HELPED, NO_CHANGE, left_out, rank

RULE_VERSION = 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """One exercise a day may hold, its decision, and the reasons to choose it."""

    exercise: Exercise
    decision: Decision
    reasons: tuple[Reason, ...]
    order: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Person:
    """What planning knows about the person, the same for every day of the week."""

    intake: Intake
    clearance: Clearance
    exercises: Mapping[str, Exercise]
    decisions: Mapping[str, Decision]
    easy_only: bool = False
    #: Days of massage and every how many weeks, where the person named a cadence; else the budget spreads them.
    visits: frozenset[date] = frozenset()
    every_weeks: int | None = None

    def decision(self, exercise_id: str) -> Decision:
        """Return what progression decided, or the first level for what it has not looked at."""
        known = self.decisions.get(exercise_id)
        if known is not None:
            return known
        first = Reason("plan.first-time", {"exercise": exercise_id}, RULE_VERSION)
        return Decision(level=0, reasons=(first,))


def candidates(person: Person, day: date, emphasis: Emphasis, gear: frozenset[str]) -> dict[str, Candidate]:
    """Return what may be planned on a day, best first."""
    found: dict[str, Candidate] = {}
    resting: list[Exercise] = []
    for exercise in person.exercises.values():
        if not may_be_planned(person, exercise) or not on_its_days(exercise, person.intake, day):
            continue
        decision = person.decision(exercise.id)
        if decision.status == "substitute" or rests_on(decision, day):
            resting.append(exercise)
        else:
            found[exercise.id] = candidate(person, exercise, day, emphasis)
    for exercise in resting:
        stand_in(person, exercise, found, day, emphasis, gear, frozenset(other.id for other in resting))
    return dict(sorted(found.items(), key=lambda pair: (pair[1].order, pair[0])))


def rests_on(decision: Decision, day: date) -> bool:
    """Say whether an exercise rests on a day."""
    return decision.status == "rest" and decision.rest_until is not None and day < decision.rest_until


def may_be_planned(person: Person, exercise: Exercise) -> bool:
    """Say whether the exercise is a movement for this person at all."""
    if exercise.family not in ("daily", "break") or left_out(exercise, person.intake):
        return False
    if exercise.wanted_only and exercise.id not in person.intake.wanted:
        return False
    return person.clearance.allows(exercise) and (exercise.easy or not person.easy_only)


def on_its_days(exercise: Exercise, intake: Intake, day: date) -> bool:
    """Say whether a date is one of the exercise's days of the week: working days first, then the rest."""
    wanted = exercise.frequency.days_per_week
    if wanted >= 7:
        return True
    week = sorted(range(7), key=lambda weekday: (weekday not in intake.work, weekday))
    return day.weekday() in week[:wanted]


def candidate(person: Person, exercise: Exercise, day: date, emphasis: Emphasis) -> Candidate:
    """Return the exercise with its place in the order of a day and the reasons for it."""
    brought = emphasis.reason_for(exercise.purpose)
    tried = rank(exercise, person.intake)
    reasons: list[Reason] = []
    if exercise.id in person.intake.wanted and person.intake.tried.get(exercise.id) == "worse":
        reasons.append(Reason("plan.asked-for", {"exercise": exercise.id}, RULE_VERSION))
    elif tried == HELPED:
        reasons.append(Reason("plan.helped-before", {"exercise": exercise.id}, RULE_VERSION))
    elif tried == NO_CHANGE:
        reasons.append(Reason("plan.did-not-help", {"exercise": exercise.id}, RULE_VERSION))
    if brought is not None:
        reasons.insert(0 if tried != HELPED else len(reasons), brought)
    order = (tried, emphasis.rank(exercise.purpose), kind_rank(exercise), turn(person, exercise, day))
    return Candidate(exercise, person.decision(exercise.id), tuple(reasons), order)


def stand_in(
    person: Person,
    exercise: Exercise,
    found: dict[str, Candidate],
    day: date,
    emphasis: Emphasis,
    gear: frozenset[str],
    resting: frozenset[str],
) -> None:
    """Bring forward the first substitute of a resting exercise; say of it what it stands in for."""
    why = person.decision(exercise.id)
    for substitute in substitutes(
        exercise, person.exercises, person.intake, person.clearance, not_these=resting, gear=gear
    ):
        other = substitute.exercise
        if not on_its_days(other, person.intake, day) or not may_be_planned(person, other):
            continue
        base = found.get(other.id) or candidate(person, other, day, emphasis)
        said = Reason("plan.stands-in", {"exercise": other.id, "other_exercise": exercise.id}, RULE_VERSION)
        order = (base.order[0], 0, 0, base.order[3])
        found[other.id] = Candidate(other, base.decision, (said, *why.reasons, *base.reasons), order)
        return


def kind_rank(exercise: Exercise) -> int:
    """Daily exercises come before breaks, and easy movement last: it is for days when nothing else is."""
    return 2 if exercise.purpose == "easy" else 1 if exercise.family == "break" else 0


def turn(person: Person, exercise: Exercise, day: date) -> int:
    """Let the exercises take turns at being first, by date, so that days differ."""
    ids = sorted(person.exercises)
    return (ids.index(exercise.id) - day.toordinal() * 2) % len(ids)
