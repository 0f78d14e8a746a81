"""The body's state behind break times and emphasis. In: intake, a day's hours. Out: BreakRule, what to bring forward.

What the laws of time find for a day rests on the person's size, how they sit as far as the camera and the set-up
check tell, the day and the default's times alone; it is kept for the same question, so that a page or an order asks
the model once a day and once more after a heavy morning.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from midback.body.exposure import Exposure
from midback.catalogue.exercise import Exercise
from midback.catalogue.relief import Unload, load_relief
from midback.plan.answers import Intake, Sex, Strength
from midback.plan.break_rule import BreakRule
from midback.plan.breaks import USUAL_RULE
from midback.plan.clearance import Clearance
from midback.plan.day_stretches import stretches_of, usual_stretches
from midback.plan.emphasis import LONG_BOUT_S, Brought, from_state
from midback.plan.hours import is_working
from midback.plan.schedule import STILL, Stretch
from midback.plan.tried import rank
from midback.store import checkins, setup_looks
from midback.store import evidence as kept

from .clock import at_minute
from .house import House

# The body model is loaded where it is asked for: a start, a help text and a form do without it.
if TYPE_CHECKING:
    from midback.body.tissue import Effort
    from midback.plan.state_rule import Times

    from .why_told import Angles

# A check-in this old says nothing of today; pain from here on, or worse than usual, makes careful.
PAIN_OF = timedelta(hours=36)
CAREFUL_FROM = 4
# A measured day stands for today from this much stillness on; less is a day off, or half a day of sensing.
LIKE_TODAY_S = 3 * 3600
# In more pieces than this nothing was long still, or a sensor flickers; asking the model of it takes many seconds.
MOST_PIECES = 240
# A morning is heavy by its longest stretch, in steps of this, so that a minute more changes nothing.
STEP_S = 1800
Body = tuple[float | None, float | None, Sex | None, Strength | None]
# How somebody holds themselves in each activity, in the order of its names.
Held = tuple[tuple[str, "Angles"], ...]


def state_rule_in(
    conn: Connection,
    house: House,
    person: str,
    intake: Intake,
    clearance: Clearance,
    base: BreakRule,
    yesterday: Exposure,
    today: Exposure,
    day: date,
) -> BreakRule:
    """Return the default rule with the times that the body's state finds for the day."""
    from midback.plan.state_rule import with_times

    times = _times(
        (base.after_s, base.length_s, base.hourly_s),
        day_of(intake, yesterday, day),
        _body(intake),
        _morning_s(today),
        held_in(conn, house, person, yesterday, day - timedelta(days=1)),
    )
    movements = (*base.movements, *base.on_the_road)
    exercises = house.catalogue.exercises
    return with_times(
        base,
        times if base.movements else None,
        careful=clearance.easy_only or in_pain_in(conn, house, person),
        relief=_relief(movements),
        before={name: rank(exercises[name], intake) for name, _ in movements},
    )


def day_of(intake: Intake, yesterday: Exposure, day: date) -> tuple[Stretch, ...]:
    """Return the day that today is expected to be like: a measured working day before it, else a usual one."""
    both = is_working(intake, day) and is_working(intake, day - timedelta(days=1))
    if both and not yesterday.usual:
        like = stretches_of(yesterday)
        still_s = sum(stretch.seconds for stretch in like if stretch.doing in STILL)
        if still_s >= LIKE_TODAY_S and len(like) <= MOST_PIECES:
            return like
    return usual_stretches(intake)


