"""`midback --help` against a bare typer program: alternating, same run, ratio of medians."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from figures import Figure, median

BARE = '''
import typer

app = typer.Typer()


@app.command()
def hello(name: str = "you") -> None:
    """Say hello."""
    typer.echo(name)


@app.command()
def bye(name: str = "you") -> None:
    """Say bye."""
    typer.echo(name)


app()
'''
ROUNDS = 15


def timed(command: list[str], cwd: str) -> float:
    """Return wall seconds of a command."""
    environment = {**os.environ, "MIDBACK_LANGUAGE": "en"}
    before = time.perf_counter()
    subprocess.run(command, cwd=cwd, env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - before


def measure() -> list[Figure]:
    """Run both in turn."""
    script = shutil.which("midback", path=str(Path(sys.executable).parent))
    ours_command = [script, "--help"] if script else [sys.executable, "-m", "midback", "--help"]
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder, "bare.py")
        bare.write_text(BARE, "utf-8")
        bare_command = [sys.executable, str(bare), "--help"]
        timed(ours_command, folder)  # both warm
        timed(bare_command, folder)
        pairs = [(timed(ours_command, folder), timed(bare_command, folder)) for _ in range(ROUNDS)]
    ours, theirs = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return [
        Figure("midback --help / bare typer --help", median(ours) / median(theirs), "x", 1.3),
        Figure("midback --help, median", 1000 * median(ours), "ms", None, [round(1000 * t) for t in ours]),
        Figure(
            "bare typer --help, median", 1000 * median(theirs), "ms", None, [round(1000 * t) for t in theirs]
        ),
    ]
