"""Whose body it is. In: mass, stature, sex and strength as far as told. Out: ``Subject``, ``Segments``. Next: statics.

What is not told is taken at its usual value and widens the interval by its spread among adults.
"""

import math
from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np

from midback.body.parameters import Params, middle
from midback.catalogue.constants import load_constants
from midback.errors import InputError, Phrase
from midback.movement.rotation import Array

Sex = Literal["f", "m"]
Strength = Literal["low", "average", "high"]
SEXES: Final[tuple[Sex, ...]] = get_args(Sex)
STRENGTHS: Final[tuple[Strength, ...]] = get_args(Strength)
MASS_KG: Final = (25.0, 300.0)
STATURE_M: Final = (1.0, 2.5)
# What a Subject may hold however it was made; drawn statures and masses lie beyond what people tell.
LIMITS: Final = (
    ("mass", 0.0, 1000.0),
    ("stature", 0.3, 3.0),
    ("male", 0.0, 1.0),
    ("strength", 0.01, 100.0),
    ("mass_spread", 0.0, 1000.0),
    ("stature_spread", 0.0, 3.0),
    ("strength_spread", 0.0, 1.0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One person, or many.

    mass : (...,) kg ; stature : (...,) m ; male : (...,) 1 a man, 0 a woman, 0.5 not told
    strength : (...,) factor on the usual strength of one's sex, 1 average
    mass_spread : (...,) kg ; stature_spread : (...,) m ; one standard deviation, 0 where it was told
    strength_spread : (...,) part of the spread of strength that is left, 1 where nothing was told
    """

    mass: Array
    stature: Array
    male: Array
    strength: Array
    mass_spread: Array
    stature_spread: Array
    strength_spread: Array


@dataclass(frozen=True, slots=True)
class Segments:
    """Masses of what lies above each level, and how large the person is.

    head : (...,) kg ; slices : (..., 12) kg, T1 to T12 ; arms : (..., 3) kg, both upper arms, forearms, hands
    scale : (...,) stature by that of the person the lengths belong to ; arm_length : (..., 3) m
    """

    head: Array
    slices: Array
    arms: Array
    scale: Array
    arm_length: Array


def make_subject(
    mass_kg: float | None = None,
    stature_m: float | None = None,
    sex: str | None = None,
    strength: str | None = None,
) -> Subject:
    """Return a person from what is told; None is not told.

    Raises
    ------
    InputError
        Naming the value, the rule and the range.
    """
    if sex is not None and sex not in SEXES:
        raise _unknown("sex", sex, SEXES)
    if strength is not None and strength not in STRENGTHS:
        raise _unknown("strength", strength, STRENGTHS)
    pick = middle(load_constants())
    male = {"m": 1.0, "f": 0.0, None: 0.5}[sex]
    mass, mass_spread = _told("mass_kg", mass_kg, MASS_KG, "usual-mass", male)
    stature, stature_spread = _told("stature_m", stature_m, STATURE_M, "usual-stature", male)
    shift = {"low": -1.0, "high": 1.0}.get(strength or "", 0.0) * float(pick("strength-third"))
    return Subject(
        mass=np.asarray(mass),
        stature=np.asarray(stature),
        male=np.asarray(male),
        strength=np.exp(shift * _strength_sigma(male)),
        mass_spread=np.asarray(mass_spread),
        stature_spread=np.asarray(stature_spread),
        strength_spread=np.asarray(1.0) if strength is None else pick("strength-left"),
    )


def check_subject(subject: Subject) -> None:
    """Raise InputError for numbers that no body has; NaN is not known, and a mass of 0 is allowed."""
    for name, low, high in LIMITS:
        value = np.asarray(getattr(subject, name), dtype=float)
        bad = (value < low) | (value > high)
        if np.any(bad):
            raise InputError(
                "{name} is {value}.",
                "It should lie between {low} and {high}.",
                values={
                    "name": name,
                    "value": f"{float(value[bad].flat[0]):g}",
                    "low": f"{low:g}",
                    "high": f"{high:g}",
                },
            )


def segments(subject: Subject, params: Params) -> Segments:
    """Return the masses and lengths of the parts of a person's body."""
    own = params.segments
    male = np.asarray(subject.male, dtype=float)
    mass = np.asarray(subject.mass, dtype=float)
    stature = np.asarray(subject.stature, dtype=float)
    arm = male[..., None] * own.arm_mass_male + (1 - male[..., None]) * own.arm_mass_female
    female = male + (1 - male) * own.female_slices
    return Segments(
        head=mass * own.head_mass,
        slices=(mass * female)[..., None] * own.slice_mass,
        arms=2 * mass[..., None] * arm,
        scale=stature / params.spine.source_stature,
        arm_length=stature[..., None] * own.arm_length,
    )


def _told(
    name: str, value: float | None, bounds: tuple[float, float], usual: str, male: float
) -> tuple[float, float]:
    """Return a value with its spread: as told and 0, or the usual one of this sex."""
    if value is not None:
        return _checked(name, value, bounds), 0.0
    constant = load_constants()[usual]
    (man, woman), (man_sd, woman_sd) = np.asarray(constant.value), np.asarray(constant.spread)
    between = male * (1 - male) * float(man - woman) ** 2
    spread = math.sqrt(male * float(man_sd) ** 2 + (1 - male) * float(woman_sd) ** 2 + between)
    return male * float(man) + (1 - male) * float(woman), spread


def _strength_sigma(male: float) -> float:
    """Return the spread of the logarithm of neck strength, between those of both sexes where none is told."""
    found = []
    for name in ("neck-extension-male", "neck-extension-female"):
        constant = load_constants()[name]
        relative = float(np.asarray(constant.spread)) / float(np.asarray(constant.value))
        found.append(math.sqrt(math.log1p(relative**2)))
    return male * found[0] + (1 - male) * found[1]


def _checked(name: str, value: float, bounds: tuple[float, float]) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise InputError(
            "{name} is {value}, which is no number.",
            "It should lie between {low} and {high}.",
            values={
                "name": name,
                "value": str(value)[:40],
                "low": f"{bounds[0]:g}",
                "high": f"{bounds[1]:g}",
            },
        )
    if not bounds[0] <= number <= bounds[1]:
        raise InputError(
            "{name} is {value}{guess}.",
            "It should lie between {low} and {high}.",
            values={
                "name": name,
                "value": f"{number:g}",
                "guess": _other_unit(name, number),
                "low": f"{bounds[0]:g}",
                "high": f"{bounds[1]:g}",
            },
        )
    return number


def _other_unit(name: str, number: float) -> Phrase:
    """Guess which unit a number was given in."""
    for by, said in (
        (100.0, Phrase(", which looks like centimetres instead of metres")),
        (1000.0, Phrase(", which looks like millimetres instead of metres")),
    ):
        if name == "stature_m" and by * STATURE_M[0] <= number <= by * STATURE_M[1]:
            return said
    if name == "mass_kg" and 1000 * MASS_KG[0] <= number <= 1000 * MASS_KG[1]:
        return Phrase(", which looks like grams instead of kilograms")
    return Phrase("")


def _unknown(name: str, value: object, known: tuple[str, ...]) -> InputError:
    return InputError(
        "{name} is '{value}', which is not known.",
        "It should be one of {known}, or left out.",
        values={"name": name, "value": str(value)[:40], "known": ", ".join(known)},
    )
