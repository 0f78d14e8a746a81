"""What each kind of event does to where the session stands. In: state and the event's data. Next: ``fold``.

Every function takes (script, state, data) and returns the state; what does not fit changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from midback.plan.pain import SIGNS, judge_pain, judge_sign
from midback.plan.performance import SKIP_REASONS, Side

from .event import Kind
from .position import enter, leave, more, onward, ready, with_record
from .script import SECOND, SOUNDS, Script, item_from
from .seen import counted, full_when_done, held, looking
from .state import Hurt, LeadIn, Record, SessionState

STEP_US = 15 * SECOND
SMALLEST_RANGE = 0.5

Data = Mapping[str, Any]
Handler = Callable[[Script, SessionState, Data], SessionState]


def _moving(state: SessionState) -> bool:
    return state.status in ("waiting", "running", "paused")


def _start(script: Script, state: SessionState, data: Data) -> SessionState:
    if state.status != "waiting":
        return state
    return replace(_sound(script, state, data), status="running")


def _sound(script: Script, state: SessionState, data: Data) -> SessionState:
    profile = data.get("sound")
    return replace(state, sound=profile) if profile in SOUNDS else state


def _pause(script: Script, state: SessionState, data: Data) -> SessionState:
    if state.status != "running":
        return state
    return replace(state, status="paused", paused_by="person", looking_us=0)


def _resume(script: Script, state: SessionState, data: Data) -> SessionState:
    if state.status != "paused":
        return state
    # After a pause nobody chose, or after pain, the body is no longer in position: get ready first.
    away = state.paused_by in ("gap", "hurts") and not state.lead
    lead, lead_us = (ready(script), 0) if away else (state.lead, state.lead_us)
    entries = state.entries + (1 if away else 0)
    return replace(state, status="running", paused_by=None, lead=lead, lead_us=lead_us, entries=entries)


def _next(script: Script, state: SessionState, data: Data) -> SessionState:
    return leave(script, state) if _moving(state) else state


def _back(script: Script, state: SessionState, data: Data) -> SessionState:
    if state.status == "after" and not state.ended_early:
        again = _last_before(state, len(state.order))
        if again is None:
            return state
        state = replace(state, status="paused", paused_by="person")
        return enter(state, again, len(state.items[again].units) - 1, ready(script))
    if not _moving(state):
        return state
    if state.unit > 0:
        return enter(state, state.key, state.unit - 1, ready(script))
    again = _last_before(state, state.order.index(state.key))
    if again is None:
        return enter(state, state.key, 0, ready(script))
    return enter(state, again, len(state.items[again].units) - 1, ready(script))


def _last_before(state: SessionState, index: int) -> str | None:
    for key in reversed(state.order[:index]):
        if _may_enter(state, key):
            return key
    return None


def _may_enter(state: SessionState, key: str) -> bool:
    record = state.records.get(key)
    return record is not None and record.may_go_on


def _repeat(script: Script, state: SessionState, data: Data) -> SessionState:
    if not _moving(state):
        return state
    if state.lead and state.phase in ("rest", "change"):
        return _back(script, state, data)
    return enter(state, state.key, state.unit, ready(script))


def _skip(script: Script, state: SessionState, data: Data) -> SessionState:
    reason = data.get("reason")
    if not _moving(state) or reason not in SKIP_REASONS:
        return state
    record = replace(state.record, closed="skipped", skipped=reason)
    return onward(script, with_record(state, state.key, record))


def _substitute(script: Script, state: SessionState, data: Data) -> SessionState:
    if not _moving(state) or "item" not in data:
        return state
    item = item_from(data["item"])
    if item.key in state.items:
        return state
    reason = data.get("reason")
    record = replace(state.record, closed="replaced", skipped=reason if reason in SKIP_REASONS else None)
    state = with_record(state, state.key, record)
    here = state.order.index(state.key) + 1
    state = replace(
        state,
        order=(*state.order[:here], item.key, *state.order[here:]),
        items={**state.items, item.key: item},
    )
    state = with_record(state, item.key, Record(range_scale=item.range_scale))
    return enter(state, item.key, 0, ready(script))


def _hurts(script: Script, state: SessionState, data: Data) -> SessionState:
    sign, pain = data.get("sign"), data.get("pain")
    if not (_moving(state) or state.status == "after") or (sign not in SIGNS and pain is None):
        return state
    key = _what_hurt(state)
    verdict = judge_sign(sign) if sign in SIGNS else judge_pain(script.pain_before, int(pain or 0))
    hurt = Hurt(key=key, pain=pain, action=verdict.action, reason=verdict.reason)
    state = _hurt_record(state, key, pain)
    if verdict.action == "end-session":
        return _stop(state, hurt)
    if state.status != "after":
        state = replace(state, status="paused", paused_by="hurts", looking_us=0)
    state = replace(state, hurt=hurt)
    record = state.records[key]
    if verdict.action != "stop-exercise":
        smaller = max(min(SMALLEST_RANGE, record.range_scale), record.range_scale * verdict.range_scale)
        return with_record(state, key, replace(record, range_scale=smaller))
    state = with_record(state, key, replace(record, closed="stopped", stopped=True))
    return onward(script, state) if key == state.key and state.status != "after" else state


def _what_hurt(state: SessionState) -> str:
    """While resting before something not begun, it is the last thing done that hurts."""
    if state.last_worked is not None and (state.status == "after" or state.phase == "rest"):
        return state.last_worked[0]
    return state.key


def _hurt_record(state: SessionState, key: str, pain: int | None) -> SessionState:
    record = state.records[key]
    levels = [level for level in (record.pain_during, pain) if level is not None]
    return with_record(state, key, replace(record, pain_during=max(levels, default=None)))


def _stop(state: SessionState, hurt: Hurt) -> SessionState:
    record = replace(state.records[hurt.key], closed="stopped", stopped=True)
    state = with_record(state, hurt.key, record)
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
        mends = 1 if state.looking_us else 0
        state = replace(
            state, unit_by_hand=state.unit_by_hand + 1, unit_put_right=state.unit_put_right + mends
        )
        return full_when_done(_count(state, state.key, state.at_unit.side))
    return _count(state, *state.last_worked) if state.last_worked is not None else state


def _count(state: SessionState, key: str, side: Side) -> SessionState:
    record = state.records[key]
    return with_record(state, key, replace(record, by_hand=more(record.by_hand, side, 1)))


def _defer(script: Script, state: SessionState, data: Data) -> SessionState:
    if not _moving(state) or len(state.open_keys) < 2:
        return state
    key = state.key
    later = tuple(other for other in state.order if other != key)
    forward = state.order[state.order.index(key) + 1 :] + state.order
    chosen = next(other for other in forward if other != key and state.records[other].closed == "open")
    state = replace(state, order=(*later, key))
    return enter(state, chosen, state.records[chosen].unit, ready(script))


def _jump(script: Script, state: SessionState, data: Data) -> SessionState:
    key = data.get("to")
    if not _moving(state) or not isinstance(key, str) or not _may_enter(state, key):
        return state
    return enter(state, key, state.records[key].unit, ready(script))


def _end(script: Script, state: SessionState, data: Data) -> SessionState:
    if not _moving(state):
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


HANDLERS: Mapping[Kind, Handler] = {
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
    "looking": looking,
    "counted": counted,
    "held": held,
    "defer": _defer,
    "jump": _jump,
    "sound": _sound,
    "end": _end,
    "after": _after,
}
