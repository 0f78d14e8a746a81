"""`midback drive`: "I am driving now", "I arrived", and the stops of a long drive. In: words typed. Out: lines."""

from typing import TYPE_CHECKING, Annotated

import typer

from .words import _

if TYPE_CHECKING:
    from datetime import datetime

    from .door import Door

app = typer.Typer(
    no_args_is_help=True,
    help=_("Say when you drive, and plan the stops of a long drive. Nothing is asked of you at the wheel."),
)


@app.command(help=_("You set off now."))
def start() -> None:
    from midback.app.clock import local
    from midback.app.driving import drive_now

    from .door import opened
    from .paper import line

    with opened() as door:
        since = local(door.house.clock, drive_now(door.house, door.person)).strftime("%H:%M")
        line(_("Driving since {time}. Say when you arrive: midback drive arrived").format(time=since))


@app.command(help=_("You arrived, now or at a time."))
def arrived(
    at: Annotated[
        str | None, typer.Argument(metavar="[AT]", help=_("When, as 17:45; now when left out."))
    ] = None,
) -> None:
    from midback.app import driving

    from .door import opened
    from .paper import line
    from .wording import Speech, minutes_words

    with opened() as door:
        going = driving.driving_since(door.house, door.person)
        done = driving.arrived(door.house, door.person, _when(door, at) if at and going else None)
        if done.bout is None:
            line(_("That was less than a minute: nothing is kept."))
            return
        length = minutes_words((done.bout.end - done.bout.start).total_seconds() / 60)
        line(_("Kept: {length} at the wheel.").format(length=length))
        if done.movement:
            title = Speech(door.house.catalogue, door.language).title(done.movement[0])
            line(
                _("Good now: {exercise}. midback session --only {id}").format(
                    exercise=title, id=done.movement[0]
                )
            )


@app.command(help=_("You did not drive: take it back."))
def cancel() -> None:
    from midback.app.driving import not_driving

    from .door import opened
    from .paper import line

    with opened() as door:
        not_driving(door.house, door.person)
        line(_("Taken back: no drive is kept."))


@app.command(help=_("Plan the stops of a drive, by how long it is."))
def plan(
    length: Annotated[
        str,
        typer.Argument(
            help=_(
                "How long you are at the wheel: 4:30 is four and a half hours, 270 the same in minutes. "
                "A length, not a time of day; when you set off is --leave."
            )
        ),
    ],
    leave: Annotated[
        str | None, typer.Option(help=_("When you set off, as 8:00; now when left out."))
    ] = None,
    law: Annotated[
        str | None,
        typer.Option(help=_("Whose law for professional drivers: eu, us or other; your country's else.")),
    ] = None,
) -> None:
    from midback.app.clock import local, minute_of, today_of
    from midback.app.driving import plan_drive
    from midback.errors import InputError

    from .door import instant_of, opened
    from .paper import line, table
    from .wording import Speech, minutes_words

    with opened() as door:
        house = door.house
        at = minute_of(local(house.clock, instant_of(door, today_of(house.clock), leave))) if leave else None
        if law not in (None, "eu", "us", "other"):
            raise InputError("There is no law called {law!r}.", "Known: eu, us, other.", values={"law": law})
        planned = plan_drive(house, door.person, _minutes(length), at, law)  # type: ignore[arg-type]  # checked
        speech = Speech(house.catalogue, door.language)
        rows = [
            (
                _clock(stop.minute),
                minutes_words(stop.driven_min),
                minutes_words(stop.length_min),
                speech.title(movement[0]) if movement else "",
                " ".join(speech.reason(reason) for reason in stop.because),
            )
            for stop, movement in zip(planned.stops.stops, planned.movements, strict=True)
        ]
        if rows:
            table((_("at"), _("driven"), _("stop"), _("move"), _("why")), rows)
        line(_("You arrive about {time}.").format(time=_clock(planned.stops.arrive)))
        for reason in planned.stops.reasons:
            line(speech.reason(reason), dim=True)


def _minutes(text: str) -> int:
    """Read a length as 4:30 or as minutes."""
    from midback.errors import InputError

    hours, colon, minutes = text.partition(":")
    if hours.isdecimal() and (minutes.isdecimal() if colon else True) and len(text) <= 6:
        return int(hours) * 60 + int(minutes) if colon else int(hours)
    raise InputError(
        "{text!r} is not a length.", "Lengths look like 4:30, or 270 in minutes.", values={"text": text}
    )


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def _when(door: "Door", text: str) -> "datetime":
    """Return the last time that a clock showed this time of day."""
    from datetime import timedelta

    from midback.app.clock import today_of

    from .door import instant_of

    at = instant_of(door, today_of(door.house.clock), text)
    yesterday = instant_of(door, today_of(door.house.clock) - timedelta(days=1), text)
    return at if at <= door.house.clock.now() else yesterday
