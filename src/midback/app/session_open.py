"""May an open session go on? In: where it stands, what was answered since. Out: nothing, or SafetyStop.

A session outlives the answers it was laid out under: an emergency sign reported in another tab, a gate that
closed, data that came from elsewhere. So every event that lets it go on is measured against today's answers.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from midback.coach.script import Item, Script
from midback.coach.state import SessionState
from midback.errors import SafetyStop
from midback.plan.clearance import Clearance
from midback.plan.pain import easy_only

from .clearance import clearance_in, due_in, require_clearance_in
from .driving import refuse_while_driving
from .house import House

# A session begun under a screen that then grows a week old may be finished.
FINISHED_WITHIN = timedelta(hours=4)
BY_TIME_ALONE = frozenset({"triage.due-weekly", "triage.due-gap"})


def require_still_open_in(
    conn: Connection, house: House, person: str, script: Script, state: SessionState, began: datetime
) -> None:
    """Raise SafetyStop unless the screen still allows what the session holds, in an open transaction."""
    refuse_while_driving(conn, house, person)
    clearance = clearance_in(conn, person)
    due = {reason.message_id for reason in due_in(conn, house, person).reasons}
    fresh = timedelta(0) <= house.clock.now() - began < FINISHED_WITHIN
    if clearance is None or clearance.closed or not (fresh and due <= BY_TIME_ALONE):
        clearance = require_clearance_in(conn, house, person)
    easy = easy_only(script.pain_before) is not None
    for key in state.open_keys:
        item = state.items[key]
        if not _is_open(house, clearance, easy, item):
            raise SafetyStop(
                "This session holds exercises that your answers do not allow any more.",
                "What you answer counts at once.",
                "Start a new one: it closes this one, and what you did is kept.",
            )


def _is_open(house: House, clearance: Clearance, easy: bool, item: Item) -> bool:
    gate = clearance.gates.get(item.exercise_id)
    fits = gate is None or (item.variant_id in gate.variants and item.dose.range <= gate.range)
    exercise = house.catalogue.exercise(item.exercise_id)
    return fits and clearance.allows(exercise) and (exercise.easy or not easy)
