"""Where joints and masses lie, in the sagittal plane. In: segments, posture. Out: ``Chain``. Next: statics.

x points forward, y up, m; C7-T1 is the origin, because only distances count. Level k stands for the joint at the
lower end of its vertebra: C7 for C7-T1, T1 for T1-2, ..., T12 for T12-L1.

References
----------
Heights, bends, slices and shares of flexion: catalogue/data/body/spine.toml and segments.toml, each with its source.
The chain is set so that the line from T12-L1 to C7-T1 leans by ``upright_lean`` (0: T1 over T12) when upright.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from midback.body.parameters import Params
from midback.body.subject import Segments
from midback.body.working_posture import WorkingPosture
from midback.movement.rotation import Array

# The shoulder girdle rides on the upper ribs, which turn with this vertebra.
GIRDLE: Final = 4


@dataclass(frozen=True, slots=True)
class Chain:
    """Points and tilts.

    joints : (..., 13, 2) m, C7-T1 to T12-L1 ; axis : (..., 13) rad, tilt of the column above each, + forward
    bodies : (..., 16, 2) m, centres of mass of head, T1 to T12, upper arms, forearms, hands
    shoulder : (..., 2) m
    """

    joints: Array
    axis: Array
    bodies: Array
    shoulder: Array


def upright_tilt(params: Params) -> Array:
    """Return the tilt (..., 12) rad of T1 to T12 in the person's upright."""
    spine = params.spine
    bend = np.concatenate([spine.kyphosis, np.zeros_like(spine.kyphosis[..., :1])], -1)
    over = np.cumsum(bend[..., ::-1], -1)[..., ::-1]  # against T12
    lean = np.arctan2((spine.height * np.sin(over)).sum(-1), (spine.height * np.cos(over)).sum(-1))
    return over + (spine.upright_lean - lean)[..., None]


def chain(own: Segments, posture: WorkingPosture, params: Params) -> Chain:
    """Return where everything lies."""
    spine, part = params.spine, params.segments
    upright = upright_tilt(params)
    more = np.cumsum(spine.flexion_share[..., ::-1], -1)[..., ::-1]
    turned = posture.trunk_flexion[..., None] + posture.thoracic_flexion[..., None] * more
    tilt = upright + turned
    scale = own.scale[..., None, None]
    up = _along(tilt)
    heights = spine.height[..., None] * scale
    down = np.cumsum(heights * up, -2)
    joints = np.concatenate([np.zeros_like(down[..., :1, :]), -down], -2)
    ahead = np.stack([np.cos(tilt), -np.sin(tilt)], -1)
    slices = joints[..., 1:, :] + 0.5 * heights * up + part.slice_forward[..., None] * scale * ahead
    head_line = np.stack([params.neck.forward * own.scale, params.neck.height * own.scale], -1)
    head = turn(head_line, posture.head_flexion)
    # The girdle's place against T4 when upright turns as T4 turns.
    upright_down = np.cumsum(spine.height[..., None] * _along(upright), -2)[..., GIRDLE - 1, :]
    offset = part.shoulder * np.array([1.0, -1.0]) + upright_down
    shoulder = joints[..., GIRDLE, :] + turn(scale[..., 0] * offset, turned[..., GIRDLE - 1])
    arms = _arms(own, posture, params, shoulder)
    parts = [head[..., None, :], slices, arms]
    lead = np.broadcast_shapes(*(piece.shape[:-2] for piece in parts))
    bodies = np.concatenate([np.broadcast_to(piece, (*lead, *piece.shape[-2:])) for piece in parts], -2)
    neck, _ = np.broadcast_arrays(np.asarray(posture.head_flexion)[..., None], tilt[..., :1])
    axis = np.concatenate([neck, np.broadcast_to(tilt, (*neck.shape[:-1], 12))], -1)
    return Chain(joints=joints, axis=axis, bodies=bodies, shoulder=shoulder)


def turn(point: Array, angle: Array) -> Array:
    """Turn points (..., 2) forward by ``angle`` (...,) rad."""
    c, s = np.cos(angle), np.sin(angle)
    return np.stack([c * point[..., 0] + s * point[..., 1], c * point[..., 1] - s * point[..., 0]], -1)


def _along(tilt: Array) -> Array:
    return np.stack([np.sin(tilt), np.cos(tilt)], -1)


def _arms(own: Segments, posture: WorkingPosture, params: Params, shoulder: Array) -> Array:
    """Return the centres of mass (..., 3, 2) of upper arm, forearm and hand; the hand goes on with the forearm."""
    upper = posture.shoulder_flexion
    lower = upper + posture.elbow_flexion
    at = params.segments.arm_centre * own.arm_length
    arm = _hanging(upper)
    fore = _hanging(lower)
    elbow = shoulder + own.arm_length[..., 0, None] * arm
    wrist = elbow + own.arm_length[..., 1, None] * fore
    places = [
        shoulder + at[..., 0, None] * arm,
        elbow + at[..., 1, None] * fore,
        wrist + at[..., 2, None] * fore,
    ]
    return np.stack(np.broadcast_arrays(*places), -2)


def _hanging(angle: Array) -> Array:
    return np.stack([np.sin(angle), -np.cos(angle)], -1)
