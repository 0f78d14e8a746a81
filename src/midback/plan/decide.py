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
from typing import Final, Literal

from midback.body.looks import Looks
from midback.body.stillness import Still
from midback.reasons import Reason

from .break_rule import BreakRule
from .interruptions import BreakPreferences, Hold, Interruptibility, Said

RULE_VERSION = 1
# Two prompts are never closer than this, whatever happened in between.
APART = timedelta(minutes=10)
# The unanswered prompt comes again after this part of ``after_s``, the times after that after all of it.
AGAIN = 0.5
# A drive this long ends with a prompt, once the stop has lasted long enough to be one, and not much later.
DRIVE_S = 30 * 60
STOPPED = timedelta(minutes=5)
ARRIVED = timedelta(minutes=45)
# A band or a disc asks for rest of its own: a prompt waits for it, but not for more than this many breaks.
WORN_WAITS = 2
HOUR = timedelta(hours=1)
# What coming back meant shows by what comes in after it.
SETTLED = timedelta(seconds=30)
# A stretch that turns out to have begun a little later than was thought is still the same stretch.
SLACK = timedelta(minutes=5)
# After a drive: what opens and turns the back comes first; in a long break, what changes everything at once.
AFTER_DRIVE: Final = ("chair-extension", "stand-reach", "seated-rotation")
IN_A_LONG_BREAK: Final = ("walk",)
SAT: Final = {
    "sitting": "plan.break-sat",
    "standing": "plan.break-stood",
    "driving": "plan.break-drove",
}
SUNK: Final = "plan.break-sunk"
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
    due : when the next prompt is due if all stays as it is; None when none is in sight
    """

    kind: Literal["quiet", "notice", "prompt", "hold"]
    movement: Movement | None = None
    length_s: int = 0
    because: tuple[Reason, ...] = ()
    holds: tuple[Hold, ...] = ()
    may_later: bool = True
    may_skip: bool = True
    due: datetime | None = None


QUIET: Final = Say(kind="quiet")


def decide(
    rule: BreakRule | None,
    exposure: Still,
    interruptibility: Interruptibility,
    preferences: BreakPreferences,
    now: datetime,
    said: Sequence[Said] = (),
    *,
    today: datetime | None = None,
    quiet_until: datetime | None = None,
    besides: Sequence[Reason] = (),
) -> Say:
    """Return what to say at an instant.

    Parameters
    ----------
    rule : None (never screened, stopped, or at rest) says nothing ever
    said : what was said and answered lately, a day's worth is enough; any order
    today : when the person's day began, for what is counted by day; 24 hours ago without it
    quiet_until : the person asked for quiet until then
    besides : what else speaks for a break from being still; never a reason by itself
    """
    if rule is None or not rule.movements or not preferences.prompts:
        return QUIET
    if quiet_until is not None and now < quiet_until:
        return QUIET
    past = sorted((one for one in said if one.at <= now), key=lambda one: one.at)
    owed = _arrival(exposure, interruptibility.halted, past, now) or _stillness(
        rule, exposure, preferences, past, now
    )
    if owed is None:
        return QUIET
    if not owed.arrived:
        owed = replace(owed, because=(*owed.because, *besides))
    holds = _holds(owed, exposure, interruptibility, rule, now)
    if now < owed.due:
        soon = owed.due - timedelta(seconds=preferences.notice_s)
        noticed = any(one.kind == "notice" and one.at >= soon - SLACK for one in past)
        if holds or noticed or not owed.first or now < soon:
            return Say(kind="quiet", due=owed.due)
    elif holds:
        return Say(kind="hold", because=owed.because, holds=holds, due=owed.due)
    long = owed.long and not owed.arrived
    length = rule.hourly_s if long else rule.length_s
    more = (Reason("plan.break-hour", {"length_s": length}, RULE_VERSION),) if long else ()
    first = AFTER_DRIVE if owed.arrived else IN_A_LONG_BREAK if long else ()
    return Say(
        kind="prompt" if now >= owed.due else "notice",
        movement=choose((owed.arrived and rule.on_the_road) or rule.movements, past, first),
        length_s=length,
        because=(*owed.because, *more),
        may_later=owed.later < preferences.later_cap,
        may_skip=_skipped(past, today or now - timedelta(days=1)) < preferences.skip_cap,
        due=owed.due,
    )


def sunk(looks: Looks, exposure: Still, now: datetime) -> tuple[Reason, ...]:
    """Return that the camera saw the person sunk while they sat, as one more reason; none otherwise."""
    found = looks.sunk(exposure.here_since, now) if exposure.activity == "sitting" else None
    if found is None:
        return ()
    values = {"looks": found.looks, "percent": round(-100 * found.change)}
    return (Reason(SUNK, values, RULE_VERSION),)


def choose(movements: Sequence[Movement], said: Sequence[Said], first: Sequence[str] = ()) -> Movement:
    """Return the movement whose turn it is: the one offered longest ago, or not at all yet, best first.

    The exercises in ``first`` come before the others in their order, unless they were the last two offered.
    """
    offered = [one.movement for one in said if one.kind == "prompt" and one.movement]
    turn = {name: number for number, name in enumerate(offered)}
    recent = frozenset(tuple(dict.fromkeys(reversed(offered)))[:2])

    def key(movement: Movement) -> tuple[bool, int, int]:
        name = movement[0]
        rank = first.index(name) if name in first else len(first)
        return name in recent, rank, turn.get(name, -1)

    return min(movements, key=key)


def with_planned(rule: BreakRule, planned: Iterable[Movement]) -> BreakRule:
    """Return the rule with what the day's plan still holds in front, each movement once."""
    return replace(rule, movements=tuple(dict.fromkeys((*planned, *rule.movements))))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Owed:
    """A prompt that is due or comes soon. ``first``: nothing was asked yet; ``later``: put off so often."""

    due: datetime
    because: tuple[Reason, ...]
    arrived: bool = False
    first: bool = True
    later: int = 0
    long: bool = False


