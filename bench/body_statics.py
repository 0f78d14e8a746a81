"""A hundred thousand postures on one core, one posture with its intervals, and the memory beside the results."""

import os
import time
import tracemalloc
from collections.abc import Callable

import numpy as np
from figures import Figure, median

from midback.body.statics import Load, load_of
from midback.body.subject import Subject, make_subject
from midback.body.uncertainty import spread_of
from midback.body.working_posture import RANGES_DEG, WorkingPosture, in_degrees

POSTURES = 100_000
ROUNDS = 7
MEGABYTE = 1e6


def postures(size: int) -> WorkingPosture:
    """Return postures drawn over all that is allowed."""
    rng = np.random.default_rng(4)
    angles = {name: np.radians(rng.uniform(low, high, size)) for name, (low, high) in RANGES_DEG.items()}
    return WorkingPosture(**angles, arm_support=rng.random(size), back_rest=rng.random(size))


def people(size: int) -> Subject:
    """Return as many people, each of their own mass, stature and sex."""
    rng = np.random.default_rng(5)
    return Subject(
        mass=rng.uniform(45, 120, size), stature=rng.uniform(1.5, 2.0, size), male=rng.integers(0, 2, size) * 1.0,
        strength=np.ones(size), mass_spread=np.zeros(size), stature_spread=np.zeros(size),
        strength_spread=np.ones(size),
    )  # fmt: skip


def timed(run: Callable[[], object]) -> list[float]:
    """Return the seconds of each round, after one that is not counted."""
    run()
    found: list[float] = []
    for _ in range(ROUNDS):
        before = time.perf_counter()
        run()
        found.append(time.perf_counter() - before)
    return found


def beside(size: int) -> float:
    """Return the most memory in MB that is held beside the results while so many postures are worked out."""
    subject, held = make_subject(), postures(size)
    tracemalloc.start()
    load = load_of(subject, held)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (peak - sum(getattr(load, name).nbytes for name in Load.__slots__)) / MEGABYTE


def measure() -> list[Figure]:
    """Run on one core where the system lets one choose."""
    if hasattr(os, "sched_setaffinity"):
        cores = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {min(cores)})
    try:
        return figures()
    finally:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, cores)


def figures() -> list[Figure]:
    """Measure one person in many postures, as many people, one posture, its intervals, and memory."""
    held = postures(POSTURES)
    one, many = make_subject(70, 1.75, "f"), people(POSTURES)
    alone = in_degrees(head_flexion=45, trunk_flexion=10, arms_forward=30)
    of_one, of_many = timed(lambda: load_of(one, held)), timed(lambda: load_of(many, held))
    single = [1000 * s for s in timed(lambda: load_of(one, alone))]
    spread = [1000 * s for s in timed(lambda: spread_of(one, alone))]
    small, large = beside(POSTURES), beside(4 * POSTURES)
    return [
        Figure(f"{POSTURES} postures of one person", median(of_one), "s", 1.0, [round(s, 3) for s in of_one]),
        Figure(
            f"{POSTURES} postures of as many people",
            median(of_many),
            "s",
            1.0,
            [round(s, 3) for s in of_many],
        ),
        Figure("one posture", median(single), "ms", None, [round(s, 2) for s in single]),
        Figure(
            "one posture with intervals of 2000 draws",
            median(spread),
            "ms",
            None,
            [round(s, 1) for s in spread],
        ),
        Figure(f"memory beside the results, {POSTURES} postures", small, "MB", 100),
        Figure(f"memory beside the results, {4 * POSTURES} postures", large, "MB", 100),
    ]
