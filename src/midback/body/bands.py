"""The muscles as rubber bands: how long they are and what they turn. In: joint angles. Out: ``Bands``. Next: share.

Places ride on the mannequin's segments; a band's length is the mean of its strands. Strain is against the same
person upright with arms hanging. A moment arm is geometry, axis by lever: how far the line of pull passes from the
axis of a joint coordinate. It equals the change of length for each radian, with the sign turned, which a test holds
it to. A band that grows longer says nothing of harm.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from midback.body.bands_paths import BACK, BANDS, CARRIERS, FRONT, Paths, paths
from midback.body.bands_turns import COORDINATE, COORDINATES, turns_of, which
from midback.body.blade import Girdle, girdle_of
from midback.body.pose_of import joint_angles, placed, root_of
from midback.body.subject import Subject
from midback.body.working_posture import WorkingPosture
from midback.movement.forward import Body, place, sign
from midback.movement.rotation import Array, apply
from midback.movement.skeleton import ANGLES, SIDES

__all__ = [
    "BACK",
    "BANDS",
    "COORDINATE",
    "COORDINATES",
    "FRONT",
    "Bands",
    "bands_at",
    "bands_of",
    "lengths_of",
    "places_of",
]


@dataclass(frozen=True, slots=True)
class Bands:
    """B bands, in the order of ``BANDS``.

    length : (..., B) m ; strain : (..., B) of their length upright, 0.1 is a tenth longer
    moment_arm : (..., B, C) m by ``COORDINATES``, positive where a pull makes the coordinate's angle greater
    """

    length: Array
    strain: Array
    moment_arm: Array


def bands_of(subject: Subject, posture: WorkingPosture, routes: Paths | None = None) -> Bands:
    """Return the bands of one side in a working posture, which is the same on both sides.

    The subject's batch axes and the posture's go together as NumPy's do.
    """
    routes = routes or paths()
    angles = joint_angles(posture, rule=routes.rule)
    return _sized(*_measure(place(angles, root_of(angles)), angles, "right", routes), subject.stature, routes)


def lengths_of(subject: Subject, posture: WorkingPosture) -> tuple[Array, Array]:
    """Return length (B,) m and strain (B,) of one posture of one person: what ``bands_of`` says without the arms.

    A slider asks for this at every step, and moment arms are most of the work.
    """
    routes = paths()
    angles, body = placed(posture)
    spots = places_of(body, angles, "right", routes)[0]
    length = _length(spots, routes)
    return np.asarray(subject.stature * length), length / _neutral(routes) - 1.0


def bands_at(angles: Array, stature: Array | float = 1.0, routes: Paths | None = None) -> Bands:
    """Return the bands of both sides at any joint angles, drawn or measured: (..., 2, B), sides as ``SIDES``.

    angles : (..., J) rad in ``skeleton.ANGLES`` order ; stature : (...,) m
    """
    routes = routes or paths()
    body = place(angles, root_of(angles))
    length, arm = zip(*(_measure(body, angles, side, routes) for side in SIDES), strict=True)
    return _sized(np.stack(length, -2), np.stack(arm, -3), np.asarray(stature)[..., None], routes)


def _sized(length: Array, arm: Array, stature: Array, routes: Paths) -> Bands:
    scale = np.asarray(stature, dtype=float)[..., None]
    strain = length / _neutral(routes) - 1.0
    return Bands(scale * length, strain + np.zeros_like(scale), scale[..., None] * arm)


def places_of(body: Body, angles: Array, side: str, routes: Paths | None = None) -> Array:
    """Return where the places of one side's bands are, (..., P, 3) in fractions of stature: what is drawn."""
    routes = routes or paths()
    return _places(body, girdle_of(body, angles, side, routes.rule), side, routes)


def _places(body: Body, girdle: Girdle, side: str, routes: Paths) -> Array:
    frames, origins = [], []
    for carrier in CARRIERS:
        if carrier == "clavicle":
            frames.append(girdle.clavicle)
            origins.append(body.point(f"{side}_clavicle"))
        elif carrier == "blade":
            frames.append(girdle.blade)
            origins.append(girdle.pivot)
        elif carrier == "upper_arm":
            frames.append(body.frame(f"{side}_upper_arm"))
            origins.append(body.point(f"{side}_shoulder"))
        else:
            frames.append(body.frame(carrier))
            origins.append(body.point(carrier))
    frame = np.stack(frames, -3)[..., routes.carrier, :, :]
    origin = np.stack(origins, -2)[..., routes.carrier, :]
    return np.asarray(origin + apply(frame, routes.offset * np.array([1.0, 1.0, sign(side)])))


def _measure(body: Body, angles: Array, side: str, routes: Paths) -> tuple[Array, Array]:
    """Return lengths (..., B) and moment arms (..., B, C) of one side, in fractions of stature."""
    girdle = girdle_of(body, angles, side, routes.rule)
    spots = _places(body, girdle, side, routes)
    start, end = spots[..., routes.start, :], spots[..., routes.end, :]
    span = end - start
    distance = np.linalg.norm(span, axis=-1)
    pull = span / np.maximum(distance, 1e-12)[..., None]

    # A unit pull along each stretch, as a force and its moment about the world's origin. A turn feels the stretches
    # that run from what it leaves to what it turns; what it only takes along moves as the shoulder does.
    coordinate, turned, taken = which()
    by = routes.carrier
    felt = turned[:, by[routes.end]] - turned[:, by[routes.start]]
    along = taken[:, by[routes.end]] - taken[:, by[routes.start]]
    share, twist = routes.share, np.cross(start, pull)
    force = _sum(felt + along, share, pull)
    moment = _sum(felt, share, twist)
    carried = np.cross(body.point(f"{side}_shoulder")[..., None, None, :], _sum(along, share, pull))
    turns = turns_of(body, angles, girdle, side)
    about = moment + carried - np.cross(turns.centre[..., None, :], force)
    each = -np.einsum("...rk,...rbk->...rb", turns.axis, about)
    arms = np.zeros((*distance.shape[:-1], len(BANDS), len(COORDINATES)))
    for row, column in enumerate(coordinate):
        arms[..., column] += each[..., row, :]
    return distance @ share.T, arms


def _sum(which_turns: Array, share: Array, vectors: Array) -> Array:
    """Add up what R turns feel of S stretches for B bands: (R, S), (B, S), (..., S, 3) -> (..., R, B, 3)."""
    weight = (which_turns[:, None, :] * share[None]).reshape(-1, share.shape[1])
    total = weight @ vectors
    return np.asarray(total.reshape(*vectors.shape[:-2], len(which_turns), len(share), 3))


def _length(spots: Array, routes: Paths) -> Array:
    """Return the bands' lengths (B,) from their places (P, 3)."""
    distance = np.linalg.norm(spots[routes.end] - spots[routes.start], axis=-1)
    return np.asarray(distance @ routes.share.T)


def _neutral(routes: Paths) -> Array:
    """Return the lengths upright with arms hanging, (B,) in fractions of stature."""
    return _usual_neutral() if routes is paths() else _neutral_of(routes)


@cache
def _usual_neutral() -> Array:
    return _neutral_of(paths())


def _neutral_of(routes: Paths) -> Array:
    angles = np.zeros(len(ANGLES))
    body = place(angles, root_of(angles))
    return _length(places_of(body, angles, "right", routes), routes)
