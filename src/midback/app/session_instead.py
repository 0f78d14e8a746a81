"""Something else with the same purpose. In: where a session stands. Out: stand-ins. Next: session."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from midback.catalogue.exercise import Exercise
from midback.coach.script import Item, Script
from midback.coach.state import SessionState
from midback.errors import InputError
from midback.plan.fit import Fit, Obstacle, find_fit
from midback.plan.pain import easy_only
from midback.plan.substitution import substitutes

from .house import House
from .session_choice import Surroundings, item_for, surroundings_in


@dataclass(frozen=True, slots=True)
class Instead:
    """Something to do here and now. ``exact``: with the very same purpose, else with the nearest."""

    exercise_id: str
    variant_id: str
    exact: bool = True


def instead_in(
    conn: Connection, house: House, person: str, script: Script, state: SessionState
) -> tuple[Instead, ...]:
    """Return what could stand in for the item at hand: its other variants first, then others."""
    around = surroundings_in(conn, house, person)
    now = house.catalogue.exercise(state.item.exercise_id)
    others = [v.id for v in now.variants if v.id != state.item.variant_id]
    same = [Instead(now.id, v) for v in others if isinstance(_fit_of(now, v, around), Fit)]
    stopped = {state.items[key].exercise_id for key, record in state.records.items() if record.stopped}
    other = substitutes(
        now,
        house.catalogue.exercises,
        around.intake,
        around.clearance,
        around.places,
        not_these=frozenset(stopped) | around.waiting,
        gear=around.gear,
    )
    easy = easy_only(script.pain_before) is not None
    found = [Instead(o.exercise.id, o.fit.variant.id, o.exact) for o in other if o.exercise.easy or not easy]
    exact = (*same, *(one for one in found if one.exact))
    return exact or tuple(found)


def substitute_in(
    conn: Connection,
    house: House,
    person: str,
    script: Script,
    state: SessionState,
    wanted: Mapping[str, Any],
) -> Item:
    """Lay out what the person wants to do instead. Raises InputError when it is not on offer."""
    chosen = Instead(wanted["exercise"], wanted["variant"])
    offered = {(one.exercise_id, one.variant_id) for one in instead_in(conn, house, person, script, state)}
    if (chosen.exercise_id, chosen.variant_id) not in offered:
        raise InputError(
            "{exercise!r}, {variant!r}, cannot stand in here.",
            "A substitute has the same purpose and fits your place, your gear and your answers.",
            "Choose one from the list.",
            values={"exercise": chosen.exercise_id[:60], "variant": chosen.variant_id[:60]},
        )
    around = surroundings_in(conn, house, person)
    exercise = house.catalogue.exercise(chosen.exercise_id)
    fit = _fit_of(exercise, chosen.variant_id, around)
    assert isinstance(fit, Fit)  # noqa: S101 - it is on offer, so it fits
    made = item_for(exercise, fit, around, key=f"{state.key}~{len(state.order)}")
    return replace(made, prescription_id=state.item.prescription_id)


def _fit_of(exercise: Exercise, variant_id: str, around: Surroundings) -> Fit | Obstacle:
    only = replace(exercise, variants=(exercise.variant(variant_id),))
    return find_fit(only, around.places, around.gear, around.clearance.gates)
