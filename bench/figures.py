"""What a benchmark returns: a figure beside its aim, with the raw numbers behind it. Next: run."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure. ``aim`` None means it is only reported; ``raw`` is what it was worked out from."""

    name: str
    value: float
    unit: str
    aim: float | None
    raw: Sequence[float | str] = ()

    @property
    def met(self) -> str:
        """Say whether the aim was met."""
        return "" if self.aim is None else "yes" if self.value <= self.aim else "NO"


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the nearest-rank percentile."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100).__int__() - 1)]


def median(values: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(values)
