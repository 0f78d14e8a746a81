"""What may hold a prompt back, and how the person set the prompts up. In: app, daemon. Next: decide.

Exposure and interruptibility are two questions: a prompt that is held leaves the stillness counting on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, get_args

Hold = Literal[
    "typing",
    "call",
    "camera-in-use",
    "film",
    "full-screen",
    "do-not-disturb",
    "calendar",
    "outside-hours",
    "just-back",
    "worn",
    "driving",
]
HOLDS: Final[tuple[Hold, ...]] = get_args(Hold)
# Nothing is ever done while driving, so this one cannot be switched off.
ALWAYS: Final[frozenset[Hold]] = frozenset({"driving"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Interruptibility:
    """Whether a prompt is welcome at an instant: what speaks against it, in the order of ``HOLDS``.

    unknown : rules that nothing on this system can tell about; they hold nothing
    """

    holds: tuple[Hold, ...] = ()
    unknown: tuple[Hold, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakPreferences:
    """How the person wants to be spoken to.

    off : rules switched off; ``driving`` cannot be
    pause_s : a pause in typing this long is an opening
    back_s : no prompt this soon after coming back
    hours : weekday 0..6 (Monday 0) -> local minutes (start, end) between which prompts are welcome; a weekday
        left out means none; empty means always
    notice_s : the quiet notice comes this long before the prompt; 0 means none
    later_s : what "in 5 minutes" means
    later_cap, skip_cap : how often in a row "later" and how often a day "skip" is offered; the person's own
    prompts : False means midback senses and never speaks
    sound : a sound with the prompt
    """

    off: frozenset[Hold] = frozenset()
    pause_s: int = 30
    back_s: int = 5 * 60
    hours: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    notice_s: int = 60
    later_s: int = 5 * 60
    later_cap: int = 3
    skip_cap: int = 8
    prompts: bool = True
    sound: bool = True


Answer = Literal["start", "done", "later", "skip", "not-sitting", "ignored"]
ANSWERS: Final[tuple[Answer, ...]] = get_args(Answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing that was said to the person or that they answered.

    kind : ``notice``, ``prompt``, or an answer; ``movement`` is an exercise id, "" for none
    """

    at: datetime
    kind: Literal["notice", "prompt"] | Answer
    movement: str = ""
