"""What to say and sound. In: SessionState. Out: Cues. Next: the page and the terminal give them out.

Everything spoken is a Reason, so it is text in the person's language too. Tones carry a session alone.
Cues inside a phase are given ahead with their times, so that a slow page sounds them at the right instant.
"""

from dataclasses import dataclass
from typing import Literal

from midback.reasons import Reason, Value

from .script import SECOND
from .state import SessionState

CueId = Literal[
    "ready", "start", "half", "last", "end", "change", "rest",
    "paused", "gap", "going-on", "over", "stop-exercise", "stop",
]  # fmt: skip
Tone = Literal["start", "half", "tick", "end", "change", "none"]
Live = Literal["polite", "assertive", "off"]

# Shorter units get no half-way call, and shorter waits no last three seconds: they would run into each other.
HALF_FROM_US = 10 * SECOND
LAST_FROM_US = 5 * SECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One thing to say or sound.

    live : how a screen reader hears it: phases ``polite``, a stop ``assertive``, seconds never
    """

    id: CueId
    tone: Tone = "none"
    say: Reason | None = None
    live: Live = "off"


@dataclass(frozen=True, slots=True)
class Timed:
    """A cue at so many microseconds after its phase began."""

    at_us: int
    cue: Cue


def entry(state: SessionState) -> tuple[Cue, ...]:
    """Return what is said when the phase at hand begins."""
    names: dict[str, Value] = {"exercise": state.item.exercise_id}
    match state.phase:
        case "ready":
            return (Cue(id="ready", say=Reason(_sided("coach.say.ready", state), names), live="polite"),)
        case "change":
            other = Reason(f"coach.say.other-side-{state.at_unit.side}")
            return (Cue(id="change", tone="change", say=other, live="polite"),)
        case "rest":
            return (Cue(id="rest", say=Reason(_sided("coach.say.rest", state), names), live="polite"),)
        case _:
            return (Cue(id="start", tone="start", say=Reason("coach.say.begin"), live="polite"),)


def _sided(message: str, state: SessionState) -> str:
    return message if state.at_unit.side == "both" else f"{message}-{state.at_unit.side}"


def within(state: SessionState) -> tuple[Timed, ...]:
    """Return the timed cues of the phase at hand: half-way, the last three seconds, the end bell."""
    length = state.phase_us
    found: list[Timed] = []
    if state.phase == "work" and length >= HALF_FROM_US:
        half = Cue(id="half", tone="half", say=Reason("coach.say.half-way"), live="polite")
        found.append(Timed(length // 2, half))
    leads_to_work = state.phase in ("work", "ready", "change") or len(state.lead) == 1
    if leads_to_work and length >= LAST_FROM_US:
        found += [Timed(length - left * SECOND, Cue(id="last", tone="tick")) for left in (3, 2, 1)]
    if state.phase == "work":
        found.append(Timed(length, Cue(id="end", tone="end")))
    return tuple(found)


def ahead(state: SessionState) -> tuple[Timed, ...]:
    """Return what is still to come in this phase, in microseconds from now; nothing in a pause."""
    if state.status != "running":
        return ()
    now = state.elapsed_us
    return tuple(Timed(timed.at_us - now, timed.cue) for timed in within(state) if timed.at_us > now)


def standing(state: SessionState) -> tuple[Cue, ...]:
    """Return what is said because of the session's status, apart from its phases."""
    if state.status == "stopped" and state.stop is not None:
        return (Cue(id="stop", tone="change", say=state.stop, live="assertive"),)
    if state.status == "after":
        return (Cue(id="over", say=Reason("coach.say.over"), live="polite"),)
    if state.status == "paused":
        if state.paused_by == "hurts" and state.hurt is not None:
            stops = state.hurt.action == "stop-exercise"
            name: CueId = "stop-exercise" if stops else "paused"
            return (Cue(id=name, say=state.hurt.reason, live="assertive" if stops else "polite"),)
        if state.paused_by == "gap":
            return (Cue(id="gap", say=Reason("coach.say.gap"), live="polite"),)
        return (Cue(id="paused", say=Reason("coach.say.paused"), live="polite"),)
    return ()


def cues(before: SessionState, after: SessionState) -> tuple[Cue, ...]:
    """Return what to say and sound between two states of one session, in order.

    Of phases that began and ended in between only the last is called: late cues help nobody.
    """
    said: list[Cue] = []
    if before.entries == after.entries:
        passed = (t for t in within(after) if before.elapsed_us < t.at_us <= after.elapsed_us)
        said += [timed.cue for timed in passed]
    elif _worked_to_the_end(before, after):
        said.append(Cue(id="end", tone="end"))
    if (before.status, before.paused_by, before.hurt) != (after.status, after.paused_by, after.hurt):
        said += standing(after)
        if before.status == "paused" and after.status == "running":
            said.append(Cue(id="going-on", say=Reason("coach.say.going-on"), live="polite"))
    began = before.status == "waiting" or before.entries != after.entries
    if began and after.status == "running":
        said += entry(after)
    return tuple(said)


def _worked_to_the_end(before: SessionState, after: SessionState) -> bool:
    if before.phase != "work" or before.status != "running" or after.ended_early:
        return False
    return after.records[before.key].closed == "through" or after.phase in ("rest", "change")
