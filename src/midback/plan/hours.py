"""The shape of one day: when there is room for what, and where. In: intake, date. Out: blocks. Next: planner.

A block is a moment of the day with the places the person is in, its habit and the minutes it holds.
"""

from dataclasses import dataclass, field
from datetime import date

from midback.catalogue.exercise import Place, Slot

from .answers import Habit, Intake

DAY = 1440
# How far a habit's usual time may lie from the moment a block would otherwise be at.
NEAR_HABIT: dict[Slot, int] = {"morning": 90, "day": 45, "evening": 120, "night": 90}
AT_WORK: tuple[Place, ...] = ("desk", "outdoors")
ON_THE_ROAD: tuple[Place, ...] = ("outdoors", "cab", "desk")
AT_HOME: tuple[Place, ...] = ("home-floor", "bed", "outdoors")
ANYWHERE: tuple[Place, ...] = ("home-floor", "bed", "desk", "outdoors", "cab")


@dataclass(frozen=True, slots=True)
class Block:
    """One moment of the day. ``room`` in minutes; ``arrival``: after a drive; ``work``: between work."""

    slot: Slot
    minute: int
    places: tuple[Place, ...]
    room: float
    habit: Habit | None = None
    work: bool = False
    arrival: bool = False
    order: int = field(default=0)


def is_working(intake: Intake, day: date) -> bool:
    """Say whether the person works on a date."""
    return day.weekday() in intake.work


def is_driver(intake: Intake) -> bool:
    """Say whether most of the still hours are driven."""
    return intake.driving_h > max(intake.sitting_h, intake.standing_h)


def lay_out(intake: Intake, day: date, breaks: int, walk_after_drive: bool) -> tuple[Block, ...]:
    """Return the blocks of a day in order of time."""
    wake, sleep = waking_hours(intake)
    home = home_places(intake)
    blocks: list[Block] = []
    if is_working(intake, day):
        start, end = working_hours(intake, day, wake)
        blocks.append(Block("morning", wake + 15, home, max(0.0, min(20.0, start - wake - 20))))
        blocks += work_blocks(intake, start, end, breaks)
        if walk_after_drive and "outdoors" in intake.places:
            blocks.append(Block("evening", end + 5, ("outdoors",), 10.0, arrival=True))
        evening = end + (sleep - end) // 2
        if sleep - end >= 60:
            blocks.append(Block("evening", evening, home, float(min(45, sleep - evening - 30))))
    else:
        blocks.append(Block("morning", wake + 30, home, 20.0))
        blocks.append(Block("day", wake + (sleep - wake) * 2 // 5, home, 20.0))
        blocks.append(Block("evening", wake + (sleep - wake) * 3 // 4, home, 45.0))
    blocks.append(Block("night", sleep - 25, home, 20.0))
    usable = [block for block in blocks if block.places and block.room > 0]
    return anchored(usable, intake)


def waking_hours(intake: Intake) -> tuple[int, int]:
    """Return when the person gets up and goes to bed; bedtime may lie past midnight."""
    return intake.wake, intake.sleep if intake.sleep > intake.wake else intake.sleep + DAY


def working_hours(intake: Intake, day: date, wake: int) -> tuple[int, int]:
    """Return the working hours of a date as minutes after its midnight; a night shift passes 1440."""
    hours = intake.work[day.weekday()]
    start = hours.start if hours.start >= wake else hours.start + DAY
    end = hours.end + (DAY if start >= DAY else 0)
    return start, end if end > start else end + DAY


def work_blocks(intake: Intake, start: int, end: int, breaks: int) -> list[Block]:
    """Return evenly spread breaks between work; no more than one an hour, none in the last half hour."""
    places = _among(ON_THE_ROAD if is_driver(intake) else AT_WORK, intake)
    count = min(breaks, max(0, (end - start) // 60))
    step = (end - start) / (count + 1) if count else 0
    return [Block("day", round(start + step * (i + 1)), places, 6.0, work=True) for i in range(count)]


def home_places(intake: Intake) -> tuple[Place, ...]:
    """Return where the person is outside work, best first; any place where they named none at home."""
    return _among(AT_HOME, intake) if {"home-floor", "bed"} & intake.places else _among(ANYWHERE, intake)


def anchored(blocks: list[Block], intake: Intake) -> tuple[Block, ...]:
    """Hang blocks on the habits nearest in time, each habit on one block, and number them by time."""
    free = sorted(intake.habits, key=lambda habit: (habit.minute, habit.id))
    hung: list[Block] = []
    for block in sorted(blocks, key=lambda b: (b.slot == "day", b.minute)):
        near = [
            (abs(minute - block.minute), habit, minute)
            for habit in free
            for minute in (habit.minute, habit.minute + DAY)
            if abs(minute - block.minute) <= NEAR_HABIT[block.slot] and not block.arrival
        ]
        if near:
            _, habit, minute = min(near, key=lambda found: (found[0], found[1].id))
            free.remove(habit)
            block = Block(block.slot, minute, block.places, block.room, habit, block.work, block.arrival)
        hung.append(block)
    hung.sort(key=lambda b: (b.minute, b.slot))
    return tuple(
        Block(b.slot, b.minute, b.places, b.room, b.habit, b.work, b.arrival, i) for i, b in enumerate(hung)
    )


def _among(order: tuple[Place, ...], intake: Intake) -> tuple[Place, ...]:
    return tuple(place for place in order if place in intake.places)
