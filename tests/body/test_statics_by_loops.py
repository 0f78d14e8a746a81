"""The statics again, from the same constants by another way: plain loops, and moments as derivatives of energy."""

from collections.abc import Mapping
from math import atan2, cos, radians, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midback.body.statics import load_of
from midback.body.subject import make_subject
from midback.body.working_posture import in_degrees
from midback.catalogue.constants import load_constants

Point = tuple[float, float]
GRAVITY = 9.81
ANGLES = {
    "head_flexion": st.floats(-50, 85),
    "trunk_flexion": st.floats(-30, 60),
    "thoracic_flexion": st.floats(-25, 40),
    "arms_forward": st.floats(-40, 170),
    "elbow": st.floats(0, 150),
}


def turned(point: Point, angle: float) -> Point:
    """Turn a point forward about the origin."""
    x, y = point
    return x * cos(angle) + y * sin(angle), y * cos(angle) - x * sin(angle)


class Body:
    """One person's chain, built from the hips' end upward; x forward, y up, T12-L1 at the origin."""

    def __init__(self, mass: float, stature: float, sex: str, degrees: Mapping[str, float]) -> None:
        self.known = {key: one.value for key, one in load_constants().items()}
        self.mass, self.stature, self.male = mass, stature, sex == "m"
        self.scale = stature / self.number("source-stature")
        self.angle = {name: radians(value) for name, value in degrees.items()}
        heights = [self.scale * one for one in self.row("vertebra-height")]
        upright = self._upright_tilts(heights)
        share = self.row("flexion-share")
        self.more = [
            self.angle["trunk_flexion"] + self.angle["thoracic_flexion"] * sum(share[level:])
            for level in range(12)
        ]
        self.tilts = [one + more for one, more in zip(upright, self.more, strict=True)]
        self.joints, self.straight = self._built(heights, self.tilts), self._built(heights, upright)
        self.parts = [*self._column(heights), *self._arms()]

    def number(self, key: str) -> float:
        """Return a constant of one number."""
        value = self.known[key]
        assert isinstance(value, float)
        return value

    def row(self, key: str) -> list[float]:
        """Return a constant of several numbers."""
        value = self.known[key]
        assert isinstance(value, tuple)
        return list(value)

    def _upright_tilts(self, heights: list[float]) -> list[float]:
        """Find by halving how T12 has to lean for the line from T12-L1 to C7-T1 to lean as told."""
        bends = [radians(one) for one in self.row("kyphosis")]
        low, high = -1.5, 1.5
        for _ in range(80):
            middle = (low + high) / 2
            tilts = [middle + sum(bends[level:]) for level in range(12)]
            x, y = self._built(heights, tilts)[0]
            low, high = (
                (low, middle) if atan2(x, y) > radians(self.number("upright-lean")) else (middle, high)
            )
        return tilts

    @staticmethod
    def _built(heights: list[float], tilts: list[float]) -> list[Point]:
        """Return C7-T1 to T12-L1."""
        places = [(0.0, 0.0)]
        for height, tilt in reversed(list(zip(heights, tilts, strict=True))):
            x, y = places[-1]
            places.append((x + height * sin(tilt), y + height * cos(tilt)))
        return places[::-1]

    def _column(self, heights: list[float]) -> list[tuple[float, Point, list[float]]]:
        """Return mass, place and what part of it bears on each of the 13 joints: head and slices."""
        ahead, above = self.scale * self.number("head-forward"), self.scale * self.number("head-height")
        x, y = turned((ahead, above), self.angle["head_flexion"])
        top = self.joints[0]
        parts = [(self.mass * self.number("head-mass"), (top[0] + x, top[1] + y), [1.0] * 13)]
        of_sex = 1.0 if self.male else self.number("female-slices")
        whole = self.number("slice-body-mass")
        rows = zip(self.row("slice-mass"), self.row("slice-forward"), heights, self.tilts, strict=True)
        for level, (slice_mass, forward, height, tilt) in enumerate(rows, 1):
            x, y = turned((self.scale * forward, height / 2), tilt)
            below = self.joints[level]
            bears = [float(joint >= level) for joint in range(13)]
            parts.append((self.mass * of_sex * slice_mass / whole, (below[0] + x, below[1] + y), bears))
        return parts

    def _arms(self) -> list[tuple[float, Point, list[float]]]:
        forward, below = self.row("shoulder-place")
        fourth = self.straight[4]
        offset = (
            self.straight[0][0] + self.scale * forward - fourth[0],
            self.straight[0][1] - self.scale * below - fourth[1],
        )
        x, y = turned(offset, self.more[3])
        self.shoulder = end = (self.joints[4][0] + x, self.joints[4][1] + y)
        bears = [min(max((joint - 1) / self.number("arms-arrive"), 0.0), 1.0) for joint in range(13)]
        bend = self.angle["arms_forward"]
        tilts = (bend, bend + self.angle["elbow"], bend + self.angle["elbow"])
        shares = self.row("arm-mass-male" if self.male else "arm-mass-female")
        parts = []
        for share, length, centre, tilt in zip(
            shares, self.row("arm-length"), self.row("arm-centre"), tilts, strict=True
        ):
            reach = self.stature * length
            place = (end[0] + centre * reach * sin(tilt), end[1] - centre * reach * cos(tilt))
            parts.append((2 * self.mass * share, place, bears))
            end = (end[0] + reach * sin(tilt), end[1] - reach * cos(tilt))
        return parts

    def energy(self, joint: int, angle: float) -> float:
        """Return the energy in the field of gravity when all that bears on a joint turns about it.

        The arms hang from the girdle, which rides on T4: above T4 they turn about the joint below it.
        """
        total = 0.0
        for number, (mass, place, bears) in enumerate(self.parts):
            x, y = self.joints[joint if number < 13 else max(joint, 4)]
            total += bears[joint] * mass * GRAVITY * turned((place[0] - x, place[1] - y), angle)[1]
        return total

    def moment(self, joint: int, step: float = 1e-5) -> float:
        """Return what energy is lost with each rad of turning forward, N m."""
        return (self.energy(joint, -step) - self.energy(joint, step)) / (2 * step)

    def weight(self, joint: int) -> float:
        """Return the weight that bears on a joint, N."""
        return sum(bears[joint] * mass * GRAVITY for mass, _, bears in self.parts)

    def compression(self, joint: int) -> float:
        """Return the part of the weight along the column and the force that balances, N."""
        tilt = self.tilts[joint - 1] if joint else self.angle["head_flexion"]
        behind = self.row("extensor-arm")[joint - 1] if joint else self.number("neck-extensor-arm")
        front = self.number("front-arm" if joint else "neck-front-arm")
        moment = self.moment(joint)
        arm = behind if moment > 0 else front
        return self.weight(joint) * max(cos(tilt), 0.0) + abs(moment) / (self.scale * arm)


@settings(max_examples=40)
@given(st.floats(40, 150), st.floats(1.4, 2.1), st.sampled_from("mf"), st.fixed_dictionaries(ANGLES))
def test_loops_and_arrays_agree(mass: float, stature: float, sex: str, degrees: dict[str, float]) -> None:
    """Moments, weights, compressions and the shoulder's moment are those of the other way, at every level."""
    body = Body(mass, stature, sex, degrees)
    load = load_of(make_subject(mass, stature, sex), in_degrees(**degrees))
    for joint in range(13):
        assert load.moment[joint] == pytest.approx(body.moment(joint), rel=1e-6, abs=1e-6)
        assert load.weight_above[joint] == pytest.approx(body.weight(joint))
        assert load.compression[joint] == pytest.approx(body.compression(joint), rel=1e-5)
    one_arm = sum(mass * GRAVITY * (place[0] - body.shoulder[0]) / 2 for mass, place, _ in body.parts[-3:])
    assert float(load.shoulder_moment) == pytest.approx(one_arm)
