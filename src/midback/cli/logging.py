"""What `midback log` does. In: words typed. Out: bouts, check-ins, visits kept, and a line that says so."""

from datetime import timedelta

from midback.app.by_hand import log_exercise
from midback.app.care import Visit, add_visit
from midback.app.checkins import add_checkin
from midback.app.clock import local, minute_of
from midback.app.drift import drift_of, numbers_of
from midback.app.exposures import DayExposure, add_bout, start_now
from midback.plan.answers import CheckIn

from .door import Door, day_of, instant_of, opened
from .paper import line
from .wording import Speech, activity_words, minutes_words
from .words import _

MASSAGE_BY = "massage-therapist"


def log_bout(activity: str, since: str | None, until: str | None, day_text: str | None) -> None:
    """Keep a stretch of the day; without times, from the end of the last one until now."""
    with opened() as door:
        if since is None:
            shown = start_now(door.house, door.person, activity)
        else:
            day = day_of(door, day_text)
            start = instant_of(door, day, since)
            end = instant_of(door, day, until) if until is not None else door.house.clock.now()
            if until is not None and end < start:
                # 22:00 to 2:00 runs past midnight, where that has been; else it is a slip that the use case names.
                next_day = instant_of(door, day + timedelta(days=1), until)
                end = next_day if next_day <= door.house.clock.now() else end
            shown = add_bout(door.house, door.person, activity, start, end)
        _say_day(door, shown)


def _say_day(door: Door, shown: DayExposure) -> None:
    for bout in shown.bouts:
        start, end = (local(door.house.clock, at).strftime("%H:%M") for at in (bout.start, bout.end))
        line(f"{start}-{end}  {activity_words(bout.activity)}")
    longest = minutes_words(shown.exposure.longest_still_s / 60)
    line(_("Longest without moving: {length}").format(length=longest))
    sat = numbers_of(drift_of(door.house, door.person, shown))
    if sat.middle is not None:
        change = f"{100 * sat.middle:+.0f} %"
        line(_("Against your own upright, by the camera: {change}").format(change=change))


def log_pain(
    now: int,
    average: int | None,
    worst: int | None,
    symptoms: list[str],
    regions: list[str],
    worse: bool,
    note: str,
) -> None:
    """Keep a check-in; it also answers the question of the day after, when that one waits."""
    with opened() as door:
        kept = add_checkin(
            door.house,
            door.person,
            CheckIn(
                at=door.house.clock.now(),
                pain_now=now,
                pain_average=average,
                pain_worst=worst,
                symptoms=frozenset(symptoms),
                regions=frozenset(regions),
                worse=worse,
                note=note,
            ),
        )
        if kept.kind == "next-day":
            line(_("Kept, as the answer about the day after your session: {pain} of 10.").format(pain=now))
        else:
            line(_("Kept: {pain} of 10.").format(pain=now))
        if worse:
            line(_("The questions about warning signs come again before the next exercise: midback screen"))


def log_done(exercise_id: str, minutes: float, variant: str | None) -> None:
    """Keep an exercise that was done without being guided."""
    with opened() as door:
        log_exercise(door.house, door.person, exercise_id, minutes, variant)
        speech = Speech(door.house.catalogue, door.language)
        length = minutes_words(minutes)
        line(_("Kept: {exercise}, {length}.").format(exercise=speech.title(exercise_id), length=length))


def log_visit(
    day_text: str | None,
    minutes: float,
    cost: float,
    currency: str,
    worked_on: str,
    pain_before: int | None,
    pain_after: int | None,
    booked: bool,
    note: str,
    at: str | None = None,
    place: str = "",
    profession: str = "",
) -> None:
    """Keep a visit, done or booked."""
    with opened() as door:
        day = day_of(door, day_text)
        visit = add_visit(
            door.house,
            door.person,
            Visit(
                day=day,
                kind="massage" if profession in ("", MASSAGE_BY) else "professional",
                profession=profession,
                minute=None if at is None else minute_of(local(door.house.clock, instant_of(door, day, at))),
                place=place,
                done=not booked,
                minutes=minutes,
                cost=cost,
                currency=currency.upper(),
                worked_on=tuple(part.strip() for part in worked_on.split(",") if part.strip()),
                pain_before=pain_before,
                pain_after=pain_after,
                note=note,
            ),
        )
        said = Speech(door.house.catalogue, door.language).day(visit.day)
        line(
            _("Booked for {day}.").format(day=said)
            if booked
            else _("Kept: a visit on {day}.").format(day=said)
        )
