"""`midback replay LOG`: what a log of evidence says. In: app.replaying. Out: tables, or JSON. No database."""

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import BinaryIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from midback.app.clock import SystemClock
from midback.app.replaying import Replayed, replay_log
from midback.catalogue.load import load_catalogue
from midback.errors import InputError
from midback.plan.interruptions import hold_reason

from .door import print_json
from .paper import heading, line, table
from .shapes import Shape
from .wording import Speech, activity_words, minutes_words
from .words import _, language, ngettext

# A log this large takes long enough that one wants to see how far it is.
LARGE = 2_000_000
# As many rows as one reads; the others are in the JSON.
MOST_ROWS = 100


def show(path: Path, timezone: str | None, as_json: bool) -> None:
    """Print what a log says: bouts, minutes, prompts, what held them, and the lines of no use."""
    zone = SystemClock(timezone).zone or UTC
    speech = Speech(load_catalogue(), language())
    with _opened(path) as stream, _progress(stream) as tell:
        found = replay_log(stream, zone=zone, progress=tell)
    if as_json:
        print_json(shape(speech, found, zone))
    else:
        _print(speech, found, zone)


def shape(speech: Speech, found: Replayed, zone: tzinfo) -> Shape:
    """Shape a replay as docs/sensing.md publishes it."""

    def iso(at: datetime) -> str:
        return at.astimezone(zone).isoformat().replace("+00:00", "Z")

    said = found.replay
    shaped: Shape = {
        "bouts": [
            {
                "start": iso(bout.start),
                "end": iso(bout.end),
                "activity": bout.activity,
                "confidence": round(bout.confidence, 3),
                "evidence": list(bout.evidence),
            }
            for bout in said.bouts
        ],
        "minutes": {activity: round(minutes, 2) for activity, minutes in said.minutes.items()},
        "prompts": [
            {
                "at": iso(prompt.at),
                "movement": prompt.movement[0],
                "because": " ".join(speech.reason(reason) for reason in prompt.because),
            }
            for prompt in said.prompts
        ],
        "held": [
            {"from": iso(held.start), "until": iso(held.end), "because": ", ".join(held.holds)}
            for held in said.held
        ],
        "refused": [{"line": number, "why": _why(error)} for number, error in found.refused],
    }
    if found.refused_more:
        shaped["refused_more"] = found.refused_more
    return shaped


def _print(speech: Speech, found: Replayed, zone: tzinfo) -> None:
    said = found.replay

    def at(instant: datetime) -> str:
        return f"{instant.astimezone(zone):%Y-%m-%d %H:%M}"

    heading(_("In all"))
    for activity, minutes in said.minutes.items():
        if minutes:
            line(f"{activity_words(activity)}: {minutes_words(minutes)}", indent=2)
    heading(_("What the body did"))
    _rows(
        (_("from"), _("until"), _("what"), _("sure"), _("by")),
        [
            (
                at(bout.start),
                at(bout.end),
                activity_words(bout.activity),
                f"{bout.confidence:.0%}",
                ", ".join(bout.evidence),
            )
            for bout in said.bouts
        ],
    )
    heading(_("When midback would have spoken"))
    _rows(
        (_("at"), _("what"), _("why")),
        [
            (
                at(prompt.at),
                speech.title(prompt.movement[0]),
                " ".join(speech.reason(reason) for reason in prompt.because),
            )
            for prompt in said.prompts
        ],
    )
    heading(_("When it held back"))
    _rows(
        (_("from"), _("until"), _("why")),
        [
            (at(held.start), at(held.end), " ".join(speech.reason(hold_reason(hold)) for hold in held.holds))
            for held in said.held
        ],
    )
    if found.refused:
        heading(_("Lines of no use"))
        _rows((_("line"), _("why")), [(str(number), _why(error)) for number, error in found.refused])
        if found.refused_more:
            line(_("And {n} more.").format(n=found.refused_more))


def _rows(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    if not rows:
        line(_("Nothing."), indent=2)
        return
    table(columns, rows[:MOST_ROWS])
    more = len(rows) - MOST_ROWS
    if more > 0:
        words = ngettext("{n} more; --json shows it.", "{n} more; --json shows them all.", more)
        line(words.format(n=more), dim=True)


def _why(error: InputError) -> str:
    return " ".join(part for part in error.said(_) if part)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    if str(path) == "-":
        if sys.stdin is None:  # it was closed before midback began
            raise InputError(
                "{path} cannot be read: {fault}.",
                "",
                "Check the path.",
                values={"path": path, "fault": os.strerror(errno.EBADF)},
            )
        yield sys.stdin.buffer
        return
    try:
        with path.open("rb") as stream:
            yield stream
    except OSError as exc:
        raise InputError(
            "{path} cannot be read: {fault}.",
            "",
            "Check the path.",
            values={"path": path, "fault": exc.strerror or exc},
        ) from exc


@contextmanager
def _progress(stream: BinaryIO) -> Iterator[Callable[[float], None] | None]:
    """Show on standard error how far it is, where that is a terminal and the log is large."""
    if not sys.stderr.isatty() or (stream.seekable() and stream.seek(0, 2) < LARGE):
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(_("Reading the log"), total=1.0)
        yield lambda share: bar.update(task, completed=share)
