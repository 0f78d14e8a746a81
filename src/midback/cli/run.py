"""Runs the command line. In: words typed. Out: exit code; an error is one line. Next: main, the commands."""

import sys

import typer

from midback.errors import MidbackError

from .main import app
from .words import _, speak


def run() -> None:
    """Run the command line; the console script's entry. An error is one line and its own exit code."""
    debug = "--debug" in sys.argv[1:]
    speak()
    try:
        app(prog_name="midback")
    except MidbackError as exc:
        if debug:
            raise
        typer.echo(f"midback: {' '.join(' '.join(exc.said(_)).split())}", err=True)
        sys.exit(exc.exit_code)
    except Exception as exc:  # the last door: a stranger's error becomes one line too
        if debug:
            raise
        seen = " ".join(str(exc).split()) or type(exc).__name__
        hint = _("This is a mistake in midback. `midback --debug ...` shows where.")
        typer.echo(f"midback: {type(exc).__name__}: {seen} {hint}", err=True)
        sys.exit(1)
