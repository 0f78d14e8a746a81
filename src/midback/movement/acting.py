"""A whole piece of practice, acted. In: ``Movement`` and how much of it. Out: ``Act``. Next: ``synthetic``.

The person stands, gets into position, is still for a moment, does exactly so many cycles or holds exactly so
long, and gets up again. Getting there is a plain blend of joint angles, good enough for a camera to be
tempted to count.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from midback.catalogue.keyframe import Movement
from midback.errors import InputError
from midback.movement.bake import bake
from midback.movement.forward import Body, place, stand
from midback.movement.posture import mirror_angles
from midback.movement.rotation import Array
from midback.movement.timeline import minimum_jerk, read_timeline

TABLE_STEP_S = 0.04


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One set on one side: ``cycles`` of the movement, each ``cycle_s`` long, or a hold of ``hold_s``.

    settled : the way from the first keyframe into the hold is so small that it is part of the hold, as when
        somebody lies on a wedge and lets the shoulders sink
    """

    side: str = "both"
    cycles: int = 0
    cycle_s: float | None = None
    hold_s: float = 0.0
    settled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How long everything around the work takes, s.

    enter_s, leave_s : 0 is there from the start, or stays to the end
    rise : whether the person gets up between one part and the next
    """

    stand_s: float = 1.0
    enter_s: float = 3.0
    still_s: float = 2.0
    between_s: float = 4.0
    leave_s: float = 3.0
    rise: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """What a body does, frame by frame.

    t : (T,) s ; body : (T, ...) ; working : (T,) whether the prescribed work is being done
    spans : start and end of the work of each part, s; of a hold, the time in the position itself
    """

    t: Array
    body: Body
    working: Array
    spans: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Pose:
    """Joint angles (T, J) and the root's place (T, 3)."""

    angles: Array
    root: Array


@dataclass(frozen=True, slots=True)
class Cycle:
    """One cycle baked finely, from which every leg is read. ``times`` (T,) s, from 0 to its end."""

    times: Array
    pose: Pose

    @property
    def length_s(self) -> float:
        """Return how long it takes, s."""
        return float(self.times[-1])

    def at(self, phase: Array, side: str) -> Pose:
        """Return the pose at times of the cycle, however often it has gone round."""
        inside = np.mod(phase, self.length_s)
        low = np.minimum((inside / TABLE_STEP_S).astype(int), len(self.times) - 2)
        share = ((inside - self.times[low]) / (self.times[low + 1] - self.times[low]))[:, None]
        before = Pose(self.pose.angles[low], self.pose.root[low])
        pose = _blend(before, Pose(self.pose.angles[low + 1], self.pose.root[low + 1]), share)
        if side != "left":
            return pose
        return Pose(mirror_angles(pose.angles), pose.root * [1.0, 1.0, -1.0])


@dataclass(frozen=True, slots=True)
class Leg:
    """One stretch of an act: what is done, for how long, on which side.

    part : whose work it is, -1 for none ; before : the side worked until now
    hold : the position's place in the cycle, s
    tempo : 2 takes twice as long as the keyframes say
    """

    what: str
    seconds: float
    side: str = "both"
    part: int = -1
    before: str = "both"
    hold: tuple[float, float] = (0.0, 0.0)
    tempo: float = 1.0


def act(
    movement: Movement,
    parts: Sequence[Part],
    *,
    fps: float = 20.0,
    range_scale: float = 1.0,
    pace: Pace | None = None,
) -> Act:
    """Act these parts of one movement, one after the other."""
    legs = tuple(_legs(movement, parts, pace or Pace()))
    ends = np.cumsum([leg.seconds for leg in legs])
    starts = ends - [leg.seconds for leg in legs]
    t = np.arange(0.0, ends[-1], 1.0 / fps)
    cycle = _bake_cycle(movement, range_scale)
    pose = Pose(*(np.empty((len(t), *row.shape)) for row in stand()))
    spans = [(float("inf"), 0.0)] * len(parts)
    working = np.zeros(len(t), dtype=bool)
    for leg, start, end in zip(legs, starts, ends, strict=True):
        rows = (t >= start) & (t < end)
        found = _play(cycle, leg, t[rows] - start)
        pose.angles[rows], pose.root[rows] = found.angles, found.root
        if leg.part >= 0:
            working |= rows
            first, last = spans[leg.part]
            spans[leg.part] = (min(first, float(start)), max(last, float(end)))
    return Act(t, place(pose.angles, pose.root), working, tuple(spans))


