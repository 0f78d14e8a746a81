"""Where joints and masses lie, in the sagittal plane. In: segments, posture. Out: ``Chain``. Next: statics.

x points forward, y up, m; C7-T1 is the origin, because only distances count. Level k stands for the joint at the
lower end of its vertebra: C7 for C7-T1, T1 for T1-2, ..., T12 for T12-L1.

References
----------
Heights, bends, slices and shares of flexion: catalogue/data/body/spine.toml and segments.toml, each with its source.
The chain is set so that the line from T12-L1 to C7-T1 leans by ``upright_lean`` when upright.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from midback.body.parameters import Params
from midback.body.statics_moments import Points
from midback.body.subject import Segments
from midback.body.working_posture import WorkingPosture
from midback.movement.rotation import Array

# The shoulder girdle rides on the upper ribs, which turn with this vertebra.
GIRDLE: Final = 4
# (..., 12) @ these: sums from T1 down to each, and from T12 up to each. Faster than cumsum for many postures.
_DOWN_TO: Final = np.triu(np.ones((12, 12)))
_UP_TO: Final = np.tril(np.ones((12, 12)))


@dataclass(frozen=True, slots=True)
class Chain:
    """Points and tilts.

    joints : (..., 13), C7-T1 to T12-L1 ; axis : (..., 13) rad, tilt of the column above each, + forward
    column : (..., 13), centres of mass of head, T1 to T12 ; arms : (..., 3), of upper arms, forearms, hands
    shoulder : (..., 1)
    """

    joints: Points
    axis: Array
    column: Points
    arms: Points
    shoulder: Points


def upright_tilt(params: Params) -> Array:
    """Return the tilt (..., 12) rad of T1 to T12 in the person's upright."""
    spine = params.spine
    bend = np.concatenate([spine.kyphosis, np.zeros_like(spine.kyphosis[..., :1])], -1)
    over = bend @ _UP_TO  # against T12
    lean = np.arctan2((spine.height * np.sin(over)).sum(-1), (spine.height * np.cos(over)).sum(-1))
    return np.asarray(over + (spine.upright_lean - lean)[..., None])


def chain(own: Segments, posture: WorkingPosture, params: Params) -> Chain:
    """Return where everything lies."""
    spine, part, neck = params.spine, params.segments, params.neck
    scale = own.scale[..., None]
    upright = upright_tilt(params)
    trunk, thoracic, head = (
        np.asarray(angle)[..., None]
        for angle in (posture.trunk_flexion, posture.thoracic_flexion, posture.head_flexion)
    )
    turned = trunk + thoracic * (spine.flexion_share @ _UP_TO)
    tilt = upright + turned
    height, sin, cos = spine.height * scale, np.sin(tilt), np.cos(tilt)
    below = Points(-((height * sin) @ _DOWN_TO), -((height * cos) @ _DOWN_TO))
    half, ahead = 0.5 * height, part.slice_forward * scale
    slices = Points(below.x + half * sin + ahead * cos, below.y + half * cos - ahead * sin)
    centre = Points(neck.forward[..., None] * scale, neck.height[..., None] * scale).turned(head)
    # Against T4 the girdle lies where it lies when upright, and turns as T4 turns.
    girdle = slice(GIRDLE - 1, GIRDLE)
    down_x, down_y = (spine.height * np.sin(upright)) @ _DOWN_TO, (spine.height * np.cos(upright)) @ _DOWN_TO
    hung = Points(
        scale * (part.shoulder[..., :1] + down_x[..., girdle]),
        scale * (down_y[..., girdle] - part.shoulder[..., 1:]),
    ).turned(turned[..., girdle])
    shoulder = Points(below.x[..., girdle] + hung.x, below.y[..., girdle] + hung.y)
    origin = np.zeros(1)
    return Chain(
        joints=Points(_row(origin, below.x), _row(origin, below.y)),
        axis=_row(head, tilt),
        column=Points(_row(centre.x, slices.x), _row(centre.y, slices.y)),
        arms=_arms(own, posture, params, shoulder),
        shoulder=shoulder,
    )


def _arms(own: Segments, posture: WorkingPosture, params: Params, shoulder: Points) -> Points:
    """Return the centres of mass (..., 3) of upper arm, forearm and hand; the hand goes on with the forearm."""
    upper = np.asarray(posture.shoulder_flexion)[..., None]
    lower = upper + np.asarray(posture.elbow_flexion)[..., None]
    length, at = own.arm_length, params.segments.arm_centre * own.arm_length
    # How far each centre lies along the upper arm's line and along the forearm's.
    first = np.concatenate([at[..., :1], length[..., :1], length[..., :1]], -1)
    second = np.concatenate([np.zeros_like(at[..., :1]), at[..., 1:2], length[..., 1:2] + at[..., 2:]], -1)
    return Points(
        shoulder.x + first * np.sin(upper) + second * np.sin(lower),
        shoulder.y - first * np.cos(upper) - second * np.cos(lower),
    )


def _row(first: Array, rest: Array) -> Array:
    """Return (..., 13) of (..., 1) and (..., 12)."""
    lead = np.broadcast_shapes(first.shape[:-1], rest.shape[:-1])
    return np.concatenate([np.broadcast_to(first, (*lead, 1)), np.broadcast_to(rest, (*lead, 12))], -1)
