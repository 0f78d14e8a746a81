"""`midback record SOURCE -o FILE`: landmarks into a file, or kept. In: words typed. Out: the file, a line."""

from pathlib import Path

import typer

from midback.app.outputs import require_writable
from midback.app.recordings import keep as keep_recording
from midback.app.recordings import record
from midback.errors import InputError

from .analyse import ENDED, Asked, bar, ended_by_hand, say_camera, wanted_of
from .door import opened
from .paper import line
from .words import _, ngettext


def make(
    source: str, out: Path | None, *, keep: bool, model: str, fps: float | None, seconds: float | None
) -> None:
    """Record a source into the file named, or keep it with the person's data."""
    if (out is None) == (not keep):
        raise InputError(
            "Say where the recording goes.",
            "Either -o FILE or --keep.",
            "Such as: midback record cat-cow.mp4 -o cat-cow.json.gz",
        )
    wanted_of(Asked(source=source, model=model))
    if out is None:
        say_camera(source)
        with opened() as door, ended_by_hand() as stop, bar(_("Recording"), quiet=False) as tell:
            made = keep_recording(
                door.house,
                door.person,
                source,
                model=model,
                fps=fps,
                seconds=seconds,
                progress=tell,
                stop=stop,
            )
        line(_("Kept: {id}, {frames} frames.").format(id=made.id, frames=made.frames))
        return
    require_writable(out, (".json", ".json.gz"), [source])
    say_camera(source)
    with ended_by_hand() as stop, bar(_("Recording"), quiet=False) as tell:
        done = record(source, out, model=model, fps=fps, seconds=seconds, progress=tell, stop=stop)
    words = ngettext(
        "Written: {file}, {n} frame, {seen} with a body. It holds no picture.",
        "Written: {file}, {n} frames, {seen} with a body. It holds no picture.",
        done.frames,
    )
    line(words.format(file=out, n=done.frames, seen=done.seen))
    if done.stopped:
        raise typer.Exit(ENDED)