def _legs(movement: Movement, parts: Sequence[Part], pace: Pace) -> Iterator[Leg]:
    """List what follows on what; a leg of no length is left out."""
    legs = [*_getting_there(pace, parts[0].side)]
    before = ""
    for number, part in enumerate(parts):
        still_s = 0.0 if part.settled else pace.between_s / 2 if before else pace.still_s
        if before and pace.rise:
            legs += [*_getting_up(pace, before), *_getting_there(pace, part.side)]
        elif before:
            legs.append(Leg("change", pace.between_s / 2, part.side, before=before))
        legs += [Leg("still", still_s, part.side), *_work(movement, part, number)]
        legs.append(Leg("still", 0.0 if part.settled else pace.still_s, part.side))
        before = part.side
    legs += _getting_up(pace, before)
    return (leg for leg in legs if leg.seconds > 0)


def _getting_there(pace: Pace, side: str) -> tuple[Leg, ...]:
    return (Leg("stand", pace.stand_s), Leg("enter", pace.enter_s, side)) if pace.enter_s else ()


def _getting_up(pace: Pace, side: str) -> tuple[Leg, ...]:
    return (Leg("leave", pace.leave_s, side), Leg("stand", pace.stand_s)) if pace.leave_s else ()


def _work(movement: Movement, part: Part, number: int) -> tuple[Leg, ...]:
    """List the legs of one part's work."""
    cycle_s = movement.cycle_s
    if not part.hold_s:
        length = part.cycle_s or cycle_s
        return (Leg("cycles", part.cycles * length, part.side, part=number, tempo=length / cycle_s),)
    arrive, depart = plateau(movement)
    around = number if part.settled else -1
    hold_s = part.hold_s - (arrive + cycle_s - depart if part.settled else 0.0)
    return (
        Leg("go", arrive, part.side, part=around),
        Leg("hold", hold_s, part.side, part=number, hold=(arrive, depart)),
        Leg("back", cycle_s - depart, part.side, part=around),
    )


def plateau(movement: Movement) -> tuple[float, float]:
    """Return from when to when of a cycle the pose of the keyframe with the cue ``hold`` lasts, s.

    Raises
    ------
    InputError
        When no keyframe says so.
    """
    line = read_timeline(movement)
    found = [k for k, frame in enumerate(movement.keyframes) if frame.cue == "hold"]
    if not found:
        raise InputError("This movement has nothing to hold.", "One of its keyframes has the cue 'hold'.")

    def same(a: int, b: int) -> bool:
        rows = [line.angles, line.pelvis, *line.active.values(), *line.poles.values()]
        return all(np.array_equal(row[a], row[b]) for row in rows) and all(
            goals[a] == goals[b] for goals in line.goals.values()
        )

    first = last = found[0]
    while first > 0 and same(first - 1, first):
        first -= 1
    while last + 1 < len(movement.keyframes) and same(last, last + 1):
        last += 1
    return float(line.at_s[first]), float(line.at_s[last])


def _play(cycle: Cycle, leg: Leg, t: Array) -> Pose:
    """Return the pose ``t`` s into one leg."""
    still = np.zeros(len(t))
    angles, root = stand()
    standing = Pose(np.tile(angles, (len(t), 1)), np.tile(root, (len(t), 1)))
    share = minimum_jerk(t / leg.seconds)[:, None]
    if leg.what == "stand":
        return standing
    if leg.what == "enter":
        return _blend(standing, cycle.at(still, leg.side), share)
    if leg.what == "leave":
        return _blend(cycle.at(still, leg.side), standing, share)
    if leg.what == "change":
        return _blend(cycle.at(still, leg.before), cycle.at(still, leg.side), share)
    if leg.what == "still":
        return cycle.at(still, leg.side)
    if leg.what == "hold":
        arrive, depart = leg.hold
        lasts = depart - arrive
        # To and fro within the hold, so that the breath goes on; it ends where the way back begins.
        swing = np.abs((t - leg.seconds + lasts) % (2 * lasts) - lasts) if lasts else still
        return cycle.at(depart - swing, leg.side)
    late = cycle.length_s - leg.seconds if leg.what == "back" else 0.0
    return cycle.at(late + t / leg.tempo, leg.side)


def _blend(a: Pose, b: Pose, share: Array) -> Pose:
    return Pose((1 - share) * a.angles + share * b.angles, (1 - share) * a.root + share * b.root)


def _bake_cycle(movement: Movement, range_scale: float) -> Cycle:
    steps = int(np.ceil(movement.cycle_s / TABLE_STEP_S))
    times = np.append(np.arange(steps) * TABLE_STEP_S, movement.cycle_s)
    baked = bake(movement, range_scale=range_scale, times=times)
    return Cycle(times, Pose(np.unwrap(baked.posture.angles, axis=0), baked.body.point("pelvis")))
