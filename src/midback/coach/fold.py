"""From the log to where the session stands. In: Script, Events. Out: SessionState. Next: ``cue``, ``done``.

Time is counted only between confirmed instants: two events at most ``MAX_GAP`` apart. A larger gap (a laptop
asleep) pauses the session where it was last confirmed; a clock that goes backwards counts nothing.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from .act import HANDLERS
from .event import Event
from .position import leave, more, ready, with_record
from .script import Script
from .state import Record, SessionState

MAX_GAP = timedelta(seconds=10)
MICROSECOND = timedelta(microseconds=1)


def opening(script: Script) -> SessionState:
    """Return the state before anything happened."""
    first = script.items[0]
    return SessionState(
        status="waiting",
        order=tuple(item.key for item in script.items),
        items={item.key: item for item in script.items},
        records={item.key: Record(range_scale=item.range_scale) for item in script.items},
        key=first.key,
        unit=0,
        entries=1,
        lead=ready(script),
        work_us=first.work_us,
        sound=script.preferences.sound,
    )


def fold(script: Script, events: Iterable[Event], since: SessionState | None = None) -> SessionState:
    """Return the state after these events, from the start or from an earlier state. Known ids count once."""
    state = opening(script) if since is None else since
    for event in events:
        state = apply(script, state, event)
    return state


def apply(script: Script, state: SessionState, event: Event) -> SessionState:
    """Return the state after one event; one that does not fit where it stands changes nothing."""
    if event.kind == "heartbeat":
        state = advance(script, state, event.at)
        return _confirm(script, state, event.until) if event.until is not None else state
    if event.id in state.seen:
        return state
    state = advance(script, state, event.at)
    state = replace(state, seen=state.seen | {event.id})
    handled = HANDLERS[event.kind](script, state, event.data)
    return _settle(script, handled)


def advance(script: Script, state: SessionState, at: datetime) -> SessionState:
    """Let time pass up to ``at``, as far as it can be vouched for."""
    if state.confirmed_at is not None and state.status == "running" and at - state.confirmed_at > MAX_GAP:
        state = replace(state, status="paused", paused_by="gap", looking_us=0)
        return replace(state, confirmed_at=at)
    return _confirm(script, state, at)


def _confirm(script: Script, state: SessionState, at: datetime) -> SessionState:
    before = state.confirmed_at
    state = replace(state, confirmed_at=at)
    if before is None or state.status != "running" or at <= before:
        return state
    left = (at - before) // MICROSECOND
    while left > 0 and state.status == "running":
        spent = min(left, state.remaining_us)
        # `at - left` is the instant this stretch began, which dates an item's first work.
        state = _spend(state, spent, at - left * MICROSECOND)
        left -= spent
        state = _settle(script, state)
    return state


def _spend(state: SessionState, us: int, began: datetime) -> SessionState:
    state = replace(state, confirmed_us=state.confirmed_us + us)
    if state.lead:
        return replace(state, lead_us=state.lead_us + us)
    side = state.at_unit.side
    record = state.record
    seen = min(us, state.looking_us)
    record = replace(
        record,
        done_us=more(record.done_us, side, us),
        seen_us=more(record.seen_us, side, seen),
        began_at=record.began_at or began,
        unit=state.unit,
    )
    return replace(
        with_record(state, state.key, record),
        unit_us=state.unit_us + us,
        unit_seen_us=state.unit_seen_us + seen,
        looking_us=state.looking_us - seen,
        last_worked=(state.key, side),
    )


def _settle(script: Script, state: SessionState) -> SessionState:
    """Leave every phase that has no time left."""
    while state.status in ("waiting", "running", "paused") and state.remaining_us == 0:
        state = leave(script, state)
    return state
