"""OpenSim with models built from midback's numbers, in an environment of its own. In: JSON. Out: what OpenSim finds.

Runs where tests/oracle/opensim.txt is installed, started by tests/body/test_bands_opensim.py. On standard input one
JSON {"column": ..., "bands": ..., "neck": ...}, each of them optional; on standard output one JSON of the same keys.

Only numbers come in: masses, lengths, angles, and which place rides on which segment. Kinematics, statics, lengths and
moment arms are OpenSim's own. Axes are OpenSim's: x forward, y up, z to the right; a turn forward is negative about z.
"""

import json
import math
import sys

import opensim

opensim.Logger.setLevelString("Off")

# Makes a pin's own axis, z, into another one: angles about x, y, z, in this order.
TO_AXIS = {"x": (0.0, math.pi / 2, 0.0), "y": (-math.pi / 2, 0.0, 0.0), "z": (0.0, 0.0, 0.0)}


def vector(values):
    """Return three numbers as OpenSim has them."""
    return opensim.Vec3(*(float(value) for value in values))


def pin(model, name, parent, at, axis="z", mass=1e-6, centre=(0, 0, 0), turn=None):
    """Add a body that turns about one axis through a place of its parent; return it with its coordinate."""
    body = opensim.Body(name, mass, vector(centre), opensim.Inertia(1e-9, 1e-9, 1e-9))
    model.addBody(body)
    way = vector(turn or TO_AXIS[axis])
    joint = opensim.PinJoint(f"{name}-pin", parent, vector(at), way, body, vector((0, 0, 0)), way)
    joint.updCoordinate().setName(name)
    joint.updCoordinate().setRangeMin(-10.0)
    joint.updCoordinate().setRangeMax(10.0)
    model.addJoint(joint)
    return body


def set_all(model, state, values):
    """Put the coordinates of a model where they are asked to be."""
    for name, value in values.items():
        model.getCoordinateSet().get(name).setValue(state, float(value), False)
    model.realizePosition(state)


def places_in_tree(model, state):
    """Return which speed of the state is whose: OpenSim's solver answers in that order."""
    places = {}
    for index in range(model.getCoordinateSet().getSize()):
        coordinate = model.getCoordinateSet().get(index)
        coordinate.setSpeedValue(state, 1.0)
        speeds = state.getU()
        places[coordinate.getName()] = next(i for i in range(speeds.size()) if speeds.get(i) == 1.0)
        coordinate.setSpeedValue(state, 0.0)
    return places


def build_column(told, arms):
    """Build T12 to T1, head and, if asked for, arms that hang from T4 (``girdle``)."""
    model = opensim.Model()
    parent, at = model.getGround(), (0, 0, 0)
    bodies = {}
    for level in range(12, 0, -1):
        height = told["height"][level - 1]
        centre = (told["slice_forward"][level - 1], height / 2, 0)
        bodies[level] = pin(model, f"T{level}", parent, at, "z", told["slices"][level - 1], centre)
        parent, at = bodies[level], (0, height, 0)
    pin(model, "C7", parent, at, "z", told["head"], (told["head_forward"], told["head_height"], 0))
    if arms is not None:
        upper, lower, _ = told["arm_length"]
        part = [length * share for length, share in zip(told["arm_length"], told["arm_centre"], strict=True)]
        first = pin(model, "shoulder", bodies[told["girdle"]], arms, "z", told["arms"][0], (0, -part[0], 0))
        second = pin(model, "elbow", first, (0, -upper, 0), "z", told["arms"][1], (0, -part[1], 0))
        pin(model, "wrist", second, (0, -lower, 0), "z", told["arms"][2], (0, -part[2], 0))
    return model, bodies


def turns_of(told, posture):
    """Return the coordinates of the column in a posture: kyphosis, and what each level takes of thoracic flexion."""
    values, tilt = {}, 0.0
    for level in range(12, 0, -1):
        bend = told["lowest_tilt"] + posture["trunk"] if level == 12 else told["kyphosis"][level - 1]
        bend += posture["thoracic"] * told["flexion_share"][level - 1]
        values[f"T{level}"] = -bend
        tilt += bend
        if level == told["girdle"]:
            girdle = tilt
    values["C7"] = -(posture["head"] - tilt)
    return values, girdle


