"""One diary from beginning to end. In: a diary. Out: Analysis, both questions answered apart. Next: doors, report."""

from dataclasses import dataclass

from .cause import Cause, find_cause
from .diary import Counted, Diary, count
from .effect import Effect, estimate_effect
from .verdict import CHANGE_THAT_MATTERS, Verdict, judge

# With fewer answers on a side there is nothing to compare.
LEAST_ANSWERS = 2


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a diary says. effect : None where there is too little for any number"""

    diary: Diary
    counted: Counted
    effect: Effect | None
    verdict: Verdict
    cause: Cause


def analyse(diary: Diary, matters: float = CHANGE_THAT_MATTERS, ended: bool = True) -> Analysis:
    """Answer both questions about a diary: did it change, and was it the programme.

    matters : the smallest change that matters to the person, in points; ended : False while the programme goes on
    """
    counted = count(diary)
    effect = estimate_effect(diary) if min(counted.baseline, counted.last) >= LEAST_ANSWERS else None
    return Analysis(diary, counted, effect, judge(effect, counted, matters, ended), find_cause(diary))
