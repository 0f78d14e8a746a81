"""Mass and stature are metric, and what is not is refused with the same in metric units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midback.errors import InputError
from midback.plan.body_size import MASS_KG, STATURE_M, check_mass, check_stature, mass_of, stature_of


@given(st.floats(*MASS_KG), st.floats(*STATURE_M))
def test_what_is_written_is_read_back(mass: float, stature: float) -> None:
    """A number in range is itself, with a point or a comma, with or without its unit."""
    for text in (f"{mass:.3f}", f" {mass:.3f} kg", f"{mass:.3f}".replace(".", ",")):
        assert mass_of(text) == pytest.approx(mass, abs=6e-4)
    for text in (f"{stature:.3f}", f"{stature:.3f} m", f"{stature:.3f}m".replace(".", ",")):
        assert stature_of(text) == pytest.approx(stature, abs=6e-4)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("175", "175 cm is 1.75 m."),
        ("175 cm", "175 cm is 1.75 m."),
        ("5'9\"", "5'9\" is 1.75 m."),
        ("5 ft 9 in", "5 ft 9 in is 1.75 m."),
        ("69 in", "69 in is 1.75 m."),
    ],
)
def test_centimetres_and_feet_are_told_in_metres(text: str, told: str) -> None:
    """The message holds what was given, the range and the same length in metres."""
    with pytest.raises(InputError) as caught:
        stature_of(text)
    assert text in caught.value.seen
    assert "metres from 1 to 2.5" in caught.value.rule
    assert caught.value.next_step == told


@pytest.mark.parametrize("text", ["154 lb", "154lbs", "154 pounds"])
def test_pounds_are_told_in_kilograms(text: str) -> None:
    """154 lb is 69.9 kg, and is not taken for 154 kg."""
    with pytest.raises(InputError, match=r"69\.9 kg"):
        mass_of(text)


@pytest.mark.parametrize("text", ["", "-70", "0", "nan", "inf", "1e3", "seventy", "70 stone", "301", "24.9"])
def test_no_mass_is_guessed(text: str) -> None:
    """What is not a mass a person can have is refused with the range."""
    with pytest.raises(InputError, match="kilograms from 25 to 300"):
        mass_of(text)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -1.75, 0.0, 0.99, 2.51, 175.0])
def test_no_stature_is_guessed(number: float) -> None:
    """Numbers outside the range and no numbers are refused; None is not told."""
    with pytest.raises(InputError, match=r"metres from 1 to 2\.5"):
        check_stature(number)
    check_stature(None)
    check_mass(None)
