"""What a pain number means, in one place. In: pain before, during, 24 h later. Next: coach, progression.

Pain is judged against the person's own level before the session, never against an ideal. A number that was
not given is not zero: it can lower a dose or hold it, never raise it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from midback.reasons import Reason

from .performance import Performance

RULE_VERSION = 1
STOP_RISE = 2
STOP_AT = 8
EASY_ONLY_FROM = 7
STEP_UP_AT_MOST = 5
A_LITTLE_LESS, LESS = 0.9, 0.7

PainAction = Literal["go-on", "less-range", "stop-exercise", "end-session"]
Sign = Literal["numbness", "weakness", "chest-pain", "breathless", "dizzy"]
SIGNS: tuple[Sign, ...] = ("numbness", "weakness", "chest-pain", "breathless", "dizzy")


@dataclass(frozen=True, slots=True, kw_only=True)
class PainVerdict:
    """What to do now. ``range_scale`` is the fraction of the present range to go on with."""

    action: PainAction
    range_scale: float
    reason: Reason
    ask_next_day: bool = False


def judge_pain(before: int | None, now: int) -> PainVerdict:
    """Judge pain during an exercise against the level before the session, both 0..10."""
    values: dict[str, str | int | float] = {"now": now}
    if before is not None:
        values["before"] = before
    if now >= STOP_AT:
        return _verdict("stop-exercise", 0.0, "plan.pain-high", values)
    if before is None:
        if now >= 4:
            return _verdict("less-range", LESS, "plan.pain-unknown-before", values)
        return _verdict("go-on", 1.0, "plan.pain-low", values)
    if now - before >= STOP_RISE:
        return _verdict("stop-exercise", 0.0, "plan.pain-up-two", values)
    if now > before:
        return _verdict("less-range", LESS, "plan.pain-up-one", values)
    if now >= 4:
        return _verdict("go-on", A_LITTLE_LESS, "plan.pain-steady", values)
    return _verdict("go-on", 1.0, "plan.pain-low", values)


def judge_sign(sign: Sign) -> PainVerdict:
    """End the session for a new warning sign; the doors show what to do."""
    return PainVerdict(
        action="end-session",
        range_scale=0.0,
        reason=Reason(f"plan.sign-{sign}", {}, RULE_VERSION),
        ask_next_day=True,
    )


def easy_only(pain_before: int | None) -> Reason | None:
    """Return why only breathing, walking and small easy movement may start; None when everything may."""
    if pain_before is None or pain_before < EASY_ONLY_FROM:
        return None
    return Reason("plan.pain-easy-only", {"now": pain_before}, RULE_VERSION)


def worst_felt(performance: Performance) -> int | None:
    """Return the highest pain given during or right after; None when neither was answered."""
    return _highest((performance.pain_during, performance.pain_after))


def hurt(performance: Performance) -> bool:
    """Say whether it hurt too much: up by 2, 8 and above, still up by 2 after 24 h, or left for pain."""
    if performance.skipped == "pain":
        return True
    answered = (performance.pain_during, performance.pain_after, performance.pain_next_day)
    if (highest := _highest(answered)) is None:
        return False
    if highest >= STOP_AT:
        return True
    return performance.pain_before is not None and highest - performance.pain_before >= STOP_RISE


def stirred(performance: Performance) -> bool:
    """Say whether it hurt a little more: up by 1, or 4 and above where the level before is not known."""
    highest = _highest((performance.pain_during, performance.pain_after, performance.pain_next_day))
    if highest is None or hurt(performance):
        return False
    if performance.pain_before is None:
        return highest >= 4
    return highest > performance.pain_before


def settled(performance: Performance) -> bool:
    """Say whether the 24-hour question was answered with no more pain than before."""
    after, before = performance.pain_next_day, performance.pain_before
    return after is not None and before is not None and after <= before


def _highest(answered: Iterable[int | None]) -> int | None:
    return max((pain for pain in answered if pain is not None), default=None)


def _verdict(
    action: PainAction, scale: float, message_id: str, values: dict[str, str | int | float]
) -> PainVerdict:
    reason = Reason(message_id, values, RULE_VERSION)
    return PainVerdict(action=action, range_scale=scale, reason=reason, ask_next_day=action != "go-on")