def hold_column(told):
    """Return the moments that hold each posture, N m by joint, from inverse dynamics at rest."""
    upright = {"trunk": 0.0, "thoracic": 0.0, "head": 0.0}
    model, bodies = build_column(told, None)
    state = model.initSystem()
    set_all(model, state, turns_of(told, upright)[0])
    top = bodies[1].findStationLocationInGround(state, vector((0, told["height"][0], 0)))
    hung = opensim.Vec3(top.get(0) + told["shoulder"][0], top.get(1) - told["shoulder"][1], 0)
    place = model.getGround().findStationLocationInAnotherFrame(state, hung, bodies[told["girdle"]])
    place = [place.get(i) for i in range(3)]

    found = []
    for with_arms in (False, True):
        model, _ = build_column(told, place if with_arms else None)
        model.setGravity(vector((0, -told["gravity"], 0)))
        state = model.initSystem()
        order, rows = places_in_tree(model, state), []
        for posture in told["postures"]:
            values, girdle = turns_of(told, posture)
            if with_arms:
                values |= {"shoulder": posture["arm"] + girdle, "elbow": posture["elbow"], "wrist": 0.0}
            set_all(model, state, values)
            held = opensim.InverseDynamicsSolver(model).solve(state)
            rows.append({name: held.get(place) for name, place in order.items()})
        found.append(rows)
    return found


