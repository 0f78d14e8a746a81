"""``Check``: how a camera counts one exercise. In: `[camera.check]` of TOML. Next: ``coach.verify`` runs it.

A signal is one number a frame, looked up by its name; everything else says how that number is read. Lengths are
in the unit of the signal, times in s, so that neither the picture's size nor the frame rate matters.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["cycles", "hold", "oscillation"]
Neutral = Literal["session", "none"]

STRICT = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """How one engine reads one signal.

    kind : ``cycles`` counts the way from one phase to the other and back, ``hold`` times a pose kept still,
        ``oscillation`` counts to and fro without names and times how long it goes on
    signal : a name of ``coach.verify.signals``
    gate : names of ``coach.verify.gates``, asked in this order; the first that refuses gives the reason
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
    signal: str
    gate: tuple[str, ...] = ()
    views: tuple[float, ...] = (90.0, -90.0)
    phases: tuple[str, ...] = ()
    high: float
    low: float
    neutral: Neutral = "none"
    sided: bool = False
    smooth_s: float = 0.25
    arm_s: float = 0.5
    arm_speed: float = 0.6
    still: float = 0.25
    min_phase_s: float = 0.3
    max_phase_s: float = 30.0
    gap_s: float = 0.7
