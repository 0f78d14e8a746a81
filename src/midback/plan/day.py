"""One day of the plan. In: person, date, emphasis, pauses. Out: items. Next: planner puts seven together.

Built in the order of what matters: breaks between work, rows with the band, the towel night and morning, then
what helped, what yesterday asks for and what is due its turn, until the daily minutes are reached.
"""

from dataclasses import replace
from datetime import date
from itertools import pairwise

from midback.catalogue.exercise import Slot
from midback.reasons import Reason

from .answers import Pause
from .draft import LYING, Draft
from .emphasis import Emphasis
from .fit import Fit
from .hours import Block, lay_out
from .massage import visit_reasons, visits_on
from .pool import Candidate, Person, candidates
from .prescribe import prescribe, purpose_reason
from .prescription import Prescription
from .worn import plan_worn

RULE_VERSION = 1
USUAL_BREAKS = 3
TOWEL, BAND_ROW, WALK = "towel-extension", "band-row", "walk"
EASY_MINUTES = 10
ROUNDS = 2
READY_S = 5


def plan_day(
    person: Person, day: date, emphasis: Emphasis, pause: Pause | None = None
) -> tuple[Prescription, ...]:
    """Return the items of one day in order of time; none on a day of illness."""
    if pause is not None and pause.why == "illness":
        return ()
    gear = frozenset[str]() if pause is not None and pause.why == "travel" else person.intake.gear
    if pause is not None and pause.why == "flare":
        person = replace(person, easy_only=True)
    blocks = lay_out(person.intake, day, USUAL_BREAKS + emphasis.more_breaks, emphasis.walk_after_drive)
    if not blocks:
        return ()
    target = (
        min(person.intake.daily_minutes, EASY_MINUTES) if person.easy_only else person.intake.daily_minutes
    )
    draft = Draft(person, day, blocks, gear, pause is not None, float(target))
    pool = candidates(person, day, emphasis, gear)
    place_breaks(draft, pool)
    place_walk_after_drive(draft, pool, emphasis)
    place_visit(draft)
    place_band_row(draft, pool)
    place_towel(draft, pool, ("night",))
    place_between(draft, pool)
    place_towel(draft, pool, ("morning",))
    fill(draft, pool)
    if part_lying(draft):
        fill(draft, pool)
    extra = () if pause is not None or person.easy_only else plan_worn(person, day, blocks)
    return (*finish(draft), *extra)


def place_breaks(draft: Draft, pool: dict[str, Candidate]) -> None:
    """Give each break between work one short movement, another one each time."""
    short = [c for c in pool.values() if c.exercise.family == "break"]
    work = [block for block in draft.blocks if block.work]
    for number, block in enumerate(work):
        turned = short[number % len(short) :] + short[: number % len(short)] if short else []
        fresh = sorted(turned, key=lambda c: draft.times(c.exercise.id))
        for candidate in fresh:
            if draft.place(candidate, [block]):
                break


def place_walk_after_drive(draft: Draft, pool: dict[str, Candidate], emphasis: Emphasis) -> None:
    """Put a walk after the last drive of the day."""
    arrival = [block for block in draft.blocks if block.arrival]
    if WALK in pool and arrival:
        why = emphasis.reason_for("rotation")
        draft.place(
            pool[WALK], arrival, (Reason("plan.walk-after-drive", {}, RULE_VERSION), *((why,) if why else ()))
        )


def place_visit(draft: Draft) -> None:
    """Put a massage visit on its date; its minutes count."""
    massage = draft.person.exercises.get("massage")
    if massage is None or draft.optional or draft.person.easy_only:
        return
    gate = draft.person.clearance.gates.get(massage.id)
    person = draft.person
    spread = person.every_weeks is None and visits_on(draft.day, person.intake.massage)
    if not (spread or draft.day in person.visits) or (gate is not None and not gate.variants):
        return
    block = next((b for b in draft.blocks if b.slot == "evening" and not b.arrival), draft.blocks[-1])
    variant = massage.variants[0]
    fit = Fit(variant, variant.places[0] if variant.places else block.places[0], (), 1.0)
    decision = draft.person.decision(massage.id)
    reasons = visit_reasons(person.intake.massage, person.every_weeks)
    candidate = Candidate(massage, decision, reasons, (0, 0, 0, 0))
    draft.add(block, candidate, fit)


