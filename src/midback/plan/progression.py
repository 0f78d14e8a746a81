"""What comes next for one exercise. In: its performances, oldest first. Out: Decision. Next: planner.

The rules are tried from the top; the first that matches wins. Nothing is kept between calls: every
performance carries the level and range it was done at, so the next level follows from the last performances
alone and the same three never step twice. Dates are those of the datetimes as given (UTC or local).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from midback.catalogue.exercise import Exercise
from midback.reasons import Reason, Value

from .course import FORM_BAR, SMALLEST_RANGE, History, full_dose, longest_gap, not_asked_yet, went_well
from .pain import PainVerdict, hurt, judge_pain, judge_sign, settled, stirred, worst_felt
from .performance import Performance

__all__ = ["RULES", "Decision", "PainVerdict", "judge_pain", "judge_sign", "progress"]

RULE_VERSION = 1
STEP_UP_NEEDS = 3
GAP_DAYS = 7
SCREEN_AGAIN_DAYS = 14
REST = timedelta(days=7)
RANGE_STEP = 0.2

Status = Literal["go", "easier", "rest", "substitute", "offer-swap"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What comes next.

    level : index into the exercise's levels
    range_scale : fraction of that level's range
    status : ``rest`` until ``rest_until``; ``substitute`` where something with the same purpose should
        stand in;
        ``offer-swap`` where the person may want another; ``easier`` after a step down
    """

    level: int
    range_scale: float = 1.0
    status: Status = "go"
    rest_until: date | None = None
    reasons: tuple[Reason, ...] = ()
    rule_version: int = RULE_VERSION


Rule = Callable[[History], Decision | None]


def progress(
    exercise: Exercise, performances: Sequence[Performance], today: date, now: datetime | None = None
) -> Decision:
    """Return what comes next for one exercise from its performances, oldest first, and today's date.

    ``now`` tells a question that nobody answered from one that could not be asked yet: a good time of the
    last 18 hours neither raises anything nor stands in the way of the three before it.
    """
    mine = tuple(p for p in performances if p.exercise_id == exercise.id and p.at.date() <= today)
    if not mine:
        return Decision(level=0, reasons=(_reason("plan.first-time", exercise),))
    felt = tuple(p for p in mine if p.done_s > 0 or p.stopped or p.skipped == "pain")
    history = History(exercise, mine, felt, today, now)
    for rule in RULES:
        if (decision := rule(history)) is not None:
            return decision
    return hold(history)


def rest_after_pain_twice(h: History) -> Decision | None:
    """Too much pain twice in a row: the exercise rests 7 days, and a hand-over mentions it."""
    if len(h.felt) < 2 or not (hurt(h.felt[-1]) and hurt(h.felt[-2])):
        return None
    until = h.felt[-1].at.date() + REST
    if h.today < until:
        reason = _reason("plan.pain-twice", h.exercise, until_date=until.isoformat())
        return Decision(
            level=_down(h), range_scale=h.range_scale, status="rest", rest_until=until, reasons=(reason,)
        )
    reason = _reason("plan.after-rest", h.exercise)
    return Decision(level=_down(h), range_scale=_smaller(h), status="easier", reasons=(reason,))


def lower_after_pain(h: History) -> Decision | None:
    """Too much pain once: one level down, or for a week a substitute where there is none lower."""
    if not h.felt or not hurt(h.felt[-1]):
        return None
    if h.level == 0 and h.today - h.felt[-1].at.date() < REST:
        reason = _reason("plan.pain-substitute", h.exercise)
        return Decision(level=0, range_scale=_smaller(h), status="substitute", reasons=(reason,))
    reason = _reason("plan.pain-down", h.exercise)
    scale = _smaller(h) if h.level == 0 else h.range_scale
    return Decision(level=_down(h), range_scale=scale, status="easier", reasons=(reason,))


def smaller_after_stir(h: History) -> Decision | None:
    """A little more pain: the same dose with a smaller range, whether it is known to have settled or not."""
    if not h.felt or not stirred(h.felt[-1]):
        return None
    message = "plan.pain-settled" if settled(h.felt[-1]) else "plan.pain-not-settled"
    if _long_gap(h):
        return Decision(
            level=_down(h), range_scale=_smaller(h), status="easier", reasons=(_reason(message, h.exercise),)
        )
    return Decision(level=h.level, range_scale=_smaller(h), reasons=(_reason(message, h.exercise),))


def easier_when_too_hard(h: History) -> Decision | None:
    """Left because it was too hard: one level down."""
    if h.all[-1].skipped != "too-hard":
        return None
    reason = _reason("plan.too-hard", h.exercise)
    scale = _smaller(h) if h.level == 0 else h.range_scale
    return Decision(level=_down(h), range_scale=scale, status="easier", reasons=(reason,))


