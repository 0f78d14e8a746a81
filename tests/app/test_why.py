"""Why: a posture's numbers are steady and honest about what is not known."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from midback.app.house import House
from midback.app.intake import save_intake
from midback.app.why import Angles, Person, presence, read_person, why_numbers, why_posture
from midback.app.why_numbers import sources_of_day
from midback.app.why_postures import NO_SETUP, Setup, angles_in, setup_of, working
from midback.app.why_told import Spread
from midback.body.exposure import Activity
from midback.body.statics import LEVELS, load_of, relative_load
from midback.body.subject import make_subject
from midback.body.working_posture import UPRIGHT
from midback.catalogue.constants import load_constants
from midback.errors import InputError
from midback.plan.answers import Intake
from midback.share.wording import MESSAGES
from midback.store.people import DEFAULT_PERSON as ME

BENT = Angles(head_flexion=45, trunk_flexion=10, thoracic_flexion=10, arms_forward=30)
HER = Person(mass_kg=68, stature_m=1.72, sex="female")


def wide(spread: Spread) -> float:
    """Return an interval's ratio of ends."""
    return spread.high / spread.low


def test_the_same_question_gives_the_same_numbers() -> None:
    """Two runs differ in nothing, and every number lies inside its interval."""
    told = why_posture(HER, BENT)
    assert told == why_posture(HER, BENT)
    assert [level.level for level in told.levels] == list(LEVELS)
    spreads = [told.neck_fraction, told.neck_moment_n_m, told.neck_compression_n, told.mid_back]
    spreads += [
        one for level in told.levels for one in (level.moment_n_m, level.compression_n, level.relative)
    ]
    assert all(one.low <= one.value <= one.high for one in spreads)


def test_the_numbers_are_those_of_the_body() -> None:
    """What is told is what statics says of the person, level by level; the mid-back is the mean over T4 to T8."""
    told = why_posture(HER, BENT)
    subject, posture = make_subject(68, 1.72, "f"), working(BENT)
    load = load_of(subject, posture)
    times = relative_load(load, load_of(subject, UPRIGHT))
    assert told.neck_fraction.value == pytest.approx(float(load.neck_fraction))
    assert told.neck_compression_n.value == pytest.approx(float(load.compression[0]))
    assert told.shoulder_moment_n_m.value == pytest.approx(float(load.shoulder_moment))
    for place, level in enumerate(told.levels):
        assert level.moment_n_m.value == pytest.approx(float(load.moment[place]))
        assert level.extensor_force_n.value == pytest.approx(float(load.extensor_force[place]))
        assert level.compression_n.value == pytest.approx(float(load.compression[place]))
        assert level.relative.value == pytest.approx(float(times[place]))
    inside = [LEVELS.index(f"T{number}") for number in (4, 5, 6, 7, 8)]
    assert told.mid_back.value == pytest.approx(float(times[inside].mean()))
    assert told.mid_back.low < told.mid_back.value < told.mid_back.high
    assert min(told.levels[place].relative.low for place in inside) <= told.mid_back.low


def test_sentences_tell_the_numbers() -> None:
    """The neck in whole percent, the mid-back in times above upright and in percent below it, each with its ends."""
    told = why_posture(HER, BENT)
    neck, mid = told.said[1:]
    for key, share in (
        ("percent", told.neck_fraction.value),
        ("low", told.neck_fraction.low),
        ("high", told.neck_fraction.high),
    ):
        assert neck.values[key] == round(100 * share)
    assert (mid.message_id, mid.values["times"]) == ("why.mid-back-more", round(told.mid_back.value, 1))
    back = why_posture(HER, Angles(trunk_flexion=-20))
    assert back.said[2].message_id == "why.mid-back-less"
    assert back.said[2].values["percent"] == round(100 * back.mid_back.value)
    assert why_posture(HER, Angles()).said[2].message_id == "why.mid-back-same"


