"""What stands before a session: is the screen due, is one open, what is at hand. Next: page, terminal."""

from dataclasses import dataclass

from midback.catalogue.exercise import Exercise
from midback.errors import Infeasible, SafetyStop
from midback.plan.answers import CheckIn, Intake
from midback.plan.prescription import Prescription
from midback.plan.selection import Length
from midback.reasons import Reason
from midback.store import checkins, intakes, sessions

from .clearance import ScreenDue, ask_again_in, due_in
from .clock import today_of
from .house import House
from .library import variant_of
from .planning import current_in
from .session import finish_left_behind
from .session_choice import suggested_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What the page before a session shows.

    exercise, variant_id : one exercise alone, when that was asked for
    planned : one item of today's plan, when that was asked for
    length_min : the length to offer, and why it is shorter than usual, if it is
    """

    due: ScreenDue
    intake: Intake
    open_id: str | None
    pain_last: int | None
    length_min: Length
    shorter: Reason | None = None
    exercise: Exercise | None = None
    variant_id: str = ""
    planned: Prescription | None = None


def before_session(
    house: House,
    person: str,
    exercise_id: str | None = None,
    variant_id: str | None = None,
    prescription_id: str | None = None,
) -> Offer:
    """Gather what a session starts with. Raises NotFound or InputError for an exercise that is not there."""
    finish_left_behind(house, person)
    exercise = house.catalogue.exercise(exercise_id) if exercise_id else None
    with house.engine.begin() as conn:
        due = due_in(conn, house, person)
        planned = None
        if prescription_id and not due.due:
            try:
                today = current_in(conn, house, person).plan.on(today_of(house.clock))
            except (SafetyStop, Infeasible):
                today = ()  # opening the session says why, with the next step
            planned = next((item for item in today if item.id == prescription_id), None)
        last = checkins.latest(conn, person)
        length_min, shorter = suggested_in(conn, house, person)
        return Offer(
            due=due,
            intake=intakes.latest(conn, person) or Intake(),
            open_id=sessions.open_session(conn, person),
            pain_last=last.pain_now if last else None,
            length_min=length_min,
            shorter=shorter,
            exercise=exercise,
            variant_id=variant_of(exercise, variant_id).id if exercise else "",
            planned=planned,
        )


def report_worse(house: House, person: str, pain: int | None = None) -> None:
    """Keep that the pain is new or clearly worse, which brings the warning-sign screen back."""
    with house.engine.begin() as conn:
        checkins.add(conn, person, CheckIn(at=house.clock.now(), pain_now=pain, worse=True))
        ask_again_in(conn, person, "triage.due-worse")
