"""How somebody holds themselves at work. In: angles in rad or degrees. Out: ``WorkingPosture``. Next: statics, pose_of.

Head, trunk and upper arms are told from the vertical, so that leaning the trunk neither adds to the head's
inclination nor to the arms'. Both arms do the same.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from midback.errors import InputError, Phrase
from midback.movement.rotation import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingPosture:
    """Angles in rad, + forward, and shares from 0 to 1, all (...,).

    head_flexion : the line from C7 to the head's centre of mass, turned from where it is in relaxed upright
    trunk_flexion : the whole trunk from vertical, about the hips
    thoracic_flexion : T1 to T12 beyond the person's own upright curve
    shoulder_flexion : upper arm forward from hanging, from vertical ; elbow_flexion : forearm from upper arm
    arm_support : share of the arms' weight that a rest or desk takes
    back_rest : share that a back rest takes of what would tip the trunk backwards
    """

    head_flexion: Array
    trunk_flexion: Array
    thoracic_flexion: Array
    shoulder_flexion: Array
    elbow_flexion: Array
    arm_support: Array
    back_rest: Array


# Degrees that each value may take: what people can do, with room.
RANGES_DEG: Final = {
    "head_flexion": (-60.0, 90.0),
    "trunk_flexion": (-45.0, 90.0),
    "thoracic_flexion": (-30.0, 45.0),
    "shoulder_flexion": (-45.0, 180.0),
    "elbow_flexion": (-10.0, 160.0),
}
SHARES: Final = ("arm_support", "back_rest")
ELBOW_DEG: Final = 0.0


def in_degrees(
    head_flexion: float = 0.0,
    trunk_flexion: float = 0.0,
    thoracic_flexion: float = 0.0,
    arms_forward: float = 0.0,
    elbow: float = ELBOW_DEG,
    arm_support: float = 0.0,
    back_rest: float = 0.0,
) -> WorkingPosture:
    """Return a posture from degrees.

    Raises
    ------
    InputError
        Naming the value, the rule and the range.
    """
    told = {
        "head_flexion": head_flexion,
        "trunk_flexion": trunk_flexion,
        "thoracic_flexion": thoracic_flexion,
        "arms_forward": arms_forward,
        "elbow": elbow,
        "arm_support": arm_support,
        "back_rest": back_rest,
    }
    shares = {name: _share(name, told.pop(name)) for name in SHARES}
    found = {}
    for (name, value), bounds in zip(told.items(), RANGES_DEG.values(), strict=True):
        found[name] = np.asarray(math.radians(_within(name, value, *bounds, "degrees")))
    return WorkingPosture(
        head_flexion=found["head_flexion"],
        trunk_flexion=found["trunk_flexion"],
        thoracic_flexion=found["thoracic_flexion"],
        shoulder_flexion=found["arms_forward"],
        elbow_flexion=found["elbow"],
        arm_support=shares["arm_support"],
        back_rest=shares["back_rest"],
    )


def check_posture(posture: WorkingPosture) -> None:
    """Raise InputError for an angle in rad or a share that cannot be; NaN is a value that is not known."""
    bounds = {name: (math.radians(low), math.radians(high)) for name, (low, high) in RANGES_DEG.items()}
    for name, (low, high) in (bounds | dict.fromkeys(SHARES, (0.0, 1.0))).items():
        value = np.asarray(getattr(posture, name), dtype=float)
        # A little room, because what was told in degrees is rounded in rad.
        bad = (value < low - 1e-9) | (value > high + 1e-9)
        if np.any(bad):
            raise _outside(name, float(value[bad].flat[0]), low, high, "" if name in SHARES else "rad")


def _share(name: str, value: float) -> Array:
    return np.asarray(_within(name, value, 0.0, 1.0, ""))


def _within(name: str, value: float, low: float, high: float, unit: str) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not (math.isfinite(number) and low <= number <= high):
        raise _outside(name, number, low, high, unit)
    return number


def _outside(name: str, value: float, low: float, high: float, unit: str) -> InputError:
    guess = Phrase("")
    if unit == "rad" and math.isfinite(value) and abs(value) > 2 * math.pi:
        guess = Phrase(", which looks like degrees")
    if not unit and 1 < value <= 100:
        guess = Phrase(", which looks like percent instead of a share from 0 to 1")
    return InputError(
        "{name} is {value}{guess}.",
        "It should lie between {low} and {high}.",
        values={
            "name": name,
            "value": _measured(value, unit),
            "guess": guess,
            "low": f"{round(low, 3):g}",
            "high": _measured(round(high, 3), unit),
        },
    )


def _measured(value: float, unit: str) -> Phrase | str:
    """Return a number with its unit, to be said in any language."""
    number = f"{value:g}"
    return Phrase("{n} degrees", {"n": number}) if unit == "degrees" else f"{number} {unit}".strip()


UPRIGHT: Final = in_degrees()
