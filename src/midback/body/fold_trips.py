"""Trips as driving and moving. In: the Digest's moving parts. Out: stretches with labels. Next: fold_around.

Parts at a standstill are no part of a leg, so a standstill of 5 min parts two legs, and a red light does not.
Speed tells driving or riding, never who drives.
"""

from bisect import bisect_left, bisect_right

from .fold_digest import Digest
from .fold_worth import (
    DRIVING_SURE,
    FAST_KMH,
    MOVING_SURE,
    SLOW_DRIVING_SURE,
    STANDSTILL_KMH,
    STOP,
    SURELY_DRIVEN_KMH,
    WALK_TO_THE_CAR,
    WALKING_KMH,
    Atom,
    Label,
)

_Part = tuple[float, float, float]
_MOVING: Label = ("moving", ("trip",), MOVING_SURE)
# So many parts at an even walking speed are a walk and no jam.
_STEADY_PARTS = 3


def legs_between(digest: Digest, start: float, end: float) -> tuple[list[Atom], list[Atom]]:
    """Return (driving, moving) of all legs that overlap a window; each leg whole."""
    driving: list[Atom] = []
    moving: list[Atom] = []
    legs = digest.legs
    for place in range(bisect_right(legs.ends, start), bisect_left(legs.starts, end)):
        low, high = legs.starts[place], legs.ends[place]
        parts = digest.trips[bisect_left(digest.trips, (low,)) : bisect_left(digest.trips, (high,))]
        top = max(part[2] for part in parts)
        if top < FAST_KMH:
            # An indoor receiver that wanders adds up to no way.
            if sum((b - a) * speed for a, b, speed in parts) >= STANDSTILL_KMH * (high - low):
                moving.append((low, high, _MOVING))
            continue
        sure = DRIVING_SURE if top >= SURELY_DRIVEN_KMH else SLOW_DRIVING_SURE
        label: Label = ("driving", ("trip",), sure)
        at = low
        for a, b in _walks(parts, low, high):
            if a > at:
                driving.append((at, a, label))
            moving.append((a, b, _MOVING))
            at = max(at, b)
        if high > at:
            driving.append((at, high, label))
    return driving, moving


def _walks(parts: list[_Part], low: float, high: float) -> list[tuple[float, float]]:
    """Return where the person walked in a driven leg: to the car, from it, or evenly for 5 min at a stop."""
    walks: list[tuple[float, float]] = []
    run: list[_Part] = []
    for part in [*parts, (high, high, FAST_KMH)]:
        if part[2] <= WALKING_KMH:
            run.append(part)
            continue
        if run:
            a, b = run[0][0], max(slow[1] for slow in run)
            at_edge = a <= low or b >= high
            long_enough = b - a >= (WALK_TO_THE_CAR if at_edge else STOP)
            if long_enough and (at_edge or len(run) >= _STEADY_PARTS):
                walks.append((a, min(b, part[0]) if part[0] > a else b))
        run = []
    return walks
