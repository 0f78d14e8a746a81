"""When an interruption helps most, by the body's state. In: a day, efforts, the default. Out: BreakRule. Next: decide.

The day is lived through by the laws of time once for each rule of a bounded grid. What is chosen is the rule with
the least load and interruptions together, where one more interruption counts as much as a stated share of the
readiness it would have to save. The default rule decides everything else: whether there is one at all, what fits the
place, what is closed. Here only times and the order of the movements change, and nothing that pain or a long day
asked for is loosened. This is the model's word; no trial has compared such rules.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from midback.body.day_of_work import Lived, line_up, live
from midback.body.tissue import GROUPS, Effort, TissueParams, TissueState
from midback.movement.rotation import Array
from midback.reasons import Reason

from .break_rule import BreakRule
from .breaks import USUAL_AFTER_S
from .schedule import NEVER, STILL, Interrupted, Stretch, follow, schedule_of

RULE_VERSION: Final = 1
# Trials had 20 to 30 minutes between breaks of 30 to 120 s, and 5 minutes an hour; the grid goes a little beyond.
AFTER_S: Final = tuple(60 * minutes for minutes in (15, 20, 25, 30, 35, 40, 45, 50, 55, 60))
LENGTH_S: Final = (20, 30, 45, 60, 90, 120, 180, 240, 300)
HOURLY_S: Final = (60, 120, 180, 240, 300)
LONGEST_SHORT_S: Final = 120.0
MOST_AN_HOUR: Final = 3.0
# One more interruption in a day has to leave this share more of what is left of the readiness.
WORTH: Final = 0.02
HOUR_S: Final = 3600.0
# A rule for a day with less stillness than this would rest on nothing.
LEAST_STILL_S: Final = HOUR_S
# What is loaded is named from here on, as a share of the readiness used up at the highest.
NAMED_FROM: Final = 0.2

Movement = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a person allows.

    most_an_hour : prompts in an hour of stillness ; length_s : the longest short break
    moving_s : seconds of breaks in an hour of stillness; None: no more in a day than the default rule takes
    worth : see ``WORTH``
    careful : in pain or after a warning sign: of the default and of what is found the stricter, time by time
    """

    most_an_hour: float = MOST_AN_HOUR
    length_s: float = LONGEST_SHORT_S
    moving_s: float | None = None
    worth: float = WORTH
    careful: bool = False


