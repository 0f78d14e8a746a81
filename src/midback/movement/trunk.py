"""The trunk as ellipses along the spine, and the edge of its back in a picture. In: ``Body``. Next: share, synthetic.

Half depths and half widths are fractions of stature; each ellipse moves with its vertebra.
"""

from typing import Final

import numpy as np

from midback.movement.forward import Body
from midback.movement.landmarks import STATIONS
from midback.movement.rotation import Array, apply, unit
from midback.movement.skeleton import HIPS_HEIGHT, SPINE

Rows = tuple[tuple[str, tuple[float, float], float, float], ...]

# joint it moves with, place when standing upright (x, y), half depth, half width
TRUNK: Final[Rows] = (
    ("lumbar_1", (0.004, 0.588), 0.062, 0.083),
    ("lumbar_2", (0.010, 0.624), 0.058, 0.077),
    ("lumbar_3", (0.012, 0.660), 0.058, 0.077),
    ("thoracic_2", (0.010, 0.702), 0.063, 0.083),
    ("thoracic_3", (0.006, 0.742), 0.068, 0.090),
    ("thoracic_4", (0.000, 0.778), 0.066, 0.094),
    ("thoracic_5", (-0.006, 0.806), 0.058, 0.088),
    ("neck_1", (-0.012, 0.832), 0.044, 0.056),
)
HIPS: Final[Rows] = (
    ("pelvis", (-0.004, 0.488), 0.050, 0.066),
    ("pelvis", (-0.010, 0.522), 0.064, 0.094),
    ("pelvis", (-0.006, 0.560), 0.062, 0.090),
    ("lumbar_1", (0.003, 0.596), 0.060, 0.080),
)
_NEUTRAL: Final = {"pelvis": (0.0, HIPS_HEIGHT), **{joint: place for joint, place, _, _ in SPINE}}
_BACK: Final = (*HIPS[:3], *TRUNK)


def trunk_ellipses(body: Body, rows: Rows, breath: Array | None = None) -> tuple[Array, Array, Array]:
    """Return centres and half axes, to the side and to the front, of S ellipses, each (T, S, 3).

    breath : (T,) 0 out .. 1 in; it lifts the front of chest and belly
    """
    centre, lateral, depth = [], [], []
    for index, (joint, (x, y), deep, wide) in enumerate(rows):
        x0, y0 = _NEUTRAL[joint]
        frame = body.frame(joint)
        lift = np.zeros(len(frame)) if breath is None else breath * (0.006 if 1 <= index <= 5 else 0.0)
        offset = np.array([x - x0, y - y0, 0.0])
        centre.append(body.point(joint) + apply(frame, offset) + lift[:, None] * frame[..., :, 0])
        lateral.append((wide + 0.4 * lift[:, None]) * frame[..., :, 2])
        depth.append((deep + lift[:, None]) * frame[..., :, 0])
    return np.stack(centre, 1), np.stack(lateral, 1), np.stack(depth, 1)


def back_edge(body: Body) -> tuple[Array, Array, Array]:
    """Return the ellipses whose edge is the outline of the back, buttocks to neck, each (T, S, 3)."""
    return trunk_ellipses(body, _BACK)


def profile_of_edge(
    centre: Array, lateral: Array, depth: Array, hip: Array, shoulder: Array, away_from: Array
) -> Array:
    """Return the dorsal profile of ellipses seen in a picture, (T, 25): see ``landmarks.Frame.profile``.

    centre, lateral, depth : (T, S, 2) px ; hip, shoulder, away_from : (T, 2) px
    """
    along = unit(shoulder - hip)
    length = np.linalg.norm(shoulder - hip, axis=-1)[:, None]
    out = np.stack([-along[:, 1], along[:, 0]], -1)
    middle = (hip + shoulder) / 2
    out = np.where(np.sum((away_from - middle) * out, -1, keepdims=True) > 0, -out, out)
    # The point of each ellipse that lies farthest out, then read at the stations between them.
    u, v = (np.sum(axis * out[:, None], -1) for axis in (lateral, depth))
    reach = np.maximum(np.hypot(u, v), 1e-9)
    edge = centre + (u[..., None] * lateral + v[..., None] * depth) / reach[..., None]
    offset = edge - hip[:, None]
    at = np.sum(offset * along[:, None], -1) / length
    height = np.sum(offset * out[:, None], -1) / length
    profile = np.full((len(hip), len(STATIONS)), np.nan)
    for row in range(len(hip)):
        order = np.argsort(at[row])
        profile[row] = np.interp(STATIONS, at[row, order], height[row, order], left=np.nan, right=np.nan)
    return profile
