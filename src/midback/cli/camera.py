"""`midback camera`: allow it at a place, calibrate in 20 s, look once. In: words typed. Out: lines, or JSON.

A video, a picture or a folder of pictures may stand in for the camera (`--from`), so all of it can be tried without.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from .words import _, ngettext

LOOK_S = 6.0

if TYPE_CHECKING:
    from midback.app.calibrating import Taken
    from midback.movement.landmarks import Frame

    from .door import Door

app = typer.Typer(
    no_args_is_help=True,
    help=_(
        "Let the camera notice how you sit: nothing but a few numbers is kept, and nothing leaves this computer."
    ),
)
Place = Annotated[
    str | None,
    typer.Option(help=_("Where you are, such as desk or kitchen; where you were last when left out.")),
]
From = Annotated[
    str | None,
    typer.Option("--from", metavar="FILE", help=_("A video or a folder of pictures in place of the camera.")),
]
Device = Annotated[
    str | None,
    typer.Option(help=_("Which camera: camera, camera:1 or /dev/video0; the last one when left out.")),
]


@app.command(help=_("Allow the camera to look at a place; it says first what it sees and keeps."))
def allow(
    place: Place = None,
    device: Device = None,
    unasked: Annotated[bool, typer.Option("--yes", help=_("Do not ask."))] = False,
) -> None:
    from dataclasses import replace

    from midback.app import camera_places

    from .ask import yes as agreed
    from .camera_words import place_name, terms
    from .door import opened
    from .paper import line

    with opened() as door:
        wishes = camera_places.read_wishes(door.house, door.person)
        name = camera_places.place_named(place or wishes.place)
        for words in terms(wishes.every_min):
            line(words)
        if not unasked and not agreed(_("May the camera look at {place}?").format(place=place_name(name))):
            line(_("Left as it was."))
            return
        camera_places.grant(door.house, door.person, name)
        if device:
            camera_places.save_wishes(door.house, door.person, replace(wishes, place=name, device=device))
        line(_("Allowed at {place}. Next: midback camera calibrate").format(place=place_name(name)))


@app.command(help=_("Take the permission back, at a place or everywhere."))
def revoke(
    place: Place = None,
    everywhere: Annotated[bool, typer.Option("--everywhere", help=_("At every place."))] = False,
) -> None:
    from midback.app import camera_places

    from .door import opened
    from .paper import line

    with opened() as door:
        here = place or camera_places.read_wishes(door.house, door.person).place
        ended = camera_places.revoke(door.house, door.person, None if everywhere else here)
        line(_("The camera may not look any more.") if ended else _("It was not allowed there."))


@app.command(help=_("Sit upright for 20 seconds: that is what later looks are measured by."))
def calibrate(
    slumped: Annotated[
        bool, typer.Option("--slumped", help=_("Show your slump instead, after upright was measured."))
    ] = False,
    place: Place = None,
    source: From = None,
    device: Device = None,
) -> None:
    from midback.app import calibrating

    from .camera_words import place_name
    from .door import opened
    from .paper import line

    with opened() as door:
        where, taken = _seen(door, place, source, device, calibrating.SECONDS)
        keep = calibrating.calibrate_slumped if slumped else calibrating.calibrate
        kept = keep(door.house, door.person, where, taken)
        numbers = kept.calibration.slumped if slumped else kept.calibration.upright
        if numbers is not None:
            line(
                ngettext(
                    "Kept from {n} picture at {place}: ratio {ratio:.2f}, give or take {spread:.2f}.",
                    "Kept from {n} pictures at {place}: ratio {ratio:.2f}, give or take {spread:.2f}.",
                    numbers.samples,
                ).format(
                    n=numbers.samples, place=place_name(where), ratio=numbers.ratio, spread=numbers.spread
                )
            )
        drop = round(100 * kept.calibration.threshold)
        line(
            _(
                "When the height of your ears above your shoulders is more than {percent} % below your own upright, "
                "that will be called slumped."
            ).format(percent=drop)
        )


@app.command(help=_("Look once, for some seconds, and say what it comes to."))
def look(
    place: Place = None,
    source: From = None,
    device: Device = None,
    as_json: Annotated[
        bool, typer.Option("--json", help=_("Print JSON for programs; see docs/cli.md for its shape."))
    ] = False,
) -> None:
    from midback.app import calibrating

    from .camera_words import look_words, rounded
    from .door import opened, print_json
    from .paper import line
    from .shapes import reasons
    from .wording import Speech

    with opened() as door:
        where, taken = _seen(door, place, source, device, LOOK_S, quiet=as_json)
        found = calibrating.look_at(door.house, door.person, where, taken)
        speech = Speech(door.house.catalogue, door.language)
        if as_json:
            numbers = ("ratio", "change", "low", "high", "size")
            print_json(
                {
                    "place": where,
                    "kind": found.kind,
                    **{name: rounded(getattr(found, name)) for name in numbers},
                    "samples": found.samples,
                    "reasons": reasons(speech, found.reasons),
                }
            )
            return
        for words in look_words(found, speech):
            line(words)


@app.command(help=_("Show where the camera may look, and what is kept."))
def state(
    as_json: Annotated[
        bool, typer.Option("--json", help=_("Print JSON for programs; see docs/cli.md for its shape."))
    ] = False,
) -> None:
    from midback.app.camera_state import camera_state

    from .camera_words import place_shape, place_words, watch_words
    from .door import opened, print_json
    from .paper import line

    with opened() as door:
        found = camera_state(door.house, door.person)
        if as_json:
            print_json(
                {
                    "place": found.wishes.place,
                    "watch": found.wishes.watch,
                    "every_min": found.wishes.every_min,
                    "say": found.wishes.say,
                    "device": found.wishes.device,
                    "places": [place_shape(place) for place in found.places],
                    "recordings": len(found.recordings),
                }
            )
            return
        for place in found.places:
            line(place_words(door, place))
        line(watch_words(found.wishes, allowed=any(place.allowed_at for place in found.places)))
        if found.recordings:
            n = len(found.recordings)
            line(
                ngettext(
                    "{n} recording of landmarks is kept.", "{n} recordings of landmarks are kept.", n
                ).format(n=n)
            )


@app.command(help=_("Say whether the camera looks by itself, how often, and whether it may speak up."))
def watch(
    on: Annotated[bool | None, typer.Option("--on/--off", help=_("Look by itself or not."))] = None,
    every: Annotated[int | None, typer.Option(help=_("Minutes between two looks."))] = None,
    say: Annotated[
        bool | None,
        typer.Option("--say/--no-say", help=_("One quiet notice when you sink, without a break being due.")),
    ] = None,
) -> None:
    from dataclasses import replace

    from midback.app import camera_places
    from midback.app.camera_state import camera_state

    from .camera_words import watch_words
    from .door import opened
    from .paper import line

    with opened() as door:
        was = camera_places.read_wishes(door.house, door.person)
        wishes = replace(
            was,
            watch=was.watch if on is None else on,
            every_min=was.every_min if every is None else every,
            say=was.say if say is None else say,
        )
        camera_places.save_wishes(door.house, door.person, wishes)
        places = camera_state(door.house, door.person).places
        line(watch_words(wishes, allowed=any(place.allowed_at for place in places)))


@app.command(help=_("Forget what was calibrated, at a place or everywhere. The permission goes too."))
def forget(
    place: Place = None,
    everywhere: Annotated[bool, typer.Option("--everywhere", help=_("At every place."))] = False,
) -> None:
    from midback.app.camera_places import SESSIONS, known_places, read_wishes
    from midback.app.camera_state import forget_place

    from .door import opened
    from .paper import line

    with opened() as door:
        here = place or read_wishes(door.house, door.person).place
        names = (*known_places(door.house, door.person), SESSIONS) if everywhere else (here,)
        gone = sum(forget_place(door.house, door.person, name) for name in names)
        line(_("Forgotten.") if gone else _("There was nothing to forget."))


def _seen(
    door: "Door",
    place: str | None,
    source: str | None,
    device: str | None,
    seconds: float,
    *,
    quiet: bool = False,
) -> "tuple[str, Taken]":
    """Look for so many seconds with a bar that says how far it is; a real camera needs the place's permission."""
    from rich.progress import BarColumn, Progress, TextColumn

    from midback.app import camera_places
    from midback.app.calibrating import take
    from midback.body.seated import seated_sample
    from midback.errors import NotAllowed
    from midback.share.wording import MESSAGES

    from .camera_words import place_name
    from .paper import paper

    wishes = camera_places.read_wishes(door.house, door.person)
    where = camera_places.place_named(place or wishes.place)
    if source is None and camera_places.permission_for(door.house, door.person, where) is None:
        raise NotAllowed(
            "The camera may not look at {name}.",
            "It looks only where you allowed it.",
            "Run `midback camera allow --place {place}`.",
            values={"place": where, "name": place_name(where)},
        )
    columns = (BarColumn(), TextColumn("{task.fields[left]}"), TextColumn("{task.fields[why]}"))
    with Progress(*columns, console=paper(), transient=True, disable=quiet or not paper().is_terminal) as bar:
        task = bar.add_task("", total=seconds, left="", why="")

        def tell(passed: float, frame: "Frame") -> None:
            miss = seated_sample(frame)
            bar.update(
                task,
                completed=passed,
                left=_("{n} s").format(n=max(0, round(seconds - passed))),
                why=_(MESSAGES[f"seated.{miss}"]) if isinstance(miss, str) else "",
            )

        return where, take(source or device or wishes.device, seconds, tell)
