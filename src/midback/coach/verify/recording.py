"""Counting in a recording, with its neutral found afterwards. In: frames and a Check. Next: ``analyse``.

The frames come once and are not kept: a reading of each is, a few numbers, and these are counted a second time
with the ends that the whole recording has shown.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from midback.catalogue.check import Check
from midback.catalogue.exercise import Dose
from midback.movement.landmarks import Frame, Landmarks
from midback.plan.performance import Side
from midback.reasons import Reason

from .cycles import Cycles
from .engine import Verifier
from .notes import Counted, Held, Note, Phase, Refused
from .reading import Reading, sides_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What a recording shows.

    repetitions : whole cycles, over all sides
    neutral : the signal's middle that phases were seen from; None where nothing turned
    quality : part of the frames in which something could be counted, 0..1
    coverage : part of the dose that is done, 0..1; None without a dose
    """

    repetitions: int
    counted: tuple[Counted, ...]
    holds: tuple[Held, ...]
    events: tuple[Phase, ...]
    refusals: tuple[Refused, ...]
    neutral: float | None
    quality: float
    coverage: float | None = None


class Recording:
    """One check on frames as they come; ``live`` is what has been counted so far."""

    def __init__(self, check: Check, side: Side = "both", *, dose: Dose | None = None) -> None:
        self.check, self._side, self._dose = check, side, dose
        self.live = self._verifier()
        self.frames = self.good = 0
        self._notes: list[Note] = []
        self._wide = len(sides_of(check, side))
        self._numbers, self._why = array("d"), array("h")
        self._reasons: list[Reason | None] = [None]

    def add(self, frame: Frame) -> None:
        """Take the next frame; one that is not later than the last is left out."""
        if self._numbers and frame.t <= self._numbers[-2 - self._wide]:
            return
        reading = self.live.read(frame)
        self._notes += self.live.take(reading)
        if reading.refusal not in self._reasons:
            self._reasons.append(reading.refusal)
        self._numbers.extend((reading.t, reading.speed, *reading.values))
        self._why.append(self._reasons.index(reading.refusal))
        self.frames += 1
        self.good += self.live.armed

    def finish(self) -> Verified:
        """Return what the whole shows."""
        verifier, notes = self.live, [*self._notes, *self.live.finish()]
        if self.check.kind == "cycles" and self.check.neutral == "session":
            verifier, notes = self._again()
        return Verified(
            repetitions=0 if self.check.kind == "hold" else verifier.count,
            counted=tuple(n for n in notes if isinstance(n, Counted)),
            holds=tuple(n for n in notes if isinstance(n, Held)),
            events=tuple(sorted((n for n in notes if isinstance(n, Phase)), key=lambda n: n.t)),
            refusals=tuple(n for n in notes if isinstance(n, Refused) and n.until is not None),
            neutral=verifier.neutral,
            quality=self.good / max(1, self.frames),
            coverage=verifier.coverage,
        )

    def _again(self) -> tuple[Verifier, list[Note]]:
        """Count once to find the ends of each side, then with them."""
        ends = {}
        verifier, notes = self._verifier(), list[Note]()
        for side in verifier.counters:
            verifier.counters[side] = Cycles(self.check, side, kept=None)
        for reading in self._readings():
            verifier.take(reading)
        for side, counter in verifier.counters.items():
            ends[side] = counter.turns.ends if isinstance(counter, Cycles) else None
        verifier = self._verifier()
        for side in verifier.counters:
            verifier.counters[side] = Cycles(self.check, side, fixed=ends[side])
        for reading in self._readings():
            notes += verifier.take(reading)
        return verifier, [*notes, *verifier.finish()]

    def _readings(self) -> Iterator[Reading]:
        row = 2 + self._wide
        for number, why in enumerate(self._why):
            t, speed, *values = self._numbers[number * row : (number + 1) * row]
            yield Reading(t, self._reasons[why], speed, tuple(values))

    def _verifier(self) -> Verifier:
        return Verifier(self.check, side=self._side, dose=self._dose)


def verify(landmarks: Landmarks, check: Check, side: Side = "both", *, dose: Dose | None = None) -> Verified:
    """Count a recording; the neutral is the middle of all its turns."""
    recording = Recording(check, side, dose=dose)
    for frame in landmarks.frames:
        recording.add(frame)
    return recording.finish()
