"""A block of steady pieces for a batch of people, by array. In: efforts by time. Out: paths, sums. Next: day.

Arrays here have time first and people last, so that one step in time touches memory that lies together: efforts
(T, G, B), states (T, C, B) with C = fatigue of each group, dose of each group, the two parts of the creep. All decay
factors are made at once; the loop over time is left with a few multiplications. Fatigue first follows the held law;
that path lies above the true one everywhere, so where it keeps below the line of spent fibres it is the true one, and
only columns that touch the line are followed through changes of law.
"""

from dataclasses import dataclass

import numpy as np

from midback.body.tissue import fatigue, static_dose
from midback.body.tissue.state import GROUPS, Array

G = len(GROUPS)
FATIGUE, DOSE, FAST, SLOW = slice(0, G), slice(G, 2 * G), 2 * G, 2 * G + 1
LINEAR, CREEP = slice(0, 2 * G), slice(2 * G, 2 * G + 2)
ROWS = 2 * G + 2


@dataclass(frozen=True, slots=True)
class Laws:
    """Constants laid out for a block: by group (G, B or 1), else (B or 1,)."""

    tire: Array
    recover: Array
    rest_multiplier: Array
    rest_level: Array
    moving_let_go: Array
    parts: Array  # (2, B or 1), rad: the fast and the slow part at full flexion
    loading_s: Array
    parts_s: Array  # (2, B or 1), s: how they go back
    endurance_s: Array
    endurance_power: Array
    recovery_s: Array
    relief_s: Array


@dataclass(frozen=True, slots=True)
class Block:
    """What came of a block.

    path : (T + 1, C, B), the state at every end ; sums : (2 G + 1, B), time integrals of fatigue, dose and creep
    creep_peak : (B,), rad, the most of the whole creep, inside pieces too
    """

    path: Array
    sums: Array
    creep_peak: Array


def run_block(
    start: Array, asked: Array, bent: Array, moving: Array | None, seconds: Array, laws: Laws
) -> Block:
    """Follow a batch from ``start`` (C, B) through T pieces.

    asked : (T, G, B), fraction of strength ; bent : (T, B), flexion 0..1 ; moving : (T, B) or None
    seconds : (T, B) or (T, 1)
    """
    count, _, people = asked.shape
    long = seconds[:, None, :]
    stirred = None if moving is None else moving[:, None, :]
    target = np.minimum(asked, 1.0)
    free = fatigue.let_go(asked, stirred, laws.rest_level, laws.moving_let_go)
    recover = laws.recover * (1.0 + (laws.rest_multiplier - 1.0) * free)
    gained = static_dose.gain(target, stirred, laws.endurance_s, laws.endurance_power)
    rates, limits = np.empty((2, count, 2 * G, people))
    rates[:, FATIGUE] = recover
    np.add(gained, static_dose.leak(stirred, laws.recovery_s, laws.relief_s), out=rates[:, DOSE])
    np.divide(laws.tire * target, recover, out=limits[:, FATIGUE])
    np.divide(gained, rates[:, DOSE], out=limits[:, DOSE])
    lost = np.expm1(-rates * long)
    added, kept = -limits * lost, 1.0 + lost
    goals = bent[:, None, :] * laws.parts
    rising, falling = np.expm1(-long / laws.loading_s), np.expm1(-long / laws.parts_s)
    path = np.empty((count + 1, ROWS, people))
    path[0] = start
    below = np.empty((2, people))
    rows = zip(path[:-1], path[1:], kept, added, goals, rising, falling, strict=True)
    for now, then, keeping, adding, goal, up, down in rows:
        line = then[LINEAR]
        np.multiply(now[LINEAR], keeping, out=line)
        line += adding
        # What lies above its goal falls, what lies below rises, each by its own law; an array of choices is slower.
        above = now[CREEP] - goal
        np.minimum(above, 0.0, out=below)
        np.maximum(above, 0.0, out=above)
        np.multiply(below, up, out=below)
        above *= down
        above += below
        np.add(above, now[CREEP], out=then[CREEP])
    # x' = k (limit - x), so the integral of x is limit t - (x_end - x_begin) / k.
    linear = limits * long - np.diff(path[:, LINEAR], axis=0) / rates
    sums = np.empty((2 * G + 1, people))
    linear.sum(axis=0, out=sums[LINEAR])
    _follow_spent(path, sums, target, laws.tire, recover, long)
    sums[-1] = _creep_sum(path, goals, long, laws)
    return Block(path, sums, _creep_peak(path, goals, seconds, laws))


def _follow_spent(path: Array, sums: Array, target: Array, tire: Array, recover: Array, long: Array) -> None:
    """Put right the columns of fatigue in which fibres at rest may run out."""
    most = np.maximum(path[:-1, FATIGUE], path[1:, FATIGUE])
    touched = (most > 1.0 - target).any(axis=0)
    if not touched.any():
        return
    group, who = np.nonzero(touched)
    columns = target[:, group, who]
    tires = tire[group, who if tire.shape[1] > 1 else 0]
    recovers = recover[:, group, who]
    seconds = long[:, 0, who] if long.shape[2] > 1 else long[:, 0]
    path[:, group, who], sums[group, who] = fatigue.hold(
        path[0, group, who], columns, tires, recovers, seconds
    )


def _creep_sum(path: Array, goals: Array, long: Array, laws: Laws) -> Array:
    begin, end = path[:-1, CREEP], path[1:, CREEP]
    times = laws.parts_s + (begin < goals) * (laws.loading_s - laws.parts_s)
    found: Array = (goals * long - (end - begin) * times).sum(axis=(0, 1))
    return found


def _creep_peak(path: Array, goals: Array, seconds: Array, laws: Laws) -> Array:
    """Return the most of the whole creep; where one part rises and the other falls it may lie inside a piece."""
    peak: Array = (path[:, FAST] + path[:, SLOW]).max(axis=0)
    apart = path[:-1, CREEP] - goals
    crossing = (apart[:, 0] < 0) & (apart[:, 1] > 0)
    if not crossing.any():
        return peak
    t, who = np.nonzero(crossing)
    one = who if laws.loading_s.shape[0] > 1 else np.zeros_like(who)
    back = who if laws.parts_s.shape[1] > 1 else np.zeros_like(who)
    rise, fall = 1.0 / laws.loading_s[one], 1.0 / laws.parts_s[1, back]
    low, high = apart[t, 0, who], apart[t, 1, who]
    with np.errstate(divide="ignore", invalid="ignore"):
        top = np.log(-low * rise / (high * fall)) / (rise - fall)
    inside = (top > 0) & (top < seconds[t, who if seconds.shape[1] > 1 else 0])
    low, high, top, t, who = (part[inside] for part in (low, high, top, t, who))
    most = goals[t, :, who].sum(axis=1)
    most += low * np.exp(-rise[inside] * top) + high * np.exp(-fall[inside] * top)
    np.maximum.at(peak, who, most)
    return peak
