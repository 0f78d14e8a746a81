"""Questions in the terminal are answered in the person's language, and Enter is safe."""

import pytest

from midback.cli import ask
from midback.cli.ask import yes
from midback.cli.interview import _ask_size
from midback.plan.answers import Intake


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list of what the person will type."""
    answers: list[str] = []
    monkeypatch.setattr(ask.typer, "prompt", lambda *_, **__: answers.pop(0))
    return answers


@pytest.mark.parametrize(("answer", "meaning"), [("y", True), ("YES", True), ("n", False), (" no ", False)])
def test_yes_and_no_may_be_short(typed: list[str], answer: str, meaning: bool) -> None:
    """A letter or the word, in any case, is understood."""
    typed.append(answer)
    assert yes("Well?") is meaning


def test_enter_takes_the_default(typed: list[str]) -> None:
    """Enter alone is no, or what was kept before."""
    typed += ["", ""]
    assert yes("Well?") is False
    assert yes("Well?", default=True) is True


def test_anything_else_is_asked_again(typed: list[str]) -> None:
    """What is neither yes nor no is never taken for either."""
    typed += ["maybe", "0", "y"]
    assert yes("Well?") is True
    assert typed == []


def test_another_language_has_its_own_letters(typed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """With ja and nein, j is yes and n is no; English still works."""
    monkeypatch.setattr(ask, "_", {"answer|yes": "ja", "answer|no": "nein"}.__getitem__)
    typed += ["j", "n", "yes"]
    assert [yes("Nun?") for _ in range(3)] == [True, False, True]


def test_the_body_model_s_questions_ask_again_until_they_fit(typed: list[str]) -> None:
    """Pounds, centimetres and unknown words are asked again; a beginning of a word is enough."""
    typed += ["154 lb", "70", "175", "1.75", "x", "f", "huge", "av"]
    told = _ask_size(Intake())
    assert told == {"mass_kg": 70.0, "stature_m": 1.75, "sex": "female", "strength": "average"}
    assert typed == []


def test_a_dash_leaves_the_body_model_s_questions_out(typed: list[str]) -> None:
    """What was told before can be taken back."""
    typed += ["-"] * 4
    told = _ask_size(Intake(mass_kg=70, stature_m=1.75, sex="male", strength="low"))
    assert set(told.values()) == {None}
