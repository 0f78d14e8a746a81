"""What was done against what was planned. In: SessionState. Out: Performances. Next: store, progression."""

from collections.abc import Mapping
from dataclasses import dataclass

from midback.plan.answers import Effort
from midback.plan.performance import Performance, SideDone

from .form import form
from .script import SECOND, Item, Script
from .state import Closed, Record, SessionState


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDone:
    """One line of the end page: what was planned and done on each side, and how the item ended."""

    item: Item
    closed: Closed
    sides: tuple[SideDone, ...]
    record: Record

    @property
    def complete(self) -> bool:
        """Every side got what was planned."""
        return all(side.complete for side in self.sides)

    @property
    def begun(self) -> bool:
        """Anything at all was done."""
        return any(side.done_s > 0 or side.done_repetitions for side in self.sides)


def sides_done(item: Item, record: Record) -> tuple[SideDone, ...]:
    """Return planned and done, in seconds and repetitions over all sets, for each side of an item."""
    tempo = item.tempo_us
    planned = item.dose.repetitions
    found = []
    for side in item.sides:
        done_us, by_hand = record.done_us.get(side, 0), record.by_hand.get(side, 0)
        by_camera = record.by_camera.get(side, 0)
        watched = side in record.watched or record.seen_us.get(side, 0) > 0
        paced = (done_us - record.seen_us.get(side, 0)) // tempo if tempo else 0
        found.append(
            SideDone(
                side=side,
                planned_s=float(item.dose.seconds * item.dose.sets),
                done_s=done_us / SECOND,
                planned_repetitions=None if planned is None else planned * item.dose.sets,
                done_repetitions=paced + by_hand + by_camera if tempo or by_hand or by_camera else None,
                seen_repetitions=by_camera if by_camera or (watched and planned is not None) else None,
                seen_held_s=record.held_us[side] / SECOND if side in record.held_us else None,
            )
        )
    return tuple(found)


def items_done(state: SessionState) -> tuple[ItemDone, ...]:
    """Return every item of the session in its order, done or not."""
    return tuple(
        ItemDone(
            item=state.items[key],
            closed=state.records[key].closed,
            sides=sides_done(state.items[key], state.records[key]),
            record=state.records[key],
        )
        for key in state.order
    )


def performances(script: Script, state: SessionState, session_id: str = "") -> tuple[Performance, ...]:
    """Return what progression reads: every item that was begun, skipped or stopped, in the session's order.

    An item the person never came to is not a performance: nothing was learnt about it.
    """
    efforts: Mapping[str, Effort] = state.efforts
    found = []
    for line in items_done(state):
        record, item = line.record, line.item
        at = record.began_at or state.confirmed_at
        if at is None or not (line.begun or record.skipped or record.stopped):
            continue
        found.append(
            Performance(
                exercise_id=item.exercise_id,
                variant_id=item.variant_id,
                level=item.level,
                # The range it was planned with: progression makes it smaller itself, and only once.
                range_scale=item.range_scale,
                dose=item.dose,
                at=at,
                sides=line.sides,
                session_id=session_id,
                prescription_id=item.prescription_id,
                pain_before=script.pain_before,
                pain_during=record.pain_during,
                pain_after=state.pain_after,
                effort=efforts.get(item.key, state.effort) if line.begun else None,
                form=form(record.repetitions_seen),
                skipped=record.skipped,
                stopped=record.stopped,
            )
        )
    return tuple(found)


def left_s(script: Script, state: SessionState) -> float:
    """Return the seconds the session still needs from here, waits and rests included."""
    if state.status in ("after", "stopped", "closed"):
        return 0.0
    here = state.remaining_us + sum(lead.us for lead in state.lead[1:])
    if state.lead:
        here += max(0, state.work_us - state.unit_us)
    total = here + _units_us(script, state.item, state.unit + 1)
    between = (script.preferences.rest_s + script.preferences.ready_s) * SECOND
    for key in state.open_keys:
        if key != state.key:
            item = state.items[key]
            total += between + item.work_us + _units_us(script, item, state.records[key].unit + 1)
    return total / SECOND


def _units_us(script: Script, item: Item, first: int) -> int:
    """Microseconds of the units from ``first`` on, each with the wait before it."""
    units = item.units
    total = 0
    for number in range(first, len(units)):
        same_set = units[number].set == units[number - 1].set
        total += (script.preferences.change_s if same_set else item.dose.rest_s) * SECOND + item.work_us
    return total
