"""`midback log`: say what you did and how it feels. In: words typed. Next: app through ``logging``."""

from typing import Annotated

import typer

from .words import _

app = typer.Typer(
    no_args_is_help=True,
    help=_("Say what you did and how it feels. Such as: midback log sitting 9:00 11:30, midback log pain 4."),
)

Since = Annotated[str | None, typer.Argument(metavar="[FROM]", help=_("Since when, as 9:00."))]
Until = Annotated[
    str | None, typer.Argument(metavar="[TO]", help=_("Until when, as 11:30; now when left out."))
]
Day = Annotated[str | None, typer.Option("--day", help=_("Which day, as 2026-03-31; today when left out."))]
Rating = Annotated[int | None, typer.Option(min=0, max=10, help=_("0 to 10."))]


def _bout(activity: str, since: str | None, until: str | None, day: str | None) -> None:
    from .logging import log_bout

    log_bout(activity, since, until, day)


@app.command(help=_("You were sitting."))
def sitting(since: Since = None, until: Until = None, day: Day = None) -> None:
    _bout("sitting", since, until, day)


@app.command(help=_("You were standing still."))
def standing(since: Since = None, until: Until = None, day: Day = None) -> None:
    _bout("standing", since, until, day)


@app.command(help=_("You were driving."))
def driving(since: Since = None, until: Until = None, day: Day = None) -> None:
    _bout("driving", since, until, day)


@app.command(help=_("You were on the move."))
def moving(since: Since = None, until: Until = None, day: Day = None) -> None:
    _bout("moving", since, until, day)


@app.command(help=_("You were away, lying down or asleep."))
def away(since: Since = None, until: Until = None, day: Day = None) -> None:
    _bout("away", since, until, day)


@app.command(help=_("How much it hurts: 0 is none, 10 is the worst you can imagine."))
def pain(
    now: Annotated[int, typer.Argument(min=0, max=10, metavar="NOW", help=_("Pain now, 0 to 10."))],
    average: Annotated[
        int | None, typer.Option(min=0, max=10, help=_("On average in the last 24 hours."))
    ] = None,
    worst: Annotated[
        int | None, typer.Option(min=0, max=10, help=_("At its worst in the last 24 hours."))
    ] = None,
    symptom: Annotated[list[str] | None, typer.Option(help=_("A symptom by its id; may repeat."))] = None,
    region: Annotated[
        list[str] | None, typer.Option(help=_("Where it hurts, by its id; may repeat."))
    ] = None,
    worse: Annotated[bool, typer.Option("--worse", help=_("Clearly worse than usual, or new."))] = False,
    note: Annotated[str, typer.Option(help=_("A note."))] = "",
) -> None:
    from .logging import log_pain

    log_pain(now, average, worst, symptom or [], region or [], worse, note)


@app.command(help=_("You did an exercise without being guided."))
def exercise(
    exercise_id: Annotated[str, typer.Argument(metavar="ID", help=_("The id of one exercise."))],
    minutes: Annotated[float, typer.Argument(min=0, max=600, help=_("For how many minutes."))],
    variant: Annotated[str | None, typer.Option(help=_("Which way of doing it."))] = None,
) -> None:
    from .logging import log_done

    log_done(exercise_id, minutes, variant)


@app.command(help=_("A massage or another visit, done or booked."))
def visit(
    day: Day = None,
    minutes: Annotated[int, typer.Option(min=0, max=480, help=_("How long it took."))] = 60,
    cost: Annotated[float, typer.Option(min=0, help=_("What it cost."))] = 0.0,
    currency: Annotated[str, typer.Option(help=_("In which currency."))] = "EUR",
    worked_on: Annotated[
        str, typer.Option(help=_("What was worked on, by commas: release, stretching."))
    ] = "",
    pain_before: Rating = None,
    pain_after: Rating = None,
    at: Annotated[str | None, typer.Option("--at", help=_("When it begins, as 17:30."))] = None,
    place: Annotated[str, typer.Option(help=_("Where, and with whom."))] = "",
    profession: Annotated[
        str, typer.Option(help=_("A kind of professional by its id: doctor, physiotherapist, ..."))
    ] = "",
    booked: Annotated[bool, typer.Option("--booked", help=_("Not been yet: it is booked."))] = False,
    note: Annotated[str, typer.Option(help=_("A note."))] = "",
) -> None:
    from .logging import log_visit

    log_visit(
        day, minutes, cost, currency, worked_on, pain_before, pain_after, booked, note, at, place, profession
    )
