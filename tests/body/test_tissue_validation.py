"""What is published on time stands beside ours within its tolerance: endurance, creep, holding times."""

import pytest
import validation_time
from validation_rows import Row


@pytest.mark.parametrize("table", ["v1", "v2", "v3", "v4", "v5", "v15", "relations"])
def test_every_number_lies_within_its_tolerance(table: str) -> None:
    """No row of the table misses."""
    rows: list[Row] = getattr(validation_time, table)()
    assert rows
    assert [row for row in rows if not row.inside] == []


def test_the_whole_model_is_the_published_one() -> None:
    """The reference that the closed form is held to gives 351.6 s for the trunk at 30 %."""
    found = validation_time.full_three_compartments(0.00755, 0.00075, 0.3)
    assert float(found) == pytest.approx(351.6, rel=0.01)
