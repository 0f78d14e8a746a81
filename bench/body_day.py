"""Days of time: one and many, by bouts and by minutes, beside SciPy's solver and a plain loop of the same laws.

The plain loop takes every minute of everybody at once and brings each state to its limit by exp(-rate x 60 s): what a
person would write first. The solver (LSODA) takes the laws as they are written down, bout by bout. Bouts last whole
minutes, so that all three have the same day; efforts are those of sitting, some of them beyond what can be held.

Times are CPU times of this process, which works on one core: what a busy machine does beside it is not in them.
"""

import time
import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
from figures import Figure, median

from midback.body.tissue import GROUPS, rested, run_day, tissue_parameters

G = len(GROUPS)
BOUTS, MINUTES = 60, 1440
PEOPLE = 10_000
ROUNDS = 5
Day = tuple[Any, Any, Any, Any]


def made_up(people: int, seed: int = 1) -> Day:
    """Return efforts (B, T, G), flexion, seconds and moving (B, T) of days of 60 bouts that last 24 hours."""
    rng = np.random.default_rng(seed)
    cuts = np.sort(rng.permuted(np.tile(np.arange(1, MINUTES), (people, 1)), axis=1)[:, : BOUTS - 1], axis=1)
    ends = np.concatenate([cuts, np.full((people, 1), MINUTES)], axis=1)
    seconds = 60.0 * np.diff(ends, axis=1, prepend=0)
    kind = rng.choice(3, size=(people, BOUTS), p=(0.6, 0.25, 0.15))
    asked = rng.uniform(0.02, 0.15, (people, BOUTS, G)) * (kind == 0)[..., None]
    moving = np.where(kind == 2, 1.0, 0.0)
    asked += 0.05 * (kind == 2)[..., None]
    return asked, rng.uniform(0, 0.6, (people, BOUTS)) * (kind == 0), seconds, moving


def by_minute(day: Day) -> Day:
    """Return the same days cut into minutes."""
    asked, bent, seconds, moving = day
    people = len(asked)
    bout = np.stack([np.repeat(np.arange(BOUTS), row) for row in (seconds / 60).astype(int)])
    who = np.arange(people)[:, None]
    return asked[who, bout], bent[who, bout], np.full(MINUTES, 60.0), moving[who, bout]


def plain_loop(day: Day) -> Any:
    """Return the last state (B, 2 G + 2) by a loop over the minutes of days by bouts."""
    asked, bent, seconds, moving = day
    known = tissue_parameters()
    people = len(asked)
    ends = np.cumsum(seconds, axis=1)
    tired, dose = np.zeros((2, people, G))
    creep = np.zeros((people, 2))
    share = known.asymptote * np.array([known.fast_share, 1 - known.fast_share])
    who, bout = np.arange(people), np.zeros(people, int)
    for minute in range(MINUTES):
        bout += ends[who, bout] <= 60.0 * minute
        effort, still = asked[who, bout], 1 - moving[who, bout][:, None]
        let_go = np.clip(1 - effort / known.rest_level, 0, 1)
        let_go = let_go + (1 - let_go) * (1 - still) * known.moving_let_go
        recover = known.recover * (1 + (known.rest_multiplier - 1) * let_go)
        spent = tired > 1 - effort
        rate = np.where(spent, known.tire + recover, recover)
        limit = known.tire * np.where(spent, 1.0, effort) / rate
        tired = limit + (tired - limit) * np.exp(-rate * 60)
        gained = still * effort**-known.endurance_power / known.endurance_s
        rate = gained + 1 / known.recovery_s + (1 - still) / known.relief_s
        dose = gained / rate + (dose - gained / rate) * np.exp(-rate * 60)
        goal = bent[who, bout][:, None] * share
        slow = np.where(creep < goal, known.loading_s, np.array([known.fast_s, known.slow_s]))
        creep = goal + (creep - goal) * np.exp(-60 / slow)
    return np.concatenate([tired, dose, creep], axis=1)


def solved(day: Day) -> Any:
    """Return the last state (2 G + 2,) of the first person by SciPy's solver."""
    from scipy.integrate import solve_ivp

    known = tissue_parameters()
    share = known.asymptote * np.array([known.fast_share, 1 - known.fast_share])

    def slope(_: float, x: Any, asked: Any, bent: float, moving: float) -> Any:
        let_go = np.clip(1 - asked / known.rest_level, 0, 1)
        let_go = let_go + (1 - let_go) * moving * known.moving_let_go
        recover = known.recover * (1 + (known.rest_multiplier - 1) * let_go)
        tired = known.tire * np.minimum(asked, 1 - x[:G]) - recover * x[:G]
        gained = (1 - moving) * asked**-known.endurance_power / known.endurance_s
        dose = gained * (1 - x[G : 2 * G]) - (1 / known.recovery_s + moving / known.relief_s) * x[G : 2 * G]
        apart = bent * share - x[2 * G :]
        slow = np.where(apart > 0, known.loading_s, np.array([known.fast_s, known.slow_s]))
        return np.concatenate([tired, dose, apart / slow])

    state = np.zeros(2 * G + 2)
    for asked, bent, seconds, moving in zip(*(part[0] for part in day), strict=True):
        done = solve_ivp(
            slope, (0, seconds), state, "LSODA", args=(asked, bent, moving), rtol=1e-8, atol=1e-10
        )
        state = done.y[:, -1]
    return state


