"""Asks a program that is installed in an environment of its own, such as OpenSim. In: JSON. Out: JSON."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

ORACLE = Path(__file__).resolve().parent / "oracle"


def ask(variable: str, name: str, told: Any) -> Any:
    """Give the worker of ``name`` a question and return its answer; skip where ``variable`` names no Python for it."""
    python = os.environ.get(variable, "")
    if not python or not Path(python).is_file():
        pytest.skip(f"{variable} does not name the Python of an environment with tests/oracle/{name}.txt")
    done = subprocess.run(
        [python, str(ORACLE / f"{name}_worker.py")],
        input=json.dumps(told),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)
