"""What posture does to the body, and what the body has been doing.

The names below are loaded when they are first asked for: some modules of this room use the standard library alone and
serve the background process, which must not load NumPy for them. ``parameters()`` is asked for in its own module, whose
name it bears: here that name is the module.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from midback.body.parameters import Params
    from midback.body.statics import LEVELS, Load, load_of, relative_load
    from midback.body.subject import Segments, Subject, make_subject, segments
    from midback.body.uncertainty import Interval, spread_of
    from midback.body.working_posture import UPRIGHT, WorkingPosture, in_degrees

_HOMES = {
    "Params": "parameters",
    "LEVELS": "statics",
    "Load": "statics",
    "load_of": "statics",
    "relative_load": "statics",
    "Segments": "subject",
    "Subject": "subject",
    "make_subject": "subject",
    "segments": "subject",
    "Interval": "uncertainty",
    "spread_of": "uncertainty",
    "UPRIGHT": "working_posture",
    "WorkingPosture": "working_posture",
    "in_degrees": "working_posture",
}

__all__ = [
    "LEVELS",
    "UPRIGHT",
    "Interval",
    "Load",
    "Params",
    "Segments",
    "Subject",
    "WorkingPosture",
    "in_degrees",
    "load_of",
    "make_subject",
    "relative_load",
    "segments",
    "spread_of",
]


def __getattr__(name: str) -> Any:
    """Return one of the room's public names from the module it is born in."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
