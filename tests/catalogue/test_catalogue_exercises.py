"""What the packaged exercises hold: the facts of the contract, and gates that keep people out of harm."""

from itertools import pairwise

import pytest

from midback.catalogue import Catalogue, load_catalogue
from midback.catalogue.exercise import Exercise

VARIANTS = {
    "ball-roll": ("wall", "floor"),
    "wall-opener": ("wall", "doorway"),
    "cat-cow": ("floor", "seated"),
    "wedge": ("floor", "bed"),
    "towel-extension": ("lengthwise", "crosswise", "bed"),
    "thread-needle": ("floor", "seated", "wall"),
    "wobble-disc": ("chair",),
    "posture-band": ("worn",),
    "band-row": ("standing", "seated"),
    "stand-reach": ("standing",),
    "chair-extension": ("chair",),
    "blade-squeeze": ("seated", "standing"),
    "seated-rotation": ("chair",),
    "walk": ("walk",),
    "breathing": ("seated", "lying"),
    "massage": ("visit",),
    "professional": ("visit",),
}
BREAKS = ("stand-reach", "chair-extension", "blade-squeeze", "seated-rotation", "walk")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def open_variants(exercise: Exercise, *conditions: str) -> tuple[str, ...]:
    """Return the variants that the gates of these conditions leave."""
    left = [variant.id for variant in exercise.variants]
    for gate in exercise.gates:
        if gate.condition in conditions and gate.action != "range":
            left = [variant for variant in left if variant in gate.variants]
    return tuple(left)


def test_the_library_is_complete(catalogue: Catalogue) -> None:
    """Every exercise is there with its variants, the usual one first."""
    found = {key: tuple(variant.id for variant in ex.variants) for key, ex in catalogue.exercises.items()}
    assert found == VARIANTS


def test_what_counts_towards_the_daily_minutes(catalogue: Catalogue) -> None:
    """Movement, lying on towel or wedge, ball and massage count; wearing a band or a disc does not."""
    counting = {key for key, exercise in catalogue.exercises.items() if exercise.counts}
    assert counting == set(VARIANTS) - {"wobble-disc", "posture-band", "breathing", "professional"}


def test_easy_days_have_only_small_movements(catalogue: Catalogue) -> None:
    """On a day for easy movement there are breathing, walking and a squeeze of the shoulder blades."""
    assert {key for key, ex in catalogue.exercises.items() if ex.easy} == {
        "breathing",
        "walk",
        "blade-squeeze",
    }


def test_before_somebody_was_seen_there_are_breathing_and_walking(catalogue: Catalogue) -> None:
    """Who is to be seen first breathes and walks until then, and nothing more."""
    assert {key for key, ex in catalogue.exercises.items() if ex.while_waiting} == {"breathing", "walk"}


def test_doses_of_the_articles_are_reached(catalogue: Catalogue) -> None:
    """The ladders reach the doses that the articles name, and begin well below the long ones."""

    def ladder(key: str) -> list[int]:
        return [level.dose().seconds * level.dose().sets for level in catalogue.exercises[key].levels]

    assert ladder("towel-extension")[0] in range(60, 121)
    assert {300, 600} <= set(ladder("towel-extension"))
    assert ladder("posture-band")[0] == 600
    assert {1800, 2700} <= set(ladder("posture-band"))
    assert ladder("band-row")[0] == 120
    assert max(ladder("band-row")) == 720
    assert {30, 60} <= set(ladder("wall-opener"))
    assert 60 in ladder("wedge")


def test_cat_cow_by_time_or_by_repetitions(catalogue: Catalogue) -> None:
    """Cat-cow has 30 to 60 seconds and 24 to 40 repetitions on its ladder."""
    levels = catalogue.exercises["cat-cow"].levels
    assert {30, 60} <= {level.dose("time").seconds for level in levels}
    assert {24, 40} <= {level.dose("repetitions").repetitions for level in levels}
    assert all(level.dose("repetitions").seconds >= 24 for level in levels)


def test_how_often(catalogue: Catalogue) -> None:
    """Towel morning and night; rows on five days a week; the band twice a day; massage by the month."""
    towel = catalogue.exercises["towel-extension"].frequency
    assert (towel.per_day, set(towel.slots)) == (2, {"morning", "night"})
    assert catalogue.exercises["band-row"].frequency.days_per_week == 5
    assert catalogue.exercises["posture-band"].frequency.per_day == 2
    assert catalogue.exercises["massage"].frequency.per_month == 1


def test_band_row_grows_in_load(catalogue: Catalogue) -> None:
    """Rows go from the light to the heavy band, one step of load at a time."""
    loads = [level.resistance for level in catalogue.exercises["band-row"].levels]
    assert [a for a, b in pairwise(loads) if a != b] == ["light", "medium"]
    assert loads[-1] == "heavy"


