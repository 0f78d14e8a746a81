"""A working day lived through by the laws of time. In: stretches and what they ask. Out: Lived. Next: plan.state_rule.

A day is a row of (activity, seconds). Each activity has one effort; moving, breaks and being away ask for none, the
first two with blood flowing. What nobody knows is taken for being away: this module compares days that differ in
their breaks alone, and never says how a day was. ``tissue.run_between`` does that, holes and all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from midback.body.tissue import (
    GROUPS,
    Effort,
    TissueParams,
    TissueState,
    at_rest,
    creep_of,
    rested,
    run_day,
    tissue_parameters,
)
from midback.movement.rotation import Array

HELD: Final = ("sitting", "standing", "driving")
MOVED: Final = ("moving", "break")
LET_GO: Final = ("away", "unknown")
DOINGS: Final = (*HELD, *MOVED, *LET_GO)
# Between its ends a stretch is looked at this often: for the mean, and for a peak inside it.
STEP_S: Final = 300.0
MID_BACK: Final = GROUPS.index("mid-back")

Span = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Lines:
    """Days of equal length in steps, N of them. what : (N, T) index into ``DOINGS`` ; dt : (N, T) s, 0 at the end."""

    what: np.ndarray
    dt: Array


@dataclass(frozen=True, slots=True)
class Lived:
    """Days as they went. used : (..., N, T + 1, G), see ``used_up`` ; dt : (N, T) s ; end : the last state (..., N)."""

    used: Array
    dt: Array
    end: TissueState

    @property
    def peak(self) -> Array:
        """Return the highest share used up, (..., N, G)."""
        return np.asarray(self.used.max(axis=-2))

    @property
    def mean(self) -> Array:
        """Return the mean share used up over the day, (..., N, G)."""
        return self.over_time(self.used)

    def over_time(self, values: Array) -> Array:
        """Return the mean over the day of what is known at the ends of the steps, (..., N, T + 1, G)."""
        between = 0.5 * (values[..., 1:, :] + values[..., :-1, :])
        lasted = np.maximum(self.dt.sum(axis=-1), 1e-9)[..., None]
        return np.asarray((between * self.dt[..., None]).sum(axis=-2) / lasted)


def line_up(days: Sequence[Iterable[Span]], step_s: float = STEP_S) -> Lines:
    """Cut days into steps of at most ``step_s`` and pad the shorter ones with steps of no length."""
    rows: list[list[tuple[int, float]]] = []
    for day in days:
        row: list[tuple[int, float]] = []
        for doing, seconds in day:
            parts = max(1, int(np.ceil(seconds / step_s)))
            row += [(DOINGS.index(doing), seconds / parts)] * parts
        rows.append(row)
    longest = max((len(row) for row in rows), default=0)
    what, dt = np.zeros((len(rows), longest), dtype=np.intp), np.zeros((len(rows), longest))
    for number, row in enumerate(rows):
        if row:
            what[number, : len(row)], dt[number, : len(row)] = zip(*row, strict=True)
    return Lines(what, dt)


def stack_efforts(held: Mapping[str, Effort]) -> Effort:
    """Return one effort for each of ``DOINGS``, stacked on an axis before the groups: (..., A, G).

    held : the efforts of sitting, standing and driving, of the same batch shape
    """
    shape = np.broadcast_shapes(*(np.shape(effort.flexion) for effort in held.values()))
    rest, moving = at_rest(shape), at_rest(shape, moving=1.0)
    rows = [held.get(name, moving if name in MOVED else rest) for name in DOINGS]
    still = np.zeros(shape)
    return Effort(
        fraction=np.stack([np.broadcast_to(row.fraction, (*shape, len(GROUPS))) for row in rows], axis=-2),
        flexion=np.stack([np.broadcast_to(row.flexion, shape) for row in rows], axis=-1),
        moving=np.stack(
            [np.broadcast_to(still if row.moving is None else row.moving, shape) for row in rows], axis=-1
        ),
    )


def used_up(state: TissueState, params: TissueParams | None = None) -> Array:
    """Return the share of each group's readiness that is gone, 0..1, (..., G): what breaks are chosen by.

    ``tiredness`` with the give of the back's passive tissue beside the mid-back's own, as a third independent part,
    as a share of all it could give.
    """
    known = params or tissue_parameters()
    give = np.clip(creep_of(state) / known.asymptote, 0.0, 1.0)[..., None]
    left = (1.0 - state.fatigue) * (1.0 - state.dose)
    return np.asarray(1.0 - left * (1.0 - give * (np.arange(len(GROUPS)) == MID_BACK)))


def live(
    lines: Lines, efforts: Effort, state: TissueState | None = None, params: TissueParams | None = None
) -> Lived:
    """Live days through from a state (rested when None).

    efforts : (..., A, G) by ``DOINGS``; batch axes before them stand before the days': people who each live every day.
        Those of ``state`` and ``params`` have a last axis of length 1 for the days, or one for each
    """
    known = params or tissue_parameters()
    moving = np.zeros(efforts.flexion.shape) if efforts.moving is None else efforts.moving
    day = run_day(
        rested() if state is None else state,
        efforts.fraction[..., lines.what, :],
        efforts.flexion[..., lines.what],
        lines.dt,
        known,
        moving=moving[..., lines.what],
    )
    if day.states is None:  # never: they are kept unless told otherwise
        raise AssertionError
    used = used_up(day.states, _along_time(known))
    return Lived(used=used, dt=lines.dt, end=day.last)


def _along_time(params: TissueParams) -> TissueParams:
    """Return parameters with an axis for time after those of the batch; what has none is left as it is."""
    return params if params.asymptote.ndim == 0 else replace(params, asymptote=params.asymptote[..., None])
