"""What has to hold before anything counts, by its name in the catalogue. In: a frame. Out: why not, or None.

Geometry decides, not the network's visibility, which stays near 1 for hidden points. Next: ``reading``.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from midback.movement.landmarks import Frame
from midback.reasons import Reason

from . import gates_fours, gates_stance, gates_view

Gate = Callable[[Frame], Reason | None]

# Mean brightness. On one clip made darker step by step all was read right down to .057, and at .018 the body was
# lost; what is found in between is not to be trusted in a room where the camera trembles as well.
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


GATES: Mapping[str, Gate] = MappingProxyType(
    {
        "light": light,
        "one-person": one_person,
        "body": body,
        **gates_fours.GATES,
        **gates_stance.GATES,
        **gates_view.GATES,
    }
)
