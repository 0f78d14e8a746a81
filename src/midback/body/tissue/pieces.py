"""A block of steady pieces for a batch of people, by array. In: efforts by time. Out: paths, sums. Next: day.

Arrays here have time first and people last, so that one step in time touches memory that lies together: efforts
(T, G, B), states (T, C, B) with C = fatigue of each group, dose of each group, the two parts of the creep. All decay
factors are made at once; the loop over time is left with a few multiplications. Fatigue first follows the held law;
that path lies above the true one everywhere, so where it keeps below the line of spent fibres it is the true one, and
only columns that touch the line are followed through changes of law.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
    rates, limits = np.empty((2, count, 2 * G, people))
    rates[:, FATIGUE] = fatigue.recovery(
        asked, stirred, laws.recover, laws.rest_multiplier, laws.rest_level, laws.moving_let_go
    )
    gained = static_dose.gain(target, stirred, laws.endurance_s, laws.endurance_power)
    np.add(gained, static_dose.leak(stirred, laws.recovery_s, laws.relief_s), out=rates[:, DOSE])
    np.multiply(laws.tire, target, out=limits[:, FATIGUE])
    limits[:, DOSE] = gained
    limits /= rates
    lost = rates * -long
    np.expm1(lost, out=lost)
    goals = bent[:, None, :] * laws.parts
    rising, falling = np.expm1(-long / laws.loading_s), np.expm1(-long / laws.parts_s)
    path = np.empty((count + 1, ROWS, people))
    path[0] = start
    below = np.empty((2, people))
    rows = zip(path[:-1], path[1:], limits, lost, goals, rising, falling, strict=True)
    for now, then, limit, losing, goal, up, down in rows:
        line, begin = then[LINEAR], now[LINEAR]
        np.subtract(begin, limit, out=line)
        line *= losing
        line += begin
        # What lies above its goal falls, what lies below rises, each by its own law; an array of choices is slower.
        part = then[CREEP]
        np.subtract(now[CREEP], goal, out=part)
        np.minimum(part, 0.0, out=below)
        np.maximum(part, 0.0, out=part)
        below *= up
        part *= down
        part += below
        part += now[CREEP]
    spent = _follow_spent(path, target, laws.tire, rates, limits, lost, seconds)
    # x' = k (limit - x), so the integral of x is limit t - (x_end - x_begin) / k.
    grown = np.diff(path, axis=0)
    limits *= long
    limits -= np.divide(grown[:, LINEAR], rates, out=grown[:, LINEAR])
    for t, at, area in spent:
        limits[t].ravel()[at] = area
    sums = np.empty((2 * G + 1, people))
    limits.sum(axis=0, out=sums[LINEAR])
    apart = path[:-1, CREEP] - goals
    times = laws.parts_s + (apart < 0) * (laws.loading_s - laws.parts_s)
    sums[-1] = (goals * long - grown[:, CREEP] * times).sum(axis=(0, 1))
    return Block(path, sums, _creep_peak(path, goals, apart, seconds, laws))


def _follow_spent(
    path: Array, target: Array, tire: Array, rates: Array, limits: Array, lost: Array, seconds: Array
) -> list[tuple[int, NDArray[np.intp], Array]]:
    """Put right the path of fatigue from where fibres at rest first run out.

    Returns the pieces in which the held law was not the whole truth: when, which columns of (G, B), and the time
    integrals of M_F there, s.
    """
    count, _, people = target.shape
    line = 1.0 - target
    touched = (np.maximum(path[:-1, FATIGUE], path[1:, FATIGUE]) > line).any(axis=(1, 2))
    if not touched.any():
        return []
    tires = np.broadcast_to(tire, (G, people)).ravel()
    wide = G * people
    flat, line, target = (
        path.reshape(count + 1, -1)[:, :wide],
        line.reshape(count, -1),
        target.reshape(count, -1),
    )
    rates, limits, lost = (part.reshape(count, -1)[:, :wide] for part in (rates, limits, lost))
    lengths = np.broadcast_to(seconds, (count, people))
    found = []
    for t in range(int(touched.argmax()), count):
        now, then = flat[t], flat[t + 1]
        np.subtract(now, limits[t], out=then)
        then *= lost[t]
        then += now
        at = np.flatnonzero((now > line[t]) | (then > line[t]))
        if at.size:
            then[at], area = fatigue.follow(
                now[at], target[t, at], tires[at], rates[t, at], lengths[t, at % people]
            )
            found.append((t, at, area))
    return found


def _creep_peak(path: Array, goals: Array, apart: Array, seconds: Array, laws: Laws) -> Array:
    """Return the most of the whole creep; where one part rises and the other falls it may lie inside a piece."""
    peak: Array = (path[:, FAST] + path[:, SLOW]).max(axis=0)
    # Inside it lies where the whole rises at the beginning and falls at the end, the fast part from below.
    rise, fall = 1.0 / laws.loading_s, 1.0 / laws.parts_s[1]
    begins = apart[:, 0] * rise + apart[:, 1] * fall
    ends = (path[1:, FAST] - goals[:, 0]) * rise + (path[1:, SLOW] - goals[:, 1]) * fall
    humped = (begins < 0) & (ends > 0) & (apart[:, 0] < 0)
    if not humped.any():
        return peak
    t, who = np.nonzero(humped)
    rise, fall = np.broadcast_to(rise, peak.shape)[who], np.broadcast_to(fall, peak.shape)[who]
    low, high = apart[t, 0, who], apart[t, 1, who]
    with np.errstate(divide="ignore", invalid="ignore"):
        top = np.fmax(np.log(-low * rise / (high * fall)) / (rise - fall), 0.0)
    top = np.fmin(top, np.broadcast_to(seconds, humped.shape)[t, who])
    most = goals[t, :, who].sum(axis=1) + low * np.exp(-rise * top) + high * np.exp(-fall * top)
    np.maximum.at(peak, who, most)
    return peak
