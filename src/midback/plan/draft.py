"""A day being put together. In: blocks and candidates, one by one. Out: entries. Next: day.

It knows what a block can take: how many, for how long, nothing twice, and no lying next to lying.
"""

from dataclasses import dataclass, field
from datetime import date

from midback.catalogue.exercise import Slot
from midback.reasons import Reason

from .fit import Fit, find_fit
from .hours import Block
from .pool import Candidate, Person
from .prescribe import dose_of, minutes_of

# Lying over something: never twice in a row.
LYING = frozenset({"towel-extension", "wedge"})
# A day that is a long list is not done: better to begin below the daily minutes and to grow.
MOST_AT_WORK = 2
MOST_IN: dict[Slot, int] = {"morning": 4, "day": 4, "evening": 5, "night": 2}


@dataclass(frozen=True, slots=True)
class Entry:
    """One candidate in one block, how it is done there, and for how many minutes."""

    block: Block
    candidate: Candidate
    fit: Fit
    why: tuple[Reason, ...]
    minutes: float

    @property
    def exercise_id(self) -> str:
        return self.candidate.exercise.id

    @property
    def lying(self) -> bool:
        """Whether it closes its block, lying over something."""
        return self.exercise_id in LYING


@dataclass(slots=True)
class Draft:
    """The entries of a day in the order they were chosen.

    optional : on a day of a pause, when nothing is asked for
    target : minutes to reach
    """

    person: Person
    day: date
    blocks: tuple[Block, ...]
    gear: frozenset[str]
    optional: bool
    target: float
    chosen: list[Entry] = field(default_factory=list)

    @property
    def minutes(self) -> float:
        """Minutes so far that count."""
        return sum(entry.minutes for entry in self.chosen if entry.candidate.exercise.counts)

    def in_block(self, block: Block) -> list[Entry]:
        """Return what a block holds so far."""
        return [entry for entry in self.chosen if entry.block.order == block.order]

    def times(self, exercise_id: str) -> int:
        """Return how often an exercise is in the day."""
        return sum(entry.exercise_id == exercise_id for entry in self.chosen)

    def add(self, block: Block, candidate: Candidate, fit: Fit, why: tuple[Reason, ...] = ()) -> None:
        """Put a candidate into a block."""
        self.chosen.append(Entry(block, candidate, fit, why, self.minutes_of(candidate, fit)))

    def place(
        self, candidate: Candidate, blocks: list[Block], why: tuple[Reason, ...] = (), *, lying: bool = False
    ) -> bool:
        """Put a candidate into the first block that takes it; say whether one did.

        ``lying`` allows lying next to lying for now; who asks for it parts them later.
        """
        for block in blocks:
            if not self.is_open(block, candidate):
                continue
            fit = find_fit(candidate.exercise, block.places, self.gear, self.person.clearance.gates)
            if not isinstance(fit, Fit) or not self.has_room(block, candidate, fit):
                continue
            if not lying and candidate.exercise.id in LYING and self._lying_next_to(block):
                continue
            self.add(block, candidate, fit, why)
            return True
        return False

    def is_open(self, block: Block, candidate: Candidate) -> bool:
        """Say whether a block takes one more, and does not hold this one already."""
        held = self.in_block(block)
        most = MOST_AT_WORK if block.work else MOST_IN[block.slot]
        return len(held) < most and all(entry.exercise_id != candidate.exercise.id for entry in held)

    def has_room(self, block: Block, candidate: Candidate, fit: Fit) -> bool:
        """Say whether the minutes of a block are enough; an empty block takes one of any length."""
        held = self.in_block(block)
        used = sum(entry.minutes for entry in held)
        return not held or used + self.minutes_of(candidate, fit) <= block.room

    def minutes_of(self, candidate: Candidate, fit: Fit) -> float:
        """Return the minutes of movement of a candidate."""
        dose = dose_of(candidate.exercise, candidate.decision.level, self.person.intake, fit)
        return minutes_of(candidate.exercise, dose)

    def _lying_next_to(self, block: Block) -> bool:
        """Say whether lying here would come right before or after other lying."""
        before = [entry for entry in self.chosen if entry.block.order <= block.order]
        after = [entry for entry in self.chosen if entry.block.order > block.order]
        last = max(before, key=lambda e: (e.block.order, e.lying), default=None)
        first = min(after, key=lambda e: (e.block.order, e.lying), default=None)
        return (last is not None and last.lying) or (first is not None and first.lying)
