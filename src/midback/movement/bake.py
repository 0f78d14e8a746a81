"""A movement as numbers. In: ``Movement``. Out: ``Baked``, every joint at every frame. Next: share, coach, voice."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from midback.catalogue.keyframe import Contact, Movement, Prop
from midback.movement.forward import Body
from midback.movement.posture import Posture, drawn, mirror_angles
from midback.movement.rotation import Array
from midback.movement.skeleton import (
    FOOT_HEIGHT,
    POINTS,
    SEGMENTS,
    SIDES,
    THICKNESS,
    mirror_name,
)
from midback.movement.solve import solve
from midback.movement.timeline import Timeline, read_timeline

FRAMES_PER_S = 8


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
    angles, body = solve(line, times, range_scale, breath)
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
    _, body = solve(line, first, 1.0, np.zeros(1))
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
