"""When to interrupt stillness, and with what. ``BreakRule`` is a value that ``decide`` reads.

In: intake, clearance, yesterday. Out: BreakRule. Next: app, daemon. The defaults interrupt every 20 to 30
minutes with 30 to 120 s of movement and take 5 minutes each hour; how long exactly is an expert's rule, that
breaks help has trials behind it.
"""

from collections.abc import Mapping

from midback.body.exposure import Exposure
from midback.catalogue.exercise import Exercise, Place
from midback.reasons import Reason

from .answers import Intake
from .break_rule import BreakRule
from .clearance import Clearance
from .emphasis import LONG_BOUT_S, MIDDLING_BOUT_S, Emphasis, emphasise
from .fit import Fit, find_fit
from .progression import Decision
from .tried import left_out, rank

RULE_VERSION = 1
USUAL_AFTER_S, SOONER_AFTER_S, SOONEST_AFTER_S = 30 * 60, 25 * 60, 20 * 60
SHORT_S, HOURLY_S = 60, 5 * 60
# On the road nothing is done before the vehicle stands: two hours leave room before the legal break
# (45 minutes after 4 h 30 of driving in the EU, 30 minutes after 8 h in the US).
CAB_AFTER_S, CAB_LENGTH_S = 2 * 3600, 5 * 60
# For whoever has not answered any question yet: nothing here needs gear, the floor or a clearance.
USUAL_RULE = BreakRule(
    after_s=USUAL_AFTER_S,
    length_s=SHORT_S,
    hourly_s=HOURLY_S,
    movements=(
        ("stand-reach", "standing"),
        ("blade-squeeze", "seated"),
        ("chair-extension", "chair"),
        ("seated-rotation", "chair"),
        ("walk", "walk"),
    ),
    on_the_road=(("stand-reach", "standing"), ("walk", "walk")),
    reasons=(Reason("plan.break-usual", {"after_min": USUAL_AFTER_S // 60}, RULE_VERSION),),
    rule_version=RULE_VERSION,
)
LOOKS_AT_WORK = ("unseen", "ordinary", "exercise")


def default_rule(
    intake: Intake,
    exercises: Mapping[str, Exercise],
    clearance: Clearance,
    exposure_yesterday: Exposure | None = None,
    place: Place = "desk",
    decisions: Mapping[str, Decision] | None = None,
) -> BreakRule:
    """Return when a break is due in a place and which movements fit there, best first.

    ``decisions``: what rests after pain, or has something else in its place, is not offered between either.
    """
    emphasis = emphasise(intake, exposure_yesterday, working=True)
    open_now = {
        key: exercise
        for key, exercise in exercises.items()
        if (decision := (decisions or {}).get(key)) is None or decision.status not in ("rest", "substitute")
    }
    movements = fitting(intake, open_now, clearance, emphasis, place)
    on_the_road = fitting(intake, open_now, clearance, emphasis, "outdoors")
    if place == "cab":
        values = {"after_min": CAB_AFTER_S // 60}
        reason = Reason("plan.break-cab", values, RULE_VERSION)
        lasting = (CAB_AFTER_S, CAB_LENGTH_S, CAB_LENGTH_S)
    else:
        after, reason = due_after(exposure_yesterday)
        lasting = (after, SHORT_S, HOURLY_S)
    return BreakRule(
        after_s=lasting[0],
        length_s=lasting[1],
        hourly_s=lasting[2],
        movements=movements,
        on_the_road=on_the_road,
        reasons=tuple({one.message_id: one for one in (reason, *emphasis.reasons)}.values()),
        rule_version=RULE_VERSION,
    )


def due_after(exposure: Exposure | None) -> tuple[int, Reason]:
    """Return the seconds of stillness before a break is due, sooner after a day with long bouts."""
    longest = 0.0 if exposure is None or exposure.usual else exposure.longest_still_s
    if longest >= LONG_BOUT_S:
        after, message = SOONEST_AFTER_S, "plan.break-sooner"
    elif longest >= MIDDLING_BOUT_S:
        after, message = SOONER_AFTER_S, "plan.break-sooner"
    else:
        return USUAL_AFTER_S, Reason("plan.break-usual", {"after_min": USUAL_AFTER_S // 60}, RULE_VERSION)
    return after, Reason(
        message, {"after_min": after // 60, "longest_min": round(longest / 60)}, RULE_VERSION
    )


def fitting(
    intake: Intake,
    exercises: Mapping[str, Exercise],
    clearance: Clearance,
    emphasis: Emphasis,
    place: Place,
) -> tuple[tuple[str, str], ...]:
    """Return the movements that fit a place and need no gear, the least odd first; none after a stop."""
    if clearance.closed:
        return ()
    found: list[tuple[tuple[int, int, int, str], tuple[str, str]]] = []
    for exercise in exercises.values():
        if exercise.family != "break" or left_out(exercise, intake) or not clearance.allows(exercise):
            continue
        fit = find_fit(exercise, (place,), frozenset(), clearance.gates)
        if not isinstance(fit, Fit):
            continue
        brought = int(emphasis.reason_for(exercise.purpose) is None)
        seen = LOOKS_AT_WORK.index(fit.variant.looks) if place == "desk" else 0
        key = (rank(exercise, intake), brought, seen, exercise.id)
        found.append((key, (exercise.id, fit.variant.id)))
    return tuple(movement for _, movement in sorted(found))
