"""What a session will hold. In: clearance, plan, pain now, gear and room today. Out: items. Next: session.

With a pain of 7 and more, or while only easy movement is open, the plan is set aside: breathing, walking and
small easy movement are all that is offered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import Connection

from midback.catalogue.exercise import Exercise, Place
from midback.coach.script import Item, script
from midback.errors import Infeasible, InputError, SafetyStop
from midback.plan.answers import Intake
from midback.plan.clearance import Clearance
from midback.plan.fit import Fit, Obstacle, find_fit
from midback.plan.pain import easy_only
from midback.plan.performance import Performance
from midback.plan.prescribe import dose_of, sides_of
from midback.plan.prescription import Prescription
from midback.plan.progression import Decision
from midback.plan.selection import LENGTHS, Length, cost_s, pick_session, suggest_length
from midback.reasons import Reason
from midback.store import intakes, sessions

from .clearance import require_clearance_in
from .clock import at_minute, local, minute_of, today_of
from .house import House
from .items import match
from .planning import current_in, decisions_in

EASY_FIRST = ("breathing", "walk")
LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the person asks for.

    length_min : 3, 8 or 20; None takes what is suggested, or one exercise alone with ``exercise_id``
    gear, places : what is at hand and where the person is, today; None: as in the intake
    """

    pain: int
    length_min: int | None = None
    exercise_id: str | None = None
    variant_id: str | None = None
    prescription_id: str | None = None
    gear: frozenset[str] | None = None
    places: frozenset[Place] | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What everything is chosen against, read once."""

    intake: Intake
    clearance: Clearance
    decisions: Mapping[str, Decision]
    gear: frozenset[str]
    places: tuple[Place, ...]
    hurt_today: frozenset[str] = frozenset()

    @property
    def waiting(self) -> frozenset[str]:
        """Exercises that wait for another day: they hurt too much today, or rest after pain twice."""
        rest = (exercise_id for exercise_id, decision in self.decisions.items() if decision.status == "rest")
        return self.hurt_today | frozenset(rest)


def surroundings_in(
    conn: Connection,
    house: House,
    person: str,
    gear: frozenset[str] | None = None,
    places: frozenset[Place] | None = None,
) -> Surroundings:
    """Read what to choose against inside an open transaction; raise SafetyStop where nothing may start."""
    clearance = require_clearance_in(conn, house, person)
    intake = intakes.latest(conn, person) or Intake()
    return Surroundings(
        intake=intake,
        clearance=clearance,
        decisions=decisions_in(conn, house, person),
        gear=intake.gear if gear is None else gear,
        places=tuple(sorted(intake.places if places is None else places)),
        hurt_today=frozenset(p.exercise_id for p in _done_today(conn, house, person) if p.stopped),
    )


def choose_in(conn: Connection, house: House, person: str, wish: Wish) -> tuple[Item, ...]:
    """Return the items of the session the person asks for, inside an open transaction.

    Raises
    ------
    SafetyStop : the screen is due or said stop, or the exercise is not open to this person today
    Infeasible : nothing fits the gear and the room
    """
    around = surroundings_in(conn, house, person, wish.gear, wish.places)
    easy = around.clearance.easy_only or easy_only(wish.pain) is not None
    if wish.exercise_id is not None:
        return (_alone(house.catalogue.exercise(wish.exercise_id), wish.variant_id, around, easy),)
    if easy:
        minutes = wish.length_min or suggested_in(conn, house, person)[0]
        return _easy_items(house.catalogue.exercises.values(), around, minutes)
    planned = tuple(p for p in _open_today(conn, house, person) if p.exercise_id not in around.waiting)
    if wish.prescription_id is not None:
        planned = tuple(p for p in planned if p.id == wish.prescription_id)
    if wish.gear is not None or wish.places is not None:
        planned = tuple(fitted for p in planned if (fitted := _refit(p, house, around)) is not None)
    if wish.prescription_id is None:
        length = _length(wish.length_min) if wish.length_min else suggested_in(conn, house, person)[0]
        picked = pick_session(planned, length, house.catalogue.exercises)
        planned = _within(picked, length, house.settings.rest_s + house.settings.ready_s)
    if not planned:
        raise Infeasible(
            "Nothing of today's plan is left that can be done with what is at hand.",
            "Every exercise needs its place and its gear.",
            "Tick what you have and where you are, or pick one exercise from the library.",
        )
    return script(planned).items


def item_for(exercise: Exercise, fit: Fit, around: Surroundings, key: str) -> Item:
    """Lay out one exercise the way it fits, at the level and range the decisions and gates allow."""
    decision = around.decisions.get(exercise.id) or Decision(level=0)
    level = min(decision.level, len(exercise.levels) - 1)
    return Item(
        key=key,
        exercise_id=exercise.id,
        variant_id=fit.variant.id,
        level=level,
        dose=dose_of(exercise, level, around.intake, fit),
        sides=sides_of(exercise),
        range_scale=decision.range_scale,
        gear=fit.gear,
        counts=exercise.counts,
    )


def _within(picked: tuple[Prescription, ...], length: Length, between_s: int) -> tuple[Prescription, ...]:
    """Leave out what matters least until rests between exercises fit into the length too."""
    kept = list(picked)
    while len(kept) > 1 and sum(cost_s(p) + between_s for p in kept) - between_s > length * 60:
        kept.remove(max(kept, key=lambda p: (p.optional, p.priority, p.minute)))
    return tuple(kept)


def _refit(planned: Prescription, house: House, around: Surroundings) -> Prescription | None:
    """Fit a planned item to today's gear and room: as planned, else in another variant, else not at all."""
    exercise = house.catalogue.exercise(planned.exercise_id)
    usual = replace(exercise, variants=(exercise.variant(planned.variant_id),))
    fits = (find_fit(e, around.places, around.gear, around.clearance.gates) for e in (usual, exercise))
    fit = next((fit for fit in fits if isinstance(fit, Fit)), None)
    if fit is None:
        return None
    dose = replace(planned.dose, range=min(planned.dose.range, fit.range))
    return replace(planned, variant_id=fit.variant.id, gear=fit.gear, place=fit.place, dose=dose)