def test_worn_things_are_only_for_those_who_want_them(catalogue: Catalogue) -> None:
    """Band and disc are planned only when wanted, and never in a cab."""
    for key in ("wobble-disc", "posture-band"):
        exercise = catalogue.exercises[key]
        assert exercise.family == "worn"
        assert exercise.wanted_only
        assert all("cab" not in variant.places for variant in exercise.variants)
        for language, word in (("en", "driving"), ("de", "Fahren")):
            steps = exercise.text[language].variants[exercise.variants[0].id].steps
            assert any(word in step for step in steps)


def test_breaks_need_no_floor_and_no_gear(catalogue: Catalogue) -> None:
    """The five breaks need neither floor nor gear, and there is one for a desk, a cab and a lay-by."""
    for key in BREAKS:
        for variant in catalogue.exercises[key].variants:
            assert not variant.gear
            assert not {"floor", "kneel", "wrists"} & set(variant.needs)
    for place in ("desk", "cab", "outdoors"):
        assert any(place in v.places for key in BREAKS for v in catalogue.exercises[key].variants)


@pytest.mark.parametrize("condition", ["wrists", "knees", "no-floor"])
def test_wrists_knees_and_floor_get_another_form(catalogue: Catalogue, condition: str) -> None:
    """Sore wrists, sore knees or not getting to the floor never take an exercise away."""
    for exercise in catalogue.exercises.values():
        assert open_variants(exercise, condition), exercise.id


@pytest.mark.parametrize(
    "condition", ["osteoporosis", "vertebral-fracture", "long-steroids", "recent-surgery"]
)
def test_no_lying_back_over_something_firm(catalogue: Catalogue, condition: str) -> None:
    """Fragile bones and fresh operations close towel, wedge, roller and the deep twist."""
    for key in ("towel-extension", "wedge", "ball-roll", "thread-needle"):
        assert open_variants(catalogue.exercises[key], condition) == (), key


def test_fragile_bones_keep_gentle_back_strength(catalogue: Catalogue) -> None:
    """With osteoporosis the rounding of cat-cow is closed, and rows and squeezes stay open."""
    assert open_variants(catalogue.exercises["cat-cow"], "osteoporosis") == ()
    assert open_variants(catalogue.exercises["band-row"], "osteoporosis") == ("standing", "seated")
    assert open_variants(catalogue.exercises["blade-squeeze"], "osteoporosis") == ("seated", "standing")


@pytest.mark.parametrize("condition", ["open-wound", "inflammation", "clot-history", "vertebral-fracture"])
def test_no_rolling_where_experts_advise_against(catalogue: Catalogue, condition: str) -> None:
    """Open skin, inflammation, a clot or a fracture close the ball, on the word of the experts' study."""
    gate = next(gate for gate in catalogue.exercises["ball-roll"].gates if gate.condition == condition)
    assert (gate.action, gate.source) == ("block", "bartsch-2021")


def test_pregnancy_has_no_lying_flat(catalogue: Catalogue) -> None:
    """In pregnancy nothing is left that lies flat on the back."""
    for exercise in catalogue.exercises.values():
        for variant in open_variants(exercise, "pregnancy"):
            assert "supine" not in exercise.variant(variant).needs, exercise.id


def test_gates_rest_on_a_source(catalogue: Catalogue) -> None:
    """Each packaged gate names a source of sources.toml, and each condition is used by a gate."""
    gates = [gate for exercise in catalogue.exercises.values() for gate in exercise.gates]
    assert {gate.source for gate in gates} <= set(catalogue.sources)
    assert {gate.condition for gate in gates} == set(catalogue.conditions)


def test_somebody_with_everything_can_still_breathe(catalogue: Catalogue) -> None:
    """No set of conditions closes quiet breathing and walking."""
    everything = tuple(catalogue.conditions)
    assert open_variants(catalogue.exercises["breathing"], *everything)
    assert open_variants(catalogue.exercises["walk"], *everything)


def test_only_tried_signals_are_called_tried(catalogue: Catalogue) -> None:
    """Only cat-cow on the floor was tried on recordings; a seated back is not checkable."""
    tried = {key for key, exercise in catalogue.exercises.items() if exercise.camera.validated}
    assert tried == {"cat-cow"}
    camera = catalogue.exercises["cat-cow"].camera
    assert (camera.can_check("floor"), camera.can_check("seated")) == (True, False)
    assert not catalogue.exercises["walk"].camera.can_check("walk")


def test_gear_has_stand_ins_that_exist(catalogue: Catalogue) -> None:
    """The ball has stand-ins, best first, and nothing names a shop."""
    wall = catalogue.exercises["ball-roll"].variant("wall")
    assert set(wall.gear[0]) >= {"ball", "tennis-ball", "basketball", "soccer-ball", "medicine-ball"}
    assert all("http" not in note for thing in catalogue.gear.values() for note in thing.note.values())


def test_an_exercise_of_grade_x_says_so(catalogue: Catalogue) -> None:
    """The posture band tells its user that research does not support it for pain."""
    assert [key for key, ex in catalogue.exercises.items() if ex.grade == "X"] == ["posture-band"]
    assert "not support" in catalogue.exercises["posture-band"].text["en"].evidence