def ours(day: Day, keep: bool = False) -> Any:
    """Return the last state (B, 2 G + 2) by the product."""
    asked, bent, seconds, moving = day
    last = run_day(rested(), asked, bent, seconds, moving=moving, keep=keep).last
    return np.concatenate(
        [last.fatigue, last.dose, last.creep_fast[..., None], last.creep_slow[..., None]], axis=-1
    )


def times(work: Callable[[], Any], rounds: int = ROUNDS) -> list[float]:
    """Return CPU seconds of each round; the first, which fills caches, is not told."""
    work()
    found = []
    for _ in range(rounds):
        before = time.process_time()
        work()
        found.append(time.process_time() - before)
    return found


def extra_memory(day: Day) -> float:
    """Return MB at the peak beyond arguments and before, the answer's own last states included."""
    tracemalloc.start()
    ours(day)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def measure() -> list[Figure]:
    """Run all, and refuse to tell figures of numbers that do not agree."""
    one, many = made_up(1), made_up(PEOPLE)
    one_cut, many_cut = by_minute(one), by_minute(many)
    off_solver = float(np.abs(solved(one) - ours(one)[0]).max())
    off_minutes = float(np.abs(ours(many) - ours(many_cut)).max())
    if off_solver > 1e-5 or off_minutes > 1e-9:
        raise RuntimeError(f"off the solver by {off_solver:g}, off the minutes by {off_minutes:g}")
    figures = []

    def tell(name: str, found: list[float], unit: str, aim: float | None) -> float:
        scale = 1000 if unit == "ms" else 1
        figures.append(Figure(name, scale * median(found), unit, aim, [round(scale * s, 3) for s in found]))
        return median(found)

    single = [[part[0] for part in one], [one_cut[0][0], one_cut[1][0], one_cut[2], one_cut[3][0]]]
    tell("a day of 60 bouts, every state kept", times(lambda: ours(single[0], keep=True), 50), "ms", 2)
    tell("a day minute by minute, every state kept", times(lambda: ours(single[1], keep=True), 20), "ms", 40)
    quick = tell(f"{PEOPLE} days of 60 bouts", times(lambda: ours(many)), "s", 0.8)
    tell(f"{PEOPLE} days minute by minute", times(lambda: ours(many_cut), 3), "s", 3)
    slow = tell(f"{PEOPLE} days, plain loop over minutes", times(lambda: plain_loop(many), 3), "s", None)
    plain = tell("a day, plain loop over minutes", times(lambda: plain_loop(one)), "ms", None)
    tell("a day, SciPy's solver", times(lambda: solved(one), 3), "ms", None)
    figures.append(Figure("our time by the plain loop's, many days of bouts", quick / slow, "", 0.1))
    alone = median(times(lambda: ours(single[0]), 50))
    figures.append(Figure("our time by the plain loop's, one day of bouts", alone / plain, "", 0.1))
    apart = np.abs(plain_loop(many) - ours(many))
    figures.append(Figure("plain loop off by at most", float(apart.max()), "", None))
    figures.append(Figure("off SciPy's solver by, in millionths", 1e6 * off_solver, "1e-6", 10))
    each = []
    for people in (10, 100, 1_000, 10_000, 100_000):
        day = made_up(people)
        each.append(1e6 * median(times(lambda day=day: ours(day), 3)) / people)
        figures.append(Figure(f"a day among {people}", each[-1], "us", None))
    figures.append(Figure("a day among 100000 by one among 10000", each[-1] / each[-2], "", 1.5))
    small, large = (extra_memory(tuple(part[:n] for part in many)) for n in (PEOPLE // 10, PEOPLE))
    figures.append(Figure("memory beside the arguments, 1000 days", small, "MB", None))
    figures.append(Figure("memory beside the arguments, 10000 days", large, "MB", None))
    cut = (many_cut[0], many_cut[1], many_cut[2], many_cut[3])
    figures.append(Figure("the same minute by minute", extra_memory(cut), "MB", None))
    return figures