def _arrival(exposure: Still, halted: bool, past: Sequence[Said], now: datetime) -> _Owed | None:
    """Return the one prompt for having arrived, while it is not said."""
    at = exposure.arrived_at
    if at is None or exposure.activity == "driving" or exposure.drove_s < DRIVE_S:
        return None
    # Where the recording merely ends, as in a tunnel, nobody is known to have arrived.
    if exposure.activity in (None, "unknown") and not halted:
        return None
    if not at <= now <= at + ARRIVED:
        return None
    if any(one.at >= at and one.kind != "notice" for one in past):
        return None
    return _Owed(due=at, because=(Reason("plan.break-arrived", {}, RULE_VERSION),), arrived=True)


def _stillness(
    rule: BreakRule, exposure: Still, preferences: BreakPreferences, past: Sequence[Said], now: datetime
) -> _Owed | None:
    """Return the prompt for the present stillness with its time, or None where the body is not still."""
    if exposure.since is None or exposure.activity not in SAT:
        return None
    restart = max((one.at for one in past if one.kind in RESTARTS), default=None)
    clock_s, began = exposure.still_s, exposure.since
    if restart is not None and restart > began:
        clock_s, began = min(clock_s, (now - restart).total_seconds()), restart
    due = now + timedelta(seconds=rule.after_s - clock_s)
    earliest = began + timedelta(seconds=rule.after_s) - SLACK
    prompts = [one.at for one in past if one.kind == "prompt"]
    asked = [at for at in prompts if at >= earliest]
    put_off = [one.at for one in past if one.kind == "later" and asked and one.at >= asked[0]]
    put_off = put_off[: preferences.later_cap]
    if put_off and put_off[-1] >= asked[-1]:
        due = put_off[-1] + timedelta(seconds=preferences.later_s)
    else:
        if asked:
            unheard = sum(1 for at in asked if not put_off or at > put_off[-1])
            wait = rule.after_s * (AGAIN if unheard == 1 else 1)
            due = max(due, asked[-1] + timedelta(seconds=wait))
        if prompts:
            due = max(due, prompts[-1] + APART)
    return _Owed(
        due=due,
        because=(Reason(SAT[exposure.activity], {"still_min": round(clock_s / 60)}, RULE_VERSION),),
        first=not asked,
        later=len(put_off),
        long=exposure.moved_s_last_hour < rule.hourly_s and _hour_is_over(rule, exposure.since, prompts, now),
    )


def _hour_is_over(rule: BreakRule, since: datetime, prompts: Sequence[datetime], now: datetime) -> bool:
    """Say whether it is an hour since the last long break was offered, or since the stillness began.

    Which prompts were long follows from their times alone: counted from where each run of prompts begins,
    the first one after an hour.
    """
    apart = timedelta(seconds=rule.after_s) + 4 * SLACK
    began = last = None
    for at in prompts:
        if began is None or last is None or at - last > apart:
            began = at - timedelta(seconds=rule.after_s)
        if at - began >= HOUR - SLACK:
            began = at
        last = at
    if began is None or last is None or since - last > 4 * SLACK:
        began = since
    return now - began >= HOUR - SLACK


def _holds(
    owed: _Owed, exposure: Still, interruptibility: Interruptibility, rule: BreakRule, now: datetime
) -> tuple[Hold, ...]:
    """Return what holds this prompt: everything that speaks against one, less what has waited long enough."""
    holds: list[Hold] = [hold for hold in interruptibility.holds if hold != "driving"]
    if exposure.still_s >= WORN_WAITS * rule.after_s and "worn" in holds:
        holds.remove("worn")
    back, since = interruptibility.back_at, exposure.since
    # Who was still before they came back has not been away, as far as is known a little later.
    stayed = not owed.arrived and back is not None and since is not None and since < back <= now - SETTLED
    if "just-back" in holds and (stayed or (owed.arrived and now >= owed.due + APART)):
        holds.remove("just-back")
    driving = exposure.activity == "driving" or "driving" in interruptibility.holds
    if driving or (owed.arrived and now < owed.due + STOPPED):
        holds.append("driving")
    return tuple(holds)


def _skipped(past: Sequence[Said], today: datetime) -> int:
    return sum(1 for one in past if one.kind == "skip" and one.at >= today)
