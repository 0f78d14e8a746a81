"""Fatigue of a muscle group held at a steady effort, exactly. In: M_F, effort, seconds. Out: M_F. Next: advance, day.

The three-compartment model (3CC-r): fibres rest (M_R), work (M_A) or are tired (M_F), and the three make 1. The
brain's controller brings as many to work as the effort asks for, ten times a second, a hundred times faster than
anything else in the model; here it is ideal. While fibres are at rest, the held law holds:

    M_A = effort        M_F' = F effort - R M_F

and once none is left (M_F = 1 - effort), the spent law, until the effort comes down:

    M_A = 1 - M_F       M_F' = F (1 - M_F) - R M_F

Both are linear, M_F moves one way within a steady piece, and at most one change of law lies inside it, at an instant
with a closed form. So a piece may be cut anywhere.

R is faster where muscle is let go: r R (see ``let_go``). Below effort R/(F + R), 8 to 9 % of strength, the model lets
a person hold for ever; experiments do not (no end of endurance was missing at 5 %). That is why there is a dose too.
"""

from dataclasses import dataclass

import numpy as np

from midback.body.tissue.state import Array


def let_go(fraction: Array, moving: Array | None, rest_level: Array, moving_let_go: Array) -> Array:
    """Return the share of the time, 0..1, in which blood returns to a group because it is let go.

    All of it at no effort, none from ``rest_level`` on while still: the lowest effort at which the oxygen of a back
    muscle was seen to fall, with a straight line between. In movement work and letting go alternate within seconds;
    3CC-r averaged over such a cycle is the same law with R between R and r R.
    """
    share: Array = np.clip(1.0 - fraction / rest_level, 0.0, 1.0)
    if moving is None:
        return share
    return share + (1.0 - share) * moving * moving_let_go


@dataclass(frozen=True, slots=True)
class Held:
    """M_F through T pieces of N columns. path : (T + 1, N), at every end ; first_s : (T, N), s until the law changed"""

    path: Array
    first_s: Array


def hold(start: Array, target: Array, tire: Array, recover: Array, seconds: Array) -> Held:
    """Follow M_F (N,) through steady targets 0..1 (T, N); tire, recover in 1/s, seconds in s, both broadcast to it.

    NaN in a target makes its column NaN from there on.
    """
    shape = target.shape
    free = 1.0 - target
    both = tire + recover
    held, spent = tire * target / recover, np.broadcast_to(tire / both, shape)
    kept, kept_spent = np.exp(-recover * seconds), np.exp(-both * seconds)
    kept, kept_spent = np.broadcast_to(kept, shape), np.broadcast_to(kept_spent, shape)
    recover, both = np.broadcast_to(recover, shape), np.broadcast_to(both, shape)
    first = np.array(np.broadcast_to(seconds, shape))
    path = np.empty((shape[0] + 1, *shape[1:]))
    path[0] = start
    for t in range(shape[0]):
        now, line = path[t], free[t]
        over = now > line
        limit = np.where(over, spent[t], held[t])
        then = limit + (now - limit) * np.where(over, kept_spent[t], kept[t])
        # Where the law ends on the other side of the line than it began, it changed on the line.
        at = np.flatnonzero((then > line) != over)
        if at.size:
            was, goal = over[at], limit[at]
            rate = np.where(was, both[t, at], recover[t, at])
            with np.errstate(divide="ignore", invalid="ignore"):
                gone = np.log((goal - now[at]) / (goal - line[at])) / rate
            # A goal on the line itself is never reached; rounding alone crosses it.
            gone = np.fmin(np.fmax(gone, 0.0), first[t, at])
            goal = np.where(was, held[t, at], spent[t, at])
            rate = np.where(was, recover[t, at], both[t, at])
            then[at] = goal + (line[at] - goal) * np.exp(-rate * (first[t, at] - gone))
            first[t, at] = gone
        path[t + 1] = then
    return Held(path, first)


def sums(held: Held, target: Array, tire: Array, recover: Array, seconds: Array) -> Array:
    """Return the time integral of M_F over all pieces, s, (N,), exactly; the arguments are those of ``hold``."""
    free, both = 1.0 - target, tire + recover
    was = held.path[:-1] > free
    middle = np.where(held.first_s < seconds, free, held.path[1:])
    limit, other = tire * target / recover, tire / both
    first, second = np.where(was, other, limit), np.where(was, limit, other)
    fast, later = np.where(was, both, recover), np.where(was, recover, both)
    # x' = k (limit - x), so the integral of x is limit t - (x_end - x_begin) / k.
    found = first * held.first_s - (middle - held.path[:-1]) / fast
    found += second * (seconds - held.first_s) - (held.path[1:] - middle) / later
    total: Array = found.sum(axis=0)
    return total


def after(fatigue: Array, target: Array, tire: Array, recover: Array, seconds: Array) -> Array:
    """Return M_F after ``seconds`` of a steady target 0..1; shapes broadcast. NaN in, NaN out."""
    parts = np.broadcast_arrays(fatigue, target, tire, recover, seconds)
    start, *rest = (part.reshape(1, -1) for part in parts)
    found: Array = hold(start[0], *rest).path[1].reshape(parts[0].shape)
    return found


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
