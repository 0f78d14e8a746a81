"""Claims, sources, questions and numbers of the packaged data files."""

import pytest

from midback.catalogue import Catalogue, load_catalogue
from midback.catalogue.constants import load_constants
from midback.errors import NotFound

THEIRS = (
    "microtears",
    "scar-immune",
    "wedge-ligaments",
    "sitting-smoking",
    "gains-at-retirement",
    "curves-adjusted",
)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def test_every_row_of_the_articles_has_a_claim(catalogue: Catalogue) -> None:
    """Each of the rows S1 to S22 is represented by something the articles say."""
    rows = {claim.row for claim in catalogue.claims.values() if claim.said_by == "articles"}
    assert rows == {f"S{number}" for number in range(1, 23)}


def test_unsupported_claims_are_shown_as_theirs(catalogue: Catalogue) -> None:
    """Claims of grade X are the articles' own, and the program makes none of grade X."""
    for claim in catalogue.claims.values():
        assert claim.grade != "X" or claim.said_by == "articles", claim.id
    assert all(catalogue.claims[key].grade == "X" for key in THEIRS)


def test_graded_claims_rest_on_sources(catalogue: Catalogue) -> None:
    """A grade of C or better names at least one source, and a recalled one never carries an A alone."""
    for claim in catalogue.claims.values():
        assert claim.sources or claim.grade in ("D", "X"), claim.id
        statuses = {catalogue.sources[source].status for source in claim.sources}
        assert not (claim.grade.startswith("A") and statuses == {"recalled"}), claim.id


def test_sources_name_no_address(catalogue: Catalogue) -> None:
    """A source is a citation with, at most, a bare DOI."""
    for source in catalogue.sources.values():
        assert "http" not in source.citation
        assert source.doi is None or source.doi.startswith("10.")


def test_a_source_s_short_name_is_whole(catalogue: Catalogue) -> None:
    """It ends at a sentence's end or a bracket, not inside a number."""
    names = {key: source.name for key, source in catalogue.sources.items()}
    assert names["winter"] == "Winter DA"
    assert names["vasavada-2001"] == "Vasavada AN, Li S, Delp SL, 2001"
    assert names["mortensen-neck"].startswith("Our own calculation in OpenSim 4.6 with the neck model")
    assert all(catalogue.sources[key].citation.startswith(name) for key, name in names.items())
    assert all(name and "(" not in name and not name.endswith(".") for name in names.values())


def test_every_source_is_used(catalogue: Catalogue) -> None:
    """No source stands in the list without something that rests on it."""
    used = {source for claim in catalogue.claims.values() for source in claim.sources}
    used |= {question.source for question in catalogue.triage}
    used |= {gate.source for exercise in catalogue.exercises.values() for gate in exercise.gates}
    used |= {source for constant in load_constants().values() for source in constant.sources}
    assert set(catalogue.sources) == used


def test_the_screen_asks_every_emergency_sign(catalogue: Catalogue) -> None:
    """The signs of public services that cannot wait are all asked, and stop everything."""
    asked = {question.id for question in catalogue.triage if question.level == "emergency"}
    assert asked == {
        "chest-pain", "breathless", "tearing-pain", "fainting", "serious-accident",
        "saddle-numbness", "bladder-bowel", "both-legs", "clumsy-limbs",
    }  # fmt: skip


def test_pain_between_the_shoulder_blades_never_blocks(catalogue: Catalogue) -> None:
    """It is what everyone here has: advice to be seen, no more."""
    levels = {question.id: question.level for question in catalogue.triage}
    assert levels["between-shoulder-blades"] == "refer"
    assert levels["numbness-new"] == "urgent"
    assert levels["numbness-known"] == "gate"


def test_the_screen_fits_one_page(catalogue: Catalogue) -> None:
    """Few groups, each with questions, at most thirty questions in all; groups keep together."""
    order = [question.group for question in catalogue.triage]
    assert len(catalogue.triage_groups) <= 6
    assert len(order) <= 30
    assert sorted(set(order), key=order.index) == list(catalogue.triage_groups)
    assert order == sorted(order, key=list(catalogue.triage_groups).index)


def test_emergencies_tell_to_call(catalogue: Catalogue) -> None:
    """What to do about an emergency sign begins with calling now, in both languages."""
    for question in catalogue.triage:
        if question.level == "emergency":
            assert "emergency number" in question.do["en"]
            assert "Notruf" in question.do["de"]


@pytest.mark.parametrize(
    ("code", "emergency", "non_emergency"),
    [
        ("DE", "112", "116117"),
        ("GB", "999", "111"),
        ("US", "911", None),
        ("AU", "000", "1800 022 222"),
        ("NZ", "111", "0800 611 116"),
        ("JP", "119", None),
        ("BR", "192", None),
    ],
)
def test_numbers_to_call(catalogue: Catalogue, code: str, emergency: str, non_emergency: str | None) -> None:
    """Each country has its own emergency number."""
    country = catalogue.country(code)
    assert (country.emergency, country.non_emergency) == (emergency, non_emergency)


def test_the_european_union_calls_112(catalogue: Catalogue) -> None:
    """All 27 member states are listed with 112."""
    letters = "ATBEBGHRCYCZDKEEFIFRDEGRHUIEITLVLTLUMTNLPLPTROSKSIESSE"
    members = [letters[at : at + 2] for at in range(0, len(letters), 2)]
    assert len(members) == 27
    assert {catalogue.countries[code].emergency for code in members} == {"112"}


def test_a_country_that_is_not_listed_gets_the_general_number(catalogue: Catalogue) -> None:
    """An unknown country falls back to ``other`` instead of failing."""
    assert catalogue.country("xx") is catalogue.countries["other"]
    assert catalogue.country("de") is catalogue.countries["DE"]


def test_the_set_up_check_says_what_to_change_first(catalogue: Catalogue) -> None:
    """Desk, sofa and driver's seat have their items in the order to change them, once a week."""
    assert list(catalogue.setup) == ["desk", "sofa", "driver-seat"]
    for check in catalogue.setup.values():
        assert [item.order for item in check.items] == list(range(1, len(check.items) + 1))
        assert check.again_after_days == 7
    named = {item.id for check in catalogue.setup.values() for item in check.items}
    assert {"screen-height", "arm-support", "back-rest", "wheel-distance"} <= named


def test_symptoms_of_the_first_talk(catalogue: Catalogue) -> None:
    """Stiffness, tension, tightness, spasms, the crunchy feel, numbness and the neck are asked."""
    assert set(catalogue.symptoms) == {
        "stiffness", "tension", "tightness", "spasms", "crunchy", "numbness", "neck",
    }  # fmt: skip


def test_what_was_tried_points_to_exercises(catalogue: Catalogue) -> None:
    """What a person tried before points to the exercises it speaks for."""
    related = {exercise for tried in catalogue.tried.values() for exercise in tried.related}
    assert related <= set(catalogue.exercises)
    assert {"stretches", "movement", "ice", "heat", "massage", "massage-gun"} <= set(catalogue.tried)


def test_an_unknown_exercise_is_named_with_those_there_are(catalogue: Catalogue) -> None:
    """Asking for an exercise that is not there lists the ones that are."""
    with pytest.raises(NotFound, match="cat-cow"):
        catalogue.exercise("dog-cow")
