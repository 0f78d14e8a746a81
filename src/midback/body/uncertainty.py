"""How sure the numbers are. In: a subject, a posture, a generator. Out: ``Interval`` by name. Next: app.why, docs.

All spreads of all constants are drawn together, each row of numbers by one draw for the whole row, which makes
intervals wider than independent draws would. What is positive is drawn from a lognormal distribution of the same
mean and spread, so that no draw of a strength of 21 +- 12 is nothing or less; what is not, from a normal one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Final

import numpy as np

from midback.body.parameters import Params, Pick, in_si, middle, parameters, params_from
from midback.body.statics import Load, load_of, relative_load, upright_of
from midback.body.statics_batches import pieces
from midback.body.subject import Subject
from midback.body.working_posture import UPRIGHT, WorkingPosture
from midback.catalogue.constants import Constant, Constants, load_constants
from midback.movement.rotation import Array

QUANTILES: Final = (0.05, 0.95)
# Numbers in memory at once: draws times postures times levels.
CHUNK: Final = 1_000_000
# The draws of one person are kept up to this many, which takes half a megabyte.
KEPT_DRAWS: Final = 500


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
    found = {**_by_name(load), "relative_load": relative_load(load, upright_of(subject, params))}
    lead = found["neck_fraction"].shape
    step = max(1, CHUNK // (draws * 13))
    seeds = int(rng.integers(2**63)), int(rng.integers(2**63))
    ends: dict[str, list[Array]] = {name: [] for name in found}
    for _, some, held in pieces(subject, posture, lead, step):
        # Every chunk sees the same draws, so that a batch gives what its members give one by one.
        drawn = _loads(_drawn_people(some, seeds, draws), held)
        for name, values in _ends(drawn).items():
            ends[name].append(values)
    return {name: _interval(middle_value, ends[name], lead) for name, middle_value in found.items()}


@dataclass(frozen=True, slots=True)
class _People:
    """Draws of one person, or of many: params, bodies, their load upright, and what is drawn of a bent neck."""

    params: Params
    subject: Subject
    upright: Load
    bent: Array


def _drawn_people(subject: Subject, seeds: tuple[int, int], draws: int) -> _People:
    """Return draws of people; those of one person are kept, for the next posture asks for the same."""
    values = [np.asarray(getattr(subject, field.name), dtype=float) for field in fields(Subject)]
    if draws > KEPT_DRAWS or any(value.size != 1 for value in values):
        return _draw_people(subject, seeds, draws)
    return _kept_people(tuple(float(value.reshape(())) for value in values), seeds, draws)


@lru_cache(maxsize=2)
def _kept_people(told: tuple[float, ...], seeds: tuple[int, int], draws: int) -> _People:
    names = (field.name for field in fields(Subject))
    one = Subject(**{name: np.asarray(value) for name, value in zip(names, told, strict=True)})
    return _draw_people(one, seeds, draws)


def _draw_people(subject: Subject, seeds: tuple[int, int], draws: int) -> _People:
    rng, of_subject = np.random.default_rng(seeds[0]), np.random.default_rng(seeds[1])
    params = params_from(sampled(load_constants(), rng, draws, axes=1))
    person = _person(subject, params, of_subject, draws)
    return _People(params, person, load_of(person, UPRIGHT, params), of_subject.random((draws, 1)))


def _loads(people: _People, posture: WorkingPosture) -> dict[str, Array]:
    load = load_of(people.subject, posture, people.params)
    found = _by_name(load)
    found["relative_load"] = relative_load(load, people.upright)
    found["neck_fraction"] = found["neck_fraction"] / _bent(posture, people.bent)
    return found


def _ends(drawn: Mapping[str, Array]) -> dict[str, Array]:
    """Return the two ends of every interval: all numbers sorted side by side, in one go."""
    rows = {name: values.reshape(*values.shape[:2], -1) for name, values in drawn.items()}
    sizes = np.cumsum([row.shape[-1] for row in rows.values()])
    both = np.quantile(np.concatenate(list(rows.values()), -1), QUANTILES, axis=0)
    parts = np.split(both, sizes[:-1], -1)
    return {
        name: part.reshape(2, *values.shape[1:])
        for part, (name, values) in zip(parts, drawn.items(), strict=True)
    }


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


def _bent(posture: WorkingPosture, drawn: Array) -> Array:
    """Return the factor on strength of a bent neck: anything between 1 and what the neck model says."""
    full = float(middle(load_constants())("neck-strength-bent"))
    part = np.clip(posture.head_flexion / np.radians(30.0), 0, 1)
    return np.asarray(1 - drawn * (1 - full) * part)


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
