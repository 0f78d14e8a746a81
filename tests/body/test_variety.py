"""How varied a day's positions were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midback.body.exposure import Exposure
from midback.body.variety import POSITIONS, variety


def _day(**seconds: float) -> Exposure:
    return Exposure(seconds=dict(seconds), longest_still_s=0.0, longest_activity=None)


def test_one_position_all_day_is_no_variety_and_an_even_day_is_full() -> None:
    """Sitting all day scores 0, an evenly spread day 1, and an unknown day has no score."""
    assert variety(_day(sitting=8 * 3600)) == 0
    assert variety(_day(**dict.fromkeys(POSITIONS, 3600.0))) == pytest.approx(1)
    assert variety(_day(unknown=3600, away=3600)) is None


@given(st.dictionaries(st.sampled_from(POSITIONS), st.floats(1, 86400)), st.floats(0.1, 10))
def test_variety_stays_in_bounds_and_ignores_how_long_the_day_was(
    seconds: dict[str, float], scale: float
) -> None:
    """Variety lies in 0..1 and does not change when every stretch is as many times longer."""
    score = variety(_day(**seconds))
    if score is None:
        assert not seconds
        return
    assert 0 <= score <= 1 + 1e-9
    assert variety(_day(**{k: v * scale for k, v in seconds.items()})) == pytest.approx(score)