class Mannequin:
    """The mannequin of the bands: its joints as pins, each coordinate of it the sum of the pins that it turns."""

    def __init__(self, told):
        self.model = opensim.Model()
        self.rule = told["rule"]
        # coordinate of the mannequin -> [(pin, rad of the pin for each rad of the coordinate)]
        self.pins = {}
        self.carriers = {}
        pelvis = self.add("pelvis", self.model.getGround(), (0, 0, 0), "y", {})
        self.carriers["pelvis"] = pelvis
        parent, before = pelvis, told["hips"]
        for joint, place, region, share in told["spine"]:
            at = [here - there for here, there in zip(place, before, strict=True)]
            if region != "head":
                parent = self.add(f"{joint}-rotation", parent, at, "y", {f"{region}_rotation": share})
                at = (0, 0, 0)
            parent = self.add(f"{joint}-flexion", parent, at, "z", {f"{region}_flexion": -share})
            if region != "head":
                parent = self.add(joint, parent, (0, 0, 0), "x", {f"{region}_bend": share})
            self.carriers[joint], before = parent, place
            if joint == told["thorax"]:
                thorax, thorax_at = parent, place
        for side, s in (("left", -1.0), ("right", 1.0)):
            self.arm(side, s, told, thorax, thorax_at)
        self.strands = []
        for side, s in (("left", -1.0), ("right", 1.0)):
            for band, strand in told["strands"]:
                path = opensim.PathActuator()
                path.setName(f"{side}-{len(self.strands)}")
                for index, name in enumerate(strand):
                    carrier, offset = told["places"][name]
                    key = carrier if carrier in self.carriers else f"{side}-{carrier}"
                    spot = vector((offset[0], offset[1], s * offset[2]))
                    path.addNewPathPoint(f"{index}", self.carriers[key], spot)
                self.model.addForce(path)
                self.strands.append((side, band, path))
        self.state = self.model.initSystem()

    def add(self, name, parent, at, axis, moved, turn=None):
        body = pin(self.model, name, parent, at, axis, turn=turn)
        for coordinate, rate in moved.items():
            self.pins.setdefault(coordinate, []).append((name, rate))
        return body

    def arm(self, side, s, told, thorax, thorax_at):
        """Add collar bone, blade and upper arm: what only rides along has its turns undone by pins of its own."""

        def from_here(to, origin):
            return [to[0] - origin[0], to[1] - origin[1], s * (to[2] - origin[2])]

        def add(name, *rest, **more):
            return self.add(f"{side}-{name}", *rest, **more)

        own = {name: f"{side}_{name}" for name in told["sided"]}
        sternum, shoulder = told["sternum"], told["shoulder"]
        out = from_here(sternum, [*thorax_at[:2], 0.0])
        forward = add("protraction", thorax, out, "y", {own["scapula_protraction"]: s})
        clavicle = add("clavicle", forward, (0, 0, 0), "x", {own["scapula_elevation"]: -s})
        level = add("level", clavicle, from_here(shoulder, sternum), "x", {own["scapula_elevation"]: s})
        plane = told["rule"]["plane"]
        turn = (0.0, math.atan2(math.cos(plane), -s * math.sin(plane)), 0.0)
        pivot = from_here(told["rule"]["pivot"], shoulder)
        blade = add("blade", level, pivot, "z", {f"{side}-upward": -s}, turn=turn)
        square = add("square", level, (0, 0, 0), "y", {own["scapula_protraction"]: -s})
        swing = add("plane", square, (0, 0, 0), "y", {own["shoulder_plane"]: s})
        raised = add("elevation", swing, (0, 0, 0), "x", {own["shoulder_elevation"]: -s})
        turned = {own["shoulder_rotation"]: s, own["shoulder_plane"]: -s}
        humerus = add("upper_arm", raised, (0, 0, 0), "y", turned)
        self.carriers |= {f"{side}-clavicle": clavicle, f"{side}-blade": blade, f"{side}-upper_arm": humerus}

    def upward(self, raised):
        """Return how far the blade turns for an arm raised so far."""
        return self.rule["rhythm"] * (math.hypot(raised, self.rule["setting"]) - self.rule["setting"])

    def measure(self, angles):
        """Return lengths (strands,) and moment arms by coordinate (strands,) at joint angles by name, rad."""
        told = dict(angles)
        for side in ("left", "right"):
            told[f"{side}-upward"] = self.upward(angles[f"{side}_shoulder_elevation"])
        values = {}
        for coordinate, parts in self.pins.items():
            for name, rate in parts:
                values[name] = values.get(name, 0.0) + rate * told[coordinate]
        set_all(self.model, self.state, values)
        coordinates = self.model.getCoordinateSet()
        lengths, arms = [], {coordinate: [] for coordinate in self.pins}
        for _, _, path in self.strands:
            lengths.append(path.getLength(self.state))
            for coordinate, parts in self.pins.items():
                each = [
                    rate * path.computeMomentArm(self.state, coordinates.get(name)) for name, rate in parts
                ]
                arms[coordinate].append(sum(each))
        for side in ("left", "right"):
            at = angles[f"{side}_shoulder_elevation"]
            speed = (self.upward(at + 1e-6) - self.upward(at - 1e-6)) / 2e-6
            blade = arms.pop(f"{side}-upward")
            raising = f"{side}_shoulder_elevation"
            arms[raising] = [arm + speed * more for arm, more in zip(arms[raising], blade, strict=True)]
        return {"lengths": lengths, "arms": arms}


def measure_bands(told):
    """Return strands, and their lengths and moment arms in each posture."""
    body = Mannequin(told)
    return {
        "strands": [[side, band] for side, band, _ in body.strands],
        "postures": [body.measure(angles) for angles in told["postures"]],
    }


def measure_neck(told):
    """Return what the muscles of an open neck model can do about one coordinate, by its angle: sums of F0 r, N m."""
    model = opensim.Model(told["model"])
    state = model.initSystem()
    coordinate, muscles = model.getCoordinateSet().get(told["coordinate"]), model.getMuscles()
    found = []
    for degrees in told["extended_deg"]:
        coordinate.setValue(state, math.radians(degrees), True)
        model.realizePosition(state)
        every = [muscles.get(index) for index in range(muscles.getSize())]
        moments = [one.getMaxIsometricForce() * one.computeMomentArm(state, coordinate) for one in every]
        extension, flexion = sum(m for m in moments if m > 0), -sum(m for m in moments if m < 0)
        found.append({"extended_deg": degrees, "extension_n_m": extension, "flexion_n_m": flexion})
    return {"muscles": muscles.getSize(), "at": found}


def main():
    """Answer one request."""
    told = json.load(sys.stdin)
    answer = {"version": opensim.GetVersion()}
    for key, ask in (("column", hold_column), ("bands", measure_bands), ("neck", measure_neck)):
        if key in told:
            answer[key] = ask(told[key])
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
