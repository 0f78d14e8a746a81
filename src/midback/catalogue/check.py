"""``Check``: how a camera counts one exercise. In: `[camera.check]` of TOML. Next: ``coach.verify`` runs it.

A signal is one number a frame, looked up by its name; everything else says how that number is read. Lengths are
in the unit of the signal, times in s, so that neither the picture's size nor the frame rate matters.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["cycles", "hold", "oscillation"]
Neutral = Literal["session", "none"]

# What ``coach.verify`` knows; a test holds these lists against it.
Signal = Literal[
    "back-sagitta", "threaded", "forearms-up", "elbows-back", "hands-up", "legs-long", "arms-out"
]
Condition = Literal[
    "light",
    "one-person",
    "body",
    "trunk-in-view",
    "back-in-view",
    "near-enough",
    "arms-in-view",
    "feet-in-view",
    "all-fours",
    "on-knees",
    "upright",
    "standing",
    "supine",
    "hands-forward",
    "side-on",
    "not-side-on",
    "across",
]

STRICT = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """How one engine reads one signal.

    kind : ``cycles`` counts the way from one phase to the other and back, ``hold`` times a pose kept still,
        ``oscillation`` counts to and fro without names and times how long it goes on
    signal : what is measured, see ``coach.verify.signals``
    gate : what has to hold, asked in this order; the first that refuses gives the reason
    views : azimuths of the camera in degrees it works from: 0 in front of the person, 90 at their right side,
        -90 at their left, 180 behind
    phases : names of the high and the low phase of cycles; of a hold the name of the pose
    high, low : cycles: above ``high`` the one phase is entered, below ``low`` the other, both seen from the
        neutral. hold: entered above ``high``, left below ``low``. oscillation: to and fro is ``high - low`` wide
    neutral : ``session``: the person's own, found while they move; ``none``: the signal's own zero
    sided : left and right are counted apart
    smooth_s : width of the running median over the signal
    arm_s : how long the gate holds and the body is slow before anything counts
    arm_speed : what "slow" is, in body sizes a second
    still : hold: the fastest that still is still, in body sizes a second
    min_phase_s : a phase, or a hold, shorter than this is none
    max_phase_s : cycles and oscillation: staying longer than this in one phase begins anew
    gap_s : how long the body may be lost, or the gate fail, before it counts as such
    """

    __pydantic_config__ = STRICT
    kind: Kind
    signal: Signal
    gate: tuple[Condition, ...] = ()
    views: tuple[float, ...] = (90.0, -90.0)
    phases: tuple[str, ...] = ()
    high: float
    low: float
    neutral: Neutral = "none"
    sided: bool = False
    smooth_s: float = 0.25
    arm_s: float = 0.5
    arm_speed: float = 0.8
    still: float = 0.25
    min_phase_s: float = 0.3
    max_phase_s: float = 30.0
    gap_s: float = 0.7

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise ValueError(f"low ({self.low}) lies below high ({self.high})")
        if min(self.smooth_s, self.arm_s, self.min_phase_s, self.gap_s) < 0 or self.max_phase_s <= 0:
            raise ValueError("times are not negative")
