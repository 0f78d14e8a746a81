"""Why it hurts, in numbers: the use cases that the command line, the page and the interface for programs share.

    why_posture(person, angles)               -> WhyPosture   what a posture takes; needs no house
    why_now(house, person)                    -> WhyPosture   the posture of now, or the last one of today
    why_day(house, person, day)               -> WhyDay       the load over the hours and what drove it
    basis_of(house, person, day)              -> Basis        read once, then
    why_effect(basis, angles, spacing_min)    -> WhyEffect    as often as a slider moves
    why_numbers()                             -> Numbers      every constant with source and grade

Values stand in ``why_told``. What movements unload is ``plan.unload``.
"""

from .why_basis import Basis, basis_of, person_of
from .why_day import why_day, why_day_of, why_now
from .why_effect import why_effect
from .why_numbers import why_numbers
from .why_posture import presence, read_person, why_posture
from .why_told import Angles, Person, WhyDay, WhyEffect, WhyPosture

__all__ = [
    "Angles",
    "Basis",
    "Person",
    "WhyDay",
    "WhyEffect",
    "WhyPosture",
    "basis_of",
    "person_of",
    "presence",
    "read_person",
    "why_day",
    "why_day_of",
    "why_effect",
    "why_now",
    "why_numbers",
    "why_posture",
]
