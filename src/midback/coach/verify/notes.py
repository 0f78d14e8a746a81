"""What the verifier says, in the order it learns it. Born in ``engine``. Next: the player, ``analyse``, the log.

Every instant is in s of the source's own time. ``side`` is the person's own.
"""

from dataclasses import dataclass
from typing import Any

from midback.plan.performance import Side
from midback.reasons import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Armed:
    """From here on it counts: the body is in the start position and holds."""

    t: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A phase was entered at t."""

    t: float
    phase: str
    side: Side = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The number-th repetition was complete at t.

    range : from its furthest one way to its furthest the other, in the unit of the signal
    seconds : how long it took
    """

    t: float
    number: int
    side: Side = "both"
    range: float = 0.0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A pose was kept still from began_t to t."""

    t: float
    began_t: float
    seconds: float
    side: Side = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Nothing counts from t on, and why; ``until`` is None as long as it lasts."""

    t: float
    until: float | None
    reason: Reason


Note = Armed | Phase | Counted | Held | Refused


def as_data(note: Note) -> dict[str, Any]:
    """Return a note as plain data for JSON; times to the hundredth of a second."""
    found: dict[str, Any] = {"kind": type(note).__name__.lower()}
    for name in note.__slots__:
        value = getattr(note, name)
        if isinstance(value, Reason):
            value = {"id": value.message_id, "values": dict(value.values)}
        elif isinstance(value, float):
            value = round(value, 2 if name in ("t", "until", "began_t", "seconds") else 4)
        found[name] = value
    return found
