"""Where a session goes next: from phase to phase, unit to unit, item to item. Next: ``act`` and ``fold``."""

from collections.abc import Mapping
from dataclasses import replace

from midback.plan.performance import Side

from .script import SECOND, Script
from .state import LeadIn, Phase, Record, SessionState


def leave(script: Script, state: SessionState) -> SessionState:
    """Go on from the phase at hand to what follows it."""
    if state.lead:
        return replace(state, lead=state.lead[1:], lead_us=0, entries=state.entries + 1)
    units = state.item.units
    if state.unit + 1 < len(units):
        change = waits(("change", script.preferences.change_s * SECOND))
        rest = waits(("rest", state.item.dose.rest_s * SECOND))
        same_set = units[state.unit + 1].set == state.at_unit.set
        return enter(state, state.key, state.unit + 1, change if same_set else rest)
    state = with_record(state, state.key, replace(state.record, closed="through", unit=0))
    return onward(script, state, rest_us=script.preferences.rest_s * SECOND)


def onward(script: Script, state: SessionState, rest_us: int = 0) -> SessionState:
    """Go to the next open item, after the one at hand and then from the front; with none left, ask."""
    here = state.order.index(state.key)
    for key in state.order[here + 1 :] + state.order[: here + 1]:
        if state.records[key].closed == "open":
            return enter(state, key, state.records[key].unit, waits(("rest", rest_us)) + ready(script))
    return replace(state, status="after", paused_by=None)


def enter(state: SessionState, key: str, unit: int, lead: tuple[LeadIn, ...]) -> SessionState:
    """Begin a unit of an item afresh, after its lead-ins; what was done in it before stays counted."""
    record = replace(state.records[key], closed="open", skipped=None, unit=unit)
    state = with_record(state, key, record)
    return replace(
        state,
        key=key,
        unit=unit,
        entries=state.entries + 1,
        lead=lead,
        lead_us=0,
        work_us=state.items[key].work_us,
        unit_us=0,
        unit_by_hand=0,
        unit_by_camera=0,
        unit_seen_us=0,
        unit_put_right=0,
        unit_held_us=0,
        unit_full=False,
        looking_us=0,
    )


def waits(*wanted: tuple[Phase, int]) -> tuple[LeadIn, ...]:
    """Return lead-ins of these phases and lengths; those without length fall away."""
    return tuple(LeadIn(phase, us) for phase, us in wanted if us > 0)


def more(sides: Mapping[Side, int], side: Side, by: int) -> Mapping[Side, int]:
    """Return the amounts of each side with one raised; nothing is not noted down."""
    return {**sides, side: sides.get(side, 0) + by} if by else sides


def with_record(state: SessionState, key: str, record: Record) -> SessionState:
    """Return the state with another record for one item."""
    return replace(state, records={**state.records, key: record})


def ready(script: Script) -> tuple[LeadIn, ...]:
    """Return the seconds to get ready, as the person likes them."""
    return waits(("ready", script.preferences.ready_s * SECOND))
