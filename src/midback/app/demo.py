"""A separate, plainly labelled database with four weeks of invented data. Next: `midback demo`.

The weeks are lived through the same use cases as real ones, under a clock that is set day by day, so what the
demo shows is what the program does. Nothing of it touches the person's own data.
"""

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from midback import locale
from midback.body.exposure import usual_bouts
from midback.errors import Conflict, MidbackError
from midback.plan.answers import CheckIn, Habit, Intake, Massage, UsualBout
from midback.plan.performance import Performance, SideDone
from midback.settings import Settings
from midback.store import intakes, said
from midback.store.care import Visit
from midback.store.people import DEFAULT_PERSON
from midback.store.said import KeptHold, KeptSaid

from .by_hand import keep_performance
from .care import add_visit
from .checkins import add_checkin
from .clock import Clock, SetClock, SystemClock, at_minute, today_of
from .demo_sensing import EVENING, sensed_day
from .evidence import take_in_within
from .house import House, open_house
from .intake import read_intake, save_intake
from .pauses import start_pause
from .planning import current_plan
from .screening import answer_screen, screen_due

MARK = "THIS-IS-A-DEMO.txt"
DAYS = 28
INVENTED = (
    "Everything in this folder is invented to show midback. It belongs to nobody; delete it at any time.\n"
)


def demo_settings(settings: Settings) -> Settings:
    """Return the same settings on a folder of the demo's own, beside the person's."""
    folder = settings.data_dir.parent / f"{settings.data_dir.name}-demo"
    return settings.model_copy(update={"data_dir": folder, "database_url": None})


def is_demo(data_dir: Path) -> bool:
    """Say whether a data folder holds invented data."""
    return (data_dir / MARK).exists()


def build_demo(
    settings: Settings,
    clock: Clock | None = None,
    progress: Callable[[int, int], None] = lambda done, all_: None,
) -> House:
    """Throw the old demo away, live four invented weeks that end now, and return the demo's house.

    progress : called with (days lived, days in all)

    Raises
    ------
    Conflict : the folder holds data that is not marked as a demo; nothing is touched.
    """
    ours = demo_settings(settings)
    folder = ours.data_dir
    if folder.exists() and any(folder.iterdir()) and not is_demo(folder):
        raise Conflict(
            "{folder} holds something that is not a demo.",
            "The demo only replaces a folder that it made itself.",
            "Move {folder} away and start the demo again.",
            values={"folder": folder},
        )
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True, mode=0o700)
    (folder / MARK).write_text(INVENTED, encoding="utf-8")
    real = clock or SystemClock(settings.timezone)
    chance = random.Random(20260302)  # noqa: S311 - invented days, the same ones every time
    pains = tuple(_pain(number, chance) for number in range(DAYS + 1))
    lived = SetClock(real.now() - timedelta(days=DAYS), real.zone)
    house = open_house(ours, lived)
    first = today_of(lived)
    for number in range(DAYS):
        _live(
            house, lived, at_minute(lived, first + timedelta(days=number), 0), number, pains[number], chance
        )
        progress(number + 1, DAYS)
    _live_this_morning(house, lived, real.now(), pains[-1], chance)
    house.engine.dispose()
    return open_house(ours, clock)


