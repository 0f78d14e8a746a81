"""The words follow from the numbers by the table of docs/trial.md, which this test reads."""

import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from midback.trial.analysis import analyse
from midback.trial.diary import Counted, count, diary_of
from midback.trial.effect import Effect
from midback.trial.next_step import AFTER, DURING, next_steps
from midback.trial.student import Mixture
from midback.trial.verdict import FINAL, INTERIM, NO_CHANGE, judge

PAGE = Path(__file__).resolve().parents[2] / "docs" / "trial.md"
FIRST = date(2026, 1, 5)
FULL = Counted(14, 14, 14, 14, 28, 28)
# 97.5 % of Student's t with 40 degrees of freedom lie below this.
WIDE = 2.021


def effect(estimate: float, half: float) -> Effect:
    """Return an effect whose 95 % interval reaches ``half`` to either side."""
    posterior = Mixture(np.ones(1), np.array([estimate]), np.array([half / WIDE]), 40)
    low, high = posterior.quantiles((0.025, 0.975))
    return Effect(estimate, float(low), float(high), 0.3, 1.5, posterior)


@pytest.mark.parametrize(
    ("estimate", "half", "word"),
    [
        (-2.0, 1.5, "better"),
        (-2.0, 2.2, "probably better"),
        (-2.0, 3.5, "cannot tell"),
        (-0.8, 0.5, "cannot tell"),
        (-0.2, 0.5, "probably no change"),
        (0.0, 2.0, "cannot tell"),
        (2.0, 2.2, "probably worse"),
        (2.0, 1.5, "worse"),
    ],
)
def test_the_words_follow_from_the_numbers(estimate: float, half: float, word: str) -> None:
    """Each word, from both sides."""
    assert judge(effect(estimate, half), FULL).word == word


def test_what_matters_is_the_persons() -> None:
    """A change of 1.5 points is better to whom 1 point matters, and not to whom 2 do."""
    assert judge(effect(-1.5, 0.5), FULL, matters=1).word == "better"
    assert judge(effect(-1.5, 0.5), FULL, matters=2).word == "probably no change"


def test_the_page_shows_the_numbers_of_the_code() -> None:
    """Each bar in the table of docs/trial.md is the one that is used."""
    text = PAGE.read_text("utf-8")
    rows = dict(re.findall(r"^\| \*\*([a-z ]+)\*\* \|(.*)\|$", text, re.MULTILINE))
    assert set(rows) == set(AFTER)
    for word, bars in (
        ("better", (FINAL.sure, INTERIM.sure)),
        ("probably better", (FINAL.probable, INTERIM.probable)),
    ):
        for mirrored in (word, word.replace("better", "worse")):
            assert [float(n) for n in re.findall(r"(\d+\.?\d*) %", rows[mirrored])] == [
                pytest.approx(100 * bar) for bar in bars
            ]
    assert f"{100 * NO_CHANGE:g} %" in rows["probably no change"]


@pytest.mark.parametrize(
    ("before", "during", "reason"),
    [
        ([5, 5, 5], [1] * 28, "trial.few-baseline-days"),
        ([5, 5, 5, *[np.nan] * 4, 5, 5, 5, *[np.nan] * 4], [1] * 28, "trial.few-baseline-days"),
        ([5] * 7, [1] * 13, "trial.too-early"),
        ([5] * 7, [*[1] * 14, *[1] * 7, *[np.nan] * 6, 1][:27] + [np.nan] * 6, "trial.few-last-days"),
        ([5] * 7, [], "trial.too-early"),
        ([], [5] * 28, "trial.few-baseline-days"),
    ],
)
def test_too_few_days_cannot_tell_and_say_so(before: list[float], during: list[float], reason: str) -> None:
    """Fewer than 4 of 7 days before or at the end, or an end too early, is said and not reckoned round."""
    found = analyse(diary_of("x", FIRST, before, during))
    assert found.verdict.word == "cannot tell"
    assert reason in [r.message_id for r in found.verdict.reasons]


def test_a_remembered_week_stands_in_for_four_days_and_is_named() -> None:
    """Three days of diary and a week as remembered are enough, and the verdict says it is the weaker start."""
    found = analyse(diary_of("x", FIRST, [7, 6, 7], [2, 3] * 14, recall=7.0))
    assert found.verdict.word == "better"
    assert "trial.weaker-start" in [r.message_id for r in found.verdict.reasons]
    assert count(found.diary).recalled


def test_a_look_before_the_end_asks_for_more() -> None:
    """What is better on day 28 is not yet so on day 21, and the verdict says that it was an early look."""
    early = Counted(14, 14, 14, 14, 21, 21)
    assert judge(effect(-2.0, 1.5), FULL).word == "better"
    assert judge(effect(-2.0, 1.5), early).word == "probably better"
    assert judge(effect(-2.0, 1.5), early).reasons[0].message_id == "trial.interim"
    assert judge(effect(-2.0, 1.0), early).word == "better"
    assert judge(effect(-2.0, 1.5), FULL, ended=False).interim


def test_every_word_is_followed_by_a_step() -> None:
    """Cannot tell is followed by more days, worse by a professional, early and late."""
    assert set(AFTER) == set(DURING)
    assert all(AFTER.values())
    worse = next_steps(judge(effect(2.0, 1.0), FULL))
    assert [r.message_id for r in worse] == ["trial.next-professional"]
