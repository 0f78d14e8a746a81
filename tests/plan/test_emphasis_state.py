"""The third source of emphasis adds to the measured rules and takes nothing from them."""

from hypothesis import given
from hypothesis import strategies as st

from core_rig import adult
from midback.body.exposure import Exposure
from midback.plan.emphasis import emphasise, from_measured
from midback.reasons import Reason

WHY = Reason("plan.yesterday-neck", {"used_percent": 80})


@given(st.floats(0, 6), st.floats(0, 5))
def test_what_was_measured_stays_first(longest_h: float, driven_h: float) -> None:
    """Purposes of the measured hours keep their place and reasons; the state's comes once, after them."""
    day = Exposure(
        seconds={"sitting": 4 * 3600.0, "driving": driven_h * 3600},
        longest_still_s=longest_h * 3600,
        longest_activity="sitting",
    )
    measured = from_measured(day)
    both = emphasise(adult(), day, True, (("mobility", WHY), ("extension", WHY)))
    assert both.purposes[: len(measured.purposes)] == measured.purposes
    assert both.reasons[: len(measured.reasons)] == measured.reasons
    assert (both.more_breaks, both.walk_after_drive) == (measured.more_breaks, measured.walk_after_drive)
    assert set(both.purposes) == {*measured.purposes, "mobility", "extension"}
    assert len(both.purposes) == len(set(both.purposes)) == len(both.reasons)


def test_nothing_is_added_where_nothing_was_measured() -> None:
    """A usual day brings forward what it did; the state of a day nobody saw is not spoken of."""
    usual = Exposure(seconds={"sitting": 8 * 3600.0}, longest_still_s=0, longest_activity=None, usual=True)
    for exposure in (None, usual):
        assert emphasise(adult(), exposure, True, (("strength", WHY),)) == emphasise(adult(), exposure, True)