def _live_this_morning(
    house: House, clock: SetClock, now: datetime, pain: int, chance: random.Random
) -> None:
    """Live today up to now, so that the demo opens on a day that has begun and is not over."""
    clock.at = now
    if screen_due(house, DEFAULT_PERSON).due:
        answer_screen(house, DEFAULT_PERSON, frozenset())
    midnight = at_minute(clock, today_of(clock), 0)
    minute = int((now - midnight).total_seconds() // 60)
    _do_sessions(house, clock, midnight, pain, chance, until=minute - 30)
    clock.at = now
    _sense(house, clock, midnight, DAYS, chance)


def _live(
    house: House, clock: SetClock, midnight: datetime, number: int, pain: int, chance: random.Random
) -> None:
    """Live one invented day: screen when due, check-in, the day's hours, and most of what was planned."""

    def at(minute: int) -> None:
        clock.at = midnight + timedelta(minutes=minute)

    at(7 * 60)
    if screen_due(house, DEFAULT_PERSON).due:
        answer_screen(house, DEFAULT_PERSON, frozenset())
    if number == 0:
        save_intake(house, DEFAULT_PERSON, invented_intake(house))
    if number == 12:
        start_pause(house, DEFAULT_PERSON, "travel", end=(clock.at + timedelta(days=1)).date())
    if number in (12, 13):
        return
    at(7 * 60 + 20)
    if chance.random() < 0.9:
        psfs = (
            {name: min(10, 4 + number // 6 + i) for i, name in enumerate(_activities(house))}
            if number % 7 == 0
            else {}
        )
        checkin = CheckIn(
            at=clock.at,
            pain_now=pain,
            pain_average=pain,
            pain_worst=min(10, pain + 2),
            symptoms=frozenset({"stiffness", "tension"} if pain > 3 else {"stiffness"}),
            regions=frozenset({"mid-back"}),
            psfs=psfs,
        )
        add_checkin(house, DEFAULT_PERSON, checkin)
    _do_sessions(house, clock, midnight, pain, chance, until=1440)
    if number in (5, 19):
        at(18 * 60)
        visit = Visit(
            day=today_of(clock),
            minutes=50,
            cost=60,
            currency="EUR",
            worked_on=("release", "mid-back"),
            pain_before=4,
            pain_after=2,
        )
        add_visit(house, DEFAULT_PERSON, visit)
    at(22 * 60 + 40)
    _sense(house, clock, midnight, number, chance)


def _do_sessions(
    house: House, clock: SetClock, midnight: datetime, pain: int, chance: random.Random, until: int
) -> None:
    try:
        items = current_plan(house, DEFAULT_PERSON).plan.on(today_of(clock))
    except MidbackError:
        return
    for item in items:
        care = house.catalogue.exercise(item.exercise_id).family == "care"
        if care or item.minute > until or chance.random() > 0.8:
            continue
        clock.at = midnight + timedelta(minutes=item.minute)
        planned = float(item.dose.seconds * item.dose.sets)
        done = planned if chance.random() < 0.95 else planned * chance.uniform(0.4, 0.9)
        performance = Performance(
            exercise_id=item.exercise_id,
            variant_id=item.variant_id,
            level=item.level,
            range_scale=item.range_scale,
            dose=item.dose,
            at=clock.at,
            sides=tuple(SideDone(side=side, planned_s=planned, done_s=done) for side in item.sides),
            prescription_id=item.id,
            pain_before=pain,
            pain_after=max(0, pain - chance.choice((0, 0, 1))),
            effort="ok" if chance.random() < 0.92 else "hard",
        )
        with house.engine.begin() as conn:
            keep_performance(conn, DEFAULT_PERSON, performance)


def _sense(house: House, clock: SetClock, midnight: datetime, number: int, chance: random.Random) -> None:
    """Let the day's hours be sensed up to now, a little otherwise every day, with more breaks as the weeks go on."""
    intake = read_intake(house, DEFAULT_PERSON)
    if intake is None:
        return
    hours = usual_bouts(intake, today_of(clock), clock.zone)
    day = sensed_day(hours, number // 7, chance, midnight + timedelta(hours=EVENING))
    now = clock.now()
    told = [
        replace(one, until=min(one.until, now)) if one.until else one for one in day.evidence if one.at < now
    ]
    with house.engine.begin() as conn:
        take_in_within(conn, DEFAULT_PERSON, told)
        said.keep(conn, DEFAULT_PERSON, (row for row in day.rows if _at(row) < now))


def _at(row: KeptSaid | KeptHold) -> datetime:
    return row.end if isinstance(row, KeptHold) else row.at


def _pain(number: int, chance: random.Random) -> int:
    """Invented average pain: about 5 at first, about 3 in the end, with a worse day now and then."""
    return max(1, min(8, round(5.2 - 2.4 * number / DAYS + chance.choice((0, 0, 0, 0, 0, 0, -0.4, 0.8)))))


def _activities(house: House) -> tuple[str, ...]:
    with house.engine.connect() as conn:
        kept = intakes.latest(conn, DEFAULT_PERSON)
    return kept.activities if kept else ()


def invented_intake(house: House) -> Intake:
    """Return the invented person's answers; what they wrote themselves is in the program's language."""
    _ = locale.translations(locale.chosen(house.settings.language)).gettext
    return Intake(
        birth_year=1984,
        country="DE",
        years_in_job=6,
        symptoms=frozenset({"stiffness", "tension", "crunchy"}),
        tried={"heat": "helped", "ice": "no-change", "stretches": "helped"},
        sitting_h=8,
        driving_h=1,
        usual_day=(
            UsualBout(start=450, end=480, activity="driving"),
            UsualBout(start=480, end=600, activity="sitting"),
            UsualBout(start=600, end=615, activity="moving"),
            UsualBout(start=615, end=735, activity="sitting"),
            UsualBout(start=735, end=780, activity="moving"),
            UsualBout(start=780, end=900, activity="sitting"),
            UsualBout(start=900, end=910, activity="standing"),
            UsualBout(start=910, end=1020, activity="sitting"),
            UsualBout(start=1020, end=1050, activity="driving"),
            UsualBout(start=1140, end=1290, activity="sitting"),
        ),
        places=frozenset({"desk", "home-floor", "bed"}),
        gear=frozenset({"ball", "towel", "resistance-band", "mat"}),
        habits=(
            Habit(id="teeth-morning", label=_("after brushing teeth in the morning"), minute=435),
            Habit(id="lunch", label=_("after lunch"), minute=735),
            Habit(id="evening-show", label=_("while the evening show runs"), minute=1215),
            Habit(id="bed", label=_("before sleep"), minute=1335),
        ),
        daily_minutes=20,
        massage=Massage(wanted=True, monthly_budget=70, currency="EUR", per_month=1),
        activities=(_("Working at the desk for two hours"), _("Driving for an hour"), _("Carrying shopping")),
        mass_kg=68,
        stature_m=1.72,
        sex="female",
    )
