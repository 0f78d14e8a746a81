"""`midback why`: its options. In: words typed. Out: a call. Next: why_posture, why_day.

Like ``main``: only the shape stands here. Numbers come as text, so that one with a unit, or in feet, is refused in
the same words everywhere.
"""

from typing import Annotated

import typer

from .words import _

app = typer.Typer()

# Degrees that an angle may have, as body.working_posture has them; a test holds these to those.
HEAD, TRUNK, UPPER, ARMS, ELBOW = "-60..90°", "-45..90°", "-30..45°", "-45..180°", "-10..160°"
SHARE = "0..1"


@app.command(
    help=_(
        "Show what holding a posture takes, in numbers, or what a day was like. Without options: you, in the "
        "posture you have now or last had today."
    )
)
def why(
    head_flexion: Annotated[
        str | None,
        typer.Option(metavar=HEAD, help=_("Head and neck forward from upright; 45 is usual at a phone.")),
    ] = None,
    trunk_flexion: Annotated[
        str | None, typer.Option(metavar=TRUNK, help=_("Trunk forward from upright; below 0 it leans back."))
    ] = None,
    thoracic_flexion: Annotated[
        str | None, typer.Option(metavar=UPPER, help=_("Upper back rounded beyond your own upright."))
    ] = None,
    arms_forward: Annotated[
        str | None, typer.Option(metavar=ARMS, help=_("Upper arms forward from hanging."))
    ] = None,
    elbow: Annotated[str | None, typer.Option(metavar=ELBOW, help=_("Elbows bent; 0 is straight."))] = None,
    arm_support: Annotated[
        str | None, typer.Option(metavar=SHARE, help=_("How much of the arms rests on something."))
    ] = None,
    back_rest: Annotated[
        str | None,
        typer.Option(
            metavar=SHARE,
            help=_("How much a back rest takes of the weight that leans back; upright, none does."),
        ),
    ] = None,
    mass: Annotated[
        str | None, typer.Option(metavar="KG", help=_("Mass; yours from the intake when left out."))
    ] = None,
    stature: Annotated[
        str | None, typer.Option(metavar="M", help=_("Height in metres, as 1.75; yours when left out."))
    ] = None,
    sex: Annotated[
        str | None, typer.Option(metavar="f|m", help=_("Neck strength was measured in women and men apart."))
    ] = None,
    strength: Annotated[
        str | None,
        typer.Option(
            metavar="low|average|high", help=_("How strong neck and back are, against most people.")
        ),
    ] = None,
    day: Annotated[
        str | None,
        typer.Option(metavar="DATE", help=_("A day over its hours: today, yesterday or 2026-03-31.")),
    ] = None,
    sources: Annotated[bool, typer.Option("--sources", help=_("Name where the numbers come from."))] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help=_("Print JSON for programs; see docs/cli.md for its shape."))
    ] = False,
) -> None:
    from .why_asked import Asked, show

    angles = {
        "head_flexion": head_flexion,
        "trunk_flexion": trunk_flexion,
        "thoracic_flexion": thoracic_flexion,
        "arms_forward": arms_forward,
        "elbow": elbow,
        "arm_support": arm_support,
        "back_rest": back_rest,
    }
    person = {"mass": mass, "stature": stature, "sex": sex, "strength": strength}
    show(
        Asked(
            angles={name: text for name, text in angles.items() if text is not None},
            person={name: text for name, text in person.items() if text is not None},
            day=day,
            sources=sources,
            as_json=as_json,
        )
    )
