"""A row of pieces lived through by the laws of time. In: subject, pieces, the state before. Out: Lived. Next: why_day.

Moving is movement without load, away and night are rest. What nobody told of is held upright and at ease, which is
neither rest nor the usual way to sit; ``between`` brackets it by the least and the most it can have been.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from typing import Final, cast

import numpy as np

from midback.body.exposure import STILL, Activity
from midback.body.statics import load_of, upright_of
from midback.body.subject import Subject
from midback.body.tissue import GROUPS, Day, TissueState, run_between, run_day, tiredness
from midback.body.tissue.effort import MID_BACK_LEVELS, Effort, effort_of
from midback.body.working_posture import WorkingPosture
from midback.catalogue.constants import load_constants
from midback.movement.rotation import Array

from .why_hours import HOUR, Piece
from .why_postures import usual_angles, working
from .why_told import Angles, DayState, Group, HourLoad, Part

FIELDS: Final = tuple(field.name for field in fields(WorkingPosture))
# A curve of a day is looked at this often.
FINE_S: Final = 600.0
MID: Final = GROUPS.index("mid-back")
LET_GO: Final = ("moving", "away", "night")
PARTS: Final[Mapping[Part, tuple[str, ...]]] = {
    "head": ("head_flexion",),
    "arms": ("shoulder_flexion", "elbow_flexion"),
    "trunk": ("trunk_flexion", "thoracic_flexion"),
}


@dataclass(frozen=True, eq=False)
class Lived:
    """A row of pieces and what it left. effort : (T, G) ; tired : (T + 1, G), at the ends of the pieces."""

    pieces: tuple[Piece, ...]
    effort: Array
    tired: Array
    last: TissueState

    @cached_property
    def seconds(self) -> Array:
        """Return how long each piece is, s, (T,)."""
        return np.array([piece.seconds for piece in self.pieces])

    @cached_property
    def middles(self) -> list[datetime]:
        """Return the instant in the middle of each piece."""
        return [piece.start + (piece.end - piece.start) / 2 for piece in self.pieces]


def live(subject: Subject, pieces: Sequence[Piece], before: TissueState) -> Lived:
    """Follow a state through pieces."""
    asked, seconds = efforts_of(subject, pieces), np.array([piece.seconds for piece in pieces])
    day = run_day(before, asked.fraction, asked.flexion, seconds, moving=asked.moving)
    return Lived(tuple(pieces), asked.fraction, _tired(day), day.last)


def between(subject: Subject, pieces: Sequence[Piece], before: TissueState) -> tuple[Array, Array]:
    """Return the tiredness at the ends of the pieces, (T + 1, G), if the unknown was the least, and the most."""
    asked, seconds = efforts_of(subject, pieces), np.array([piece.seconds for piece in pieces])
    hole = np.array([piece.doing == "unknown" for piece in pieces], dtype=bool)
    fraction = np.where(hole[:, None], np.nan, asked.fraction)
    flexion = np.where(hole, np.nan, asked.flexion)
    sat = next((piece for piece in pieces if piece.doing == "sitting"), None)
    usual = efforts_of(subject, [sat or _usual_sitting(pieces[0])])
    # The holes' own, which is upright, is among what is looked at: the most is never less than what is told.
    top = Effort(
        fraction=np.fmax(asked.fraction.max(axis=0, initial=0.0), usual.fraction[0]),
        flexion=np.fmax(asked.flexion.max(initial=0.0), usual.flexion[0]),
    )
    found = run_between(before, fraction, flexion, seconds, moving=asked.moving, usual=top)
    return _tired(found.low), _tired(found.high)


def _usual_sitting(piece: Piece) -> Piece:
    """Return a piece as if it were sat through in a usual way, for a day on which nobody told of sitting."""
    return replace(piece, doing="sitting", angles=usual_angles(load_constants(), "sitting"))


def _tired(day: Day) -> Array:
    return tiredness(cast(TissueState, day.states))  # states are kept unless one asks otherwise


def efforts_of(subject: Subject, pieces: Sequence[Piece]) -> Effort:
    """Return what pieces ask, fraction (T, G), flexion and moving (T,); each posture is worked out once."""
    different = list(dict.fromkeys(piece.angles for piece in pieces))
    held = stacked(different)
    asked = effort_of(load_of(subject, held), upright_of(subject), held, subject=subject)
    which = np.array([different.index(piece.angles) for piece in pieces], dtype=np.intp)
    still = np.array([piece.doing not in LET_GO for piece in pieces], dtype=bool)
    return Effort(
        fraction=asked.fraction[which] * still[:, None],
        flexion=asked.flexion[which] * still,
        moving=np.array([float(piece.doing == "moving") for piece in pieces]),
    )


def stacked(held: Sequence[Angles]) -> WorkingPosture:
    """Return postures as one with a batch axis."""
    each = [working(angles) for angles in held]
    return WorkingPosture(**{name: np.array([getattr(one, name) for one in each]) for name in FIELDS})


def parts_of(subject: Subject, lived: Lived) -> dict[Part, float]:
    """Return which part of the body the mid-back's extra over upright came from, as shares of it; empty for none.

    A part's own is what would go if it alone were as upright.
    """
    held = [place for place, piece in enumerate(lived.pieces) if piece.doing in STILL]
    if not held:
        return {}
    different = list(dict.fromkeys(lived.pieces[place].angles for place in held))
    posture = stacked(different)
    weight = np.zeros(len(different))
    for place in held:
        weight[different.index(lived.pieces[place].angles)] += lived.pieces[place].seconds
    whole = _pull(subject, posture)
    own: dict[Part, float] = {}
    for part, names in PARTS.items():
        without = {name: np.zeros_like(whole) if name in names else getattr(posture, name) for name in FIELDS}
        gone = whole - _pull(subject, WorkingPosture(**without))
        own[part] = float((np.maximum(gone, 0.0) * weight).sum())
    total = sum(own.values())
    return {part: value / total for part, value in own.items()} if total > 0 else {}


def _pull(subject: Subject, posture: WorkingPosture) -> Array:
    pull: Array = load_of(subject, posture).extensor_force[..., MID_BACK_LEVELS].mean(axis=-1)
    return pull


def by_activity(lived: Lived) -> dict[Activity, float]:
    """Return the share of the mid-back's effort over time, by activity; empty where there was none."""
    work = lived.effort[:, MID] * lived.seconds
    found: dict[Activity, float] = {}
    for piece, amount in zip(lived.pieces, work, strict=True):
        if piece.doing != "night" and amount > 0:
            found[piece.doing] = found.get(piece.doing, 0.0) + float(amount)
    total = sum(found.values())
    return {doing: amount / total for doing, amount in found.items()}


