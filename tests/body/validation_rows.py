"""One line of the validation page: a published number, ours, and whether ours lies inside the tolerance.

validation_mechanics.py, validation_time.py and validation_arithmetic.py make them, docs/validation.md prints them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A comparison. `table` is "V1" to "V17", or "relation" for what was never a target."""

    table: str
    what: str
    published: float | str
    ours: float | str
    unit: str
    tolerance: str
    inside: bool
    note: str = ""


def by_share(
    table: str, what: str, published: float, ours: float, unit: str, share: float, note: str = ""
) -> Row:
    """Compare by a share of the published number: 0.02 is 2 %."""
    inside = abs(ours - published) <= share * abs(published)
    return Row(table, what, published, ours, unit, f"{share:.1%}".replace(".0%", "%"), inside, note)


def by_amount(
    table: str, what: str, published: float, ours: float, unit: str, amount: float, note: str = ""
) -> Row:
    """Compare by an amount in the row's own unit; 0 asks for the same number."""
    text = f"{amount:g} {unit}".strip() if amount else "exact"
    return Row(table, what, published, ours, unit, text, abs(ours - published) <= amount + 1e-9, note)


def by_factor(
    table: str, what: str, published: float, ours: float, unit: str, factor: float, note: str = ""
) -> Row:
    """Compare by a factor: 2 takes half to double."""
    inside = published / factor <= ours <= published * factor
    return Row(table, what, published, ours, unit, f"factor {factor:g}", inside, note)


def by_range(table: str, what: str, low: float, high: float, ours: float, unit: str, note: str = "") -> Row:
    """Compare with a published range, ends included."""
    return Row(table, what, f"{low:g} to {high:g}", ours, unit, "inside the range", low <= ours <= high, note)
