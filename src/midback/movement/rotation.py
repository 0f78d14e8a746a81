"""Rotation matrices, batched. In: angles (...,) rad. Out: (..., 3, 3), columns are the turned axes. Next:
forward."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def about_x(angle: Array) -> Array:
    """Return the rotation about x by ``angle`` rad."""
    return _about(0, angle)


def about_y(angle: Array) -> Array:
    """Return the rotation about y by ``angle`` rad."""
    return _about(1, angle)


def about_z(angle: Array) -> Array:
    """Return the rotation about z by ``angle`` rad."""
    return _about(2, angle)


def _about(axis: int, angle: Array) -> Array:
    c, s = np.cos(angle), np.sin(angle)
    out = np.zeros((*np.shape(c), 3, 3))
    first, second = (axis + 1) % 3, (axis + 2) % 3
    out[..., axis, axis] = 1.0
    out[..., first, first] = out[..., second, second] = c
    out[..., first, second] = -s
    out[..., second, first] = s
    return out


def apply(rotation: Array, vector: Array) -> Array:
    """Turn ``vector`` (..., 3) by ``rotation`` (..., 3, 3)."""
    return np.asarray(np.einsum("...ij,...j->...i", rotation, vector))


def back(rotation: Array, vector: Array) -> Array:
    """Turn ``vector`` by the inverse of ``rotation``."""
    return np.asarray(np.einsum("...ji,...j->...i", rotation, vector))


def relative(parent: Array, child: Array) -> Array:
    """Return ``child`` as seen from ``parent``."""
    return np.asarray(np.einsum("...ji,...jk->...ik", parent, child))


def unit(vector: Array) -> Array:
    """Scale to length one; a vector of no length stays as it is."""
    length = np.linalg.norm(vector, axis=-1, keepdims=True)
    return np.asarray(vector / np.where(length > 1e-12, length, 1.0))


def frame_of(x: Array, y: Array) -> Array:
    """Build a frame whose y axis is ``y`` and whose x axis lies as near ``x`` as it can."""
    up = unit(y)
    ahead = unit(x - np.sum(x * up, -1, keepdims=True) * up)
    return np.stack([ahead, up, np.cross(ahead, up)], -1)


def read_zxy(rotation: Array) -> tuple[Array, Array, Array]:
    """Read the angles of Rz(a) Rx(b) Ry(c)."""
    b = np.arcsin(np.clip(rotation[..., 2, 1], -1, 1))
    a = np.arctan2(-rotation[..., 0, 1], rotation[..., 1, 1])
    c = np.arctan2(-rotation[..., 2, 0], rotation[..., 2, 2])
    return a, b, c


def read_yxz(rotation: Array) -> tuple[Array, Array, Array]:
    """Read the angles of Ry(a) Rx(b) Rz(c)."""
    b = np.arcsin(np.clip(-rotation[..., 1, 2], -1, 1))
    a = np.arctan2(rotation[..., 0, 2], rotation[..., 2, 2])
    c = np.arctan2(rotation[..., 1, 0], rotation[..., 1, 1])
    return a, b, c
