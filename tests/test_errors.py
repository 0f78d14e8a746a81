"""An error says what was seen, the rule and the next step in any language, and nothing can stop it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midback.errors import Conflict, Infeasible, InputError, NotFound, Phrase, misfit, phrase_of

GERMAN = {
    "There is no {thing}.": "{thing} gibt es nicht.",
    "Known: {known}.": "Bekannt: {known}.",
    "Look again.": "Sieh noch einmal nach.",
    "a chair": "Einen Stuhl",
    "Broken {thing}.": "Kaputt: {thnig}.",
    "": "Project-Id-Version: what gettext answers to an empty text",
}


def german(text: str) -> str:
    """Translate as gettext does: what is not known stays as it is."""
    return GERMAN.get(text, text)


def test_an_error_is_english_to_itself() -> None:
    """str, seen, rule and next_step are the English texts with their values in place."""
    error = NotFound(
        "There is no {thing!r}.", "Known: {known}.", "Look.", values={"thing": "x", "known": "a, b"}
    )
    assert str(error) == "There is no 'x'. Known: a, b. Look."
    assert (error.seen, error.rule, error.next_step) == ("There is no 'x'.", "Known: a, b.", "Look.")


def test_an_error_is_said_in_the_language_asked_for() -> None:
    """Each part is translated before it is filled; a phrase among the values is translated too."""
    error = NotFound("There is no {thing}.", "", "Look again.", values={"thing": Phrase("a chair")})
    assert error.said(german) == ("Einen Stuhl gibt es nicht.", "", "Sieh noch einmal nach.")
    assert str(error) == "There is no a chair. Look again."


def test_an_error_can_hold_another_s_words() -> None:
    """An error that wraps another keeps its phrases, so that both are said in one language."""
    inner = InputError("There is no {thing}.", "Known: {known}.", values={"thing": "x", "known": "a"})
    seen, rule, _ = inner.phrases
    outer = InputError("{path}: {seen}", rule, "Look again.", values={"path": "a.0", "seen": seen})
    assert outer.said(german) == ("a.0: x gibt es nicht.", "Bekannt: a.", "Sieh noch einmal nach.")


def test_a_translation_that_names_another_place_gives_way_to_english() -> None:
    """A slip in a catalogue costs the translation, never the message."""
    error = Conflict("Broken {thing}.", values={"thing": "x"})
    assert error.said(german)[0] == "Broken x."


@given(st.text(), st.text(), st.text())
def test_a_text_without_values_is_taken_as_it_is(seen: str, rule: str, step: str) -> None:
    """Braces in a text that comes from elsewhere mean nothing."""
    error = InputError(seen, rule, step)
    assert (error.seen, error.rule, error.next_step) == (seen, rule, step)
    assert error.said(str) == (seen, rule, step)


@given(st.text(), st.dictionaries(st.text(max_size=3), st.text(), max_size=3))
def test_no_template_fails(template: str, values: dict[str, str]) -> None:
    """Whatever a template and its values are, there is an error to show."""
    assert isinstance(str(InputError(template, values=values)), str)


def test_values_are_put_in_once() -> None:
    """Braces in a value stay what they are."""
    assert InputError("It says {text}.", values={"text": "{text} {0!r}"}).seen == "It says {text} {0!r}."


def test_infeasible_names_its_constraints() -> None:
    """The constraints stand beside the texts, with values or without."""
    error = Infeasible("No {n}.", "", "", ("plan.none-hours",), values={"n": 1})
    assert error.constraints == ("plan.none-hours",)
    assert error.seen == "No 1."


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"type": "int_parsing", "msg": "x"}, "it should be a whole number"),
        ({"type": "date_from_datetime_parsing", "msg": "x"}, "it should be a date such as 2026-03-02"),
        ({"type": "greater_than_equal", "msg": "x", "ctx": {"ge": 5}}, "it should be at least 5"),
        (
            {"type": "literal_error", "msg": "x", "ctx": {"expected": "'auto', 'light' or 'dark'"}},
            "it should be one of: auto, light, dark",
        ),
        ({"type": "multiple_of", "msg": "Input {odd}"}, "input {odd}"),
    ],
)
def test_a_fault_of_pydantic_s_gets_words_of_ours(fault: dict[str, object], words: str) -> None:
    """What a checked value lacks is said in words that can be translated; an unknown fault keeps its own."""
    assert misfit(fault).said() == words


def test_a_phrase_goes_through_json_and_is_said_the_same() -> None:
    """What another process wrote into a file can be said in any language; what is no phrase is none."""
    inner = Phrase("({fault})", {"fault": "No such file"})
    for phrase in (
        Phrase("ok"),
        Phrase("It has {braces} without values"),
        Phrase("{a} at {b}", {"a": inner, "b": 7}),
    ):
        again = phrase_of(json.loads(json.dumps(phrase.as_data())))
        assert again is not None
        assert again.said() == phrase.said()
    assert phrase_of({"template": 3, "values": {}}) is None
    assert phrase_of({"template": "x"}) is None
    assert phrase_of(["x"]) is None
    odd = phrase_of({"template": "{a}", "values": {"a": {"template": 1}}})
    assert odd is not None
    assert odd.said() == ""
