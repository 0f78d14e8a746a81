"""What may hold a prompt back, and how the person set the prompts up. In: app, daemon. Next: decide.

Exposure and interruptibility are two questions: a prompt that is held leaves the stillness counting on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal, get_args

from midback.reasons import Reason

if TYPE_CHECKING:
    from midback.body.situation import Situation

RULE_VERSION = 1

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
# What only a sensor can tell, by the field of the situation; where there is none, the rule is named as unknown.
SENSED: Final[Mapping[Hold, str]] = {
    "typing": "idle",
    "call": "call",
    "camera-in-use": "camera_in_use",
    "film": "film",
    "full-screen": "full_screen",
    "do-not-disturb": "do_not_disturb",
    "calendar": "busy",
    "driving": "driving",
}
HOLD_MESSAGES: Final[Mapping[Hold, str]] = {
    "typing": "plan.hold-typing",
    "call": "plan.hold-call",
    "camera-in-use": "plan.hold-camera",
    "film": "plan.hold-film",
    "full-screen": "plan.hold-full-screen",
    "do-not-disturb": "plan.hold-do-not-disturb",
    "calendar": "plan.hold-calendar",
    "outside-hours": "plan.hold-outside-hours",
    "just-back": "plan.hold-just-back",
    "worn": "plan.hold-worn",
    "driving": "plan.hold-driving",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Interruptibility:
    """Whether a prompt is welcome at an instant: what speaks against it, in the order of ``HOLDS``.

    unknown : rules that nothing on this system can tell about; they hold nothing
    back_at : when the person last came back to the machine
    halted : a trip is being recorded, and it stands still
    """

    holds: tuple[Hold, ...] = ()
    unknown: tuple[Hold, ...] = ()
    back_at: datetime | None = None
    halted: bool = False


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


def interruptibility(
    situation: "Situation",
    preferences: BreakPreferences,
    now: datetime,
    weekday: int,
    minute: int,
    *,
    worn: bool = False,
) -> Interruptibility:
    """Return what speaks against a prompt at an instant, less what the person switched off.

    Parameters
    ----------
    weekday, minute : the person's local weekday (Monday 0) and minutes after midnight at ``now``
    worn : the timer of a band or a disc runs
    """
    back = situation.back_at
    speaks: dict[Hold, bool] = {
        "typing": situation.idle_s is not None and situation.idle_s < preferences.pause_s,
        "call": situation.call,
        "camera-in-use": situation.camera_in_use,
        "film": situation.film,
        "full-screen": situation.full_screen,
        "do-not-disturb": situation.do_not_disturb,
        "calendar": situation.busy,
        "outside-hours": not within_hours(preferences.hours, weekday, minute),
        "just-back": back is not None and 0 <= (now - back).total_seconds() < preferences.back_s,
        "worn": worn,
        "driving": situation.driving,
    }
    listens = [hold for hold in HOLDS if hold in ALWAYS or hold not in preferences.off]
    return Interruptibility(
        holds=tuple(hold for hold in listens if speaks[hold]),
        unknown=tuple(hold for hold in listens if hold in SENSED and SENSED[hold] not in situation.known),
        back_at=back,
        halted=situation.halted,
    )


def within_hours(hours: Mapping[int, tuple[int, int]], weekday: int, minute: int) -> bool:
    """Say whether a local time lies in the hours in which prompts are welcome; a night's may pass midnight."""
    if not hours:
        return True
    start, end = hours.get(weekday, (0, 0))
    if start <= minute < end or (end < start <= minute):
        return True
    start, end = hours.get((weekday - 1) % 7, (0, 0))
    return end < start and minute < end


def hold_reason(hold: Hold) -> Reason:
    """Return what held a prompt, for the person."""
    return Reason(HOLD_MESSAGES[hold], {}, RULE_VERSION)
