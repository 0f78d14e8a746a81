"""Forward kinematics. In: joint angles (..., J) rad and the root's place (..., 3). Out: ``Body``. Next:
bake, share.

One call serves one pose, a cycle of frames, or a batch of cycles: every leading axis is carried through.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from midback.movement.rotation import Array, about_x, about_y, about_z, apply
from midback.movement.skeleton import (
    FOREARM,
    HAND,
    HEAD_CENTRE,
    HEEL,
    HIP_HALF_WIDTH,
    HIPS_HEIGHT,
    INDEX,
    PALM,
    POINT,
    POINTS,
    SEGMENT,
    SEGMENTS,
    SHANK,
    SHOULDER,
    SIDES,
    SKIN,
    SPINE,
    STERNUM,
    THIGH,
    THORAX,
    TOE,
    UPPER_ARM,
    VERTEX,
)


@dataclass(frozen=True, slots=True)
class Body:
    """Where everything is: points (..., K, 3) in fractions of stature, segment frames (..., S, 3, 3)."""

    points: Array
    frames: Array

    def point(self, name: str) -> Array:
        """Return one point (..., 3) by its name in ``skeleton.POINTS``."""
        return np.asarray(self.points[..., POINT[name], :])

    def frame(self, name: str) -> Array:
        """Return the frame (..., 3, 3) of one segment by its name in ``skeleton.SEGMENTS``."""
        return np.asarray(self.frames[..., SEGMENT[name], :, :])


def sign(side: str) -> float:
    """Return +1 for the right side, which lies at positive z, and -1 for the left."""
    return 1.0 if side == "right" else -1.0


def place_trunk(angles: Array, root: Array, body: Body) -> None:
    """Fill in pelvis, spine, head, shoulders, hips and skin points of ``body``."""
    value = _reader(angles)
    frame = about_y(value("pelvis_rotation")) @ about_z(-value("pelvis_tilt")) @ about_x(value("pelvis_list"))
    place = root
    _put(body, "pelvis", place, frame)
    before = np.array([0.0, HIPS_HEIGHT, 0.0])
    for joint, (x, y), region, share in SPINE:
        here = np.array([x, y, 0.0])
        place = place + apply(frame, here - before)
        if region == "head":
            frame = frame @ about_z(-value("head_flexion"))
        else:
            turn = about_y(share * value(f"{region}_rotation")) @ about_z(-share * value(f"{region}_flexion"))
            frame = frame @ turn @ about_x(share * value(f"{region}_bend"))
        _put(body, joint, place, frame)
        before = here
    for name, spot in (("head", HEAD_CENTRE), ("vertex", VERTEX)):
        body.points[..., POINT[name], :] = place + apply(frame, np.array([*spot, 0.0]) - before)
    for name, (joint, offset) in SKIN.items():
        skin = body.point(joint) + apply(body.frame(joint), np.array(offset))
        body.points[..., POINT[f"skin_{name}"], :] = skin

    thorax, top = body.frame(THORAX), body.point("neck_1")
    origin = np.array([SPINE[8][1][0], SPINE[8][1][1], 0.0])
    for side in SIDES:
        s = sign(side)
        flip = np.array([1.0, 1.0, s])
        sternum = top + apply(thorax, np.array(STERNUM) * flip - origin)
        girdle = about_y(s * value(f"{side}_scapula_protraction")) @ about_x(
            -s * value(f"{side}_scapula_elevation")
        )
        shoulder = sternum + apply(thorax @ girdle, (np.array(SHOULDER) - np.array(STERNUM)) * flip)
        body.points[..., POINT[f"{side}_clavicle"], :] = sternum
        body.points[..., POINT[f"{side}_shoulder"], :] = shoulder
        hip = root + apply(body.frame("pelvis"), np.array([0.0, 0.0, s * HIP_HALF_WIDTH]))
        body.points[..., POINT[f"{side}_hip"], :] = hip


def place_limbs(angles: Array, body: Body) -> None:
    """Fill in arms and legs of ``body`` from the shoulders and hips already there."""
    value = _reader(angles)
    for side in SIDES:
        s = sign(side)

        def at(name: str, side: str = side) -> Array:
            return value(f"{side}_{name}")

        plane = at("shoulder_plane")
        arm = (
            body.frame(THORAX)
            @ about_y(s * plane)
            @ about_x(-s * at("shoulder_elevation"))
            @ about_y(s * (at("shoulder_rotation") - plane))
        )
        forearm = arm @ about_z(at("elbow_flexion")) @ about_y(s * at("forearm_pronation"))
        hand = forearm @ about_x(-s * at("wrist_deviation")) @ about_z(at("wrist_flexion"))
        elbow = body.point(f"{side}_shoulder") - UPPER_ARM * arm[..., :, 1]
        wrist = elbow - FOREARM * forearm[..., :, 1]
        _put(body, f"{side}_upper_arm", None, arm)
        _put(body, f"{side}_forearm", None, forearm)
        _put(body, f"{side}_hand", None, hand)
        body.points[..., POINT[f"{side}_elbow"], :] = elbow
        body.points[..., POINT[f"{side}_wrist"], :] = wrist
        body.points[..., POINT[f"{side}_palm"], :] = wrist - PALM * hand[..., :, 1]
        body.points[..., POINT[f"{side}_fingertip"], :] = wrist - HAND * hand[..., :, 1]

        turn = (
            about_z(at("hip_flexion")) @ about_x(-s * at("hip_abduction")) @ about_y(s * at("hip_rotation"))
        )
        thigh = body.frame("pelvis") @ turn
        shank = thigh @ about_z(-at("knee_flexion"))
        foot = (
            shank
            @ about_z(at("ankle_flexion"))
            @ about_x(s * at("ankle_inversion"))
            @ about_y(s * at("ankle_rotation"))
        )
        knee = body.point(f"{side}_hip") - THIGH * thigh[..., :, 1]
        ankle = knee - SHANK * shank[..., :, 1]
        _put(body, f"{side}_thigh", None, thigh)
        _put(body, f"{side}_shank", None, shank)
        _put(body, f"{side}_foot", None, foot)
        body.points[..., POINT[f"{side}_knee"], :] = knee
        body.points[..., POINT[f"{side}_ankle"], :] = ankle
        body.points[..., POINT[f"{side}_heel"], :] = ankle + apply(foot, np.array(HEEL))
        body.points[..., POINT[f"{side}_toe"], :] = ankle + apply(foot, np.array(TOE))


def empty(shape: tuple[int, ...]) -> Body:
    """Make a body of this batch shape with nothing placed yet."""
    return Body(np.full((*shape, len(POINTS), 3), np.nan), np.full((*shape, len(SEGMENTS), 3, 3), np.nan))


def place(angles: Array, root: Array) -> Body:
    """Compute where every point is.

    angles : (..., J) rad in ``skeleton.ANGLES`` order
    root : (..., 3) place of the mid-hip point, fraction of stature
    """
    body = empty(angles.shape[:-1])
    place_trunk(angles, root, body)
    place_limbs(angles, body)
    return body


def stand() -> tuple[Array, Array]:
    """Return angles and root of a person standing upright, arms hanging."""
    return np.zeros(len(INDEX)), np.array([0.0, HIPS_HEIGHT, 0.0])


def _reader(angles: Array) -> Callable[[str], Array]:
    return lambda name: np.asarray(angles[..., INDEX[name]])


def _put(body: Body, name: str, place: Array | None, frame: Array) -> None:
    if place is not None:
        body.points[..., POINT[name], :] = place
    body.frames[..., SEGMENT[name], :, :] = frame
