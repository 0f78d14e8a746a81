"""Record what an open full-body model says of the back. In: its .osim file. Out: tests/fixtures/open_torso.json.

Run apart, in an environment with opensim 4.6 and scipy:

    python tests/oracle/record_open_torso.py MODEL.osim

The model is Wilkinson's (ross-wilkinson/opensim-model-fullBodyMuscleActuated, MIT licence), its torso by Allaire and
colleagues, 2020: T1 to L5 jointed, ribs, 520 muscles. Its numbers are recorded, nothing of the model itself. In each
posture the weights have to be balanced about every joint from C7-T1 to L5-S1 by muscles that only pull, with the least
sum of squared activations; what presses on a joint follows from the balance of all that lies above it. Muscles that
reach arms or legs are left out. Shares of thoracic bending are ours, the rest of the posture is set by angles to the
vertical as in working_posture.py.
"""

import json
import sys
from pathlib import Path

import numpy as np
import opensim
from scipy.optimize import minimize

OUT = Path(__file__).resolve().parent.parent / "fixtures" / "open_torso.json"
GRAVITY = np.array([0.0, -9.81, 0.0])
SHARES = np.array(
    [0.3592, 0.1372, 0.0529, 0.0461, 0.035, 0.0383, 0.0387, 0.0412, 0.0494, 0.0674, 0.0674, 0.0674]
)
LEVELS = ["head_neck", *(f"thoracic{n}" for n in range(1, 13)), *(f"lumbar{n}" for n in range(1, 6))]
BENDS = [*(f"T{n}_T{n + 1}_FE" for n in range(1, 12)), "T12_L1_FE"]
LIMBS = ("femur", "tibia", "patella", "talus", "calcn", "toes", "humerus", "ulna", "radius", "hand")
# Degrees, by the names of in_degrees.
POSTURES = {
    "upright": {},
    "head 45": {"head_flexion": 45},
    "rounded 20": {"thoracic_flexion": 20},
    "trunk 20": {"trunk_flexion": 20},
    "arms 45": {"arms_forward": 45},
    "head 45, trunk 10, rounded 10, arms 30": {
        "head_flexion": 45, "trunk_flexion": 10, "thoracic_flexion": 10, "arms_forward": 30,
    },
}  # fmt: skip


