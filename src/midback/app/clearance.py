"""What the last warning-sign screen allows now. In: an open transaction. Out: Clearance, or a refusal.

Next: everything that plans, shows or starts an exercise. ``screening`` is where the answers come in.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import Connection

from midback.errors import SafetyStop
from midback.plan.clearance import Clearance
from midback.plan.triage import screen_due as reasons_due
from midback.plan.triage import screen_due_at
from midback.reasons import Reason
from midback.store import checkins, performances, preferences, screenings
from midback.store.engine import reading

from .house import House

#: The preference that names why the screen is due, until it is answered: no date or clock can hide that.
SCREEN_AGAIN = "screen-again"
Why = Literal["triage.due-worse", "triage.due-elsewhere"]
WHYS: tuple[Why, ...] = get_args(Why)


@dataclass(frozen=True, slots=True)
class ScreenDue:
    """Whether the screen has to be answered now, and why."""

    due: bool
    reasons: tuple[Reason, ...] = ()


def clearance_in(conn: Connection, person: str) -> Clearance | None:
    """Return what holds now, inside an open transaction."""
    last = screenings.latest(conn, person)
    return last.clearance if last else None


def due_in(conn: Connection, house: House, person: str) -> ScreenDue:
    """Say inside an open transaction whether the screen is due."""
    clearance, now = clearance_in(conn, person), house.clock.now()
    since = clearance.at if clearance else now
    moved = performances.last_performed(conn, person)
    reasons = reasons_due(clearance, now, checkins.since(conn, person, since), moved)
    if clearance is not None:
        named = {reason.message_id for reason in reasons}
        asked = asked_again_in(conn, person)
        reasons += tuple(Reason(why) for why in WHYS if why in asked and why not in named)
    return ScreenDue(bool(reasons), reasons)


def holds_until_in(conn: Connection, person: str) -> datetime | None:
    """Return until when the clearance holds if nothing gets worse, inside an open transaction; None without one."""
    clearance = clearance_in(conn, person)
    if clearance is None:
        return None
    return screen_due_at(clearance, performances.last_performed(conn, person))


def ask_again_in(conn: Connection, person: str, why: Why) -> None:
    """Let the screen be due until it is answered, inside an open transaction."""
    preferences.write(conn, person, SCREEN_AGAIN, sorted({*asked_again_in(conn, person), why}))


def asked_again_in(conn: Connection, person: str) -> frozenset[str]:
    """Return why the screen is asked again before its week is over, inside an open transaction."""
    kept = preferences.read(conn, person, SCREEN_AGAIN)
    return frozenset(str(why) for why in kept) if isinstance(kept, list) else frozenset()


def was_asked_in(conn: Connection, person: str) -> None:
    """Forget why the screen was due: it was answered, inside an open transaction."""
    preferences.remove(conn, person, SCREEN_AGAIN)


def require_clearance(house: House, person: str) -> Clearance:
    """Return the clearance, or refuse when nothing was screened, the screen is due, or it closed everything.

    ``ask-first`` is returned where easy movement stays open: the caller offers only that then.
    """
    with reading(house.engine).connect() as conn:
        return require_clearance_in(conn, house, person)


def require_clearance_in(conn: Connection, house: House, person: str) -> Clearance:
    """Like ``require_clearance``, inside an open transaction."""
    clearance = clearance_in(conn, person)
    if clearance is None or due_in(conn, house, person).due:
        raise SafetyStop(
            "The warning-sign questions have not been answered for now.",
            "They come before any exercise and again every week.",
            "Answer them first: it takes a minute.",
        )
    if clearance.closed:
        raise SafetyStop(
            "Your last answers include a warning sign.",
            "No exercise until somebody qualified has seen you.",
            "See the screening page for whom to call and for the way back.",
        )
    return clearance
