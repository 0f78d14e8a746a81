"""`midback analyse SOURCE`: what a film, stills, the camera or a recording shows. In: words typed. Out: lines, JSON."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Final

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from midback.app.analysing import Sink, Wanted, analyse
from midback.app.analysis_film import Track, require_pictures, write_film
from midback.app.analysis_source import is_camera
from midback.app.outputs import require_writable
from midback.catalogue.load import load_catalogue
from midback.errors import InputError
from midback.plan.performance import Side
from midback.share.trc import TrcWriter

from .analyse_lines import phase_words, print_analysis
from .analyse_shape import shape
from .door import print_json
from .paper import line
from .wording import Speech
from .words import _, language

#: What a shell says of a program that was ended by Ctrl+C.
ENDED: Final = 130
MODELS: Final = ("full", "lite")
SIDES: Final[dict[str, Side]] = {"both": "both", "left": "left", "right": "right"}
Tell = Callable[[float | None, int, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The words typed."""

    source: str
    exercise: str | None = None
    side: str = "both"
    sitting: bool = False
    calibrate: Path | None = None
    as_json: bool = False
    trc: Path | None = None
    annotated: Path | None = None
    model: str = "full"
    fps: float | None = None
    seconds: float | None = None


def show(asked: Asked) -> None:
    """Analyse a source, print what it shows and write the files that were asked for."""
    wanted = wanted_of(asked)
    inputs: list[str | Path] = [asked.source, *([asked.calibrate] if asked.calibrate else [])]
    if asked.trc is not None:
        require_writable(asked.trc, (".trc",), inputs)
    if asked.annotated is not None:
        require_writable(asked.annotated, (".mp4",), inputs)
        require_pictures(asked.source)
    say_camera(asked.source)
    speech = Speech(load_catalogue(), language())
    track = Track() if asked.annotated is not None else None
    with ExitStack() as stack:
        sinks: list[Sink] = [track] if track is not None else []
        if asked.trc is not None:
            sinks.append(stack.enter_context(TrcWriter(asked.trc)))
        with ended_by_hand() as stop, bar(_("Looking"), quiet=asked.as_json) as tell:
            found = analyse(
                asked.source, wanted, speech.catalogue, progress=tell, stop=stop, sinks=tuple(sinks)
            )
    if asked.annotated is not None and track is not None and track.frames:
        words = phase_words(speech)
        with ended_by_hand() as stop, bar(_("Drawing the film"), quiet=asked.as_json) as tell:
            write_film(
                asked.source,
                asked.annotated,
                found,
                track,
                fps=asked.fps,
                words=words,
                progress=tell,
                stop=stop,
            )
    if asked.as_json:
        print_json(shape(speech, found))
    else:
        print_analysis(speech, found)
        for out in (asked.trc, asked.annotated):
            if out is not None and out.exists():
                line(_("Written: {file}.").format(file=out))
        if asked.annotated is not None:
            line(_("The film shows you. midback keeps no copy of it."), dim=True)
    if found.stopped:
        raise typer.Exit(ENDED)


def say_camera(source: str) -> None:
    """Say on standard error that the camera opens, where it is the source: to name it is the yes for this run."""
    if is_camera(source):
        typer.echo(_("The camera opens for this run only; its light goes off when the run ends."), err=True)


def wanted_of(asked: Asked) -> Wanted:
    """Return what is asked for; raise InputError for words that name none of the choices."""
    if asked.model not in MODELS:
        raise InputError(
            "There is no model {model!r}.",
            "The models are {models}.",
            values={"model": asked.model[:40], "models": ", ".join(MODELS)},
        )
    if asked.side not in SIDES:
        raise InputError(
            "There is no side {side!r}.",
            "The sides are {sides}.",
            values={"side": asked.side[:40], "sides": ", ".join(SIDES)},
        )
    return Wanted(
        exercise=asked.exercise,
        side=SIDES[asked.side],
        sitting=asked.sitting,
        calibrate=asked.calibrate,
        model=asked.model,
        fps=asked.fps,
        seconds=asked.seconds,
    )


@contextmanager
def ended_by_hand() -> Iterator[Callable[[], bool]]:
    """Let the first Ctrl+C end the work with what there is, and the second one end it at once."""
    pressed: list[int] = []

    def press(number: int, frame: FrameType | None) -> None:
        pressed.append(number)
        if len(pressed) > 1:
            raise KeyboardInterrupt

    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    try:
        before = {signal.SIGINT: signal.signal(signal.SIGINT, press)}
    except ValueError:  # not the main thread, which alone gets Ctrl+C
        yield lambda: False
        return
    # A terminal that is closed, or a polite kill: half a file is put away first.
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            before[number] = signal.signal(number, leave)
    try:
        yield lambda: bool(pressed)
    finally:
        for number, was in before.items():
            signal.signal(number, was)


@contextmanager
def bar(words: str, *, quiet: bool) -> Iterator[Tell | None]:
    """Show on standard error how far it is and how long it will take, where that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[at]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(words, total=None, at="")

        def tell(share: float | None, number: int, t: float) -> None:
            if share is not None:
                progress.update(task, total=1.0, completed=share)
            progress.update(task, at=f"{t:.0f} s")

        yield tell
