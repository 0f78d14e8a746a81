"""What each movement takes load off, worked out from its own keyframes."""

import pytest

from midback.body.bands import BANDS
from midback.body.tissue import GROUPS
from midback.catalogue.load import load_catalogue
from midback.catalogue.relief import load_relief
from midback.plan.emphasis import from_state
from midback.plan.unload import BANDS_OF, NOTHING, by_purpose, relief_of, unloads

EXERCISES = load_catalogue().exercises
PAIRS = [
    (one.id, v.id) for one in EXERCISES.values() for v in one.variants if one.movement_of(v.id) is not None
]
MID_BACK = BANDS_OF["mid-back"]


@pytest.mark.parametrize("pair", PAIRS, ids="/".join)
def test_what_is_written_down_is_what_the_keyframes_give(pair: tuple[str, str]) -> None:
    """The file says what comes out again now; tools/relief.py --write renews it."""
    found, kept = unloads(EXERCISES[pair[0]], pair[1]), load_relief()[pair]
    assert found.groups == pytest.approx(dict(kept.groups), abs=0.05)
    assert found.bands == pytest.approx(dict(kept.bands), abs=0.05)
    assert found.other_way == kept.other_way


def test_every_movement_that_moves_is_written_down_and_within_bounds() -> None:
    """No movement is missing; shares lie from 0 to 1 and name groups and bands there are."""
    assert set(load_relief()) == set(PAIRS)
    for one in load_relief().values():
        assert set(one.groups) <= set(GROUPS)
        assert set(one.bands) | set(one.other_way) <= set(BANDS)
        assert all(0 < share <= 1 for share in (*one.groups.values(), *one.bands.values()))
        assert all(0 <= share <= 1 for share in relief_of(one).values())


@pytest.mark.parametrize(
    ("exercise", "variant"),
    [("wall-opener", "wall"), ("towel-extension", "lengthwise"), ("chair-extension", "chair")],
)
def test_extension_and_opening_let_the_bands_of_the_mid_back_go(exercise: str, variant: str) -> None:
    """What sitting lengthens across the mid-back they bring back, and past upright."""
    found = load_relief()[exercise, variant]
    assert {"trapezius-middle", "trapezius-lower", "erector-thoracic"} <= set(found.bands)
    assert {"trapezius-middle", "trapezius-lower", "erector-thoracic"} <= set(found.other_way)
    assert set(found.bands) & {"pectoralis-major", "pectoralis-minor"}


def test_cat_cow_goes_both_ways_and_walking_rests_all() -> None:
    """Cat-cow takes every band of the mid-back past upright; a walk takes something off every group."""
    assert set(MID_BACK) <= set(load_relief()["cat-cow", "floor"].other_way)
    walk = load_relief()["walk", "walk"]
    assert set(walk.groups) == set(GROUPS)
    assert set(MID_BACK) <= set(walk.bands)


def test_lying_down_takes_everything_off_and_a_visit_is_not_computed() -> None:
    """On the towel the floor carries all; what nobody moves in takes off nothing here."""
    assert load_relief()["towel-extension", "lengthwise"].groups == dict.fromkeys(GROUPS, 1.0)
    assert unloads(EXERCISES["massage"], "visit") == NOTHING


def test_yesterdays_state_brings_forward_what_eases_what_was_asked_most() -> None:
    """The purpose is what the keyframes say eases the group; little load brings nothing."""
    easing = {group: by_purpose(EXERCISES, load_relief(), group) for group in GROUPS}
    assert all(easing.values())
    ((purpose, reason),) = from_state({"neck": 0.2, "mid-back": 0.8, "shoulders": 0.6}, easing)
    assert purpose == easing["mid-back"][0]
    assert reason.message_id == "plan.yesterday-mid-back"
    assert from_state({"neck": 0.2, "mid-back": 0.3, "shoulders": 0.1}, easing) == ()
    assert from_state({}, easing) == ()
