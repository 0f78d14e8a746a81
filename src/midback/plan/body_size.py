"""Mass and stature as people give them. In: numbers, or text with a unit. Out: kg and m. Next: intake, `midback why`.

Both are metric. What looks like centimetres, feet or pounds is refused with the same length or weight in metres or
kilograms, for 175 may be a mistake for 1.75 and nobody but the person knows.
"""

import math
import re
from typing import Final

from midback.errors import InputError, Phrase

MASS_KG: Final = (25.0, 300.0)
STATURE_M: Final = (1.0, 2.5)
POUND_KG: Final = 0.45359237
FOOT_M: Final = 0.3048
INCH_M: Final = 0.0254

_NUMBER = r"[+-]?\d+(?:[.,]\d+)?"
_MASS = re.compile(rf"({_NUMBER})\s*(kg|kilos?|lbs?|pounds?|)")
_STATURE = re.compile(rf"({_NUMBER})\s*(m|metres?|meters?|cm|in|inch|inches|\"|ft|feet|'|)")
_FEET = re.compile(rf"(\d+)\s*(?:'|ft|feet)\s*({_NUMBER})?\s*(?:\"|''|in|inches)?")


def mass_of(text: str) -> float:
    """Return a mass (kg) from text such as 70, 70.5 or "70 kg".

    Raises InputError naming the text, the rule and the range; pounds are told in kilograms.
    """
    found = _MASS.fullmatch(text.strip().lower())
    if found is None:
        raise _wrong(Phrase("Mass"), text, _MASS_RULE)
    number = _float(found[1])
    if found[2].startswith(("lb", "pound")):
        raise _wrong(Phrase("Mass"), text, _MASS_RULE, _same(text, number * POUND_KG, "{same:.1f} kg"))
    check_mass(number, text)
    return number


def stature_of(text: str) -> float:
    """Return a stature (m) from text such as 1.75 or "1.75 m".

    Raises InputError naming the text, the rule and the range; centimetres and feet are told in metres.
    """
    plain = text.strip().lower()
    if feet := _FEET.fullmatch(plain):
        length = int(feet[1]) * FOOT_M + _float(feet[2] or "0") * INCH_M
        raise _wrong(Phrase("Stature"), text, _STATURE_RULE, _same(text, length, "{same:.2f} m"))
    found = _STATURE.fullmatch(plain)
    if found is None:
        raise _wrong(Phrase("Stature"), text, _STATURE_RULE)
    number, unit = _float(found[1]), found[2]
    metres = {"c": number / 100, "i": number * INCH_M, '"': number * INCH_M}.get(unit[:1])
    if metres is not None:
        raise _wrong(Phrase("Stature"), text, _STATURE_RULE, _same(text, metres, "{same:.2f} m"))
    check_stature(number, text)
    return number


def check_mass(mass_kg: float | None, seen: object = None) -> None:
    """Raise InputError unless a mass is None or a number of kilograms a person can weigh."""
    if mass_kg is not None and not MASS_KG[0] <= mass_kg <= MASS_KG[1]:  # also refuses NaN
        raise _wrong(Phrase("Mass"), mass_kg if seen is None else seen, _MASS_RULE)


def check_stature(stature_m: float | None, seen: object = None) -> None:
    """Raise InputError unless a stature is None or a number of metres a person can be tall."""
    if stature_m is None or STATURE_M[0] <= stature_m <= STATURE_M[1]:
        return
    step = Phrase("Change it and try again.")
    if STATURE_M[0] <= stature_m / 100 <= STATURE_M[1]:
        step = _same(f"{stature_m:g} cm", stature_m / 100, "{same:.2f} m")
    raise _wrong(Phrase("Stature"), stature_m if seen is None else seen, _STATURE_RULE, step)


_MASS_RULE = Phrase(
    "It is a number of kilograms from {low:g} to {high:g}.", {"low": MASS_KG[0], "high": MASS_KG[1]}
)
_STATURE_RULE = Phrase(
    "It is a number of metres from {low:g} to {high:g}.", {"low": STATURE_M[0], "high": STATURE_M[1]}
)


def _float(text: str) -> float:
    return float(text.replace(",", "."))


def _same(given: str, number: float, shape: str) -> Phrase:
    said = shape.format(same=number) if math.isfinite(number) else shape
    return Phrase("{given} is {same}.", {"given": given.strip(), "same": said})


def _wrong(name: Phrase, seen: object, rule: Phrase, step: Phrase | None = None) -> InputError:
    shown = f"{seen:g}" if isinstance(seen, float) else str(seen)[:40]
    return InputError(
        Phrase("{name} cannot be “{seen}”.", {"name": name, "seen": shown}),
        rule,
        step or Phrase("Change it and try again."),
    )
