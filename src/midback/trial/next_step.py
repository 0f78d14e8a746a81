"""What comes after a verdict. In: a verdict. Out: reasons to continue, change, wait or be seen. Next: doors, report."""

from typing import Final

from midback.reasons import Reason

from .verdict import Verdict, Word

RULE_VERSION: Final = 1
CONTINUE_WITH_LESS: Final = Reason("trial.next-less", {}, RULE_VERSION)
GO_ON: Final = Reason("trial.next-go-on", {}, RULE_VERSION)
CHANGE: Final = Reason("trial.next-change", {}, RULE_VERSION)
MORE_DAYS: Final = Reason("trial.next-more-days", {}, RULE_VERSION)
PROFESSIONAL: Final = Reason("trial.next-professional", {}, RULE_VERSION)

AFTER: Final[dict[Word, tuple[Reason, ...]]] = {
    "better": (CONTINUE_WITH_LESS,),
    "probably better": (GO_ON, MORE_DAYS),
    "cannot tell": (MORE_DAYS, CHANGE, PROFESSIONAL),
    "probably no change": (CHANGE, PROFESSIONAL),
    "probably worse": (CHANGE, PROFESSIONAL),
    "worse": (PROFESSIONAL,),
}
# Before the end there is one thing to do, unless it got worse.
DURING: Final[dict[Word, tuple[Reason, ...]]] = {
    **dict.fromkeys(AFTER, (GO_ON,)),
    "probably worse": (PROFESSIONAL,),
    "worse": (PROFESSIONAL,),
}


def next_steps(verdict: Verdict) -> tuple[Reason, ...]:
    """Return what to do now, the first first."""
    return (DURING if verdict.interim else AFTER)[verdict.word]
