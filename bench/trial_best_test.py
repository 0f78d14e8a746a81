"""How much any test could find that does not know the correlation: a near-optimal test, beside which the words stand.

    python bench/trial_best_test.py --people 800

The test is a ratio of likelihoods: a change of 1 to 3 points either way, at once or over 14 or 21 days, at correlations
of 0 to 0.7, against no change at the least favourable mixture of correlations, found by raising the weight of each
correlation at which it errs in more than 5 of 100 (Elliott, Mueller & Watson 2015, Econometrica 83:771). No test
that errs in at most 5 of 100 at every correlation has more power averaged over those alternatives, but for rounding.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from trial_diaries import World, made_up

from midback.trial.ar1 import fit, whiten
from midback.trial.student import student_log_density

NULL = (0.0, 0.15, 0.3, 0.5, 0.6, 0.7)
ALTERNATIVE = (0.0, 0.3, 0.5, 0.7)
RAMPS = (0, 14, 21)
CHANGES = (-3.0, -2.0, -1.0, 1.0, 2.0, 3.0)
ROUNDS, STEP, LEVEL = 600, 0.12, 0.05


def likelihoods(score: Any, baseline: int) -> tuple[float, Any]:
    """Return the average likelihood of the alternatives, and that of no change at each correlation."""
    day = np.arange(len(score))
    since = np.clip(day - baseline + 1, 0, None)
    phis = np.array(sorted({*NULL, *ALTERNATIVE}))
    total, nothing = 0.0, np.zeros(len(NULL))
    for ramp in RAMPS:
        path = np.minimum(1, since / ramp) if ramp else (since > 0) * 1.0
        columns = np.stack([np.ones(len(day)), path / path[-14:].mean()], axis=1)
        found = fit(whiten(day, score, columns, phis), [0, 1], [np.inf, np.inf], 1)

        def at(change: float, found: Any = found) -> Any:
            density = student_log_density((change - found.coefficient) / found.scale, found.df)
            return np.exp(found.log_weight + 200 + density) / found.scale

        among = np.isin(phis, ALTERNATIVE)
        total += sum(float(at(change)[among].sum()) for change in CHANGES)
        if ramp == 0:
            nothing = at(0.0)[np.isin(phis, NULL)]
    return total, nothing


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=800)
    people = parser.parse_args().people
    print("| baseline | comes | points | phi | best attainable |")
    print("|---|---|---|---|---|")
    for baseline in (14, 7):
        sides: dict[tuple[float, float, int], tuple[Any, Any]] = {}
        for phi in NULL:
            for effect, ramp in ((0.0, 0), (2.0, 0), (3.0, 0), (2.0, 21), (3.0, 21)):
                if effect and phi not in ALTERNATIVE:
                    continue
                world = World(baseline, 28, phi, mean=6.5, effect=effect, ramp=ramp)
                rng = np.random.default_rng([baseline, int(100 * phi), int(effect), ramp])
                both = [likelihoods(row, baseline) for row in made_up(rng, people, world)]
                sides[phi, effect, ramp] = (np.array([b[0] for b in both]), np.array([b[1] for b in both]))
        weight = np.zeros(len(NULL))
        for _ in range(ROUNDS):
            for k, phi in enumerate(NULL):
                helped, nothing = sides[phi, 0.0, 0]
                weight[k] += STEP * (float((helped > nothing @ np.exp(weight)).mean()) - LEVEL) / LEVEL
        for (phi, effect, ramp), (helped, nothing) in sorted(sides.items(), key=lambda s: (s[0][2], s[0][1])):
            if effect:
                share = 100 * float((helped > nothing @ np.exp(weight)).mean())
                comes = "21 days" if ramp else "at once"
                print(f"| {baseline} | {comes} | {effect:g} | {phi:g} | {share:.0f} |", flush=True)


if __name__ == "__main__":
    main()
