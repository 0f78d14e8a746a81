"""A day of steady pieces for any number of people. In: state, efforts, seconds. Out: Day. Next: sample, why, policy.

Exact within pieces: the states at their ends are those of ``advance``, peaks and means are those of the curves and not
of the samples. People and time are worked through in blocks of a bounded size, so memory beyond the arguments and the
answer does not grow, and cost grows with the number of pieces alone. NaN is told of in advance.py.
"""

from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np

from midback.body.tissue.advance import check_seconds
from midback.body.tissue.effort import Effort, check_effort
from midback.body.tissue.parameters import TissueParams, tissue_parameters
from midback.body.tissue.pieces import CREEP, DOSE, FAST, FATIGUE, ROWS, SLOW, G, Laws, run_block
from midback.body.tissue.state import Array, TissueState, check_state
from midback.errors import InputError

# Pieces in one block, and people: few enough for a processor's cache, enough that a step is worth its call.
PIECES: Final = 1 << 13
PEOPLE: Final = 1 << 11
_GROUPED: Final = frozenset({"tire", "recover", "endurance_s", "endurance_power"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """One number for each part of a state: fatigue, dose (..., G), 0..1 ; creep (...,), rad, both parts together."""

    fatigue: Array
    creep: Array
    dose: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What a day came to.

    states : with one more axis after the batch, T + 1 instants: the beginning and the end of every piece; None when
        they were not kept
    last : the state at the end
    peak, mean : the most, and the mean over time, of each part; a day without length has NaN for a mean
    """

    states: TissueState | None
    last: TissueState
    peak: Levels
    mean: Levels


def run_day(
    state: TissueState,
    efforts: Any,
    flexion: Any,
    dt: Any,
    params: TissueParams | None = None,
    *,
    moving: Any = None,
    keep: bool = True,
) -> Day:
    """Follow a state through T steady pieces; leading batch axes broadcast, those of ``params`` too.

    efforts : (..., T, G), fraction of strength ; flexion : (..., T), 0..1 of full flexion ; dt : (..., T), s
    moving : (..., T), 0..1, or None ; keep : False leaves out the states between, for great numbers of days

    Raises
    ------
    InputError
        When a time is negative or not a number, a share lies outside its range, or shapes do not fit.
    """
    known = params or tissue_parameters()
    begin = check_state(state)
    asked = check_effort(Effort(fraction=efforts, flexion=flexion, moving=moving))
    seconds = check_seconds(dt)
    if asked.fraction.ndim < 2 or not asked.flexion.ndim or not seconds.ndim:
        raise InputError(
            "A day's pieces have the shapes {efforts}, {flexion} and {dt}.",
            "efforts is (..., T, groups), flexion and dt are (..., T).",
            values={
                "efforts": str(asked.fraction.shape),
                "flexion": str(asked.flexion.shape),
                "dt": str(seconds.shape),
            },
        )
    try:
        return _Run(begin, asked, seconds, known, keep).day()
    except ValueError as exc:
        raise InputError(
            "The shapes of state, efforts and times do not fit: {why}.",
            "Leading axes broadcast; the number of pieces is the same everywhere.",
            values={"why": str(exc)},
        ) from exc


class _Run:
    """One call of ``run_day``: everything flat, one axis of people, shared arrays left with a length of 1."""

    def __init__(
        self, begin: TissueState, asked: Effort, seconds: Array, known: TissueParams, keep: bool
    ) -> None:
        constants = {field.name: getattr(known, field.name) for field in fields(known)}
        constants.pop("shoulder_strength")
        tails = {name: int(name in _GROUPED) for name in constants}
        shapes = [constants[name].shape[: constants[name].ndim - tail] for name, tail in tails.items()]
        shapes += [
            begin.fatigue.shape[:-1],
            begin.creep_fast.shape,
            begin.creep_slow.shape,
            begin.dose.shape[:-1],
        ]
        shapes += [asked.fraction.shape[:-2], asked.flexion.shape[:-1], seconds.shape[:-1]]
        shapes += [] if asked.moving is None else [asked.moving.shape[:-1]]
        self.batch = np.broadcast_shapes(*shapes)
        moving = () if asked.moving is None else (asked.moving.shape[-1],)
        (self.count,) = np.broadcast_shapes(
            (asked.fraction.shape[-2],), (asked.flexion.shape[-1],), (seconds.shape[-1],), moving
        )
        self.people = int(np.prod(self.batch))
        self.asked = self.flat(asked.fraction, self.count, G)
        self.bent = self.flat(asked.flexion, self.count)
        self.moving = None if asked.moving is None else self.flat(asked.moving, self.count)
        self.seconds = self.flat(seconds, self.count)
        self.constants = {
            name: self.flat(constants[name], *([G] if tail else [])) for name, tail in tails.items()
        }
        self.start = np.empty((ROWS, self.people))
        self.start[FATIGUE] = self.flat(begin.fatigue, G).T
        self.start[DOSE] = self.flat(begin.dose, G).T
        self.start[FAST], self.start[SLOW] = self.flat(begin.creep_fast), self.flat(begin.creep_slow)
        self.path = np.empty((self.people, self.count + 1, ROWS)) if keep else None

    def flat(self, values: Array, *tail: int) -> Array:
        """Return values as (people or 1, *tail), without a copy where all share them."""
        own = values.shape[: values.ndim - len(tail)]
        if int(np.prod(own)) == 1 and self.people != 0:
            return np.broadcast_to(values.reshape(values.shape[values.ndim - len(tail) :]), tail)[None]
        return np.broadcast_to(values, (*self.batch, *tail)).reshape(self.people, *tail)

    def day(self) -> Day:
        """Work through all blocks and put the answer together."""
        sums, peak = np.zeros((2 * G + 1, self.people)), np.empty((2 * G + 1, self.people))
        last = self.start.copy()
        if self.path is not None:
            self.path[:, 0] = self.start.T
        peak[: 2 * G], peak[-1] = self.start[: 2 * G], self.start[CREEP].sum(axis=0)
        for first in range(0, self.people, PEOPLE):
            who = slice(first, min(first + PEOPLE, self.people))
            laws = self.laws(who)
            width = max(1, PIECES // (who.stop - who.start))
            for begin in range(0, self.count, width):
                when = slice(begin, min(begin + width, self.count))
                block = run_block(
                    last[:, who],
                    np.ascontiguousarray(_rows(self.asked, who)[:, when].transpose(1, 2, 0))
                    if len(self.asked) > 1
                    else np.broadcast_to(
                        self.asked[0, when, :, None], (when.stop - begin, G, who.stop - who.start)
                    ),
                    np.ascontiguousarray(_rows(self.bent, who)[:, when].T),
                    None if self.moving is None else np.ascontiguousarray(_rows(self.moving, who)[:, when].T),
                    np.ascontiguousarray(_rows(self.seconds, who)[:, when].T),
                    laws,
                )
                last[:, who] = block.path[-1]
                sums[:, who] += block.sums
                np.maximum(peak[: 2 * G, who], block.path[:, : 2 * G].max(axis=0), out=peak[: 2 * G, who])
                np.maximum(peak[-1, who], block.creep_peak, out=peak[-1, who])
                if self.path is not None:
                    self.path[who, begin + 1 : when.stop + 1] = block.path[1:].transpose(2, 0, 1)
        length = self.seconds.sum(axis=1)
        mean = np.full(sums.shape, np.nan)
        np.divide(sums, length, out=mean, where=length > 0)
        return Day(
            states=None if self.path is None else self.state(self.path, self.count + 1),
            last=self.state(last.T),
            peak=self.levels(peak),
            mean=self.levels(mean),
        )

    def laws(self, who: slice) -> Laws:
        """Return the constants of some people, groups first."""
        part = {name: _rows(values, who).T for name, values in self.constants.items()}
        fast = part.pop("fast_share")
        whole = part.pop("asymptote")
        sides = np.stack(np.broadcast_arrays(part.pop("fast_s"), part.pop("slow_s")))
        for name in ("full_flexion", "mid_back_upright", "shoulder_women"):
            part.pop(name)
        parts = np.stack(np.broadcast_arrays(whole * fast, whole * (1.0 - fast)))
        return Laws(parts=parts, parts_s=sides, **part)

    def state(self, rows: Array, *between: int) -> TissueState:
        """Return rows (people, ..., C) as a state with the batch's axes."""
        shape = (*self.batch, *between)
        return TissueState(
            fatigue=rows[..., FATIGUE].reshape(*shape, G),
            creep_fast=rows[..., FAST].reshape(shape),
            creep_slow=rows[..., SLOW].reshape(shape),
            dose=rows[..., DOSE].reshape(*shape, G),
        )

    def levels(self, rows: Array) -> Levels:
        """Return rows (2 G + 1, people) by part, with the batch's axes."""
        return Levels(
            fatigue=rows[FATIGUE].T.reshape(*self.batch, G),
            creep=rows[-1].reshape(self.batch),
            dose=rows[DOSE].T.reshape(*self.batch, G),
        )


def _rows(values: Array, who: slice) -> Array:
    return values if len(values) == 1 else values[who]
