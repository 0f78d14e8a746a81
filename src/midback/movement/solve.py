"""Contacts and goals as joint angles. In: a ``Timeline`` and instants. Out: angles and the body they make. Next: bake.

The trunk follows its joint angles; the pelvis is put where weight-bearing contacts say; limbs that press or reach
something are solved; what they come to is read back as joint angles, and one forward pass makes the result, so that
drawing and angles cannot disagree.
"""

from collections.abc import Mapping

import numpy as np

from midback.catalogue.keyframe import Contact
from midback.movement.forward import Body, empty, place, place_trunk, sign
from midback.movement.reach import bend_joint, read_arm, read_foot, read_hand, read_leg
from midback.movement.rotation import Array, apply, frame_of, unit
from midback.movement.skeleton import (
    FOOT_HEIGHT,
    FOREARM,
    INDEX,
    PALM,
    SHANK,
    SIDES,
    THICKNESS,
    THIGH,
    THORAX,
    UPPER_ARM,
)
from midback.movement.timeline import ANCHORS, Goal, Timeline

ROOT_STEPS = 80
BREATH_DEG = {"thoracic_flexion": -1.4, "left_scapula_elevation": 1.6, "right_scapula_elevation": 1.6}


def solve(line: Timeline, times: Array, range_scale: float, breath: Array) -> tuple[Array, Body]:
    """Return the joint angles (T, J) at ``times`` (T,) s, and the body; ``breath`` is (T,) 0 out .. 1 in."""
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