USUAL_BOUNDS: Final = Bounds()


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """What was found for a day: the times, and what there is to say of them.

    prompts : interruptions on such a day ; more : by how much more readiness is left than without any break, a share
    loaded : groups with the share of their readiness that is used up at the highest without a break, most first
    """

    after_s: int
    length_s: int
    hourly_s: int
    prompts: int
    more: float
    loaded: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What was weighed: rules, what they cost, how the day went with each, and the index of the one chosen.

    ``lived`` holds the day without any break at its end. load : (C,), see ``load_left``
    """

    rules: tuple[BreakRule, ...]
    gone: tuple[Interrupted, ...]
    lived: Lived
    load: Array
    chosen: int


def state_rule(
    base: BreakRule,
    day: Sequence[Stretch],
    efforts: Effort,
    *,
    bounds: Bounds = USUAL_BOUNDS,
    state: TissueState | None = None,
    relief: Mapping[Movement, Mapping[str, float]] | None = None,
    before: Mapping[str, int] | None = None,
    params: TissueParams | None = None,
) -> BreakRule:
    """Return the rule whose interruptions help most on a day, in place of the times of the default one.

    Parameters
    ----------
    base : what holds without the body's state; one without movements, or for a cab, keeps its times
    day : the day it is made for: a usual one, yesterday's, or today's so far and the rest as usual
    efforts : (A, G) by ``day_of_work.DOINGS``
    state : at the start of the day; None is rested
    relief, before : see ``with_times``
    """
    times = times_of(base, day, efforts, bounds=bounds, state=state, params=params)
    return with_times(base, times, careful=bounds.careful, relief=relief, before=before)


def times_of(
    base: BreakRule,
    day: Sequence[Stretch],
    efforts: Effort,
    *,
    bounds: Bounds = USUAL_BOUNDS,
    state: TissueState | None = None,
    params: TissueParams | None = None,
) -> Times | None:
    """Return the times that help most on a day; None where there is nothing to find: closed, or hardly still."""
    still = sum(stretch.seconds for stretch in day if stretch.doing in STILL)
    if not base.movements or still < LEAST_STILL_S:
        return None
    choice = weigh(base, day, efforts, bounds=bounds, state=state, params=params)
    rule = choice.rules[choice.chosen]
    peak = choice.lived.peak[-1]
    found = Times(
        after_s=rule.after_s,
        length_s=rule.length_s,
        hourly_s=rule.hourly_s,
        prompts=choice.gone[choice.chosen].prompts,
        more=float(np.expm1(load_left(choice.lived)[-1] - choice.load[choice.chosen])),
        loaded=tuple((GROUPS[g], float(peak[g])) for g in np.argsort(-peak, kind="stable")),
    )
    if state is None:
        return found
    # What went before never brings a break later than the same day begun rested.
    fresh = times_of(base, day, efforts, bounds=bounds, params=params)
    return found if fresh is None or found.after_s <= fresh.after_s else fresh


def with_times(
    base: BreakRule,
    times: Times | None,
    *,
    careful: bool = False,
    relief: Mapping[Movement, Mapping[str, float]] | None = None,
    before: Mapping[str, int] | None = None,
) -> BreakRule:
    """Return a default rule with the times found for the day, and what takes most off it first.

    careful : see ``Bounds``
    relief : for a movement how much of each group's load it takes off, 0..1
    before : the person's own experience by exercise, which comes before the model's: 0 helped, 2 did not
    """
    if times is None:
        return base
    rule = replace(base, after_s=times.after_s, length_s=times.length_s, hourly_s=times.hourly_s)
    if careful:
        rule = stricter(rule, base)
    loaded = dict(times.loaded)
    movements, first = in_order(base.movements, loaded, relief or {}, before or {})
    on_the_road, _ = in_order(base.on_the_road, loaded, relief or {}, before or {})
    return replace(
        rule,
        movements=movements,
        on_the_road=on_the_road,
        reasons=(*reasons_of(base, rule, times), *first),
        rule_version=base.rule_version + RULE_VERSION,
    )


def weigh(
    base: BreakRule,
    day: Sequence[Stretch],
    efforts: Effort,
    *,
    bounds: Bounds = USUAL_BOUNDS,
    state: TissueState | None = None,
    params: TissueParams | None = None,
) -> Choice:
    """Live a day through with every rule that is allowed, and choose."""
    rules = candidates(base, bounds)
    gone = tuple(follow(day, schedule_of(rule)) for rule in rules)
    hours = sum(stretch.seconds for stretch in day if stretch.doing in STILL) / HOUR_S
    most = bounds.most_an_hour * hours
    moving_s = gone[0].break_s if bounds.moving_s is None else bounds.moving_s * hours
    # The default is always among them, first: where nothing else is better, it stays.
    inside = [
        number
        for number, one in enumerate(gone)
        if number == 0 or (one.prompts <= most and one.break_s <= moving_s + 1.0)
    ]
    rules, gone = tuple(rules[number] for number in inside), tuple(gone[number] for number in inside)
    days = [[(part.doing, part.seconds) for part in one.stretches] for one in (*gone, follow(day, NEVER))]
    lived = live(line_up(days), efforts, state, params)
    load = load_left(lived)
    cost = load[:-1] + bounds.worth * np.array([one.prompts for one in gone])
    # Of equals the one that takes less time, then the later one: nobody is interrupted for nothing.
    ranked = sorted(
        range(len(rules)), key=lambda c: (round(float(cost[c]), 9), gone[c].break_s, -rules[c].after_s)
    )
    return Choice(rules, gone, lived, load[:-1], ranked[0])


def candidates(base: BreakRule, bounds: Bounds) -> tuple[BreakRule, ...]:
    """Return the default rule and all of the grid that a person allows; the default alone in a cab."""
    if base.after_s > AFTER_S[-1]:
        return (base,)
    # A day that asked for sooner breaks keeps them.
    latest = base.after_s if base.after_s < USUAL_AFTER_S else AFTER_S[-1]
    grid = (
        replace(base, after_s=after, length_s=length, hourly_s=hourly)
        for after in AFTER_S
        if after <= latest and bounds.most_an_hour * after >= HOUR_S
        for length in LENGTH_S
        if length <= bounds.length_s
        for hourly in HOURLY_S
        if hourly >= length
    )
    return (base, *(rule for rule in grid if rule != base))


def stricter(one: BreakRule, other: BreakRule) -> BreakRule:
    """Return the first rule with the sooner and the longer breaks of both."""
    return replace(
        one,
        after_s=min(one.after_s, other.after_s),
        length_s=max(one.length_s, other.length_s),
        hourly_s=max(one.hourly_s, other.hourly_s),
    )


def load_left(lived: Lived) -> Array:
    """Return what breaks are weighed by, (..., N): over the groups, of -ln(what is left), the mean of two things.

    One is the day's mean, the other its highest from half-time on: a highest that is over cannot be lowered any more.
    By the logarithm it counts by how much of what is left is lost, and a heavy day is never "full" already.
    """
    gone = -np.log1p(-np.minimum(lived.used, 1.0 - 1e-9))
    passed = np.concatenate([np.zeros((len(lived.dt), 1)), np.cumsum(lived.dt, axis=1)], axis=1)
    late = passed >= 0.5 * passed[:, -1:]
    highest = np.where(late[..., None], gone, 0.0).max(axis=-2)
    return np.asarray(0.5 * (highest + lived.over_time(gone)).mean(axis=-1))


def in_order(
    movements: Sequence[Movement],
    loaded: Mapping[str, float],
    relief: Mapping[Movement, Mapping[str, float]],
    before: Mapping[str, int],
) -> tuple[tuple[Movement, ...], tuple[Reason, ...]]:
    """Return the movements with those first that take most off what is loaded, and why the first one is."""

    def takes_off(movement: Movement) -> float:
        groups = relief.get(movement, {})
        return sum(loaded.get(group, 0.0) * share for group, share in groups.items())

    # Rounded, so that the least odd stays in front among those that do about the same.
    key = {movement: (before.get(movement[0], 1), -round(8 * takes_off(movement))) for movement in movements}
    ordered = tuple(sorted(movements, key=lambda movement: key[movement]))
    if not ordered or takes_off(ordered[0]) <= 0 or before.get(ordered[0][0], 1) == 0:
        return ordered, ()
    return ordered, (Reason("plan.state-first", {"exercise": ordered[0][0]}, RULE_VERSION),)


def reasons_of(base: BreakRule, rule: BreakRule, times: Times) -> tuple[Reason, ...]:
    """Return why the times are what they are: what is loaded most, and how much the breaks help by the model."""
    if (rule.after_s, rule.length_s, rule.hourly_s) == (base.after_s, base.length_s, base.hourly_s):
        return base.reasons
    most, used = times.loaded[0]
    named = (Reason(f"plan.state-{most}", {"used_percent": round(100 * used)}, RULE_VERSION),)
    values = {
        "after_min": rule.after_s // 60,
        "length_s": rule.length_s,
        "hourly_s": rule.hourly_s,
        "prompts": times.prompts,
        "more_percent": round(100 * times.more),
    }
    # What said when a break comes holds no more where it comes at another time.
    gone = (
        ("plan.break-usual",) if rule.after_s == base.after_s else ("plan.break-usual", "plan.break-sooner")
    )
    kept = (reason for reason in base.reasons if reason.message_id not in gone)
    return (
        *(named if used >= NAMED_FROM else ()),
        Reason("plan.break-state", values, RULE_VERSION),
        *kept,
    )
