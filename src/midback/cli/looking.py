"""`midback analyse` and `midback record`: their options. In: words typed. Out: a call. Next: analyse, record.

Like ``main``: only the shape stands here, and what does the work is loaded when it is called.
"""

from pathlib import Path
from typing import Annotated

import typer

from .words import _

app = typer.Typer()

Model = Annotated[str, typer.Option(help=_("full, or lite, which is faster and less sure."))]
Fps = Annotated[
    float | None, typer.Option(min=0.2, max=240, help=_("Look at so many pictures a second at most."))
]
Seconds = Annotated[float | None, typer.Option(min=1, help=_("Stop after so many seconds."))]


@app.command(
    help=_(
        "Say what a film, pictures, the camera or a recording shows: counts, holds, posture, what is unclear."
    )
)
def analyse(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            help=_(
                "A film, a picture, a folder of them, a recording, or camera, which is the yes for this run alone."
            ),
        ),
    ],
    exercise: Annotated[
        str | None,
        typer.Option(metavar="ID", help=_("Count this exercise, such as cat-cow or cat-cow:floor.")),
    ] = None,
    side: Annotated[str, typer.Option(help=_("both, left or right."))] = "both",
    sitting: Annotated[bool, typer.Option("--sitting", help=_("Look at how you sit."))] = False,
    calibrate: Annotated[
        Path | None, typer.Option(help=_("Pictures or a film of you sitting upright, to compare with."))
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help=_("Print JSON for programs; see docs/analyse.md for its shape."))
    ] = False,
    trc: Annotated[
        Path | None, typer.Option(help=_("Write the points for OpenSim or Pose2Sim to this .trc file."))
    ] = None,
    annotated: Annotated[
        Path | None, typer.Option(help=_("Write a film with the skeleton drawn in to this .mp4 file."))
    ] = None,
    model: Model = "full",
    fps: Fps = None,
    seconds: Seconds = None,
) -> None:
    from .analyse import Asked, show

    show(
        Asked(
            source=source,
            exercise=exercise,
            side=side,
            sitting=sitting,
            calibrate=calibrate,
            as_json=as_json,
            trc=trc,
            annotated=annotated,
            model=model,
            fps=fps,
            seconds=seconds,
        )
    )


@app.command(help=_("Write where the points of your body were, and no picture, to a file."))
def record(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            help=_("A film, a picture, a folder of them, or camera, which is the yes for this run alone."),
        ),
    ],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help=_("File to write: .json, or .json.gz to pack it."))
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help=_("Keep it with your data; `midback recordings` shows it."))
    ] = False,
    model: Model = "full",
    fps: Fps = None,
    seconds: Seconds = None,
) -> None:
    from .record import make

    make(source, out, keep=keep, model=model, fps=fps, seconds=seconds)
