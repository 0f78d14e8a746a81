"""What a camera saw, as events of a session. In: state and the event's data. Next: ``act`` lists the handlers.

While a camera counts, the pace does not: a repetition is counted once, whoever counts it. It says every few
seconds that it still looks; when it falls silent the pace goes on, so that a lost camera costs nobody anything.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from .position import more, with_record
from .script import SECOND, Script
from .state import RepetitionSeen, SessionState

# For so long one word of the camera's holds.
LOOKS_FOR_US: Final = 20 * SECOND
# No repetition of any exercise is shorter; the quickest check asks for two phases of 0.3 s.
FASTEST_US: Final = SECOND // 2

Data = Mapping[str, Any]


def looking(script: Script, state: SessionState, data: Data) -> SessionState:
    """A camera counts from here on, or no longer; said off, it looked and saw nothing that counts."""
    if not _at_hand(state, data):
        return state
    record = replace(state.record, watched=state.record.watched | {state.at_unit.side})
    state = with_record(state, state.key, record)
    return replace(state, looking_us=LOOKS_FOR_US if data.get("on") else 0)


def counted(script: Script, state: SessionState, data: Data) -> SessionState:
    """A camera counted repetitions of the unit at hand; anything else was seen too late."""
    if not _at_hand(state, data):
        return state
    # Never more than a body does in the time worked, and the one that was under way when the work began.
    most = state.unit_us // FASTEST_US + 1 - state.unit_by_camera
    number, record, side = min(int(data["repetitions"]), most), state.record, state.at_unit.side
    if number <= 0:
        return state
    record = replace(record, by_camera=more(record.by_camera, side, number))
    if data.get("range") and data.get("seconds"):
        seen = RepetitionSeen(
            side=side, range=float(data["range"]) / record.range_scale, seconds=float(data["seconds"])
        )
        record = replace(record, repetitions_seen=(*record.repetitions_seen, seen))
    state = replace(
        with_record(state, state.key, record),
        unit_by_camera=state.unit_by_camera + number,
        looking_us=LOOKS_FOR_US,
    )
    return full_when_done(state)


def held(script: Script, state: SessionState, data: Data) -> SessionState:
    """A camera saw the pose held for so many seconds."""
    if not _at_hand(state, data):
        return state
    us, record = round(float(data["seconds"]) * SECOND), state.record
    # Never more than was worked: what a clock of another kind says more is left out.
    us = min(us, state.unit_us - state.unit_held_us)
    if us <= 0:
        return state
    record = replace(record, held_us=more(record.held_us, state.at_unit.side, us))
    return replace(with_record(state, state.key, record), unit_held_us=state.unit_held_us + us)


def full_when_done(state: SessionState) -> SessionState:
    """End the unit when its repetitions are done, where a camera counted some; its pace needs no such end."""
    tempo = state.item.tempo_us
    if tempo is None or not state.unit_by_camera or (state.repetitions or 0) < state.work_us // tempo:
        return state
    return replace(state, unit_full=True)


def _at_hand(state: SessionState, data: Data) -> bool:
    """Whether the unit that was looked at is being worked on right now."""
    if state.status != "running" or state.phase != "work":
        return False
    return bool(data.get("key") == state.key and data.get("unit") == state.unit)
