"""Two slumped looks in a row in this bout are a slump; anything less is a moment."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from midback.body.evidence import Evidence, Look
from midback.body.looks import LATELY, Looks

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def look(minute: float, kind: Look, **more: Any) -> Evidence:
    """Return one look."""
    return Evidence(at=NINE + timedelta(minutes=minute), source="camera", seen="seated", look=kind, **more)


def looks_of(*given: Evidence) -> Looks:
    """Return looks taken in, the newest first, each twice."""
    looks = Looks()
    for one in (*reversed(given), *given):
        looks.add(one)
    return looks


def sunk(minute: float, *given: Evidence, since: float = 0.0) -> Any:
    """Return what the looks say at a minute of a bout."""
    return looks_of(*given).sunk(NINE + timedelta(minutes=since), NINE + timedelta(minutes=minute))


def test_a_run_of_slumped_looks() -> None:
    """The run has its beginning, its number and its lowest change; looks without a reading do not end it."""
    found = sunk(
        16,
        look(0, "upright", change=-0.01),
        look(5, "slumped", change=-0.1),
        look(10, "no-reading", reason="turned"),
        look(15, "slumped", change=-0.14),
    )
    assert (found.since, found.looks, found.change) == (NINE + timedelta(minutes=5), 2, -0.14)


@pytest.mark.parametrize(
    "given",
    [
        (),
        (look(5, "slumped"),),
        (look(5, "slumped"), look(10, "upright")),
        (look(5, "slumped"), look(10, "upright"), look(15, "slumped")),
        (look(5, "slumped"), look(10, "nearer"), look(15, "slumped")),
    ],
)
def test_less_than_two_in_a_row_is_none(given: tuple[Evidence, ...]) -> None:
    """One look, or two with an upright one between them, say nothing."""
    assert sunk(16, *given) is None


def test_looks_of_before_the_bout_and_of_long_ago_do_not_count() -> None:
    """Getting up begins anew, and what was seen long ago is not now."""
    both = (look(5, "slumped"), look(10, "slumped"))
    assert sunk(11, *both) is not None
    assert sunk(11, *both, since=7) is None
    assert sunk(10 + LATELY.total_seconds() / 60 + 1, *both) is None
    assert looks_of(*both).sunk(None, NINE + timedelta(minutes=11)) is None


def test_another_picture_takes_two_looks_or_three_of_one_doubt() -> None:
    """Two looks that do not fit, or three heads held the same way, are a camera that moved."""
    odd = "calibrate-again"
    assert not looks_of(look(0, odd)).other_picture
    assert looks_of(look(0, odd), look(5, "no-reading", reason="dark"), look(10, odd)).other_picture
    assert not looks_of(look(0, odd), look(5, odd), look(10, "upright")).other_picture
    turned = [look(5 * n, "no-reading", reason="turned") for n in range(3)]
    assert looks_of(*turned).other_picture
    assert not looks_of(*turned[:2], look(10, "no-reading", reason="head-down")).other_picture
    assert not looks_of(*[look(5 * n, "no-reading", reason="dark") for n in range(4)]).other_picture


def test_old_looks_are_forgotten() -> None:
    """Letting go keeps what is newer."""
    looks = looks_of(look(0, "slumped"), look(5, "slumped"), look(10, "slumped"))
    looks.forget(NINE + timedelta(minutes=4))
    found = looks.sunk(NINE, NINE + timedelta(minutes=11))
    assert found is not None
    assert found.looks == 2
