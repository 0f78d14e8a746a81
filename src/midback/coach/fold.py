"""From the log to where the session stands. In: Script, Events. Out: SessionState. Next: ``cue``, ``done``.

Time is counted only between confirmed instants: two events at most ``MAX_GAP`` apart. A larger gap (a laptop
asleep) pauses the session where it was last confirmed; a clock that goes backwards counts nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from midback.plan.performance import SKIP_REASONS, Side
from midback.plan.progression import judge_pain
from midback.reasons import Reason

from .event import NEW_SYMPTOMS, Event
from .script import SECOND, SOUNDS, Item, Script, item_from
from .state import Hurt, LeadIn, Record, SessionState

MAX_GAP = timedelta(seconds=10)
STEP_US = 15 * SECOND
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
        lead=_waits(("ready", script.preferences.ready_s * SECOND)),
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
    handled = _HANDLERS[event.kind](script, state, event.data)
    return _settle(script, handled)


def advance(script: Script, state: SessionState, at: datetime) -> SessionState:
    """Let time pass up to ``at``, as far as it can be vouched for."""
    if state.confirmed_at is not None and state.status == "running" and at - state.confirmed_at > MAX_GAP:
        state = replace(state, status="paused", paused_by="gap")
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
    done = {**record.done_us, side: record.done_us.get(side, 0) + us}
    record = replace(record, done_us=done, began_at=record.began_at or began, unit=state.unit)
    state = _with_record(state, state.key, record)
    return replace(state, unit_us=state.unit_us + us, last_worked=(state.key, side))


def _settle(script: Script, state: SessionState) -> SessionState:
    """Leave every phase that has no time left."""
    while state.status in ("running", "paused") and state.remaining_us == 0:
        state = _leave(script, state)
    return state


def _leave(script: Script, state: SessionState) -> SessionState:
    if state.lead:
        return replace(state, lead=state.lead[1:], lead_us=0, entries=state.entries + 1)
    units = state.item.units
    if state.unit + 1 < len(units):
        same_set = units[state.unit + 1].set == state.at_unit.set
        wait = ("change", script.preferences.change_s) if same_set else ("rest", state.item.dose.rest_s)
        return _enter(state, state.key, state.unit + 1, _waits((wait[0], wait[1] * SECOND)))
    state = _with_record(state, state.key, replace(state.record, closed="through", unit=0))
    return _onward(script, state, rest_us=script.preferences.rest_s * SECOND)


def _onward(script: Script, state: SessionState, rest_us: int = 0) -> SessionState:
    """Go to the next open item, after the one at hand and then from the front; with none left, ask."""
    here = state.order.index(state.key)
    for key in state.order[here + 1 :] + state.order[: here + 1]:
        if state.records[key].closed == "open":
            waits = _waits(("rest", rest_us), ("ready", script.preferences.ready_s * SECOND))
            return _enter(state, key, state.records[key].unit, waits)
    return replace(state, status="after", paused_by=None)


def _enter(state: SessionState, key: str, unit: int, lead: tuple[LeadIn, ...]) -> SessionState:
    record = replace(state.records[key], closed="open", skipped=None, unit=unit)
    state = _with_record(state, key, record)
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
    )


def _waits(*waits: tuple[str, int]) -> tuple[LeadIn, ...]:
    return tuple(LeadIn(phase, us) for phase, us in waits if us > 0)  # type: ignore[arg-type]


def _with_record(state: SessionState, key: str, record: Record) -> SessionState:
    return replace(state, records={**state.records, key: record})


def _moving(state: SessionState) -> bool:
    return state.status in ("running", "paused")


def _ready(script: Script) -> tuple[LeadIn, ...]:
    return _waits(("ready", script.preferences.ready_s * SECOND))


# What each kind of event does. Each takes (script, state, data) and returns the state.

Data = Mapping[str, Any]


def _start(script: Script, state: SessionState, data: Data) -> SessionState:
    if state.status != "waiting":
        return state
    return replace(_sound(script, state, data), status="running")


def _sound(script: Script, state: SessionState, data: Data) -> SessionState:
    profile = data.get("sound")
    return replace(state, sound=profile) if profile in SOUNDS else state


def _pause(script: Script, state: SessionState, data: Data) -> SessionState:
    return replace(state, status="paused", paused_by="person") if state.status == "running" else state


def _resume(script: Script, state: SessionState, data: Data) -> SessionState:
    if state.status != "paused":
        return state
    # After a pause nobody chose, or after pain, the body is no longer in position: get ready first.
    away = state.paused_by in ("gap", "hurts") and not state.lead
    lead, lead_us = (_ready(script), 0) if away else (state.lead, state.lead_us)
    entries = state.entries + (1 if away else 0)
    return replace(state, status="running", paused_by=None, lead=lead, lead_us=lead_us, entries=entries)


def _next(script: Script, state: SessionState, data: Data) -> SessionState:
    return _leave(script, state) if _moving(state) else state


def _back(script: Script, state: SessionState, data: Data) -> SessionState:
    if state.status == "after" and not state.ended_early:
        again = _last_before(state, len(state.order))
        if again is None:
            return state
        state = replace(state, status="paused", paused_by="person")
        return _enter(state, again, len(state.items[again].units) - 1, _ready(script))
    if not _moving(state):
        return state
    if state.unit > 0:
        return _enter(state, state.key, state.unit - 1, _ready(script))
    again = _last_before(state, state.order.index(state.key))
    if again is None:
        return _enter(state, state.key, 0, _ready(script))
    return _enter(state, again, len(state.items[again].units) - 1, _ready(script))


def _last_before(state: SessionState, index: int) -> str | None:
    for key in reversed(state.order[:index]):
        if _may_enter(state, key):
            return key
    return None


def _may_enter(state: SessionState, key: str) -> bool:
    """What hurt too much, or was replaced, is not done again in this session."""
    record = state.records.get(key)
    return record is not None and not record.stopped and record.closed != "replaced"


def _repeat(script: Script, state: SessionState, data: Data) -> SessionState:
    if not _moving(state):
        return state
    if state.lead and state.phase in ("rest", "change"):
        return _back(script, state, data)
    return _enter(state, state.key, state.unit, _ready(script))


def _skip(script: Script, state: SessionState, data: Data) -> SessionState:
    reason = data.get("reason")
    if not _moving(state) or reason not in SKIP_REASONS:
        return state
    record = replace(state.record, closed="skipped", skipped=reason)
    return _onward(script, _with_record(state, state.key, record))


def _substitute(script: Script, state: SessionState, data: Data) -> SessionState:
    if not _moving(state) or "item" not in data:
        return state
    item: Item = item_from(data["item"])
    if item.key in state.items:
        return state
    reason = data.get("reason")
    record = replace(state.record, closed="replaced", skipped=reason if reason in SKIP_REASONS else None)
    state = _with_record(state, state.key, record)
    here = state.order.index(state.key) + 1
    state = replace(
        state,
        order=(*state.order[:here], item.key, *state.order[here:]),
        items={**state.items, item.key: item},
    )
    state = _with_record(state, item.key, Record(range_scale=item.range_scale))
    return _enter(state, item.key, 0, _ready(script))


def _hurts(script: Script, state: SessionState, data: Data) -> SessionState:
    if state.status not in ("running", "paused", "after"):
        return state
    key = _what_hurt(state)
    symptom = data.get("symptom")
    pain = data.get("pain")
    if symptom in NEW_SYMPTOMS:
        reason = Reason("coach.stop.symptom", {"symptom": symptom})
        return _stop(
            _hurt_record(state, key, pain), Hurt(key=key, pain=pain, action="end-session", reason=reason)
        )
    if pain is None:
        return state
    verdict = judge_pain(script.pain_before, pain)
    hurt = Hurt(key=key, pain=pain, action=verdict.action, reason=verdict.reason)
    state = _hurt_record(state, key, pain)
    if verdict.action == "end-session":
        return _stop(state, hurt)
    if state.status != "after":
        state = replace(state, status="paused", paused_by="hurts")
    state = replace(state, hurt=hurt)
    record = state.records[key]
    if verdict.action != "stop-exercise":
        return _with_record(
            state, key, replace(record, range_scale=min(record.range_scale, verdict.range_scale))
        )
    state = _with_record(state, key, replace(record, closed="stopped", stopped=True))
    return _onward(script, state) if key == state.key and state.status != "after" else state


def _what_hurt(state: SessionState) -> str:
    """While resting before something not begun, it is the last thing done that hurts."""
    if state.last_worked is not None and (state.status == "after" or state.phase == "rest"):
        return state.last_worked[0]
    return state.key


def _hurt_record(state: SessionState, key: str, pain: int | None) -> SessionState:
    record = state.records[key]
    levels = [level for level in (record.pain_during, pain) if level is not None]
    return _with_record(state, key, replace(record, pain_during=max(levels, default=None)))


def _stop(state: SessionState, hurt: Hurt) -> SessionState:
    record = replace(state.records[hurt.key], closed="stopped", stopped=True)
    state = _with_record(state, hurt.key, record)
    return replace(state, status="stopped", paused_by=None, hurt=hurt, stop=hurt.reason, ended_early=True)


def _extend(script: Script, state: SessionState, data: Data) -> SessionState:
    return _stretch(script, state, STEP_US)


def _shorten(script: Script, state: SessionState, data: Data) -> SessionState:
    return _stretch(script, state, -STEP_US)


def _stretch(script: Script, state: SessionState, by: int) -> SessionState:
    if not _moving(state):
        return state
    length = max(state.elapsed_us, state.phase_us + by)
    if state.lead:
        return replace(state, lead=(LeadIn(state.phase, length), *state.lead[1:]))
    return replace(state, work_us=length)


def _plus_one(script: Script, state: SessionState, data: Data) -> SessionState:
    if state.status not in ("running", "paused", "after"):
        return state
    if state.phase == "work" and state.status != "after":
        state = replace(state, unit_by_hand=state.unit_by_hand + 1)
        return _count(state, state.key, state.at_unit.side)
    return _count(state, *state.last_worked) if state.last_worked is not None else state


def _count(state: SessionState, key: str, side: Side) -> SessionState:
    record = state.records[key]
    by_hand = {**record.by_hand, side: record.by_hand.get(side, 0) + 1}
    return _with_record(state, key, replace(record, by_hand=by_hand))


def _defer(script: Script, state: SessionState, data: Data) -> SessionState:
    if not _moving(state) or len(state.open_keys) < 2:
        return state
    key = state.key
    later = tuple(other for other in state.order if other != key)
    forward = state.order[state.order.index(key) + 1 :] + state.order
    chosen = next(other for other in forward if other != key and state.records[other].closed == "open")
    state = replace(state, order=(*later, key))
    return _enter(state, chosen, state.records[chosen].unit, _ready(script))


def _jump(script: Script, state: SessionState, data: Data) -> SessionState:
    key = data.get("to")
    if not _moving(state) or not isinstance(key, str) or not _may_enter(state, key):
        return state
    return _enter(state, key, state.records[key].unit, _ready(script))


def _end(script: Script, state: SessionState, data: Data) -> SessionState:
    if state.status not in ("waiting", "running", "paused"):
        return state
    return replace(state, status="after", paused_by=None, ended_early=True)


def _after(script: Script, state: SessionState, data: Data) -> SessionState:
    if state.status not in ("after", "stopped"):
        return state
    return replace(
        state,
        status="closed",
        pain_after=data.get("pain"),
        effort=data.get("effort"),
        efforts=dict(data.get("efforts", {})),
    )


_HANDLERS: dict[str, Callable[[Script, SessionState, Data], SessionState]] = {
    "start": _start,
    "pause": _pause,
    "resume": _resume,
    "back": _back,
    "next": _next,
    "repeat": _repeat,
    "skip": _skip,
    "substitute": _substitute,
    "hurts": _hurts,
    "extend": _extend,
    "shorten": _shorten,
    "plus_one": _plus_one,
    "defer": _defer,
    "jump": _jump,
    "sound": _sound,
    "end": _end,
    "after": _after,
}
