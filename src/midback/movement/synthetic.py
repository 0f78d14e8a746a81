"""Landmarks and dorsal profile as a camera would see an acted body. In: ``Act``, ``Lens``. Next: coach's tests.

Noise is white and slowly drifting, in parts of the trunk's length, of the size measured on real recordings of
people who kept still. Nothing here is random but through ``seed``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from midback.catalogue.keyframe import Movement
from midback.movement.acting import Act, Pace, Part, act
from midback.movement.landmarks import LANDMARKS, POINT, STATIONS, Frame, Landmarks, nobody
from midback.movement.lens import Aimed, Lens
from midback.movement.marks import place_marks
from midback.movement.rotation import Array, unit
from midback.movement.trunk import back_edge, profile_of_edge

SIDE_ON = 0.7  # of the shoulder line along the view: within 45 degrees of a side view the back has an edge
DRIFT_S = 1.5
TRUNK = 0.28  # hip to shoulder, of the stature
LIGHT = 0.45


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """How far a measurement is off, in lengths of the trunk, and what does not come at all.

    white, drift : of a point of the picture, standard deviation
    far : how much worse the points of the side turned away are ; world : how much worse points of space are
    bend : of the back's sagitta, standard deviation ; edge : of each station of the profile
    dropped : share of frames that never come ; lost : share of frames without a pose
    """

    white: float = 0.007
    drift: float = 0.010
    far: float = 1.8
    world: float = 1.4
    bend: float = 0.0022
    edge: float = 0.003
    dropped: float = 0.0
    lost: float = 0.0


STILL = Noise()
NONE = Noise(white=0.0, drift=0.0, bend=0.0, edge=0.0)


def synthesise(
    movement: Movement,
    parts: Sequence[Part],
    lens: Lens,
    *,
    range_scale: float = 1.0,
    fps: float = 20.0,
    pace: Pace | None = None,
    noise: Noise = STILL,
    stature_m: float = 1.72,
    seed: int = 0,
) -> Landmarks:
    """Return what a camera sees of a whole piece of practice, getting there and getting up included."""
    done = act(movement, parts, fps=fps, range_scale=range_scale, pace=pace)
    return film(done, lens, noise=noise, stature_m=stature_m, seed=seed)


def film(done: Act, lens: Lens, *, noise: Noise = STILL, stature_m: float = 1.72, seed: int = 0) -> Landmarks:
    """Look at an act through a camera that is turned to where the work is done."""
    marks = place_marks(done.body) * stature_m
    work = marks[done.working] if done.working.any() else marks
    target = (work.min((0, 1)) + work.max((0, 1))) / 2
    aimed = lens.aim(target)
    image, world = _see(marks, aimed)
    profile = _profile(done, aimed, image, stature_m)
    trunk = np.linalg.norm(_middle(image, "shoulder") - _middle(image, "hip"), axis=-1)
    rng = np.random.default_rng(seed)
    worse = _worse(marks, aimed, noise.far)
    # A trunk that points at the camera is short in the picture, yet its points are as uncertain as ever.
    unit_px = np.maximum(trunk, 0.6 * TRUNK * stature_m * lens.focal_px / lens.distance_m)
    trunk_m = noise.world * TRUNK * stature_m
    image = image + _wander(rng, done.t, image.shape, noise) * worse * unit_px[:, None, None]
    world = world + _wander(rng, done.t, world.shape, noise) * worse * trunk_m * [1.0, 1.0, 1.5]
    profile = profile + _bend(rng, done.t, noise)
    visibility = _visibility(image, worse, lens.size)
    kept = rng.random(len(done.t)) >= noise.dropped
    seen = rng.random(len(done.t)) >= noise.lost
    frames = [
        Frame(
            t=float(done.t[k]),
            image=image[k],
            world=world[k],
            visibility=visibility[k],
            score=0.98,
            size=lens.size,
            profile=profile[k],
            people=1,
            light=LIGHT,
        )
        if seen[k]
        else nobody(float(done.t[k]), lens.size, light=LIGHT)
        for k in np.flatnonzero(kept)
    ]
    return Landmarks(frames=tuple(frames), size=lens.size, source="keyframes")


def _see(marks: Array, aimed: Aimed) -> tuple[Array, Array]:
    flat, _ = aimed.picture(marks)
    hips = marks[:, [POINT["left_hip"], POINT["right_hip"]]].mean(1)
    world = aimed.turn(marks - hips[:, None])
    _, far = aimed.picture(hips)
    depth = world[..., 2] * (aimed.lens.focal_px / far)[:, None]
    return np.concatenate([flat, depth[..., None]], -1), world


def _middle(image: Array, part: str) -> Array:
    return np.asarray((image[:, POINT[f"left_{part}"], :2] + image[:, POINT[f"right_{part}"], :2]) / 2)


def _profile(done: Act, aimed: Aimed, image: Array, stature_m: float) -> Array:
    """Return the edge of the back (T, 25), NaN where the trunk is not seen from its side."""
    centre, lateral, depth = (part * stature_m for part in back_edge(done.body))
    flat, _ = aimed.picture(centre)
    sideways, deep = (aimed.picture(centre + axis)[0] - flat for axis in (lateral, depth))
    across = unit(done.body.point("right_shoulder") - done.body.point("left_shoulder"))
    facing = across @ aimed.axes[2]
    near = facing < 0
    # The side turned to the camera, as ``dorsal.trunk_in_view`` finds it.
    rows = np.arange(len(near))
    hip, shoulder, knee, wrist = (
        image[rows, np.where(near, POINT[f"right_{part}"], POINT[f"left_{part}"]), :2]
        for part in ("hip", "shoulder", "knee", "wrist")
    )
    profile = profile_of_edge(flat, sideways, deep, hip, shoulder, (knee + wrist) / 2)
    return np.where((np.abs(facing) > SIDE_ON)[:, None], profile, np.nan)


def _worse(marks: Array, aimed: Aimed, far: float) -> Array:
    """Return by how much each point is less certain, (T, 33, 1): the side turned away is worse."""
    worse = np.ones((*marks.shape[:2], 1))
    across = unit(marks[:, POINT["right_shoulder"]] - marks[:, POINT["left_shoulder"]]) @ aimed.axes[2]
    for side, turned in (("right", across > 0.5), ("left", across < -0.5)):
        columns = [k for k, name in enumerate(LANDMARKS) if side in name]
        worse[np.ix_(turned, columns)] = far
    return worse


def _wander(rng: np.random.Generator, t: Array, shape: tuple[int, ...], noise: Noise) -> Array:
    """Return white and slowly drifting noise, (T, ...) in lengths of the trunk."""
    white = noise.white * rng.standard_normal(shape)
    return np.asarray(white + noise.drift * _drift(rng, t, shape))


def _drift(rng: np.random.Generator, t: Array, shape: tuple[int, ...]) -> Array:
    """Return a smooth random walk that comes back (Ornstein and Uhlenbeck 1930), standard deviation 1."""
    steps = np.diff(t, prepend=t[:1])
    keep = np.exp(-steps / DRIFT_S)
    kick = rng.standard_normal(shape)
    kick[1:] *= np.sqrt(1 - keep[1:] ** 2).reshape(-1, *(1,) * (len(shape) - 1))
    for k in range(1, len(t)):
        kick[k] += keep[k] * kick[k - 1]
    return kick


def _bend(rng: np.random.Generator, t: Array, noise: Noise) -> Array:
    """Return the noise of the profile: an even bend that shows in the sagitta, and each station by itself."""
    count = len(t)
    bow = 1 - (2 * STATIONS - 1) ** 2
    # The sagitta is the bow's mean over the middle less its ends: 0.47 of its height.
    size = noise.bend / 0.47 * (0.8 * rng.standard_normal(count) + 0.6 * _drift(rng, t, (count,)))
    own = noise.edge * rng.standard_normal((count, len(STATIONS)))
    return np.asarray(size[:, None] * bow + own)


def _visibility(image: Array, worse: Array, size: tuple[int, int]) -> Array:
    """Return what BlazePose says of its own points: near 1 for what it sees, and of hips even hidden."""
    inside = ((image[..., :2] >= 0) & (image[..., :2] < np.array(size))).all(-1)
    return np.where(inside, np.where(worse[..., 0] > 1, 0.5, 0.99), 0.1)
