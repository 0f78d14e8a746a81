"""What the orders say of the camera: without a plain yes it may not look, and no number makes it look all the time."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midback.daemon.orders import MOST_OFTEN_S, CameraOrders, understand

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KEYS = ["allowed", "device", "every_s", "calibration", "say", "mark", "place"]


@given(said=anything | st.dictionaries(st.sampled_from(KEYS), anything))
def test_whatever_stands_there_the_camera_is_mostly_closed(said: Any) -> None:
    """Nothing but ``true`` allows it, and looks are never closer than agreed."""
    found = understand({"camera": said}).camera
    assert (found is not None) == (isinstance(said, dict) and said.get("allowed") is True)
    if found is not None:
        assert found.every_s >= MOST_OFTEN_S
        assert found.device != ""
        assert isinstance(found.calibration, dict)
        assert found.say is (said.get("say") is True)


@pytest.mark.parametrize("calibration", [None, [], "x", 3])
def test_what_is_no_calibration_is_none(calibration: Any) -> None:
    """Then nothing is looked at, whatever is allowed."""
    found = understand({"camera": {"allowed": True, "calibration": calibration}}).camera
    assert found == CameraOrders()
