"""How one variant of an exercise moves, as the catalogue holds it. In: `[movements.*]` of TOML. Next:
``movement``.

World axes follow ISB: x the way the person faces, y up, z to the person's right; lengths are fractions of
stature, angles are degrees here and radians everywhere else. A name without a side (``hand``,
``knee_flexion``) stands for both sides; its z is given for the right side and mirrored for the left.
"""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Triple = tuple[float, float, float]
Surface = Literal["floor", "wall", "chair", "bed", "ball", "roller", "wedge", "towel", "disc", "band"]
PropKind = Literal[
    "mat", "wall", "chair", "ball", "roller", "towel", "wedge", "band", "disc", "door-frame", "pillow", "bed"
]
Region = Literal["thoracic", "blades", "chest", "side", "belly", "legs"]

STRICT = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Where the viewer stands.

    azimuth : 0 in front of the person, 90 at their right side, -90 at their left, 180 behind
    elevation : above the horizon
    """

    __pydantic_config__ = STRICT
    azimuth: float = -80.0
    elevation: float = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A body point that presses something and stays there while it is active.

    point : hand, forearm, elbow, knee, ankle, foot, each with or without ``left_``/``right_``;
        seat, pelvis (sacrum), back, head
    on : what it presses
    at : where, on the surface; None means "where the first keyframe puts it"
    along : which way the fingers, the forearm or the toes point
    normal : out of the surface; None means up, or away from a wall ahead
    """

    __pydantic_config__ = STRICT
    point: str
    on: Surface = "floor"
    at: Triple | None = None
    along: Triple | None = None
    normal: Triple | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prop:
    """A thing the movement needs.

    at : its centre on the floor, on the seat, or in space, by kind
    size : length, height, depth or radius, by kind; see ``share.figure_props``
    points : for a band, the body points (or places) it runs through
    moves : names the body point the thing follows, if any
    """

    __pydantic_config__ = STRICT
    kind: PropKind
    id: str = ""
    at: Triple = (0.0, 0.0, 0.0)
    size: Triple = (0.0, 0.0, 0.0)
    turn: float = 0.0
    points: tuple[str | Triple, ...] = ()
    follows: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Where a wrist or an ankle goes when it presses nothing, seen from a frame of the body or from the
    world."""

    __pydantic_config__ = STRICT
    at: Triple
    frame: Literal["world", "pelvis", "thorax", "head"] = "world"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyframe:
    """One pose.

    at_s : s from the start of the cycle
    pose : joint angles in degrees by name; what is not named stays as in the keyframe before
    pelvis : place of the mid-hip point, fraction of stature; solved where contacts decide it
    reach : goals of free hands and feet, by ``hand`` or ``foot`` with or without a side
    pole : the way an elbow or a knee points, in the frame of the thorax or the pelvis
    props : places of props that move
    contacts : points pressing now; None means all of the movement's contacts
    cue : name of the sentence said here; the first keyframe's belongs to getting ready and is said once
    key : whether it is one of the stepped poses shown when motion is to be reduced
    """

    __pydantic_config__ = STRICT
    at_s: float
    pose: Mapping[str, float] = field(default_factory=dict)
    pelvis: Triple | None = None
    reach: Mapping[str, Reach] = field(default_factory=dict)
    pole: Mapping[str, Triple] = field(default_factory=dict)
    props: Mapping[str, Triple] = field(default_factory=dict)
    contacts: tuple[str, ...] | None = None
    cue: str | None = None
    key: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """A cycle of keyframes: the one source of figure, voice timing, camera targets and print.

    cycle_s : s until the first keyframe comes round again
    hold : whether it is a position kept, in which only the breath moves
    flow : whether it runs through its keyframes without resting in them, as walking does
    breath_s : s of one breath in a hold, 0 for none shown
    lit : the regions at work
    """

    __pydantic_config__ = STRICT
    cycle_s: float
    keyframes: tuple[Keyframe, ...] = ()
    contacts: tuple[Contact, ...] = ()
    props: tuple[Prop, ...] = ()
    view: View = View()
    lit: tuple[Region, ...] = ("thoracic",)
    hold: bool = False
    flow: bool = False
    breath_s: float = 0.0

    def __post_init__(self) -> None:
        times = [frame.at_s for frame in self.keyframes]
        if times and (times[0] != 0 or any(b <= a for a, b in itertools.pairwise(times))):
            raise ValueError("keyframes start at at_s = 0 and follow one another in time")
        if times and times[-1] > self.cycle_s:
            raise ValueError(
                f"the last keyframe ({times[-1]} s) comes after the cycle ends ({self.cycle_s} s)"
            )
