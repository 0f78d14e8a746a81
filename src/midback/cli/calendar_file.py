"""`midback calendar`: the plan and the appointments as an .ics file. In: app.calendar_out. Out: the file."""

import sys
from pathlib import Path

from midback.app.calendar_out import calendar_text, write_calendar_file

from .door import opened
from .paper import line
from .words import _


def write(out: Path | None, weeks: int, full: bool | None) -> None:
    """Write the calendar to a file or to standard output."""
    with opened() as door:
        if out is None or str(out) == "-":
            text = calendar_text(door.house, door.person, language=door.language, weeks=weeks, full=full)
            # Its line ends are part of the format.
            sys.stdout.buffer.write(text.encode())
            sys.stdout.buffer.flush()
            return
        target = write_calendar_file(
            door.house, door.person, out, language=door.language, weeks=weeks, full=full
        )
    line(_("Written: {file}").format(file=target))
    line(
        _("Read it again after the plan changed: what is in your calendar already is brought up to date."),
        dim=True,
    )