def place_band_row(draft: Draft, pool: dict[str, Candidate]) -> None:
    """Put the rows with a band where they fit best: in the middle of work, else in the evening."""
    if BAND_ROW not in pool or draft.times(BAND_ROW):
        return
    work = [block for block in draft.blocks if block.work]
    middle = work[len(work) // 2 : len(work) // 2 + 1]
    order = [*middle, *_slots(draft, ("evening", "day", "morning", "night"))]
    draft.place(pool[BAND_ROW], order, (Reason("plan.band-row", {}, RULE_VERSION),))


def place_towel(draft: Draft, pool: dict[str, Candidate], slots: tuple[Slot, ...]) -> None:
    """Put the rolled towel at night and in the morning; what did not help before only fills up."""
    towel = pool.get(TOWEL)
    if towel is None or towel.order[0] == 2:
        return
    for slot in slots:
        there = any(entry.block.slot == slot and entry.exercise_id == TOWEL for entry in draft.chosen)
        # A person with few minutes a day gets it once, at night.
        if there or (draft.minutes >= draft.target and draft.times(TOWEL)):
            continue
        draft.place(
            towel, _slots(draft, (slot,)), (Reason(f"plan.towel-{slot}", {}, RULE_VERSION),), lying=True
        )


def place_between(draft: Draft, pool: dict[str, Candidate]) -> None:
    """Where the day between morning and night is still empty, put the first of the order there."""
    middle = [block for block in draft.blocks if block.slot in ("day", "evening") and not block.arrival]
    if any(draft.in_block(block) for block in middle):
        return
    for candidate in pool.values():
        if candidate.exercise.id not in LYING and draft.place(candidate, middle):
            return


def part_lying(draft: Draft) -> bool:
    """Where nothing came to stand between two times of lying, leave the earlier one out; say whether so."""
    parted = False
    while True:
        order = sorted(draft.chosen, key=lambda entry: (entry.block.order, entry.lying))
        pair = next((a for a, b in pairwise(order) if a.lying and b.lying), None)
        if pair is None:
            return parted
        draft.chosen.remove(pair)
        parted = True


def fill(draft: Draft, pool: dict[str, Candidate]) -> None:
    """Add what is next in order until the daily minutes are reached; a second time only after all had one."""
    for round_ in range(1, ROUNDS + 1):
        for candidate in pool.values():
            if draft.minutes >= draft.target:
                return
            has_its_own_place = candidate.exercise.id in (TOWEL, BAND_ROW)
            if draft.times(candidate.exercise.id) < (1 if has_its_own_place else round_):
                draft.place(candidate, _by_room(draft, candidate), (purpose_reason(candidate.exercise),))


def finish(draft: Draft) -> tuple[Prescription, ...]:
    """Turn the draft into items: per block in order, lying last, each after the one before."""
    items: list[Prescription] = []
    counted: dict[tuple[str, str], int] = {}
    ranks = {id(entry): n for n, entry in enumerate(sorted(draft.chosen, key=lambda e: e.candidate.order))}
    for block in draft.blocks:
        minute = block.minute
        for entry in sorted(draft.in_block(block), key=lambda e: e.lying):
            key = (block.slot, entry.exercise_id)
            counted[key] = counted.get(key, 0) + 1
            item = prescribe(
                entry.candidate,
                entry.fit,
                block,
                draft.day,
                minute,
                draft.person.intake,
                draft.person.clearance,
                number=counted[key],
                priority=ranks[id(entry)],
                optional=draft.optional,
                why=entry.why,
            )
            items.append(item)
            minute += max(1, round(item.minutes + READY_S / 60))
    return tuple(items)


def _slots(draft: Draft, slots: tuple[Slot, ...]) -> list[Block]:
    return [block for slot in slots for block in draft.blocks if block.slot == slot and not block.work]


def _by_room(draft: Draft, candidate: Candidate) -> list[Block]:
    """Blocks for a candidate: its own parts of the day first, and the emptier before the fuller."""
    slots = candidate.exercise.frequency.slots
    home = [block for block in draft.blocks if not block.arrival]

    def key(block: Block) -> tuple[bool, float, int]:
        used = sum(entry.minutes for entry in draft.in_block(block))
        return (block.slot not in slots, used / block.room, block.order)

    return sorted(home, key=key)