class Torso:
    """The model in one posture."""

    def __init__(self, path: str) -> None:
        self.model = opensim.Model(path)
        self.state = self.model.initSystem()
        self.bodies, self.angles = self.model.getBodySet(), self.model.getCoordinateSet()
        joints = self.model.getJointSet()
        self.parent = {
            joint.getChildFrame().findBaseFrame().getName(): joint.getParentFrame().findBaseFrame().getName()
            for joint in (joints.get(number) for number in range(joints.getSize()))
        }
        self.names = [self.bodies.get(number).getName() for number in range(self.bodies.getSize())]
        self.above = {level: {name for name in self.names if self._hangs_on(name, level)} for level in LEVELS}
        self.model.realizePosition(self.state)
        self.arms_at_rest = self._arm("r")

    def _hangs_on(self, name: str, level: str) -> bool:
        while name in self.parent and name != level:
            name = self.parent[name]
        return name == level

    def _set(self, name: str, angle: float) -> None:
        self.angles.get(name).setValue(self.state, angle, False)

    def _origin(self, body: str) -> np.ndarray:
        station = self.bodies.get(body).findStationLocationInGround(self.state, opensim.Vec3(0))
        return station.to_numpy()

    def _arm(self, side: str) -> float:
        x, y, _ = self._origin(f"ulna_{side}") - self._origin(f"humerus_{side}")
        return float(np.arctan2(x, -y))

    def hold(
        self,
        head_flexion: float = 0,
        trunk_flexion: float = 0,
        thoracic_flexion: float = 0,
        arms_forward: float = 0,
    ) -> None:
        """Take a posture, degrees."""
        head, trunk, bend, arms = np.radians([head_flexion, trunk_flexion, thoracic_flexion, arms_forward])
        for name, share in zip(BENDS, SHARES / SHARES.sum(), strict=True):
            self._set(name, -bend * share)
        self._set("pelvis_tilt", -trunk)
        self._set("T1_head_neck_FE", -(head - bend - trunk))
        for side in "rl":
            turned = 0.0
            for _ in range(20):
                self._set(f"elv_angle_{side}", turned)
                self.model.realizePosition(self.state)
                turned += self.arms_at_rest + arms - self._arm(side)

    def solve(self) -> dict[str, list[float]]:
        """Return moment (N m), compression (N) and weight above (N), C7-T1 to T12-L1."""
        turning, pulling, strength = self._muscles()
        moment, weight = self._weights()

        def dual(price: np.ndarray) -> tuple[float, np.ndarray]:
            pull = np.maximum(turning.T @ price, 0)
            return 0.5 * np.sum(strength**2 * pull**2) - moment @ price, turning @ (
                strength**2 * pull
            ) - moment

        found = minimize(dual, np.zeros(len(LEVELS)), jac=True, method="BFGS", options={"gtol": 1e-6})
        force = strength**2 * np.maximum(turning.T @ found.x, 0)
        assert np.abs(turning @ force - moment).max() < 1e-3, "not balanced"
        compression = []
        for place, level in enumerate(LEVELS):
            turn = self.bodies.get(level).getTransformInGround(self.state).R()
            along = np.array([turn.get(row, 1) for row in range(3)])
            total = np.array([0, -weight[place], 0]) + (pulling[:, place] * force[:, None]).sum(0)
            compression.append(-total @ along)
        rows = {"moment": moment, "compression": np.array(compression), "weight_above": weight}
        return {name: [round(float(one), 3) for one in row[:13]] for name, row in rows.items()}

    def _muscles(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return moments (levels, M) and forces (M, levels, 3) of 1 N in each muscle, and the greatest forces (M,)."""
        turning, pulling, strength = [], [], []
        muscles = self.model.getMuscles()
        for number in range(muscles.getSize()):
            muscle = muscles.get(number)
            path = muscle.getGeometryPath().getCurrentPath(self.state)
            points = [path.get(place) for place in range(path.getSize())]
            bodies = [point.getParentFrame().findBaseFrame().getName() for point in points]
            if any(body.startswith(LIMBS) for body in bodies):
                continue
            places = [point.getLocationInGround(self.state).to_numpy() for point in points]
            moments, forces = np.zeros(len(LEVELS)), np.zeros((len(LEVELS), 3))
            for row, level in enumerate(LEVELS):
                for near, far in ((0, 1), (1, 0)):
                    for at in range(len(points) - 1):
                        if (
                            bodies[at + near] in self.above[level]
                            and bodies[at + far] not in self.above[level]
                        ):
                            line = places[at + far] - places[at + near]
                            line = line / np.linalg.norm(line)
                            forces[row] += line
                            moments[row] += np.cross(places[at + near] - self._origin(level), line)[2]
            if np.abs(moments).max() > 1e-9:
                turning.append(moments)
                pulling.append(forces)
                strength.append(muscle.getMaxIsometricForce())
        return np.array(turning).T, np.array(pulling), np.array(strength)

    def _weights(self) -> tuple[np.ndarray, np.ndarray]:
        moments, weights = [], []
        for level in LEVELS:
            moment = weight = 0.0
            for name in self.above[level]:
                body = self.bodies.get(name)
                centre = body.findStationLocationInGround(self.state, body.getMassCenter()).to_numpy()
                moment -= np.cross(centre - self._origin(level), body.getMass() * GRAVITY)[2]
                weight += body.getMass() * 9.81
            moments.append(moment)
            weights.append(weight)
        return np.array(moments), np.array(weights)


def main() -> None:
    """Record every posture."""
    opensim.Logger.setLevelString("Error")
    torso = Torso(sys.argv[1])
    mass = sum(torso.bodies.get(name).getMass() for name in torso.names)
    found = []
    for name, angles in POSTURES.items():
        torso.hold(**angles)
        found.append({"name": name, "angles": angles, **torso.solve()})
    OUT.write_text(json.dumps({"mass_kg": round(mass, 2), "postures": found}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
