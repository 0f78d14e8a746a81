"""A movement as numbers. In: ``Movement``. Out: ``Baked``, every joint at every frame. Next: share, coach,
voice.

The trunk follows its joint angles; the pelvis is put where weight-bearing contacts say; limbs that press or
reach something are solved; what they come to is read back as joint angles, and one forward pass makes the
result, so that drawing and angles cannot disagree.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from midback.catalogue.keyframe import Contact, Movement, Prop
from midback.movement.forward import Body, empty, place, place_trunk, sign
from midback.movement.posture import Posture, drawn, mirror_angles
from midback.movement.reach import bend_joint, read_arm, read_foot, read_hand, read_leg
from midback.movement.rotation import Array, apply, frame_of, unit
from midback.movement.skeleton import (
    FOOT_HEIGHT,
    FOREARM,
    INDEX,
    PALM,
    POINTS,
    SEGMENTS,
    SHANK,
    SIDES,
    THICKNESS,
    THIGH,
    THORAX,
    UPPER_ARM,
    mirror_name,
)
from midback.movement.timeline import ANCHORS, Goal, Timeline, read_timeline

FRAMES_PER_S = 8
ROOT_STEPS = 80
BREATH_DEG = {"thoracic_flexion": -1.4, "left_scapula_elevation": 1.6, "right_scapula_elevation": 1.6}


@dataclass(frozen=True, slots=True)
class KeyPose:
    """One stepped pose: when it comes and which cue belongs to it."""

    at_s: float
    cue: str | None


@dataclass(frozen=True, slots=True)
class Baked:
    """One cycle of a movement, T frames.

    t : (T,) s ; posture : joint angles ; body : joints and segment frames
    contacts : the places pressed, as the catalogue or the first keyframe gives them
    pressing : (T,) by contact ; props : (T, 3) by prop id ; breath : (T,) 0 out .. 1 in
    """

    movement: Movement
    side: str
    t: Array
    posture: Posture
    body: Body
    contacts: Mapping[str, Contact]
    pressing: Mapping[str, Array]
    props: tuple[tuple[Prop, Array], ...]
    breath: Array
    key_poses: tuple[KeyPose, ...]


def bake(
    movement: Movement,
    side: str = "both",
    range_scale: float = 1.0,
    fps: float = FRAMES_PER_S,
    times: Array | None = None,
) -> Baked:
    """Compute every joint of one cycle.

    side : ``left`` gives the mirror image; keyframes are written for the right
    range_scale : 0 stays in the first keyframe, 1 goes all the way
    times : (T,) s, in place of ``fps`` frames a second
    """
    line = _settle(read_timeline(movement))
    if times is None:
        count = max(2, round(movement.cycle_s * fps))
        times = np.linspace(0.0, movement.cycle_s, count + 1)
    breath = _breath(movement, times)
    angles, body = _solve(line, times, range_scale, breath)
    baked = Baked(
        movement=movement,
        side=side,
        t=times,
        posture=drawn(angles),
        body=body,
        contacts=line.contacts,
        pressing={point: line.pressing(point, times) for point in line.contacts},
        props=tuple(
            (prop, line.weights(times, range_scale) @ line.props[prop.id or prop.kind])
            for prop in movement.props
        ),
        breath=breath,
        key_poses=tuple(KeyPose(frame.at_s, frame.cue) for frame in movement.keyframes if frame.key),
    )
    return mirror(baked) if side == "left" else baked


def mirror(baked: Baked) -> Baked:
    """Swap left and right, exactly."""
    flip = np.array([1.0, 1.0, -1.0])
    points = baked.body.points[..., [POINTS.index(mirror_name(name)) for name in POINTS], :] * flip
    frames = baked.body.frames[..., [SEGMENTS.index(mirror_name(name)) for name in SEGMENTS], :, :]
    frames = frames * np.outer(flip, flip)
    return replace(
        baked,
        posture=drawn(mirror_angles(baked.posture.angles)),
        body=Body(points, frames),
        contacts={mirror_name(point): _mirror_contact(contact) for point, contact in baked.contacts.items()},
        pressing={mirror_name(point): row for point, row in baked.pressing.items()},
        props=tuple((_mirror_prop(prop), row * flip) for prop, row in baked.props),
    )


def pressed_at(body: Body, contact: Contact) -> Array:
    """Return where the skin of a contact point is now, (..., 3): what must not move while it presses."""
    side, _, part = contact.point.partition("_")
    if side not in SIDES:
        return body.point(f"skin_{contact.point}")
    normal = np.array(contact.normal)
    if part == "hand":
        return np.asarray(
            body.point(f"{side}_palm") + THICKNESS["palm"] * body.frame(f"{side}_hand")[..., :, 0]
        )
    if part == "foot":
        return np.asarray(body.point(f"{side}_ankle") - FOOT_HEIGHT * body.frame(f"{side}_foot")[..., :, 1])
    joint = "elbow" if part == "forearm" else part
    return np.asarray(body.point(f"{side}_{joint}") - THICKNESS[part] * normal)


def _settle(line: Timeline) -> Timeline:
    """Fix contacts without a place where the first keyframe puts them."""
    if all(contact.at is not None for contact in line.contacts.values()):
        return line
    first = np.zeros(1)
    _, body = _solve(line, first, 1.0, np.zeros(1))
    fixed = {}
    for point, contact in line.contacts.items():
        where = pressed_at(body, contact)[0]
        at = contact.at or (float(where[0]), float(where[1]), float(where[2]))
        fixed[point] = replace(contact, at=at)
    spelled = replace(line.movement, contacts=tuple(fixed.values()))
    return replace(read_timeline(spelled), movement=line.movement)


def _breath(movement: Movement, times: Array) -> Array:
    if movement.breath_s <= 0:
        return np.zeros_like(times)
    breaths = max(1, round(movement.cycle_s / movement.breath_s))
    return np.asarray(0.5 - 0.5 * np.cos(2 * np.pi * breaths * times / movement.cycle_s))


def _solve(line: Timeline, times: Array, range_scale: float, breath: Array) -> tuple[Array, Body]:
    weights = line.weights(times, range_scale)
    angles = weights @ line.angles
    for name, degrees in BREATH_DEG.items():
        angles[:, INDEX[name]] += np.radians(degrees) * breath
    root = _place_root(line, angles, weights @ line.pelvis, weights, times)
    trunk = empty(angles.shape[:-1])
    place_trunk(angles, root, trunk)
    for side in SIDES:
        _solve_arm(line, side, angles, trunk, weights)
        _solve_leg(line, side, angles, trunk, weights)
    return angles, place(angles, root)


def _anchor(line: Timeline) -> Contact | None:
    for point, contact in line.contacts.items():
        if point in ANCHORS and contact.at is not None and line.active[point].all():
            return contact
    return None


def _place_root(line: Timeline, angles: Array, wish: Array, weights: Array, times: Array) -> Array:
    """Put the pelvis where contacts allow, as near as possible to where the keyframes wish it."""
    trunk = empty(angles.shape[:-1])
    place_trunk(angles, np.zeros_like(wish), trunk)
    anchor = _anchor(line)
    if anchor is not None:
        return np.asarray(np.array(anchor.at) - trunk.point(f"skin_{anchor.point}"))
    root = wish.copy()
    place_trunk(angles, root, trunk)
    ties: list[tuple[Array, Array, float, bool, Array]] = []
    for side in SIDES:
        hip = trunk.point(f"{side}_hip") - root
        shoulder = trunk.point(f"{side}_shoulder") - root
        for point, start, length, exact in (
            (f"{side}_knee", hip, THIGH, True),
            (f"{side}_forearm", shoulder, UPPER_ARM, True),
            (f"{side}_elbow", shoulder, UPPER_ARM, True),
            (f"{side}_foot", hip, (THIGH + SHANK) * 0.9995, False),
            (f"{side}_hand", shoulder, (UPPER_ARM + FOREARM) * 0.9995, False),
        ):
            contact = line.contacts.get(point)
            if contact is None or contact.at is None:
                continue
            held = line.pressing(point, times).astype(float)[:, None]
            ties.append((start, _joint_at(contact), length, exact, held))
    for _ in range(ROOT_STEPS):
        before = root
        for start, end, length, exact, held in ties:
            span = root + start - end
            distance = np.linalg.norm(span, axis=-1, keepdims=True)
            excess = distance - length
            if not exact:
                excess = np.maximum(excess, 0.0)
            root = root - held * excess * span / np.maximum(distance, 1e-9)
        if np.abs(root - before).max() < 1e-7:
            break
    return root


def _joint_at(contact: Contact) -> Array:
    """Return where the joint behind a pressed place is: elbow, knee, ankle or wrist."""
    part = contact.point.partition("_")[2]
    at, normal = np.array(contact.at), unit(np.array(contact.normal, dtype=float))
    if part == "hand":
        along = frame_of(-normal, -np.array(contact.along or (1.0, 0.0, 0.0)))[..., :, 1]
        return np.asarray(at + THICKNESS["palm"] * normal + PALM * along)
    if part == "foot":
        return np.asarray(at + FOOT_HEIGHT * normal)
    return np.asarray(at + THICKNESS[part] * normal)


def _goal_place(goal: Goal, line: Timeline, trunk: Body) -> Array:
    shape = trunk.points.shape[:-2]
    if goal.frame.startswith("contact:"):
        return np.broadcast_to(_joint_at(line.contacts[goal.frame.partition(":")[2]]), (*shape, 3))
    if goal.frame == "world":
        return np.broadcast_to(np.array(goal.at), (*shape, 3))
    joint = {"thorax": "neck_1", "pelvis": "pelvis", "head": "head_base"}[goal.frame]
    segment = {"thorax": THORAX, "pelvis": "pelvis", "head": "head_base"}[goal.frame]
    return np.asarray(trunk.point(joint) + apply(trunk.frame(segment), np.array(goal.at)))


def _end_place(name: str, line: Timeline, trunk: Body, weights: Array) -> tuple[Array, Array]:
    """Return where a wrist or ankle is to be, and how far its surface decides how it lies (T, 1)."""
    goals = line.goals[name]
    where = sum(weights[:, k, None] * _goal_place(goal, line, trunk) for k, goal in enumerate(goals))
    firm = weights @ np.array([1.0 if goal.pressed else 0.0 for goal in goals])
    return np.asarray(where), firm


def _solve_arm(line: Timeline, side: str, angles: Array, trunk: Body, weights: Array) -> None:
    forearm = line.contacts.get(f"{side}_forearm")
    name = f"{side}_hand"
    if forearm is None and name not in line.goals:
        return
    s = sign(side)
    thorax, shoulder = trunk.frame(THORAX), trunk.point(f"{side}_shoulder")
    pole = apply(thorax, weights @ line.poles[f"{side}_elbow"])
    contact = line.contacts.get(name)
    firm = np.zeros(len(weights))
    if forearm is not None and forearm.at is not None:
        elbow = np.broadcast_to(_joint_at(forearm), shoulder.shape)
        along = unit(np.array(forearm.along or (0.0, 1.0, 0.0)))
        wrist = elbow + FOREARM * along
        hand: Array | None = frame_of(-np.array(forearm.normal), -along)
        firm = np.ones(len(weights))
    else:
        wrist, firm = _end_place(name, line, trunk, weights)
        elbow = bend_joint(shoulder, wrist, pole, UPPER_ARM, FOREARM)
        hand = None
        if contact is not None:
            hand = frame_of(-np.array(contact.normal), -np.array(contact.along or (1.0, 0.0, 0.0)))
    solved, arm = read_arm(thorax, shoulder, elbow, wrist, pole, s)
    for angle, value in solved.items():
        angles[:, INDEX[f"{side}_{angle}"]] = value
    if hand is not None:
        lying = read_hand(arm, solved["elbow_flexion"], np.broadcast_to(hand, arm.shape), s)
        _mix(angles, side, lying, firm)


def _solve_leg(line: Timeline, side: str, angles: Array, trunk: Body, weights: Array) -> None:
    name = f"{side}_foot"
    knee_contact = line.contacts.get(f"{side}_knee")
    if name not in line.goals:
        return
    s = sign(side)
    pelvis, hip = trunk.frame("pelvis"), trunk.point(f"{side}_hip")
    pole = apply(pelvis, weights @ line.poles[f"{side}_knee"])
    ankle, firm = _end_place(name, line, trunk, weights)
    if knee_contact is not None and knee_contact.at is not None:
        knee = np.broadcast_to(_joint_at(knee_contact), hip.shape)
        ankle = knee + SHANK * unit(ankle - knee)
    else:
        knee = bend_joint(hip, ankle, pole, THIGH, SHANK)
    solved, shank = read_leg(pelvis, hip, knee, ankle, pole, s)
    for angle, value in solved.items():
        angles[:, INDEX[f"{side}_{angle}"]] = value
    contact = line.contacts.get(name)
    if contact is not None:
        normal = np.array(contact.normal, dtype=float)
        foot = np.broadcast_to(_sole(normal, np.array(contact.along or (1.0, 0.0, 0.0))), shank.shape)
        _mix(angles, side, read_foot(shank, foot, s), firm)


def _sole(normal: Array, along: Array) -> Array:
    return frame_of(along, normal)


def _mix(angles: Array, side: str, solved: Mapping[str, Array], share: Array) -> None:
    for angle, value in solved.items():
        column = INDEX[f"{side}_{angle}"]
        angles[:, column] = share * value + (1 - share) * angles[:, column]


def _mirror_contact(contact: Contact) -> Contact:
    def flip(v: tuple[float, float, float] | None) -> tuple[float, float, float] | None:
        return None if v is None else (v[0], v[1], -v[2])

    return replace(
        contact,
        point=mirror_name(contact.point),
        at=flip(contact.at),
        along=flip(contact.along),
        normal=flip(contact.normal),
    )


def _mirror_prop(prop: Prop) -> Prop:
    points = tuple(mirror_name(p) if isinstance(p, str) else (p[0], p[1], -p[2]) for p in prop.points)
    follows = None if prop.follows is None else mirror_name(prop.follows)
    return replace(
        prop, at=(prop.at[0], prop.at[1], -prop.at[2]), turn=-prop.turn, points=points, follows=follows
    )
