"""`midback service`: let the loop start with the desktop session. In: daemon.service. Out: files, the system told."""

import os
import sys
from contextlib import suppress
from pathlib import Path

import typer

from midback.daemon.service.unit import Command, Unit
from midback.errors import Phrase, Unavailable

from .data_folder import data_folder
from .words import _

# What systemd leaves where it runs the computer.
BOOTED = Path("/run/systemd/system")

app = typer.Typer(help=_("Start the background process with your desktop session, or stop doing so."))


@app.command(help=_("Set it up and start it. Doing it again changes nothing but the paths."))
def install() -> None:
    unit = _unit()
    _write(unit)
    for path in (*unit.files, *unit.links):
        typer.echo(_("Written: {path}").format(path=path))
    for command in unit.stop if unit.system == "launchd" else ():
        with suppress(Unavailable):
            _run(command)
    for command in unit.start:
        try:
            _run(command)
        except Unavailable as exc:
            raise Unavailable(
                "It is set up and could not be started now: {fault}.",
                "It starts with your next desktop session.",
                "Or start it there: {by_hand}",
                values={"fault": exc.phrases[0], "by_hand": unit.by_hand},
            ) from exc
    typer.echo(_("It runs now, and starts with your desktop session."))


@app.command(help=_("Stop it and take away what `install` wrote."))
def remove() -> None:
    unit = _unit()
    for command in unit.stop:
        with suppress(Unavailable):  # it did not run
            _run(command)
    gone = [path for path in (*unit.links, *unit.files) if _delete(path)]
    for command in unit.after_removal if gone else ():
        with suppress(Unavailable):
            _run(command)
    for path in gone:
        typer.echo(_("Removed: {path}").format(path=path))
    if not gone:
        typer.echo(_("It was not set up."))


@app.command(help=_("Say whether it is set up and whether it runs."))
def status() -> None:
    unit = _unit()
    there = all(path.is_file() for path in unit.files)
    if there:
        typer.echo(_("It is set up: {system}.").format(system=unit.system))
    else:
        typer.echo(_("It is not set up. `midback service install` does that."))
    typer.echo(_how_it_runs(unit).said(_))
    typer.echo(_("`midback watch --status` tells what it senses."))


def _how_it_runs(unit: Unit) -> Phrase:
    """Say whether the service runs, or that the system that would start it is not here."""
    import shutil

    if shutil.which(unit.running[0]) is None:
        return Phrase(
            "{system} is not on this computer, so nothing starts midback with the desktop session. "
            "`midback watch` starts it by hand.",
            {"system": unit.system},
        )
    try:
        _run(unit.running)
    except Unavailable as exc:
        fault = exc.phrases[0]
        if unit.system == "systemd" and not BOOTED.exists():
            return Phrase(
                "{system} does not run on this computer, so nothing starts midback with the desktop session "
                "({fault}). `midback watch` starts it by hand.",
                {"system": unit.system, "fault": fault},
            )
        return Phrase("It does not run as a service: {fault}.", {"fault": fault})
    return Phrase("It runs.")


def _unit() -> Unit:
    from midback.daemon.service.here import unit_for

    user_id = os.getuid() if sys.platform != "win32" else 0
    return unit_for(data_folder(), os.environ, Path.home(), user_id=user_id)


def _write(unit: Unit) -> None:
    """Write the files and links; raise Unavailable that names the one that cannot be written."""
    for path, content in unit.files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f"{path.name}.part")
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            part.replace(path)
        except OSError as exc:
            raise _unwritable(path, exc) from exc
    for path, target in unit.links.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            path.symlink_to(target)
        except OSError as exc:
            raise _unwritable(path, exc) from exc


def _delete(path: Path) -> bool:
    """Delete a file or link, and its folder where it was the last in it; say whether it was there."""
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as exc:
        raise _unwritable(path, exc) from exc
    if path.parent.name.endswith(".wants"):
        with suppress(OSError):
            path.parent.rmdir()
    return True


def _unwritable(path: Path, exc: OSError) -> Unavailable:
    return Unavailable(
        "{path} cannot be written: {fault}.",
        "",
        "Check the folder's permissions and the free space.",
        values={"path": path, "fault": exc.strerror},
    )


def _run(command: Command) -> None:
    """Run one of the system's commands; raise Unavailable with what it said."""
    import subprocess

    try:
        done = subprocess.run(  # noqa: S603 - the system's own command
            command, capture_output=True, text=True, errors="replace", timeout=60, check=False
        )
    except FileNotFoundError as exc:
        raise Unavailable("{name} is not on this computer", values={"name": command[0]}) from exc
    except (OSError, subprocess.TimeoutExpired) as exc:
        raise Unavailable("{name} did not work: {fault}", values={"name": command[0], "fault": exc}) from exc
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).split())[:300]
        raise Unavailable(
            "{name} says: {fault}",
            values={
                "name": command[0],
                "fault": said.rstrip(".") or Phrase("no (exit code {code})", {"code": done.returncode}),
            },
        )
