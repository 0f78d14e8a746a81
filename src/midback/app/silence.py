"""Why nothing will be asked, however long somebody sits.

In: answers, wishes, orders. Out: the name of what is in the way. Next: watching, doctor.
"""

from collections.abc import Mapping
from typing import Any, Literal

from sqlalchemy import Connection

from midback.store import intakes, pauses

from .break_times import pause_of
from .clearance import clearance_in, due_in
from .clock import today_of
from .house import House
from .orders import watch_in

Silent = Literal["screen", "due", "stopped", "intake", "resting", "nothing-planned", "prompts-off"]


def silent_in(conn: Connection, house: House, person: str, orders: Mapping[str, Any]) -> Silent | None:
    """Return what stands in the way of prompts, the first thing to mend first; None where they may come.

    orders : what the background process goes by; empty where there are none yet
    """
    clearance = clearance_in(conn, person)
    if clearance is None:
        return "screen"
    if clearance.level == "stop":
        return "stopped"
    if due_in(conn, house, person).due:
        return "due"
    if intakes.latest(conn, person) is None:
        return "intake"
    if not watch_in(conn, person).prompts:
        return "prompts-off"
    pause = pause_of(tuple(pauses.listed(conn, person)), today_of(house.clock))
    if pause is not None and pause.why != "travel":
        return "resting"
    return "nothing-planned" if "rule" in orders and orders["rule"] is None else None
