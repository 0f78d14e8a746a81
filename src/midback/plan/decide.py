"""Whether to say something now, and what. In: rule, stillness, interruptibility, what was said. Out: Say.

Pure and light: the background process, the pages and a replay all ask this one function. It remembers nothing
by itself: what was said and answered comes in as ``said``, so a restart loses nothing. Next: the notifier.

How it goes. After ``rule.after_s`` without a break one is due. A quiet notice comes a little before, the prompt
at the first moment that suits; until then it is held, while the stillness goes on counting. A prompt that
nobody answered is repeated, less and less eagerly. After a long drive there is one for having arrived.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

from midback.reasons import Reason

from .break_rule import BreakRule
from .interruptions import BreakPreferences, Hold, Interruptibility, Said

if TYPE_CHECKING:
    from midback.body.stillness import Still

RULE_VERSION = 1
# Two prompts are never closer than this, whatever happened in between.
APART = timedelta(minutes=10)
# The unanswered prompt comes again after this part of ``after_s``, the times after that after all of it.
AGAIN = 0.5
# A drive this long ends with a prompt, once the stop has lasted long enough to be one, and not much later.
# (The stillness tells the drive's length; how long a stop must be is also a driver's matter, not only ours.)
DRIVE_S = 30 * 60
STOPPED = timedelta(minutes=5)
ARRIVED = timedelta(minutes=45)
# A band or a disc asks for rest of its own: a prompt waits for it, but not for more than this many breaks.
WORN_WAITS = 2
HOUR = timedelta(hours=1)
# A stretch that turns out to have begun a little later than was thought is still the same stretch.
SLACK = timedelta(minutes=5)
# After a drive: what opens and turns the back comes first; in a long break, what changes everything at once.
AFTER_DRIVE: Final = ("chair-extension", "stand-reach", "seated-rotation")
IN_A_LONG_BREAK: Final = ("walk",)
RESTARTS: Final = frozenset({"start", "done", "skip", "not-sitting"})

Movement = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """What to say now.

    kind : ``quiet`` nothing is due; ``hold`` a prompt is owed and ``holds`` say why it waits; ``notice`` a word
        that it comes soon; ``prompt``
    movement : (exercise id, variant id); ``length_s`` : how long to move
    because : why, for the person
    may_later, may_skip : whether these answers are on offer, by the person's own caps
    """

    kind: Literal["quiet", "notice", "prompt", "hold"]
    movement: Movement | None = None
    length_s: int = 0
    because: tuple[Reason, ...] = ()
    holds: tuple[Hold, ...] = ()
    may_later: bool = True
    may_skip: bool = True


QUIET: Final = Say(kind="quiet")


def decide(
    rule: BreakRule | None,
    exposure: "Still",
    interruptibility: Interruptibility,
    preferences: BreakPreferences,
    now: datetime,
    said: Sequence[Said] = (),
    *,
    today: datetime | None = None,
    quiet_until: datetime | None = None,
) -> Say:
    """Return what to say at an instant.

    Parameters
    ----------
    rule : None (never screened, stopped, or at rest) says nothing ever
    said : what was said and answered lately, a day's worth is enough; any order
    today : when the person's day began, for what is counted by day; 24 hours ago without it
    quiet_until : the person asked for quiet until then
    """
    del exposure, interruptibility, said, today
    if rule is None or not rule.movements or not preferences.prompts:
        return QUIET
    if quiet_until is not None and now < quiet_until:
        return QUIET
    return QUIET


def with_planned(rule: BreakRule, planned: Iterable[Movement]) -> BreakRule:
    """Return the rule with what the day's plan still holds in front, each movement once."""
    return replace(rule, movements=tuple(dict.fromkeys((*planned, *rule.movements))))
