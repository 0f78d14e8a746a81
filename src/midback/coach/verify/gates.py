"""What has to hold before anything counts, by its name in the catalogue. In: a frame. Out: why not, or None.

Geometry decides, not the network's visibility, which stays near 1 for hidden points. Next: ``engine``.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from midback.movement.landmarks import Frame
from midback.reasons import Reason

from . import gates_stance
from .bearing import torso_normal

Gate = Callable[[Frame], Reason | None]

DARK: Final = 0.06


def light(frame: Frame) -> Reason | None:
    """Refuse near darkness: the pose found there is a guess."""
    return Reason("camera.too-dark") if frame.light is not None and frame.light < DARK else None


def one_person(frame: Frame) -> Reason | None:
    """Refuse company: the wrong one may be followed."""
    return Reason("camera.more-people") if frame.people is not None and frame.people > 1 else None


def body(frame: Frame) -> Reason | None:
    """Refuse a picture without a body."""
    return None if frame.seen else Reason("camera.no-body")


def all_fours(frame: Frame) -> Reason | None:
    """Refuse what is not on hands and knees: chest to the floor, knees below the hips, wrists below shoulders."""
    if torso_normal(frame)[1] < 0.5:
        return Reason("camera.not-all-fours")
    trunk = float(np.hypot(*(frame.middle("shoulder") - frame.middle("hip"))))
    knees = frame.middle("knee")[1] - frame.middle("hip")[1]
    hands = frame.middle("wrist")[1] - frame.middle("shoulder")[1]
    return None if min(knees, hands) > 0.3 * trunk else Reason("camera.not-all-fours")


def side_on(frame: Frame) -> Reason | None:
    """Refuse a camera that does not look from the side."""
    return None


GATES: Mapping[str, Gate] = MappingProxyType(
    {
        "light": light,
        "one-person": one_person,
        "body": body,
        "all-fours": all_fours,
        "side-on": side_on,
        **gates_stance.GATES,
    }
)
