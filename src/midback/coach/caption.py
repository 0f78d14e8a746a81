"""The sentence of the moment. In: how the variant moves and its cues. Out: sentences with their times.

The same keyframes move the figure, so what is said and what is seen cannot disagree. Next: page and terminal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from midback.catalogue.keyframe import Keyframe, Movement

from .script import SECOND, Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Captions:
    """What to say while getting ready, and then in every round.

    cycle_s : length of the movement as drawn ; period_s : at this item's pace
    lines : moments in s of the paced round, and what is said from then on
    """

    ready: str
    cycle_s: float
    period_s: float
    lines: tuple[tuple[float, str], ...]

    def at(self, worked_s: float) -> str:
        """Return the sentence after so many seconds of work."""
        moment = worked_s % self.period_s
        return next((text for at, text in reversed(self.lines) if at <= moment + 1e-6), self.lines[-1][1])


def captions(item: Item, movement: Movement | None, cues: Mapping[str, str], otherwise: str = "") -> Captions:
    """Lay the cues along the movement; ``otherwise`` stands in where there are none."""
    cycle_s = movement.cycle_s if movement else 4.0
    # Repetitions set the pace; a dose by time leaves the movement its own.
    period_s = cycle_s if item.tempo_us is None else item.tempo_us / SECOND
    first = next(iter(cues.values()), otherwise)
    lines = _lines(movement.keyframes if movement else (), cues) or [(0.0, first)]
    paced = tuple((at * period_s / cycle_s, text) for at, text in lines)
    return Captions(ready=cues.get("settle", first), cycle_s=cycle_s, period_s=period_s, lines=paced)


def _lines(frames: Sequence[Keyframe], cues: Mapping[str, str]) -> list[tuple[float, str]]:
    """Say each sentence when the movement towards its pose begins.

    The first pose is where the round begins and ends; its sentence belongs to getting ready.
    """
    found = [
        (before.at_s, cues[frame.cue])
        for before, frame in pairwise(frames)
        if frame.cue is not None and frame.cue in cues
    ]
    return found or [(0.0, cues[f.cue]) for f in frames[:1] if f.cue is not None and f.cue in cues]