def test_what_is_not_told_widens_the_interval() -> None:
    """Without sex, and without anything, less is sure, and the notes say so."""
    known = why_posture(HER, BENT)
    sexless = why_posture(replace(HER, sex=None), BENT)
    general = why_posture(Person(), BENT)
    assert wide(known.neck_fraction) < wide(sexless.neck_fraction)
    assert wide(known.neck_moment_n_m) < wide(general.neck_moment_n_m)
    ids = [{note.message_id for note in told.notes} for told in (known, sexless, general)]
    assert ["why.sex-missing" in one for one in ids] == [False, True, True]
    assert ["why.general" in one for one in ids] == [False, False, True]


@pytest.mark.parametrize(
    ("person", "because"),
    [
        (Person(), ["why.wide-nothing"]),
        (Person(strength="low"), ["why.wide-size-sex"]),
        (Person(sex="male"), []),
        (HER, []),
    ],
)
def test_a_wide_range_is_explained_beside_its_number(person: Person, because: list[str]) -> None:
    """Where neither size nor sex is told, the sentence after the neck's says why its range is so wide."""
    said = [reason.message_id for reason in why_posture(person, BENT).said]
    assert said[1] == "why.neck"
    assert said[2:-1] == because


def test_no_sentence_goes_beyond_a_whole_strength() -> None:
    """Numbers past all of a neck's strength stay numbers; the sentences end at its whole strength."""
    deep = Angles(head_flexion=75, trunk_flexion=45)
    weak = Person(mass_kg=120, stature_m=1.7, sex="female", strength="low")
    for person, words in ((Person(), "why.neck-whole"), (weak, "why.neck-all")):
        told = why_posture(person, deep)
        assert told.neck_fraction.high > 1
        assert told.said[1].message_id == words
        assert told.said[1].values["high"] == round(100 * told.neck_fraction.high)
        assert "{high}" not in MESSAGES[words]


def test_strength_decides_at_the_neck() -> None:
    """The same head takes more of a woman's strength than of a man's, and less of a strong neck's."""
    women, men = (why_posture(replace(HER, sex=sex), BENT) for sex in ("female", "male"))
    strong = why_posture(replace(HER, strength="high"), BENT)
    assert women.neck_fraction.value > men.neck_fraction.value
    assert strong.neck_fraction.value < women.neck_fraction.value


def test_upright_is_one_and_support_never_raises_it() -> None:
    """Upright is the measure of itself; arms that rest take load off."""
    upright = why_posture(HER, Angles())
    assert upright.mid_back == Spread(1.0, 1.0, 1.0)
    assert all(band.direction == "same" for band in upright.bands)
    resting = why_posture(HER, replace(BENT, arm_support=1.0))
    assert resting.mid_back.value < why_posture(HER, BENT).mid_back.value


def test_sore_is_not_damaged_comes_first() -> None:
    """Before any number stands that sore is not damaged."""
    assert why_posture(HER, BENT).said[0].message_id == "why.sore"


@pytest.mark.parametrize(
    "wrong",
    [
        Angles(head_flexion=120),
        Angles(head_flexion=float("nan")),
        Angles(arm_support=1.5),
        Angles(back_rest=-0.1),
        Angles(elbow=float("inf")),
    ],
)
def test_what_nobody_can_do_is_refused(wrong: Angles) -> None:
    """Impossible angles and shares raise and name the range."""
    with pytest.raises(InputError, match="lie between"):
        why_posture(HER, wrong)


def test_the_person_is_who_the_intake_tells(house: House) -> None:
    """Nothing told is adults in general; what is told is taken."""
    assert read_person(house, ME) == Person()
    assert read_person(house, ME).general
    save_intake(house, ME, Intake(mass_kg=68, stature_m=1.72, sex="female"))
    assert read_person(house, ME) == HER


