"""An upright from the side is taken from as many pictures as one from the front, and fewer are refused."""

import pytest

from midback.app.analysis_sitting import own_upright
from midback.body.seated_calibration import FEWEST_TO_CALIBRATE
from midback.errors import InputError
from seated_figure import sitting


def test_six_pictures_from_the_side_are_an_upright() -> None:
    """As many as from the front are enough."""
    own = own_upright([sitting(float(number), 5.0) for number in range(FEWEST_TO_CALIBRATE)], "full")
    assert own.front is None
    assert own.side is not None


def test_fewer_pictures_from_the_side_are_refused() -> None:
    """One picture less says how many there were, and how many are needed."""
    few = [sitting(float(number), 5.0) for number in range(FEWEST_TO_CALIBRATE - 1)]
    with pytest.raises(InputError, match=r"Only 5 pictures show you well enough\. A calibration needs 6"):
        own_upright(few, "full")
