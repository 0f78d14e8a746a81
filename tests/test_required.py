"""What CI requires is not skipped in silence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run_without_browser(module: str, required: str) -> int:
    """Run one module of tests where no browser can be found; return pytest's exit code."""
    env = {**os.environ, "PATH": os.devnull, "BROWSER_TESTS": required}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", module]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=False).returncode


def test_a_module_that_skips_itself_fails_where_browsers_are_required() -> None:
    """Without Chromium the first day is skipped for a contributor and fails in CI."""
    assert run_without_browser("tests/web/test_first_day.py", "") == pytest.ExitCode.NO_TESTS_COLLECTED
    assert run_without_browser("tests/web/test_first_day.py", "required") in (
        pytest.ExitCode.TESTS_FAILED,
        pytest.ExitCode.INTERRUPTED,
    )
