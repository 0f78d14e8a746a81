"""A day's states at even instants, for drawing. In: a Day and its pieces. Out: instants, states. Next: the page."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from midback.body.tissue.advance import advance, check_seconds
from midback.body.tissue.day import Day
from midback.body.tissue.effort import Effort, check_effort
from midback.body.tissue.parameters import TissueParams
from midback.body.tissue.state import Array, TissueState
from midback.errors import InputError

MOST_SAMPLES = 100_000


def sample_day(
    day: Day,
    efforts: Any,
    flexion: Any,
    dt: Any,
    every: float,
    params: TissueParams | None = None,
    *,
    moving: Any = None,
) -> tuple[Array, TissueState]:
    """Return instants (N,), s from the day's beginning, and the states there, (..., N), exactly and between ends too.

    day : as ``run_day`` made it of the same arguments ; every : s. The last instant is the end of the longest day of
    a batch; after the end of a shorter one its states are NaN.
    """
    if day.states is None:
        raise InputError("The day's states were not kept.", "Run it with keep=True.")
    batch = day.last.creep_fast.shape
    asked = check_effort(Effort(fraction=efforts, flexion=flexion, moving=moving))
    count = day.states.creep_fast.shape[-1] - 1
    seconds = np.broadcast_to(check_seconds(dt), (*batch, count))
    ends = np.cumsum(seconds, axis=-1)
    length = float(ends[..., -1].max()) if ends.size else 0.0
    if not (np.isfinite(every) and every > 0 and length / every <= MOST_SAMPLES):
        raise InputError(
            "Samples every {every:g} s of {length:g} s.",
            "It is more than 0 s, and makes at most {most} samples.",
            values={"every": every, "length": length, "most": MOST_SAMPLES},
        )
    at = np.append(np.arange(0.0, length, every), length)
    # The piece each instant lies in: an instant on a border belongs to the piece that ends there, the end to the last.
    flat = ends.reshape(-1, count)
    piece = (
        np.stack([np.searchsorted(row, at, side="left") for row in flat])
        if flat.size
        else np.zeros((1, 1), int)
    )
    over = (piece >= count).reshape(*batch, len(at))
    piece = np.minimum(piece, count - 1).reshape(*batch, len(at))
    begun = np.take_along_axis(ends - seconds, piece, axis=-1)
    into = np.clip(at - begun, 0.0, np.take_along_axis(seconds, piece, axis=-1))
    fraction = np.broadcast_to(asked.fraction, (*batch, *asked.fraction.shape[-2:]))
    there = Effort(
        fraction=np.take_along_axis(fraction, piece[..., None], axis=-2),
        flexion=_of(asked.flexion, piece, batch, count),
        moving=None if asked.moving is None else _of(asked.moving, piece, batch, count),
    )
    then = advance(
        TissueState(
            fatigue=np.take_along_axis(day.states.fatigue, piece[..., None], axis=-2),
            creep_fast=np.take_along_axis(day.states.creep_fast, piece, axis=-1),
            creep_slow=np.take_along_axis(day.states.creep_slow, piece, axis=-1),
            dose=np.take_along_axis(day.states.dose, piece[..., None], axis=-2),
        ),
        there,
        into,
        params,
    )
    return at, TissueState(
        fatigue=np.where(over[..., None], np.nan, then.fatigue),
        creep_fast=np.where(over, np.nan, then.creep_fast),
        creep_slow=np.where(over, np.nan, then.creep_slow),
        dose=np.where(over[..., None], np.nan, then.dose),
    )


def _of(values: Array, piece: NDArray[np.intp], batch: tuple[int, ...], count: int) -> Array:
    return np.take_along_axis(np.broadcast_to(values, (*batch, count)), piece, axis=-1)
