"""`midback trial`: its commands. In: words typed. Out: a call. Next: trial_analyse.

Like ``main``: only the shape stands here.
"""

from pathlib import Path
from typing import Annotated

import typer

from .words import _

app = typer.Typer(help=_("A trial of four weeks: did it change, and was it the programme?"))


@app.command(help=_("Say what pain diaries show: did it change, and was it the programme? Nothing is kept."))
def analyse(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="DIARIES.csv",
            help=_(
                "A table with the columns person, date, pain, phase, and programme_on where weeks were drawn by "
                "chance; - reads standard input."
            ),
            allow_dash=True,
        ),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help=_("One JSON object a line for each person; see docs/trial.md."))
    ] = False,
) -> None:
    from .trial_analyse import show

    show(file, as_json)
