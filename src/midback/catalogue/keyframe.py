"""How one variant of an exercise moves, as the catalogue holds it. Next: ``movement``."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """A cycle of keyframes."""

    cycle_s: float
