"""Was it the programme? In: a diary with weeks drawn by chance. Out: a Cause. Next: verdict's neighbour in doors."""

from dataclasses import dataclass
from typing import Final, Literal

from midback.reasons import Reason

from .diary import Diary

Shown = Literal["not tested", "shown", "not shown"]
RULE_VERSION: Final = 1
# What else makes pain less, without weeks that were drawn by chance.
OTHER_CAUSES: Final = (
    Reason("trial.natural-course", {}, RULE_VERSION),
    Reason("trial.regression-to-the-mean", {}, RULE_VERSION),
    Reason("trial.expectation", {}, RULE_VERSION),
)


@dataclass(frozen=True, slots=True)
class Cause:
    """Whether the programme did it, and why that is said."""

    shown: Shown
    reasons: tuple[Reason, ...]


def find_cause(diary: Diary) -> Cause:
    """Say whether the programme made the difference between its weeks on and off."""
    return Cause("not tested", OTHER_CAUSES)
