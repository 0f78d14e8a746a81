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

import numpy as np
from numpy.typing import NDArray

from midback.body.tissue.state import Array


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


def hold(start: Array, target: Array, tire: Array, recover: Array, seconds: Array) -> tuple[Array, Array]:
    """Follow M_F (N,) through steady targets 0..1 (T, N); tire, recover in 1/s and seconds broadcast to (T, N).

    Returns M_F at every end, (T + 1, N), and its time integral over all pieces, s, (N,), both exact. NaN makes a
    column NaN from there on.
    """
    free, both = 1.0 - target, tire + recover
    held, spent = tire * target / recover, tire / both
    lost = np.expm1(-recover * seconds)
    # Chosen by arithmetic, a + over (b - a): an array of choices takes ten times as long.
    to_spent, to_lost = spent - held, np.expm1(-both * seconds) - lost
    path, over = np.empty((len(target) + 1, *target.shape[1:])), np.empty(target.shape)
    path[0] = start
    changes: list[tuple[int, NDArray[np.intp]]] = []
    rows = zip(path[:-1], path[1:], over, free, held, to_spent, lost, to_lost, strict=True)
    wide = [np.broadcast_to(part, target.shape) for part in (tire, recover, seconds)]
    for t, (now, then, above, line, limit, other, losing, more) in enumerate(rows):
        np.greater(now, line, out=above)
        np.multiply(now - limit - above * other, losing + above * more, out=then)
        then += now
        # Where a piece ends on the other side of the line than it began, the law changed on the line.
        crossed = (then > line) != above
        if crossed.any():
            at = np.flatnonzero(crossed)
            then[at] = _changed(now[at], target[t, at], *(part[t, at] for part in wide))[0]
            changes.append((t, at))
    # x' = k (limit - x), so the integral of x is limit t - (x_end - x_begin) / k.
    area = (held + over * to_spent) * seconds - np.diff(path, axis=0) / (recover + over * tire)
    if changes:
        when = np.concatenate([np.full(at.size, t) for t, at in changes])
        who = np.concatenate([at for _, at in changes])
        area[when, who] = _changed(path[when, who], target[when, who], *(part[when, who] for part in wide))[1]
    return path, np.asarray(area.sum(axis=0))


def _changed(begin: Array, target: Array, tire: Array, recover: Array, seconds: Array) -> tuple[Array, Array]:
    """Return M_F at the end of pieces with a change of law inside, and its time integrals."""
    line, both = 1.0 - target, tire + recover
    held, spent = tire * target / recover, tire / both
    was = begin > line
    first, then = np.where(was, spent, held), np.where(was, held, spent)
    fast, later = np.where(was, both, recover), np.where(was, recover, both)
    with np.errstate(divide="ignore", invalid="ignore"):
        gone = np.log((first - begin) / (first - line)) / fast
    # A limit on the line itself is never reached; rounding alone crosses it.
    gone = np.fmin(np.fmax(gone, 0.0), seconds)
    left = seconds - gone
    end = then + (line - then) * np.exp(-later * left)
    return end, first * gone - (line - begin) / fast + then * left - (end - line) / later


def after(fatigue: Array, target: Array, tire: Array, recover: Array, seconds: Array) -> Array:
    """Return M_F after ``seconds`` of a steady target 0..1; shapes broadcast. NaN in, NaN out."""
    parts = np.broadcast_arrays(fatigue, target, tire, recover, seconds)
    start, *rest = (part.reshape(1, -1) for part in parts)
    found: Array = hold(start[0], *rest)[0][1].reshape(parts[0].shape)
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