def state_of(lived: Lived, breaks: int | None = None) -> DayState:
    """Return the highest and the mean tiredness while up."""
    up = np.array([piece.doing != "night" for piece in lived.pieces], dtype=bool)
    seconds = lived.seconds * up
    middle = 0.5 * (lived.tired[1:] + lived.tired[:-1])
    mean = (middle * seconds[:, None]).sum(axis=0) / max(float(seconds.sum()), 1.0)
    ends = lived.tired[1:][up]
    peak = ends.max(axis=0) if len(ends) else lived.tired[0]
    own = sum(1 for _ in pauses_of(lived.pieces)) if breaks is None else breaks
    return DayState(peak=by_group(peak), mean=by_group(mean), breaks=own)


def finely(pieces: Sequence[Piece], step_s: float = FINE_S) -> tuple[Piece, ...]:
    """Cut pieces into equal parts of at most ``step_s``: the same day, looked at more often."""
    cut: list[Piece] = []
    for piece in pieces:
        parts = max(1, math.ceil(piece.seconds / step_s))
        if parts == 1:
            cut.append(piece)
            continue
        ends = [piece.start + (piece.end - piece.start) * n / parts for n in range(parts + 1)]
        cut += [
            Piece(start=start, end=end, doing=piece.doing, angles=piece.angles, looks=piece.looks)
            for start, end in pairwise(ends)
        ]
    return tuple(cut)


def course_of(lived: Lived) -> tuple[tuple[datetime, float], ...]:
    """Return the mid-back's tiredness at the beginning and at the end of each piece."""
    if not lived.pieces:
        return ()
    ends = (lived.pieces[0].start, *(piece.end for piece in lived.pieces))
    return tuple(zip(ends, lived.tired[:, MID].tolist(), strict=True))


def pauses_of(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the first piece of each time that somebody moved or went away after holding still."""
    found = []
    for before, piece in pairwise(pieces):
        if piece.doing in ("moving", "away") and before.doing in STILL:
            found.append(piece)
    return found


def hours_of(
    lived: Lived, start: datetime, end: datetime, bracket: tuple[Array, Array] | None = None
) -> tuple[HourLoad, ...]:
    """Return the hours between two instants; those after the last piece are empty."""
    hours = []
    at = start
    while at < end:
        until = min(at + HOUR, end)
        # No piece goes past a full hour, so its middle says which hour it lies in.
        inside = [n for n, middle in enumerate(lived.middles) if at <= middle < until]
        hours.append(_hour(lived, at, until, inside, bracket))
        at = until
    return tuple(hours)


def _hour(
    lived: Lived, start: datetime, end: datetime, inside: list[int], bracket: tuple[Array, Array] | None
) -> HourLoad:
    if not inside:
        return HourLoad(start=start, end=end)
    seconds = lived.seconds[inside]
    ends = [inside[0], *(n + 1 for n in inside)]
    spent: dict[Activity, float] = {}
    for n in inside:
        doing = lived.pieces[n].doing
        if doing != "night":
            spent[doing] = spent.get(doing, 0.0) + lived.pieces[n].seconds
    told = sum(value for doing, value in spent.items() if doing != "unknown")
    low, high = bracket if bracket is not None else (lived.tired, lived.tired)
    return HourLoad(
        start=start,
        end=end,
        load=by_group((lived.effort[inside] * seconds[:, None]).sum(axis=0) / seconds.sum()),
        tiredness=by_group(lived.tired[ends].max(axis=0)),
        tiredness_low=by_group(low[ends].max(axis=0)),
        tiredness_high=by_group(high[ends].max(axis=0)),
        known=told / (end - start).total_seconds(),
        seconds=spent,
    )


def by_group(values: Array) -> dict[Group, float]:
    """Return (G,) numbers by the names of their groups."""
    return {cast(Group, group): float(value) for group, value in zip(GROUPS, values, strict=True)}
