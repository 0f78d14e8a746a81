"""How sure the numbers are. In: a subject, a posture, a generator. Out: ``Interval`` by name. Next: app.why, docs.

All spreads of all constants are drawn together, each row of numbers by one draw for the whole row, which makes
intervals wider than independent draws would. What is positive is drawn from a lognormal distribution of the same
mean and spread, so that no draw of a strength of 21 +- 12 is nothing or less; what is not, from a normal one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Final

import numpy as np

from midback.body.parameters import Params, Pick, in_si, middle, parameters, params_from
from midback.body.statics import Load, load_of, relative_load
from midback.body.statics_batches import pieces
from midback.body.subject import Subject
from midback.body.working_posture import UPRIGHT, WorkingPosture
from midback.catalogue.constants import Constant, Constants, load_constants
from midback.movement.rotation import Array

QUANTILES: Final = (0.05, 0.95)
# Numbers in memory at once: draws times postures times levels.
CHUNK: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with the 90 % interval around it, each (...,) in the unit of the value."""

    low: Array
    middle: Array
    high: Array


def sampled(constants: Constants, rng: np.random.Generator, draws: int, axes: int = 0) -> Pick:
    """Return what gives draws of each constant, (draws, 1 ... 1) or (draws, 1 ... 1, n), with ``axes`` ones.

    A constant asked for twice gives the same draws.
    """
    kept: dict[str, Array] = {}

    def pick(name: str) -> Array:
        if name not in kept:
            kept[name] = _drawn(constants[name], rng, draws, axes)
        return kept[name]

    return pick


def spread_of(
    subject: Subject,
    posture: WorkingPosture,
    params: Params | None = None,
    rng: np.random.Generator | None = None,
    draws: int = 2000,
) -> Mapping[str, Interval]:
    """Return 90 % intervals of everything in ``Load``, by field, and of ``relative_load``.

    The middle is what ``load_of`` gives. ``params`` are those of the middle; the draws come from the packaged spreads.
    The relation to upright uses the same draws for both, so that it is the interval of the ratio.

    subject, posture : leading axes (...,) as in ``load_of``
    rng : without one, a generator of its own that gives the same intervals every time
    """
    rng = np.random.default_rng(0) if rng is None else rng
    load = load_of(subject, posture, params)
    found = {**_by_name(load), "relative_load": relative_load(load, load_of(subject, UPRIGHT, params))}
    lead = found["neck_fraction"].shape
    step = max(1, CHUNK // (draws * 13))
    seeds = int(rng.integers(2**63)), int(rng.integers(2**63))
    ends: dict[str, list[Array]] = {name: [] for name in found}
    for _, some, held in pieces(subject, posture, lead, step):
        # Every chunk sees the same draws, so that a batch gives what its members give one by one.
        drawn = _loads(some, held, seeds, draws)
        for name, values in drawn.items():
            ends[name].append(np.quantile(values, QUANTILES, axis=0))
    return {name: _interval(middle_value, ends[name], lead) for name, middle_value in found.items()}


def _loads(subject: Subject, posture: WorkingPosture, seeds: tuple[int, int], draws: int) -> dict[str, Array]:
    rng, of_subject = np.random.default_rng(seeds[0]), np.random.default_rng(seeds[1])
    pick = sampled(load_constants(), rng, draws, axes=1)
    params = params_from(pick)
    person = _person(subject, params, of_subject, draws)
    upright = load_of(person, UPRIGHT, params)
    load = load_of(person, posture, params)
    found = _by_name(load)
    found["relative_load"] = relative_load(load, upright)
    found["neck_fraction"] = found["neck_fraction"] / _bent(posture, of_subject, draws)
    return found


def _person(subject: Subject, params: Params, rng: np.random.Generator, draws: int) -> Subject:
    """Return draws of one person: the sex where it was not told, mass, stature and strength within their spread."""
    shape = (draws, 1)
    man = rng.random(shape) < subject.male
    mass = subject.mass * _factor(
        subject.mass_spread / np.maximum(subject.mass, 1e-9), rng.standard_normal(shape)
    )
    tall = _factor(subject.stature_spread / subject.stature, rng.standard_normal(shape))
    # What somebody said of their strength leaves only a part of the spread that the parameters were drawn with.
    usual, neck = parameters().neck, params.neck
    of_sex = np.where(
        man, neck.extension_male / usual.extension_male, neck.extension_female / usual.extension_female
    )
    return replace(
        subject,
        male=man.astype(float),
        mass=mass,
        stature=subject.stature * tall,
        strength=subject.strength * of_sex ** (subject.strength_spread - 1),
    )


def _bent(posture: WorkingPosture, rng: np.random.Generator, draws: int) -> Array:
    """Return the factor on strength of a bent neck: anything between 1 and what the neck model says."""
    full = float(middle(load_constants())("neck-strength-bent"))
    part = np.clip(posture.head_flexion / np.radians(30.0), 0, 1)
    return np.asarray(1 - rng.random((draws, 1)) * (1 - full) * part)


def _drawn(constant: Constant, rng: np.random.Generator, draws: int, axes: int) -> Array:
    value = np.asarray(constant.value, dtype=float)
    spread = np.zeros_like(value) if constant.spread is None else np.asarray(constant.spread, dtype=float)
    score = rng.standard_normal((draws, *(1,) * axes, *(1,) * value.ndim))
    if np.all(value > 0):
        return in_si(constant, value * _factor(spread / value, score))
    return in_si(constant, value + spread * score)


def _factor(relative: Array, score: Array) -> Array:
    """Return lognormal factors of mean 1 and this relative spread."""
    sigma = np.sqrt(np.log1p(np.square(relative)))
    return np.asarray(np.exp(sigma * score - 0.5 * np.square(sigma)))


def _by_name(load: Load) -> dict[str, Array]:
    return {field.name: np.asarray(getattr(load, field.name)) for field in fields(Load)}


def _interval(value: Array, ends: list[Array], lead: tuple[int, ...]) -> Interval:
    low, high = np.concatenate(ends, 1).reshape(2, *value.shape)
    return Interval(np.minimum(low, value), value, np.maximum(high, value))
