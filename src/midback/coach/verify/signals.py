"""The signals by their names in the catalogue: one number a frame, NaN where it cannot be said. Next: ``engine``.

Each exercise's signals live in a module of their own with a dict ``SIGNALS``; here they are put together.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from midback.movement.landmarks import Frame
from midback.plan.performance import Side

from . import signals_arms, signals_back, signals_lying, signals_sway, signals_thread

Signal = Callable[[Frame, Side], float]

SIGNALS: Mapping[str, Signal] = MappingProxyType(
    {
        **signals_back.SIGNALS,
        **signals_thread.SIGNALS,
        **signals_arms.SIGNALS,
        **signals_sway.SIGNALS,
        **signals_lying.SIGNALS,
    }
)
