"""How often the trial's words are wrong, and how often they come when they should: tables with Monte-Carlo errors.

    python bench/trial_error_rates.py null --people 2000
    python bench/trial_error_rates.py power | shapes | floor | looks | cause | welch | prior

"null" is people to whom nothing happens. Every table of docs/trial.md was printed by this file.
"""

import argparse
import itertools
import math
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from trial_diaries import World, correlated, made_up

from midback.trial import ar1
from midback.trial import effect as effects
from midback.trial.analysis import Analysis, analyse
from midback.trial.cause import find_cause, onset
from midback.trial.diary import diary_of
from midback.trial.student import student_cdf

FIRST = date(2026, 1, 5)
PHIS = (0.0, 0.3, 0.5, 0.7)
SAID = ("better", "worse")
ALMOST = ("probably better", "probably worse", *SAID)


def analyses(rng: Any, people: int, world: World) -> list[Analysis]:
    """Analyse invented people of one world."""
    scores = made_up(rng, people, world)
    return [analyse(diary_of("x", FIRST, s[: world.baseline], s[world.baseline :])) for s in scores]


def percent(hits: Any) -> str:
    """Return a share with its Monte-Carlo standard error, in percent: "3.2 (0.4)"."""
    share = float(np.mean(hits))
    return f"{100 * share:5.1f} ({100 * math.sqrt(max(share * (1 - share), 1e-9) / len(hits)):.1f})"


def covered(found: list[Analysis], truth: float) -> list[bool]:
    """Say for each interval whether it holds the truth."""
    return [a.effect is not None and a.effect.low <= truth <= a.effect.high for a in found]


def null(people: int, seed: int) -> None:
    """Print how often people are told better or worse to whom nothing happened."""
    print("| baseline | mean | missing | phi | better or worse | with probably | interval covers |")
    print("|---|---|---|---|---|---|---|")
    missing = ((0.0, "any"), (0.2, "any"), (0.2, "low"))
    for days, mean, (share, when), phi in itertools.product((14, 7), (5.0, 1.0, 9.0), missing, PHIS):
        world = World(days, 28, phi, mean=mean, missing=share, missing_when=when)
        key = [seed, days, int(mean), int(10 * phi), int(10 * share), len(when)]
        found = analyses(np.random.default_rng(key), people, world)
        words = [a.verdict.word for a in found]
        gone = "none" if not share else "20 %" if when == "any" else "20 %, more when low"
        print(
            f"| {days} | {mean:g} | {gone} | {phi:g} | {percent([w in SAID for w in words])} "
            f"| {percent([w in ALMOST for w in words])} | {percent(covered(found, 0.0))} |",
            flush=True,
        )


