"""Counting in a recording, with its neutral found afterwards. In: Landmarks and a Check. Next: ``analyse``."""

from dataclasses import dataclass
from statistics import median

from midback.catalogue.check import Check
from midback.catalogue.exercise import Dose
from midback.movement.landmarks import Landmarks
from midback.plan.performance import Side

from .cycles import Cycles
from .engine import Verifier
from .notes import Counted, Held, Note, Phase, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What a recording shows.

    repetitions : whole cycles, over all sides
    neutral : the signal's middle that phases were seen from; None where nothing turned
    quality : part of the frames in which the gate held, 0..1
    """

    repetitions: int
    counted: tuple[Counted, ...]
    holds: tuple[Held, ...]
    events: tuple[Phase, ...]
    refusals: tuple[Refused, ...]
    neutral: float | None
    quality: float
    coverage: float | None = None


def verify(landmarks: Landmarks, check: Check, side: Side = "both", *, dose: Dose | None = None) -> Verified:
    """Count a recording; the neutral is the middle of all its turns."""
    neutral = None
    if check.kind == "cycles" and check.neutral == "session":
        first, _, _ = _run(landmarks, check, side, None, dose)
        turns = [c.turns for c in first.counters.values() if isinstance(c, Cycles)]
        highs, lows = [v for t in turns for v in t.highs], [v for t in turns for v in t.lows]
        neutral = (median(highs) + median(lows)) / 2 if highs and lows else first.neutral
    verifier, notes, good = _run(landmarks, check, side, neutral, dose)
    return Verified(
        repetitions=verifier.count if check.kind != "hold" else 0,
        counted=tuple(n for n in notes if isinstance(n, Counted)),
        holds=tuple(n for n in notes if isinstance(n, Held)),
        events=tuple(sorted((n for n in notes if isinstance(n, Phase)), key=lambda n: n.t)),
        refusals=tuple(n for n in notes if isinstance(n, Refused) and n.until is not None),
        neutral=verifier.neutral,
        quality=good / max(1, len(landmarks.frames)),
        coverage=verifier.coverage,
    )


def _run(
    landmarks: Landmarks, check: Check, side: Side, neutral: float | None, dose: Dose | None
) -> tuple[Verifier, list[Note], int]:
    verifier, notes, good = Verifier(check, side=side, dose=dose, neutral=neutral), list[Note](), 0
    for frame in landmarks.frames:
        notes += verifier.step(frame)
        good += verifier.armed
    return verifier, [*notes, *verifier.finish()], good