def held_in(conn: Connection, house: House, person: str, exposure: Exposure, day: date) -> Held:
    """Return how somebody is held, activity by activity: as Why has it, one sitting posture for the whole day.

    What the camera saw in a day's sitting moves it, and what they answered in the set-up check; else it is as usual.
    """
    from midback.body.day_of_work import HELD
    from midback.catalogue.constants import load_constants

    from .drift import day_drift
    from .why_postures import angles_in, setup_of, shares_of_all

    sat = [bout for bout in exposure.bouts if bout.activity == "sitting" and not exposure.usual]
    shares: dict[str, float] = {}
    if sat:
        start = at_minute(house.clock, day, 0)
        looks = kept.of_camera(conn, person, start, at_minute(house.clock, day + timedelta(days=1), 0))
        shares = shares_of_all(day_drift(day, looks, ()).readings, sat)
    constants, setup = load_constants(), setup_of(setup_looks.listed(conn, person))
    return tuple(
        (doing, angles_in(constants, doing, shares if doing == "sitting" else {}, setup)) for doing in HELD
    )


def brought_by_state(
    intake: Intake, yesterday: Exposure, exercises: Mapping[str, Exercise], held: Held
) -> tuple[Brought, ...]:
    """Return what yesterday's state brings forward today; nothing where yesterday was not measured."""
    if yesterday.usual:
        return ()
    day = stretches_of(yesterday)
    if not any(stretch.doing in STILL for stretch in day):
        return ()
    from midback.plan.unload import BANDS_OF, by_purpose

    easing = {group: by_purpose(exercises, load_relief(), group) for group in BANDS_OF}
    return from_state(dict(_asked(day, _body(intake), held)), easing)


def in_pain_in(conn: Connection, house: House, person: str) -> bool:
    """Say whether the newest check-in told of pain, or of more of it than usual."""
    told = checkins.latest(conn, person)
    if told is None or house.clock.now() - told.at > PAIN_OF:
        return False
    return told.worse or max(told.pain_now or 0, told.pain_average or 0) >= CAREFUL_FROM


def _body(intake: Intake) -> Body:
    return intake.mass_kg, intake.stature_m, intake.sex, intake.strength


def _morning_s(today: Exposure) -> int:
    """Return the longest stretch so far where it makes a morning heavy, in whole steps; 0 where none does."""
    longest = 0.0 if today.usual else today.longest_still_s
    return int(longest // STEP_S * STEP_S) if longest >= LONG_BOUT_S else 0


def _relief(movements: tuple[tuple[str, str], ...]) -> dict[tuple[str, str], dict[str, float]]:
    from midback.plan.unload import relief_of

    known: Mapping[tuple[str, str], Unload] = load_relief()
    return {movement: relief_of(known[movement]) for movement in movements if movement in known}


@lru_cache(maxsize=64)
def _times(
    usual: tuple[int, int, int], day: tuple[Stretch, ...], body: Body, morning_s: int, held: Held
) -> "Times | None":
    """Ask the model. usual : the default's times ; morning_s : what was sat in one go before, s."""
    from midback.body.day_of_work import line_up, live
    from midback.plan.state_rule import times_of

    efforts = _efforts(body, held)
    state = None
    if morning_s:
        lived = live(line_up([[("sitting", float(morning_s))]]), efforts)
        state = lived.end
    base = replace(USUAL_RULE, after_s=usual[0], length_s=usual[1], hourly_s=usual[2])
    return times_of(base, day, efforts, state=state)


@lru_cache(maxsize=16)
def _asked(day: tuple[Stretch, ...], body: Body, held: Held) -> tuple[tuple[str, float], ...]:
    """Return how far a day used up the readiness of each group at the highest."""
    from midback.body.day_of_work import line_up, live
    from midback.body.tissue import GROUPS

    peak = live(line_up([[(part.doing, part.seconds) for part in day]]), _efforts(body, held)).peak[0]
    return tuple((group, float(peak[g])) for g, group in enumerate(GROUPS))


def _efforts(body: Body, held: Held) -> "Effort":
    from midback.body.subject import make_subject
    from midback.body.usual_efforts import efforts_of

    from .why_postures import working

    mass_kg, stature_m, sex, strength = body
    subject = make_subject(mass_kg, stature_m, {"female": "f", "male": "m"}.get(sex or ""), strength)
    return efforts_of(subject, {doing: working(angles) for doing, angles in held})
