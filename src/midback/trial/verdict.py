"""The words for a change. In: an effect, days counted, which look. Out: a Verdict with reasons. Next: doors, report.

docs/trial.md shows the table of words; ``test_verdict_table.py`` holds the two together.
"""

from dataclasses import dataclass
from typing import Final, Literal

from midback.reasons import Reason

from .diary import LAST_DAYS, OF_SEVEN, Counted
from .effect import Effect

Word = Literal["better", "probably better", "cannot tell", "probably no change", "probably worse", "worse"]
RULE_VERSION: Final = 1
# Points of 0 to 10 that matter, where the person said nothing else (Salaffi 2004, European Journal of Pain 8:283).
CHANGE_THAT_MATTERS: Final = 1.0


@dataclass(frozen=True, slots=True)
class Bar:
    """What a word asks for: how probable it must be that there is any change in that direction."""

    sure: float
    probable: float


# Two-sided 4 and 15 %: a little less than the promised 5 and 20, for diaries unlike those that were simulated.
FINAL: Final = Bar(0.98, 0.925)
# A look before the end asks for so much more that both together stay within the promise (Haybittle 1971, Peto 1976).
INTERIM: Final = Bar(0.999, 0.99)
# "Probably no change": how probable it must be that the difference is smaller than what matters.
NO_CHANGE: Final = 0.8
FULL_TRIAL: Final = 28  # days; a look before that is an interim one


@dataclass(frozen=True, slots=True)
class Verdict:
    """One word, and why. interim : whether the programme was not over"""

    word: Word
    reasons: tuple[Reason, ...]
    interim: bool


def judge(
    effect: Effect | None, counted: Counted, matters: float = CHANGE_THAT_MATTERS, ended: bool = True
) -> Verdict:
    """Put an effect into a word.

    effect : None where too little was answered for any; matters : points; ended : False while the programme goes on,
    which before its 28th day makes this an interim look
    """
    interim = not ended or counted.programme_days < FULL_TRIAL
    missing = _missing(counted)
    if missing or effect is None:
        return Verdict("cannot tell", missing, interim)
    bar = INTERIM if interim else FINAL
    reasons: tuple[Reason, ...] = ()
    if counted.recalled:
        reasons += (Reason("trial.weaker-start", {"days": counted.baseline}, RULE_VERSION),)
    if interim:
        reasons += (Reason("trial.interim", {"day": counted.programme_days}, RULE_VERSION),)
    word = word_for(effect, bar, matters)
    if word == "cannot tell":
        reasons += (
            Reason(
                "trial.too-uncertain",
                {"low": round(effect.low, 1), "high": round(effect.high, 1)},
                RULE_VERSION,
            ),
        )
    return Verdict(word, reasons, interim)


def word_for(effect: Effect, bar: Bar, matters: float) -> Word:
    """Return the word of the table in docs/trial.md."""
    better, worse = effect.p_better(), effect.p_worse()
    if effect.estimate <= -matters:
        if better >= bar.sure:
            return "better"
        if better >= bar.probable:
            return "probably better"
    elif effect.estimate >= matters:
        if worse >= bar.sure:
            return "worse"
        if worse >= bar.probable:
            return "probably worse"
    elif 1 - effect.p_better(matters) - effect.p_worse(matters) >= NO_CHANGE:
        return "probably no change"
    return "cannot tell"


def _missing(counted: Counted) -> tuple[Reason, ...]:
    found = []
    if not counted.baseline_enough:
        found.append(
            Reason(
                "trial.few-baseline-days",
                {"answered": counted.baseline, "days": counted.baseline_days, "least": OF_SEVEN},
                RULE_VERSION,
            )
        )
    if counted.last_days < LAST_DAYS:
        found.append(
            Reason("trial.too-early", {"days": counted.programme_days, "least": LAST_DAYS}, RULE_VERSION)
        )
    elif not counted.last_enough:
        found.append(
            Reason(
                "trial.few-last-days",
                {"answered": counted.last, "days": counted.last_days, "least": OF_SEVEN},
                RULE_VERSION,
            )
        )
    return tuple(found)