def other_when_it_cannot_be_done(h: History) -> Decision | None:
    """Left for want of gear or space: for a week something with the same purpose stands in."""
    if h.today - h.all[-1].at.date() >= REST:
        return None
    message = {"no-gear": "plan.no-gear", "no-space": "plan.no-space"}.get(h.all[-1].skipped or "")
    if message is None:
        return None
    return Decision(
        level=_held(h),
        range_scale=h.range_scale,
        status="substitute",
        reasons=(_reason(message, h.exercise),),
    )


def swap_when_disliked_twice(h: History) -> Decision | None:
    """Left twice because the person does not like it: a swap is offered."""
    last = h.all[-6:]
    if last[-1].skipped != "dislike" or sum(p.skipped == "dislike" for p in last) < 2:
        return None
    reason = _reason("plan.disliked", h.exercise)
    return Decision(level=_held(h), range_scale=h.range_scale, status="offer-swap", reasons=(reason,))


def step_up(h: History) -> Decision | None:
    """Three of the last three went well: exactly one step, first back to the full range, then a level."""
    early = not_asked_yet(h)
    asked = h.all[: len(h.all) - early]
    last = asked[-STEP_UP_NEEDS:]
    since = h.all[max(0, len(asked) - STEP_UP_NEEDS) :]
    if len(last) < STEP_UP_NEEDS or not all(went_well(p) for p in last) or longest_gap(h, since) > GAP_DAYS:
        return None
    if not all(full_dose(h.exercise, p) for p in last):
        return None
    if any((p.level, p.range_scale) != (since[-1].level, since[-1].range_scale) for p in since):
        return None
    if last[-1].level > h.top:
        return None
    if h.range_scale < 1:
        reason = _reason("plan.range-back", h.exercise)
        return Decision(
            level=h.level, range_scale=round(min(1.0, h.range_scale + RANGE_STEP), 2), reasons=(reason,)
        )
    if h.level == h.top:
        return Decision(level=h.top, reasons=(_reason("plan.top-level", h.exercise),))
    return Decision(level=h.level + 1, reasons=(_reason("plan.step-up", h.exercise, level=h.level + 2),))


def screen_after_long_gap(h: History) -> Decision | None:
    """Fourteen days and more: the warning-sign screen comes first, then one level down."""
    if h.gap_days < SCREEN_AGAIN_DAYS:
        return None
    reason = _reason("plan.gap-screen", h.exercise, days=h.gap_days)
    return Decision(level=_down(h), range_scale=h.range_scale, status="easier", reasons=(reason,))


def lower_after_gap(h: History) -> Decision | None:
    """Seven to thirteen days: one level down."""
    if h.gap_days < GAP_DAYS:
        return None
    reason = _reason("plan.gap", h.exercise, days=h.gap_days)
    return Decision(level=_down(h), range_scale=h.range_scale, status="easier", reasons=(reason,))


def hold(h: History) -> Decision:
    """Nothing else holds: the same again, and why it does not go up."""
    reason = _reason(_why_held(h), h.exercise)
    return Decision(level=h.level, range_scale=h.range_scale, reasons=(reason,))


RULES: tuple[Rule, ...] = (
    rest_after_pain_twice,
    lower_after_pain,
    smaller_after_stir,
    easier_when_too_hard,
    other_when_it_cannot_be_done,
    swap_when_disliked_twice,
    step_up,
    screen_after_long_gap,
    lower_after_gap,
)


def _why_held(h: History) -> str:
    last = h.all[-1]
    if not_asked_yet(h):
        return "plan.hold"
    if last.skipped == "no-time":
        return "plan.no-time"
    if last.skipped == "too-easy":
        return "plan.too-easy"
    if last.skipped == "dislike":
        return "plan.disliked-once"
    if last.skipped is not None or not last.complete:
        return "plan.hold-incomplete"
    if not full_dose(h.exercise, last):
        return "plan.hold-short"
    if (
        worst_felt(last) is None
        or last.pain_before is None
        or last.pain_next_day is None
        or last.effort is None
    ):
        return "plan.hold-unanswered"
    if last.effort == "hard":
        return "plan.hold-hard"
    if last.form is not None and last.form < FORM_BAR:
        return "plan.hold-form"
    return "plan.hold"


def _long_gap(h: History) -> bool:
    return h.gap_days >= GAP_DAYS


def _down(h: History) -> int:
    return max(0, h.level - 1)


def _held(h: History) -> int:
    """The level when nothing but a skip happened; a gap still lowers it."""
    return _down(h) if _long_gap(h) else h.level


def _smaller(h: History) -> float:
    return round(max(SMALLEST_RANGE, h.range_scale - RANGE_STEP), 2)


def _reason(message_id: str, exercise: Exercise, **values: Value) -> Reason:
    return Reason(message_id, {"exercise": exercise.id, **values}, RULE_VERSION)
