"""What head and arms weigh follows mass, and what is not told makes the range wider, never narrower."""

from hypothesis import given
from hypothesis import strategies as st

from midback.app.why_told import Person
from midback.app.why_weights import weights_of
from midback.catalogue.constants import load_constants

CONSTANTS = load_constants()


@given(st.floats(30, 250), st.sampled_from(["female", "male"]))
def test_weight_follows_mass(mass: float, sex: str) -> None:
    """Twice the mass is twice the head and arms, and the interval holds the value."""
    one, two = (weights_of(Person(mass_kg=m, sex=sex), CONSTANTS) for m in (mass, 2 * mass))  # type: ignore[arg-type]
    for part in ("head", "arms"):
        light, heavy = getattr(one, part), getattr(two, part)
        assert 0 < light.low < light.value < light.high
        assert abs(heavy.value - 2 * light.value) < 1e-9 * mass
    assert 0.06 * mass < one.head.value < 0.10 * mass
    assert 0.08 * mass < one.arms.value < 0.11 * mass


def test_what_is_not_told_makes_the_range_wider() -> None:
    """Nothing told is wider than mass told at the same middle; sex lies between both where it is not told."""
    general = weights_of(Person(), CONSTANTS)
    mass = general.head.value / weights_of(Person(mass_kg=1.0), CONSTANTS).head.value
    told = weights_of(Person(mass_kg=mass), CONSTANTS)
    assert abs(told.head.value - general.head.value) < 1e-9
    assert general.head.high - general.head.low > told.head.high - told.head.low
    woman, man = (
        weights_of(Person(mass_kg=70.0, sex=sex), CONSTANTS).arms.value for sex in ("female", "male")
    )  # type: ignore[arg-type]
    assert woman < weights_of(Person(mass_kg=70.0), CONSTANTS).arms.value < man
