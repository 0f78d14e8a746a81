"""Where a session stands. Born in ``fold``; read by ``cue``, ``done`` and the doors.

The position is an item, one of its units, and what comes before the unit's work: a queue of lead-ins.
With the queue empty the person is working.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from midback.plan.answers import Effort
from midback.plan.performance import Side, SkipReason
from midback.reasons import Reason

from .script import Item, Sound, Unit

Phase = Literal["ready", "work", "change", "rest"]
Status = Literal["waiting", "running", "paused", "after", "stopped", "closed"]
Closed = Literal["open", "through", "skipped", "stopped", "replaced"]
PausedBy = Literal["person", "gap", "hurts"]
Verdict = Literal["go-on", "less-range", "stop-exercise", "end-session"]


@dataclass(frozen=True, slots=True)
class LeadIn:
    """A wait before work, with its length."""

    phase: Phase
    us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RepetitionSeen:
    """One repetition as a camera saw it.

    range : in the unit of the signal, made as large as it would be at the full range
    seconds : how long it took
    """

    side: Side
    range: float
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What one item got so far.

    done_us : side -> working time really confirmed
    by_hand : side -> repetitions entered by hand
    seen_us : side -> the part of ``done_us`` in which a camera counted in place of the pace
    by_camera : side -> repetitions a camera counted ; held_us : side -> time a camera saw the pose held
    watched : sides a camera looked at during the work, whatever it saw
    repetitions_seen : each of them as it was seen, for the form
    unit : where to go on when the person comes back to it
    """

    range_scale: float
    closed: Closed = "open"
    skipped: SkipReason | None = None
    stopped: bool = False
    done_us: Mapping[Side, int] = field(default_factory=dict)
    by_hand: Mapping[Side, int] = field(default_factory=dict)
    seen_us: Mapping[Side, int] = field(default_factory=dict)
    by_camera: Mapping[Side, int] = field(default_factory=dict)
    held_us: Mapping[Side, int] = field(default_factory=dict)
    watched: frozenset[Side] = frozenset()
    repetitions_seen: tuple[RepetitionSeen, ...] = ()
    pain_during: int | None = None
    began_at: datetime | None = None
    unit: int = 0

    @property
    def may_go_on(self) -> bool:
        """What hurt too much, or was replaced, is not done again in this session."""
        return not self.stopped and self.skipped != "pain" and self.closed != "replaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hurt:
    """The last answer to "this hurts": what was decided about which item, and why."""

    key: str
    pain: int | None
    action: Verdict
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionState:
    """One session at its last confirmed instant.

    status : ``waiting`` for the start; ``after``: the exercises are over, the questions are open;
        ``stopped``: ended for safety; ``closed``: nothing more to come
    order : keys in the order they will come; substitutes and deferrals change it
    entries : counts every phase entered, so that two visits of one phase differ
    lead_us : time spent in the first lead-in
    work_us : length of this unit, after + and - ; unit_us : time worked in it
    unit_by_hand : repetitions entered by hand in this pass of the unit
    unit_by_camera : those a camera counted in it ; unit_seen_us : the part of ``unit_us`` in which it did
    unit_put_right : those by hand while a camera counted: they mend its count and leave the time alone
    unit_held_us : time a camera saw the pose held
    unit_full : with a camera's help every repetition of the unit is done before its time is over
    looking_us : for so much longer a camera counts in place of the pace, unless it says so again
    confirmed_us : all time that ran, waits and rests included
    last_worked : the item and side that moved last
    """

    status: Status
    order: tuple[str, ...]
    items: Mapping[str, Item]
    records: Mapping[str, Record]
    key: str
    unit: int
    entries: int
    lead: tuple[LeadIn, ...]
    work_us: int
    sound: Sound
    lead_us: int = 0
    unit_us: int = 0
    unit_by_hand: int = 0
    unit_by_camera: int = 0
    unit_seen_us: int = 0
    unit_put_right: int = 0
    unit_held_us: int = 0
    unit_full: bool = False
    looking_us: int = 0
    confirmed_at: datetime | None = None
    confirmed_us: int = 0
    last_worked: tuple[str, Side] | None = None
    paused_by: PausedBy | None = None
    hurt: Hurt | None = None
    stop: Reason | None = None
    ended_early: bool = False
    pain_after: int | None = None
    effort: Effort | None = None
    efforts: Mapping[str, Effort] = field(default_factory=dict)
    seen: frozenset[str] = frozenset()

    @property
    def item(self) -> Item:
        """The item at hand (or the next one, while resting)."""
        return self.items[self.key]

    @property
    def record(self) -> Record:
        """What the item at hand got so far."""
        return self.records[self.key]

    @property
    def at_unit(self) -> Unit:
        """The set and side at hand."""
        return self.item.units[self.unit]

    @property
    def phase(self) -> Phase:
        """What is going on right now."""
        return self.lead[0].phase if self.lead else "work"

    @property
    def phase_us(self) -> int:
        """Length of the phase at hand."""
        return self.lead[0].us if self.lead else self.work_us

    @property
    def elapsed_us(self) -> int:
        """How far the phase at hand has come; repetitions entered by hand count as done."""
        if self.lead:
            return self.lead_us
        if self.unit_full:
            return self.work_us
        ahead = (self.unit_by_hand - self.unit_put_right) * (self.item.tempo_us or 0)
        return min(self.work_us, self.unit_us + ahead)

    @property
    def remaining_us(self) -> int:
        """What is left of the phase at hand."""
        return max(0, self.phase_us - self.elapsed_us)

    @property
    def repetitions(self) -> int | None:
        """Repetitions of this unit; None for a dose by time without any.

        By camera while one counts, by the pace for the rest of the time, and by hand.
        """
        tempo, given = self.item.tempo_us, self.unit_by_hand + self.unit_by_camera
        if tempo is None:
            return given or None
        return (self.unit_us - self.unit_seen_us) // tempo + given

    @property
    def open_keys(self) -> tuple[str, ...]:
        """Items still to do, in order."""
        return tuple(key for key in self.order if self.records[key].closed == "open")
