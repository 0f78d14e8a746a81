"""Invented pain diaries of people of whom the truth is known. In: rng, a world. Out: scores. Next: trial_error_rates.

A day's pain is a mean plus AR(1) noise, rounded to a whole number and held between 0 and 10, as a person would write
it. Nothing here is known to the analysis: it has its own idea of noise and is tried on others too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

BURN_IN = 60


@dataclass(frozen=True, slots=True)
class World:
    """What is true of the invented people.

    baseline, programme : days; phi : correlation of a day with the next; sd : day-to-day, points; mean : before
    effect : points less pain; ramp : days until all of it is there; recovery : points less by the end, by itself
    missing : share of days; "low" lets them be missing four times as often when pain is below its mean
    noise : "normal", "t3" (heavy tails), "skewed" (bad days stand out), "uniform"
    weekend : points more on two of seven days
    """

    baseline: int = 14
    programme: int = 28
    phi: float = 0.3
    sd: float = 1.5
    mean: float = 5.0
    effect: float = 0.0
    ramp: int = 0
    recovery: float = 0.0
    missing: float = 0.0
    missing_when: str = "any"
    noise: str = "normal"
    weekend: float = 0.0

    def paths(self) -> Any:
        """Return the mean of each day before rounding (T,)."""
        days = np.arange(1, self.programme + 1)
        change = np.minimum(1, days / self.ramp) if self.ramp else np.ones(self.programme)
        total = self.baseline + self.programme
        path = np.full(total, float(self.mean)) - self.recovery * np.linspace(0, 1, total)
        path[self.baseline :] -= self.effect * change
        return path + self.weekend * (np.arange(total) % 7 < 2)

    def true_difference(self) -> float:
        """Return the mean of the last 14 days less that of the baseline, before rounding."""
        path = self.paths()
        return float(path[-14:].mean() - path[: self.baseline].mean())


def correlated(rng: Any, people: int, days: int, phi: float, noise: str = "normal") -> Any:
    """Return AR(1) noise of variance 1 (people, days)."""
    shape = (people, days + BURN_IN)
    fresh = {
        "normal": lambda: rng.normal(size=shape),
        "t3": lambda: rng.standard_t(3, size=shape) / np.sqrt(3),
        "skewed": lambda: rng.exponential(size=shape) - 1,
        "uniform": lambda: rng.uniform(-np.sqrt(3), np.sqrt(3), size=shape),
    }[noise]()
    out = np.empty(shape)
    out[:, 0] = fresh[:, 0]
    for t in range(1, shape[1]):
        out[:, t] = phi * out[:, t - 1] + np.sqrt(1 - phi**2) * fresh[:, t]
    return out[:, BURN_IN:]


def made_up(rng: Any, people: int, world: World) -> Any:
    """Return scores (people, days), NaN where a day has no answer."""
    path = world.paths()
    noise = correlated(rng, people, len(path), world.phi, world.noise)
    scores = np.clip(np.rint(path + world.sd * noise), 0, 10)
    share = np.full(scores.shape, world.missing)
    if world.missing_when == "low":
        share = world.missing * np.where(noise < 0, 1.6, 0.4)
    scores[rng.random(scores.shape) < share] = np.nan
    return scores


def csv_lines(scores: Any, baseline: int, on: Any = None) -> Iterable[str]:
    """Yield the diaries as the lines of a table; on : (people, programme days) 0 or 1"""
    yield "person,date,pain,phase" + (",programme_on" if on is not None else "")
    start = np.datetime64("2026-01-05")
    for person, row in enumerate(scores):
        for day, score in enumerate(row):
            pain = "" if np.isnan(score) else str(int(score))
            phase = "baseline" if day < baseline else "programme"
            last = ""
            if on is not None:
                last = "," if day < baseline else f",{int(on[person][day - baseline])}"
            yield f"p{person},{start + day},{pain},{phase}{last}"
