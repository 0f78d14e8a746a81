"""How somebody was held in a stretch of a day. In: activity, camera, set-up check. Out: Angles. Next: why_day.

Nobody measures postures all day. An activity has a usual one, an assumption with a wide spread; what the camera saw
against the person's own upright and what they answered in the set-up check move it. Each of these is a constant with
its source, in data/body/usual.toml and usual_postures.toml.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from midback.body.exposure import Activity, Bout
from midback.body.looks import READINGS
from midback.body.subject import Subject, make_subject
from midback.body.working_posture import WorkingPosture, in_degrees
from midback.catalogue.constants import Constants
from midback.store.setup_looks import SetupLook

from .drift import Reading
from .why_told import Angles, Person

ROW: Final = ("head_flexion", "trunk_flexion", "thoracic_flexion", "arms_forward", "elbow")
ADDS: Final = {"slumped": "sunk-adds", "nearer": "nearer-adds", "upright": "upright-adds"}
# Where the set-up check was answered, and for what activity it speaks.
CHECKED: Final[Mapping[str, Activity]] = {"desk": "sitting", "driver-seat": "driving"}
# How far a head or trunk can be turned forward at most by adding up what was seen, and a trunk back, degrees.
MOST: Final = 80.0
BACK: Final = -30.0
UPRIGHT: Final = Angles()


@dataclass(frozen=True, slots=True)
class Setup:
    """What the set-up check says of the places where somebody sits; None is not answered.

    back_rest : sitting: it touches below the shoulder blades ; driving: it is upright enough for the head
    """

    arm_support: Mapping[Activity, bool]
    back_rest: Mapping[Activity, bool]
    screen: bool | None = None


NO_SETUP: Final = Setup({}, {})


def setup_of(looks: Iterable[SetupLook]) -> Setup:
    """Return what the newest look at each place says."""
    newest = {look.place: look for look in sorted(looks, key=lambda look: look.at)}
    told = {CHECKED[place]: look.answers for place, look in newest.items() if place in CHECKED}
    return Setup(
        arm_support={doing: said["arm-support"] for doing, said in told.items() if "arm-support" in said},
        back_rest={doing: said["back-rest"] for doing, said in told.items() if "back-rest" in said},
        screen=told.get("sitting", {}).get("screen-height"),
    )


def subject_of(person: Person) -> Subject:
    """Return a person as the body model takes them; raises InputError naming value, rule and range."""
    sex = {"female": "f", "male": "m"}.get(person.sex or "")
    return make_subject(person.mass_kg, person.stature_m, sex, person.strength)


def working(angles: Angles) -> WorkingPosture:
    """Return a posture as the body model takes it; raises InputError naming value, rule and range."""
    return in_degrees(
        head_flexion=angles.head_flexion,
        trunk_flexion=angles.trunk_flexion,
        thoracic_flexion=angles.thoracic_flexion,
        arms_forward=angles.arms_forward,
        elbow=angles.elbow,
        arm_support=angles.arm_support,
        back_rest=angles.back_rest,
    )


def usual_angles(constants: Constants, name: str) -> Angles:
    """Return the usual posture of an activity, or of ``phone``."""
    angles = [math.degrees(angle) for angle in _row(constants, f"usual-{name}-angles")]
    arms, back = _row(constants, f"usual-{name}-supports")
    return Angles(**dict(zip(ROW, angles, strict=True)), arm_support=arms, back_rest=back)


def angles_in(
    constants: Constants, activity: Activity, shares: Mapping[str, float], setup: Setup = NO_SETUP
) -> Angles:
    """Return how somebody was held in an activity.

    shares : share of the camera's readings by what they said: ``upright``, ``slumped``, ``nearer``; empty: nobody
        looked. Time nobody told of is held at ease and upright.
    """
    if activity not in ("sitting", "driving", "standing", "moving"):
        return UPRIGHT
    held = usual_angles(constants, activity)
    row = [getattr(held, name) for name in ROW]
    for look, share in shares.items():
        row = [
            at + share * math.degrees(add) for at, add in zip(row, _row(constants, ADDS[look]), strict=True)
        ]
    if activity == "sitting" and setup.screen is not None and not shares:
        row[0] += math.degrees(_answered(constants, "setup-screen-head", setup.screen))
    arms, back = held.arm_support, held.back_rest
    if activity in setup.arm_support:
        arms = _answered(constants, "setup-arm-support", setup.arm_support[activity])
    if activity in setup.back_rest:
        # A rest pushes forward: what it takes off the upper back is that one can lean on it, so the trunk moves.
        fine = setup.back_rest[activity]
        if activity == "driving":
            row[0] += math.degrees(_answered(constants, "setup-seat-back-head", fine))
            row[1] += math.degrees(_answered(constants, "setup-seat-back-trunk", fine))
        else:
            row[1] += math.degrees(_answered(constants, "setup-back-rest-trunk", fine))
            back = _answered(constants, "setup-back-rest", fine)
    least = {"trunk_flexion": BACK}
    inside = {
        name: min(MOST, max(least.get(name, 0.0), value))
        for name, value in zip(ROW[:4], row[:4], strict=True)
    }
    return Angles(**inside, elbow=row[4], arm_support=arms, back_rest=back)


def shares_of(readings: Iterable[Reading], start: datetime, end: datetime) -> dict[str, float]:
    """Return what the readings between two instants said, each as its share of them; empty without any."""
    return _shares(str(one.look) for one in readings if start <= one.at <= end and one.look in READINGS)


def shares_of_all(readings: Iterable[Reading], bouts: Sequence[Bout]) -> dict[str, float]:
    """Return what the readings inside any of the bouts said, each as its share of them; empty without any."""
    return _shares(
        str(one.look)
        for one in readings
        if one.look in READINGS and any(bout.start <= one.at <= bout.end for bout in bouts)
    )


def _shares(looks: Iterable[str]) -> dict[str, float]:
    said = list(looks)
    return {look: said.count(look) / len(said) for look in sorted(set(said))}


def look_of(shares: Mapping[str, float]) -> str:
    """Return what most readings said, or "" without any."""
    return max(shares, key=lambda look: shares[look], default="")


def _answered(constants: Constants, name: str, fine: bool) -> float:
    return _row(constants, name)[0 if fine else 1]


def _row(constants: Constants, name: str) -> tuple[float, ...]:
    value = constants[name].value
    return value if isinstance(value, tuple) else (value,)