def _alone(exercise: Exercise, variant_id: str | None, around: Surroundings, easy: bool) -> Item:
    if not around.clearance.allows(exercise) or (easy and not exercise.easy):
        raise SafetyStop(
            "This exercise is not for today.",
            "With a pain of 7 or more, or while you wait to be seen, only breathing, walking and small easy "
            "movement are offered.",
            "Choose a short easy session, and think about letting a professional look at it.",
        )
    if exercise.family == "care":
        raise InputError(
            "This is done with somebody else.",
            "The session guides what you do yourself.",
            "See the Care page.",
        )
    if exercise.id in around.hurt_today:
        raise SafetyStop(
            "This exercise hurt too much today.",
            "What was stopped for pain waits until another day.",
            "Choose another one, or a short easy session.",
        )
    if exercise.id in around.waiting:
        raise SafetyStop(
            "This exercise rests: it hurt too much twice in a row.",
            "After that it waits for seven days.",
            "Choose another one, or a short easy session.",
        )
    gate = around.clearance.gates.get(exercise.id)
    if variant_id is not None:
        if variant_id not in {v.id for v in exercise.variants}:
            raise InputError(
                "{exercise} has no variant {variant!r}.",
                "",
                "Choose one from its page.",
                values={"exercise": exercise.id, "variant": variant_id},
            )
        exercise = replace(exercise, variants=(exercise.variant(variant_id),))
    if gate is not None and not {v.id for v in exercise.variants} & set(gate.variants):
        raise SafetyStop(
            "This exercise is closed for you at the moment.",
            "One of your answers speaks against it; its page says which.",
            "Choose another one from the library.",
        )
    fit = _fit_anyway(exercise, around)
    return item_for(exercise, fit, around, key=exercise.id)


def _fit_anyway(exercise: Exercise, around: Surroundings) -> Fit:
    """Who asks for one exercise by name has what it takes; gates alone still decide."""
    gear = around.gear | {thing for v in exercise.variants for choices in v.gear for thing in choices[:1]}
    places: tuple[Place, ...] = (*around.places, "home-floor", "desk", "outdoors", "bed", "cab")
    own = find_fit(exercise, around.places, around.gear, around.clearance.gates)
    fit: Fit | Obstacle = (
        own if isinstance(own, Fit) else find_fit(exercise, places, gear, around.clearance.gates)
    )
    if isinstance(fit, str):
        raise Infeasible(
            "{exercise} cannot be done here.",
            "",
            "Choose another one from the library.",
            values={"exercise": exercise.id},
        )
    return fit


def _easy_items(exercises: Iterable[Exercise], around: Surroundings, length_min: int) -> tuple[Item, ...]:
    easy = [e for e in exercises if e.easy and e.family != "care"]
    easy.sort(key=lambda e: (EASY_FIRST.index(e.id) if e.id in EASY_FIRST else len(EASY_FIRST), e.id))
    chosen: list[Item] = []
    left_s = length_min * 60.0
    for exercise in easy:
        fit = find_fit(exercise, around.places, around.gear, around.clearance.gates)
        if not isinstance(fit, Fit) or exercise.id in around.waiting or not around.clearance.allows(exercise):
            continue
        # The first level, in no more than the range that pain has left.
        decisions = {key: replace(decision, level=0) for key, decision in around.decisions.items()}
        made = item_for(exercise, fit, replace(around, decisions=decisions), key=exercise.id)
        needed = made.dose.seconds * len(made.units)
        if not chosen or needed <= left_s:
            chosen.append(made)
            left_s -= needed
    if not chosen:
        raise Infeasible(
            "Nothing easy fits here.", "Easy movement needs a chair or room to walk.", "Tick where you are."
        )
    return tuple(chosen)


def _open_today(conn: Connection, house: House, person: str) -> tuple[Prescription, ...]:
    """Today's items that are not done yet, those of this hour first."""
    planned = current_in(conn, house, person).plan.on(today_of(house.clock))
    shown = match(planned, _done_today(conn, house, person), minute_of(local(house.clock)))
    return tuple(entry.item for entry in shown if entry.status in ("now", "later"))


def _done_today(conn: Connection, house: House, person: str) -> list[Performance]:
    return sessions.performances(conn, person, at_minute(house.clock, today_of(house.clock), 0))


def suggested_in(conn: Connection, house: House, person: str) -> tuple[Length, Reason | None]:
    """Return the length to offer, shorter when time was short lately, with the reason for that."""
    lately = sessions.performances(conn, person, house.clock.now() - LATELY)
    return suggest_length(lately, today_of(house.clock))


def _length(asked: int) -> Length:
    for length in LENGTHS:
        if length == asked:
            return length
    raise InputError(
        "{asked} minutes were asked for.",
        "A session takes 3, 8 or 20 minutes.",
        "Choose one.",
        values={"asked": asked},
    )
