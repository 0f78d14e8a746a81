"""Keyframes as arrays. In: ``Movement`` from the catalogue. Out: ``Timeline``, radians and both sides. Next:
``bake``."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from midback.catalogue.keyframe import Contact, Keyframe, Movement, Reach
from midback.errors import InputError
from midback.movement.rotation import Array
from midback.movement.skeleton import ANGLES, HIPS_HEIGHT, INDEX, SIDED, SIDES

ANCHORS = ("seat", "pelvis", "back", "upper_back", "waist")
LIMB_CONTACTS = ("hand", "forearm", "elbow", "knee", "ankle", "foot")
RESTING = ("head", "brow", "breastbone", "belly")
ELBOW_POLE = (-1.0, -0.4, 0.15)
KNEE_POLE = (1.0, 0.0, 0.1)


@dataclass(frozen=True, slots=True)
class Goal:
    """Where the end of a limb is to be at one keyframe, and whether a surface decides how it lies."""

    frame: str
    at: tuple[float, float, float]
    pressed: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """A movement's keyframes, K of them.

    at_s : (K,) s ; angles : (K, J) rad ; pelvis : (K, 3)
    contacts : by body point, both sides spelt out ; active : (K,) 0 or 1 by body point
    goals : K goals by limb end (``left_hand``, ``right_foot`` ...), only for limbs that have one throughout
    poles : (K, 3) by ``left_elbow`` ... ; props : (K, 3) by prop id
    """

    movement: Movement
    at_s: Array
    angles: Array
    pelvis: Array
    contacts: Mapping[str, Contact]
    active: Mapping[str, Array]
    goals: Mapping[str, tuple[Goal, ...]]
    poles: Mapping[str, Array]
    props: Mapping[str, Array]

    def weights(self, times: Array, range_scale: float = 1.0) -> Array:
        """Return how much of each keyframe there is at each time, (T, K), eased so that speed starts and
        ends at 0.

        ``range_scale`` below 1 keeps that much of the way from the first keyframe.
        """
        count = len(self.at_s)
        cycle = self.movement.cycle_s
        edges = np.append(self.at_s, cycle)
        inside = np.mod(times, cycle)
        here = np.clip(np.searchsorted(edges, inside, side="right") - 1, 0, count - 1)
        span = np.maximum(edges[here + 1] - edges[here], 1e-9)
        rows = np.arange(len(times))
        weights = np.zeros((len(times), count))
        s = (inside - edges[here]) / span
        if self.movement.flow:
            for step, share in enumerate(_through(s), start=-1):
                np.add.at(weights, (rows, (here + step) % count), share)
        else:
            s = minimum_jerk(s)
            np.add.at(weights, (rows, here), 1 - s)
            np.add.at(weights, (rows, (here + 1) % count), s)
        weights *= range_scale
        weights[:, 0] += 1 - range_scale
        return weights

    def pressing(self, point: str, times: Array) -> Array:
        """Return whether a contact holds at each time: it does between two keyframes that both have it."""
        active = self.active[point]
        edges = np.append(self.at_s, self.movement.cycle_s)
        inside = np.mod(times, self.movement.cycle_s)
        here = np.clip(np.searchsorted(edges, inside, side="right") - 1, 0, len(active) - 1)
        return np.asarray((active[here] > 0) & (active[(here + 1) % len(active)] > 0))


def minimum_jerk(s: Array) -> Array:
    """Ease 0..1 as a hand moves from rest to rest (Flash and Hogan 1985,
    doi:10.1523/JNEUROSCI.05-07-01688.1985)."""
    return np.asarray(s**3 * (10 - 15 * s + 6 * s**2))


def _through(s: Array) -> tuple[Array, Array, Array, Array]:
    """Return the weights of four neighbouring keyframes on a smooth curve through them (Catmull and Rom
    1974)."""
    return (
        (-s + 2 * s**2 - s**3) / 2,
        (2 - 5 * s**2 + 3 * s**3) / 2,
        (s + 4 * s**2 - 3 * s**3) / 2,
        (s**3 - s**2) / 2,
    )


def spell_out(name: str, kinds: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    """Return the names meant by ``name`` with the sign their z takes: one, or both sides of a name without a
    side."""
    if name in kinds:
        return tuple((f"{side}_{name}", 1.0 if side == "right" else -1.0) for side in SIDES)
    return ((name, 1.0),)


def read_timeline(movement: Movement) -> Timeline:
    """Turn a movement into arrays.

    Raises
    ------
    InputError
        When a keyframe names an angle, a contact or a point that is not part of the body.
    """
    if not movement.keyframes:
        raise InputError("This movement has no keyframes.", "It needs at least one.")
    count = len(movement.keyframes)
    contacts = _contacts(movement)
    angles = np.zeros((count, len(ANGLES)))
    pelvis = np.tile([0.0, HIPS_HEIGHT, 0.0], (count, 1))
    for k, frame in enumerate(movement.keyframes):
        if k:
            angles[k], pelvis[k] = angles[k - 1], pelvis[k - 1]
        for name, degrees in frame.pose.items():
            for full in _angle_names(name):
                angles[k, INDEX[full]] = np.radians(degrees)
        if frame.pelvis is not None:
            pelvis[k] = frame.pelvis
    active = {
        point: np.array([_is_active(point, frame) for frame in movement.keyframes]) for point in contacts
    }
    props = {}
    for prop in movement.props:
        places = [prop.at]
        for frame in movement.keyframes:
            places.append(frame.props.get(prop.id, places[-1]))
        props[prop.id or prop.kind] = np.array(places[1:], dtype=float)
    return Timeline(
        movement=movement,
        at_s=np.array([frame.at_s for frame in movement.keyframes], dtype=float),
        angles=angles,
        pelvis=pelvis,
        contacts=contacts,
        active=active,
        goals=_goals(movement, contacts, active),
        poles=_poles(movement),
        props=props,
    )


def _angle_names(name: str) -> tuple[str, ...]:
    if name in INDEX:
        return (name,)
    if name in SIDED:
        return tuple(f"{side}_{name}" for side in SIDES)
    raise InputError(
        "'{name}' is not a joint angle.",
        "Angles are: {known}.",
        values={"name": name, "known": ", ".join((*ANGLES[:14], *SIDED))},
    )


def _contacts(movement: Movement) -> dict[str, Contact]:
    found: dict[str, Contact] = {}
    for contact in movement.contacts:
        for point, sign in spell_out(contact.point, LIMB_CONTACTS):
            bare = point.removeprefix("left_").removeprefix("right_")
            if bare not in (*LIMB_CONTACTS, *ANCHORS, *RESTING):
                names = ", ".join((*LIMB_CONTACTS, *ANCHORS, *RESTING))
                raise InputError(
                    "'{point}' cannot press anything.",
                    "Contact points are: {names}.",
                    values={"point": point, "names": names},
                )
            found[point] = Contact(
                point=point,
                on=contact.on,
                at=_flip(contact.at, sign),
                along=_flip(contact.along, sign),
                normal=_flip(contact.normal, sign)
                or ((-1.0, 0.0, 0.0) if contact.on == "wall" else (0.0, 1.0, 0.0)),
            )
    return found


def _flip(vector: tuple[float, float, float] | None, sign: float) -> tuple[float, float, float] | None:
    return None if vector is None else (vector[0], vector[1], vector[2] * sign)


def _is_active(point: str, frame: Keyframe) -> float:
    if frame.contacts is None:
        return 1.0
    bare = point.removeprefix("left_").removeprefix("right_")
    return 1.0 if point in frame.contacts or bare in frame.contacts else 0.0


def _goals(
    movement: Movement, contacts: Mapping[str, Contact], active: Mapping[str, Array]
) -> dict[str, tuple[Goal, ...]]:
    """Collect what decides each limb at each keyframe: a contact, a reach, or the goal of the keyframe
    before."""
    goals: dict[str, tuple[Goal, ...]] = {}
    for end, points in (("hand", ("hand",)), ("foot", ("foot", "ankle"))):
        for side in SIDES:
            sign = 1.0 if side == "right" else -1.0
            name = f"{side}_{end}"
            row: list[Goal | None] = []
            for k, frame in enumerate(movement.keyframes):
                goal = row[-1] if row else None
                reach: Reach | None = frame.reach.get(name)
                if reach is None and end in frame.reach:
                    shared = frame.reach[end]
                    reach = Reach(at=(shared.at[0], shared.at[1], shared.at[2] * sign), frame=shared.frame)
                if reach is not None:
                    goal = Goal(reach.frame, reach.at, False)
                for point in points:
                    contact = contacts.get(f"{side}_{point}")
                    if contact is not None and active[f"{side}_{point}"][k] and contact.at is not None:
                        goal = Goal(f"contact:{side}_{point}", contact.at, point != "ankle")
                row.append(goal)
            if all(goal is not None for goal in row):
                goals[name] = tuple(goal for goal in row if goal is not None)
            elif any(goal is not None for goal in row):
                raise InputError(
                    "{name} has a goal in some keyframes only.",
                    "A limb follows joint angles throughout, or contacts and reaches from the start.",
                    values={"name": name},
                )
    return goals


def _poles(movement: Movement) -> dict[str, Array]:
    poles: dict[str, Array] = {}
    for joint, usual in (("elbow", ELBOW_POLE), ("knee", KNEE_POLE)):
        for side in SIDES:
            sign = 1.0 if side == "right" else -1.0
            row = [np.array(usual) * [1, 1, sign]]
            for frame in movement.keyframes:
                own, shared = frame.pole.get(f"{side}_{joint}"), frame.pole.get(joint)
                if own is not None:
                    row.append(np.array(own))
                elif shared is not None:
                    row.append(np.array(shared) * [1, 1, sign])
                else:
                    row.append(row[-1])
            poles[f"{side}_{joint}"] = np.array(row[1:], dtype=float)
    return poles
