"""What head and arms weigh. In: mass and sex as far as told. Out: kilograms with a 90 % interval. Next: web.

A share of body mass with the spread among people, times a mass with the spread among adults where it is not told.
"""

import math
from dataclasses import dataclass

from midback.catalogue.constants import Constant, Constants

from .why_told import Person, Spread

# So many standard deviations hold 90 in 100 of a normal distribution.
NINETY = 1.645


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """kg: head with neck, and both arms with hands."""

    head: Spread
    arms: Spread


def weights_of(person: Person, constants: Constants) -> Weights:
    """Return what a person's head and arms weigh."""
    male = {"male": 1.0, "female": 0.0}.get(person.sex or "", 0.5)
    if person.mass_kg is None:
        (man, woman), (man_sd, woman_sd) = _row(constants["usual-mass"]), _spread(constants["usual-mass"])
        mass = male * man + (1 - male) * woman
        mass_sd = math.sqrt(
            male * man_sd**2 + (1 - male) * woman_sd**2 + male * (1 - male) * (man - woman) ** 2
        )
    else:
        mass, mass_sd = person.mass_kg, 0.0
    men, women = constants["arm-mass-male"], constants["arm-mass-female"]
    arms = 2 * (male * sum(_row(men)) + (1 - male) * sum(_row(women)))
    # The parts of an arm are large or small together.
    arms_sd = 2 * (male * sum(_spread(men)) + (1 - male) * sum(_spread(women)))
    head = constants["head-mass"]
    return Weights(
        head=_times(mass, mass_sd, _row(head)[0], _spread(head)[0]),
        arms=_times(mass, mass_sd, arms, arms_sd),
    )


def _times(mass: float, mass_sd: float, share: float, share_sd: float) -> Spread:
    middle = mass * share
    wide = NINETY * middle * math.hypot(mass_sd / mass, share_sd / share)
    return Spread(middle, max(0.0, middle - wide), middle + wide)


def _row(one: Constant) -> tuple[float, ...]:
    return one.value if isinstance(one.value, tuple) else (one.value,)


def _spread(one: Constant) -> tuple[float, ...]:
    return one.spread if isinstance(one.spread, tuple) else (one.spread or 0.0,) * len(_row(one))