def power(people: int, seed: int) -> None:
    """Print how often an effect is found, beside a test that knows correlation and spread."""
    print(
        "| baseline | comes | points | phi | better | at least probably | covers | known: last 14 | known: step |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for days, ramp, effect, phi in itertools.product((14, 7), (0, 21), (2.0, 3.0), PHIS):
        world = World(days, 28, phi, mean=6.5, effect=effect, ramp=ramp)
        rng = np.random.default_rng([seed, days, ramp, int(effect), int(10 * phi)])
        found = analyses(rng, people, world)
        words = [a.verdict.word for a in found]
        rng = np.random.default_rng([seed, days, ramp, int(effect), int(10 * phi)])
        scores = made_up(rng, people, world)
        print(
            f"| {days} | {'at once' if not ramp else '21 days'} | {effect:g} | {phi:g} "
            f"| {percent([w == 'better' for w in words])} "
            f"| {percent([w in ('better', 'probably better') for w in words])} "
            f"| {percent(covered(found, world.true_difference()))} "
            f"| {percent(known(scores, world, own_early=True))} | {percent(known(scores, world, own_early=False))} |",
            flush=True,
        )


def known(scores: Any, world: World, own_early: bool) -> Any:
    """Say for each diary whether a test at 5 % that knows phi and sd finds it better; the days are complete.

    own_early : the first days of the programme have a mean of their own, so that only the last 14 count
    """
    total = world.baseline + world.programme
    far = np.abs(np.subtract.outer(np.arange(total), np.arange(total)))
    inverse = np.linalg.inv(np.where(far == 0, 1.0, world.phi**far))
    columns = np.zeros((total, 3 if own_early else 2))
    columns[:, 0] = 1
    columns[-14 if own_early else world.baseline :, 1] = 1
    if own_early:
        columns[world.baseline : -14, 2] = 1
    cover = np.linalg.inv(columns.T @ inverse @ columns)
    estimate = scores @ (cover @ columns.T @ inverse)[1]
    return estimate / (world.sd * math.sqrt(cover[1, 1])) < -1.96


def shapes(people: int, seed: int) -> None:
    """Print error rates in worlds that the constants were not chosen in."""
    print("| nothing happens, 14 + 28 days, phi 0.5 but | better or worse | with probably | covers |")
    print("|---|---|---|---|")
    worlds = {
        "heavy tails (t3)": World(noise="t3", phi=0.5),
        "bad days stand out (skewed)": World(noise="skewed", phi=0.5),
        "uniform": World(noise="uniform", phi=0.5),
        "sd 0.8": World(sd=0.8, phi=0.5),
        "sd 2.5": World(sd=2.5, phi=0.5),
        "weekends 1.5 points worse": World(weekend=1.5, phi=0.5),
        "at the very floor (mean 0)": World(mean=0.0, phi=0.5),
        "7 days of baseline, skewed, mean 2, 20 % missing": World(
            7, noise="skewed", mean=2.0, phi=0.5, missing=0.2, missing_when="low"
        ),
        "phi 0.8": World(phi=0.8),
        "phi 0.9": World(phi=0.9),
    }
    for name, world in worlds.items():
        found = analyses(np.random.default_rng([seed, len(name)]), people, world)
        words = [a.verdict.word for a in found]
        print(
            f"| {name} | {percent([w in SAID for w in words])} | {percent([w in ALMOST for w in words])} "
            f"| {percent(covered(found, 0.0))} |",
            flush=True,
        )


def floor(people: int, seed: int) -> None:
    """Print coverage where an effect meets the floor; the truth is the difference of the scores people write."""
    print("| baseline | mean before | points (on paper) | phi | better | at least probably | covers |")
    print("|---|---|---|---|---|---|---|")
    for days, (mean, effect), phi in itertools.product((14, 7), ((3.0, 2.0), (3.0, 3.0), (9.0, 3.0)), PHIS):
        world = World(days, 28, phi, mean=mean, effect=effect)
        rng = np.random.default_rng([seed, days, int(mean), int(effect), int(10 * phi)])
        many = made_up(rng, 20_000, world)
        truth = float(many[:, -14:].mean() - many[:, :days].mean())
        found = analyses(rng, people, world)
        words = [a.verdict.word for a in found]
        print(
            f"| {days} | {mean:g} | {effect:g} ({-truth:.2f}) | {phi:g} | {percent([w == 'better' for w in words])} "
            f"| {percent([w in ('better', 'probably better') for w in words])} | {percent(covered(found, truth))} |",
            flush=True,
        )


def looks(people: int, seed: int) -> None:
    """Print how often people to whom nothing happens are told so wrongly on day 21, on day 28, or on either."""
    print("| baseline | phi | day 21 | day 28 | either | either, with probably |")
    print("|---|---|---|---|---|---|")
    for days, phi in itertools.product((14, 7), PHIS):
        world = World(days, 28, phi)
        scores = made_up(np.random.default_rng([seed, days, int(10 * phi)]), people, world)
        early = [analyse(diary_of("x", FIRST, s[:days], s[days : days + 21])).verdict.word for s in scores]
        late = [analyse(diary_of("x", FIRST, s[:days], s[days:])).verdict.word for s in scores]
        both = list(zip(early, late, strict=True))
        print(
            f"| {days} | {phi:g} | {percent([a in SAID for a in early])} | {percent([b in SAID for b in late])} "
            f"| {percent([a in SAID or b in SAID for a, b in both])} "
            f"| {percent([a in ALMOST or b in ALMOST for a, b in both])} |",
            flush=True,
        )


def cause(people: int, seed: int) -> None:
    """Print how often the programme is shown to help, without an effect and with one of 2 points."""
    print(
        "| pairs | order | natural recovery of 1 SD | phi | shown without effect | covers | shown with 2 points |"
    )
    print("|---|---|---|---|---|---|---|")
    curves = ("line", "early", "late")
    for pairs, order, curve, phi in itertools.product((2, 4, 6), ("drawn", "off first"), curves, PHIS):
        rng = np.random.default_rng([seed, pairs, len(order), len(curve), int(10 * phi)])
        total = 14 + 14 * pairs
        along = np.linspace(0, 1, total)
        bend = {"line": along, "early": 1 - np.exp(-np.arange(total) / 10), "late": along**3}[curve]
        noise = correlated(rng, people, total, phi)
        none, some = [], []
        for row in 6.5 - 1.5 * bend + 1.5 * noise:
            weeks = rng.random(pairs) < (0.5 if order == "drawn" else 0.0)
            on = np.concatenate([np.repeat([1.0, 0.0] if first else [0.0, 1.0], 7) for first in weeks])
            helped = row - 2.0 * np.concatenate([np.zeros(14), onset(on, 1.0)])
            for found, pain in ((none, row), (some, helped)):
                scores = np.clip(np.rint(pain), 0, 10)
                found.append(find_cause(diary_of("x", FIRST, scores[:14], scores[14:], on)))
        cover = [c.low is not None and c.high is not None and c.low <= 0 <= c.high for c in none]
        print(
            f"| {pairs} | {order} | {curve} | {phi:g} | {percent([c.shown == 'shown' for c in none])} "
            f"| {percent(cover)} | {percent([c.shown == 'shown' for c in some])} |",
            flush=True,
        )


def welch(people: int, seed: int) -> None:
    """Print how often Welch's t test on pooled days, as in StudyU, finds a difference where there is none."""
    print("| diary | phi | recovery by itself | Welch, p < 0.05 | here |")
    print("|---|---|---|---|---|")
    rows = [("7 + 28", 7, phi, 0.0) for phi in PHIS] + [("14 + 28", 14, phi, 0.0) for phi in PHIS]
    for name, days, phi, recovery in rows:
        world = World(days, 28, phi, recovery=recovery)
        scores = made_up(np.random.default_rng([seed, days, int(10 * phi), 7]), people, world)
        ours = [analyse(diary_of("x", FIRST, s[:days], s[days:])).verdict.word in SAID for s in scores]
        theirs = [welch_p(s[days:], s[:days]) < 0.05 for s in scores]
        print(f"| {name} | {phi:g} | none | {percent(theirs)} | {percent(ours)} |", flush=True)
    for phi, recovery in itertools.product(PHIS, (0.0, 1.5)):
        rng = np.random.default_rng([seed, 4, int(10 * phi), int(recovery)])
        path = 5.0 - recovery * np.linspace(0, 1, 28)
        on = np.tile(np.repeat([0.0, 1.0], 7), 2)
        scores = np.clip(np.rint(path + 1.5 * correlated(rng, people, 28, phi)), 0, 10)
        theirs = [welch_p(s[on == 1], s[on == 0]) < 0.05 for s in scores]
        ours = [find_cause(diary_of("x", FIRST, s[:0], s, on)).shown == "shown" for s in scores]
        gone = "1 SD" if recovery else "none"
        print(
            f"| weeks off, on, off, on | {phi:g} | {gone} | {percent(theirs)} | {percent(ours)} |", flush=True
        )


def welch_p(a: Any, b: Any) -> float:
    """Return the two-sided p of Welch's t test; degrees of freedom rounded down."""
    va, vb = float(np.var(a, ddof=1)) / len(a), float(np.var(b, ddof=1)) / len(b)
    if va + vb == 0:
        return 1.0
    df = (va + vb) ** 2 / (va**2 / (len(a) - 1) + vb**2 / (len(b) - 1))
    t = abs(float(np.mean(a) - np.mean(b))) / math.sqrt(va + vb)
    return 2 * (1 - float(student_cdf(t, max(1, int(df)))))


def prior(people: int, seed: int) -> None:
    """Print what each thing that is assumed beforehand changes, on diaries with an effect of 2 points."""
    print("| instead | estimate moves by | interval is as wide | another word |")
    print("|---|---|---|---|")
    world = World(14, 28, 0.5, mean=6.5, effect=2.0, missing=0.2)
    usual = analyses(np.random.default_rng(seed), people, world)
    others: dict[str, tuple[Any, str, Any]] = {
        "every correlation as likely": (effects, "PHI_WEIGHTS", (1.0,) * len(effects.PHIS)),
        "a day's spread half as large beforehand (0.6)": (ar1, "PRIOR_SD", 0.6),
        "twice as large (2.4)": (ar1, "PRIOR_SD", 2.4),
        "weekdays do not differ": (effects, "WEEKDAY_SPREADS", (0.0,)),
        "weekdays differ": (effects, "WEEKDAY_SPREADS", (0.5,)),
        "the change comes at once": (effects, "RAMPS", {0: 0.96, 14: 0.02, 28: 0.02}),
        "the first days go their own way, half of the weight": (effects, "OWN_WAY", 0.8),
    }
    for name, (module, constant, value) in others.items():
        before = getattr(module, constant)
        setattr(module, constant, value)
        found = analyses(np.random.default_rng(seed), people, world)
        setattr(module, constant, before)
        pairs = [(a, b) for a, b in zip(usual, found, strict=True) if a.effect and b.effect]
        moved = np.mean([abs(a.effect.estimate - b.effect.estimate) for a, b in pairs])
        wide = np.mean([(b.effect.high - b.effect.low) / (a.effect.high - a.effect.low) for a, b in pairs])
        word = np.mean([a.verdict.word != b.verdict.word for a, b in pairs])
        print(f"| {name} | {moved:.2f} | {wide:.2f} times | {100 * word:.0f} % |", flush=True)


TABLES = {
    "null": null,
    "power": power,
    "shapes": shapes,
    "floor": floor,
    "looks": looks,
    "cause": cause,
    "welch": welch,
    "prior": prior,
}


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("table", choices=TABLES)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    began = time.perf_counter()
    TABLES[given.table](given.people, given.seed)
    print(f"\n{given.people} people a row, seed {given.seed}, {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
