"""Fatigue of a muscle group held at a steady effort, exactly. In: M_F, effort, seconds. Out: M_F. Next: advance, day.

The three-compartment model (3CC-r): fibres rest (M_R), work (M_A) or are tired (M_F), and the three make 1. The
brain's controller brings as many to work as the effort asks for, ten times a second, a hundred times faster than
anything else in the model; here it is ideal. While fibres are at rest, the held law holds:

    M_A = effort        M_F' = F effort - R M_F

and once none is left (M_F = 1 - effort), the spent law, until the effort comes down:

    M_A = 1 - M_F       M_F' = F (1 - M_F) - R M_F

Both are linear, M_F moves one way within a steady piece, and at most one change of law lies inside it, at an instant
with a closed form. So a piece may be cut anywhere.

R is faster where muscle is let go: r R (see ``recovery``). Below effort R/(F + R), 8 to 9 % of strength, the model lets
a person hold for ever; experiments do not (no end of endurance was missing at 5 %). That is why there is a dose too.
"""

import math
from typing import Final

import numpy as np

from midback.body.tissue.state import Array

# Pieces up to which plain numbers are quicker than arrays.
FEW: Final = 12


def recovery(
    fraction: Array,
    moving: Array | None,
    recover: Array,
    multiplier: Array,
    rest_level: Array,
    moving_let_go: Array,
) -> Array:
    """Return how fast tired fibres recover, 1/s: between R and r R, by the share of the time a group is let go.

    It is let go all the time at no effort and never from ``rest_level`` on while still: the lowest effort at which the
    oxygen of a back muscle was seen to fall, with a straight line between. In movement work and letting go alternate
    within seconds, ``moving_let_go`` of the time; 3CC-r averaged over such a cycle is the same law with R in between.
    """
    most = multiplier * recover
    still: Array = np.maximum(most - fraction * ((most - recover) / rest_level), recover)
    return still if moving is None else still + (most - still) * (moving * moving_let_go)


def follow(begin: Array, target: Array, tire: Array, recover: Array, seconds: Array) -> tuple[Array, Array]:
    """Return M_F at the end of steady pieces and its time integrals, s, each (N,) as all arguments are.

    target : 0..1 ; tire, recover : 1/s ; seconds : s. Whatever law holds at the beginning, and through its change.
    """
    if begin.size <= FEW:
        rows = zip(*(part.tolist() for part in (begin, target, tire, recover, seconds)), strict=True)
        found = np.array([_follow_one(*row) for row in rows]).reshape(-1, 2)
        return found[:, 0], found[:, 1]
    line, both = 1.0 - target, tire + recover
    held, spent = tire * target / recover, tire / both
    was = begin > line
    limit, rate = np.where(was, spent, held), np.where(was, both, recover)
    end = begin + (begin - limit) * np.expm1(-rate * seconds)
    # x' = k (limit - x), so the integral of x is limit t - (x_end - x_begin) / k.
    area = limit * seconds - (end - begin) / rate
    # Where a piece ends on the other side of the line than it began, the law changed on the line.
    at = np.flatnonzero((end > line) != was)
    if at.size:
        was = was[at]
        begin, line, seconds, limit, rate = (part[at] for part in (begin, line, seconds, limit, rate))
        with np.errstate(divide="ignore", invalid="ignore"):
            gone = np.log((limit - begin) / (limit - line)) / rate
        # A limit on the line itself is never reached; rounding alone crosses it.
        gone = np.fmin(np.fmax(gone, 0.0), seconds)
        other, later = np.where(was, held[at], spent[at]), np.where(was, recover[at], both[at])
        left = seconds - gone
        after_it = (line - other) * np.expm1(-later * left)
        end[at] = line + after_it
        area[at] = limit * gone - (line - begin) / rate + other * left - after_it / later
    return end, area


def _follow_one(
    begin: float, target: float, tire: float, recover: float, seconds: float
) -> tuple[float, float]:
    """Do what ``follow`` does for one piece: for a handful an array costs more than it saves."""
    line, both = 1.0 - target, tire + recover
    laws = [(tire * target / recover, recover), (tire / both, both)]
    was = begin > line
    limit, rate = laws[was]
    end = begin + (begin - limit) * math.expm1(-rate * seconds)
    if (end > line) == was:
        return end, limit * seconds - (end - begin) / rate
    apart = limit - line
    gone = math.log((limit - begin) / apart) / rate if apart and (limit - begin) / apart > 0 else seconds
    gone = min(max(gone, 0.0), seconds)
    other, later = laws[not was]
    left = seconds - gone
    after_it = (line - other) * math.expm1(-later * left)
    area = limit * gone - (line - begin) / rate + other * left - after_it / later
    return line + after_it, area


def after(fatigue: Array, target: Array, tire: Array, recover: Array, seconds: Array) -> Array:
    """Return M_F after ``seconds`` of a steady target 0..1; shapes broadcast. NaN in, NaN out."""
    parts = np.broadcast_arrays(fatigue, target, tire, recover, seconds)
    end, _ = follow(*(part.ravel() for part in parts))
    return end.reshape(parts[0].shape)


def endurance_time(target: Array, tire: Array, recover: Array) -> Array:
    """Return how long a rested group holds a target, s: until no fibre is left at rest; infinite below R/(F + R)."""
    target = np.asarray(target, dtype=np.float64)
    used = np.asarray(recover * (1.0 - target) / (tire * target))
    out = np.full(used.shape, np.inf)
    ends = used < 1.0
    out[ends] = (-np.log1p(-used) / recover)[ends] if np.ndim(recover) else -np.log1p(-used[ends]) / recover
    return out


def held_for_ever(tire: Array, recover: Array) -> Array:
    """Return the effort, a share of strength, below which the model lets a person hold for ever."""
    return recover / (tire + recover)
