"""Five years of daily use, put through the store. In: an empty data folder. Out: a full database.

Each day has hours entered, a check-in, a plan with its decisions, and two sessions with their full logs.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from midback.app.demo import invented_intake
from midback.app.house import House, open_house
from midback.app.intake import save_intake
from midback.app.people import DEFAULT_PERSON
from midback.app.planning import PlanView, current_plan
from midback.app.screening import answer_screen
from midback.body.exposure import Activity, Bout
from midback.plan.answers import CheckIn
from midback.plan.performance import Performance, SideDone
from midback.settings import Settings
from midback.store import bouts, checkins, plans, sessions
from midback.store.events import KeptEvent
from midback.store.sessions import KeptSession

DAYS = 5 * 365 + 1
EVENTS_A_SESSION = 40
HOURS: tuple[tuple[float, float, Activity], ...] = (
    (7.5, 8.0, "driving"),
    (8.0, 9.6, "sitting"),
    (9.6, 9.7, "moving"),
    (9.7, 11.4, "sitting"),
    (11.4, 11.6, "standing"),
    (11.6, 12.3, "sitting"),
    (12.3, 13.0, "moving"),
    (13.0, 15.0, "sitting"),
    (15.0, 15.1, "moving"),
    (15.1, 17.0, "sitting"),
    (17.0, 17.5, "driving"),
    (19.0, 21.5, "sitting"),
)


def live_five_years(data_dir: Path) -> House:
    """Fill a data folder with five years and today's screen and plan; return its house."""
    chance = random.Random(5)  # noqa: S311 - invented days, the same ones every time
    house = open_house(Settings(data_dir=data_dir, timezone="UTC"))
    save_intake(house, DEFAULT_PERSON, invented_intake(house))
    answer_screen(house, DEFAULT_PERSON, frozenset())
    view = current_plan(house, DEFAULT_PERSON)
    first = datetime.combine(house.clock.now().date() - timedelta(days=DAYS), time(), UTC)
    midnights = [first + timedelta(days=number) for number in range(DAYS)]
    with house.engine.begin() as conn:
        bouts.fill(conn, DEFAULT_PERSON, [bout for day in midnights for bout in _hours(day)])
        for day in midnights:
            pain = chance.randint(1, 6)
            at = day + timedelta(hours=18)
            checkins.add(
                conn, DEFAULT_PERSON, CheckIn(at=at, pain_now=pain, pain_average=pain, pain_worst=pain + 1)
            )
            _keep_plan(conn, view, day)
            for hour in (7, 20):
                _keep_session(conn, view, day + timedelta(hours=hour), pain)
    # The plan of today was kept before the old ones: make it the newest again.
    with house.engine.begin() as conn:
        plans.save(conn, DEFAULT_PERSON, view.plan, view.decisions, (), house.clock.now())
    return house


def _hours(midnight: datetime) -> Iterator[Bout]:
    for start, end, activity in HOURS:
        yield Bout(
            start=midnight + timedelta(hours=start), end=midnight + timedelta(hours=end), activity=activity
        )


def _keep_plan(conn, view: PlanView, day: datetime) -> None:
    shift = day.date() - view.plan.start
    items = tuple(replace(item, day=item.day + shift) for item in view.plan.items)
    plan = replace(view.plan, start=day.date(), items=items)
    plans.save(conn, DEFAULT_PERSON, plan, view.decisions, (), day + timedelta(hours=6))


def _keep_session(conn, view: PlanView, at: datetime, pain: int) -> None:
    session_id = f"{at:%Y%m%d%H}"
    items = view.plan.on(view.plan.start)[:4]
    done = [
        Performance(
            exercise_id=item.exercise_id,
            variant_id=item.variant_id,
            level=item.level,
            range_scale=item.range_scale,
            dose=item.dose,
            at=at + timedelta(minutes=2 * number),
            sides=tuple(SideDone(side=s, planned_s=60, done_s=60) for s in item.sides),
            session_id=session_id,
            pain_before=pain,
            pain_during=pain,
            pain_after=pain,
            effort="ok",
        )
        for number, item in enumerate(items)
    ]
    log = [
        KeptEvent(
            seq=number,
            event_id=f"{session_id}-{number}",
            at=at + timedelta(seconds=10 * number),
            until=at + timedelta(seconds=10 * number),
            kind="pause" if number % 2 else "resume",
            data={},
        )
        for number in range(1, EVENTS_A_SESSION + 1)
    ]
    kept = KeptSession(id=session_id, created_at=at, script={}, finished_at=at + timedelta(minutes=8))
    sessions.fill(conn, DEFAULT_PERSON, kept, log, done)