def test_what_the_camera_saw_moves_the_posture() -> None:
    """Sunk adds, upright takes away, nobody looking leaves the usual; half of each lies between."""
    constants = load_constants()
    usual = angles_in(constants, "sitting", {})
    sunk = angles_in(constants, "sitting", {"slumped": 1.0})
    upright = angles_in(constants, "sitting", {"upright": 1.0})
    half = angles_in(constants, "sitting", {"slumped": 0.5, "upright": 0.5})
    assert usual == presence("sitting")
    for name in ("head_flexion", "thoracic_flexion"):
        assert getattr(upright, name) < getattr(usual, name) < getattr(sunk, name)
        assert getattr(upright, name) < getattr(half, name) < getattr(sunk, name)


def test_the_set_up_check_says_what_rests() -> None:
    """Arms that rest by the check rest more than by the usual; other activities stay as they are."""
    constants = load_constants()
    yes, no = (Setup({"sitting": fine}, {"sitting": fine}, fine) for fine in (True, False))
    carried, bare = (angles_in(constants, "sitting", {}, setup) for setup in (yes, no))
    assert carried.arm_support > bare.arm_support
    assert carried.back_rest > bare.back_rest
    assert carried.head_flexion < bare.head_flexion
    assert angles_in(constants, "driving", {}, yes) == presence("driving")
    assert setup_of(()) == NO_SETUP


def asked_of(activity: Activity, shares: Mapping[str, float], setup: Setup) -> tuple[float, float]:
    """Return the pull at the mid-back, N, and the share of the neck, as somebody is held in an activity."""
    load = load_of(make_subject(), working(angles_in(load_constants(), activity, shares, setup)))
    return float(load.extensor_force[LEVELS.index("T4") : LEVELS.index("T8") + 1].mean()), float(
        load.neck_fraction
    )


def test_driving_leans_back() -> None:
    """The usual trunk at the wheel leans back, is let through, and asks less of the mid-back than upright."""
    held = presence("driving")
    assert -30 < held.trunk_flexion < -5
    assert angles_in(load_constants(), "driving", {}) == held
    pull = [
        load_of(make_subject(), working(replace(held, trunk_flexion=trunk))).extensor_force[4:9].mean()
        for trunk in (held.trunk_flexion, 0.0)
    ]
    assert pull[0] < pull[1]


@pytest.mark.parametrize("shares", [{}, {"slumped": 1.0}, {"upright": 0.5, "nearer": 0.5}, {"upright": 1.0}])
def test_a_rest_one_can_lean_on_takes_load_off(shares: dict[str, float]) -> None:
    """At the desk a rest that touches asks less of the mid-back than the usual, one that does not asks more."""
    yes, usual, no = (
        asked_of("sitting", shares, setup)
        for setup in (Setup({}, {"sitting": True}), NO_SETUP, Setup({}, {"sitting": False}))
    )
    assert yes[0] < usual[0] < no[0]
    assert yes[1] == usual[1] == no[1]


def test_a_seat_too_far_back_brings_the_head_forward() -> None:
    """At the wheel the check asks something else: far back the head has to come forward, which the neck holds."""
    yes, usual, no = (
        asked_of("driving", {}, setup)
        for setup in (Setup({}, {"driving": True}), NO_SETUP, Setup({}, {"driving": False}))
    )
    assert yes == usual
    assert no[1] > usual[1]
    far = angles_in(load_constants(), "driving", {}, Setup({}, {"driving": False}))
    assert far.trunk_flexion < presence("driving").trunk_flexion
    assert far.back_rest == presence("driving").back_rest


def test_every_number_has_a_source_and_a_grade(house: House) -> None:
    """Each constant names sources of the catalogue; a day's sources are among them."""
    numbers, known = why_numbers(), house.catalogue.sources
    assert len(numbers) == len({one.id for one in numbers}) == len(load_constants())
    assert all(one.sources and set(one.sources) <= set(known) and one.grade != "X" for one in numbers)
    assert set(sources_of_day()) <= {source for one in numbers for source in one.sources}
