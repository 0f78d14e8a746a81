"""What CI requires is not skipped in silence, in one process and in CI's several."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# What CI adds to README's command; what holds in one process beside the first holds in two.
OF_CI = (
    re.findall(r'PYTEST_ADDOPTS="(.+)"', (ROOT / ".ci" / "run").read_text("utf-8"))[-1] + " --numprocesses 1"
)
# With -x, the first failure in another process also interrupts the run.
STOPPED = (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED)


def run_without_programs(module: str, options: str, **required: str) -> int:
    """Run one module of tests where no program can be found; return pytest's exit code."""
    env = {**os.environ, "PATH": os.devnull, "PYTEST_ADDOPTS": options, **required}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", module]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=False).returncode


def test_a_module_that_skips_itself_fails_where_browsers_are_required() -> None:
    """Without Chromium the first day is skipped for a contributor and fails in CI."""
    module = "tests/web/test_first_day.py"
    assert run_without_programs(module, "", BROWSER_TESTS="") == pytest.ExitCode.NO_TESTS_COLLECTED
    assert run_without_programs(module, OF_CI, BROWSER_TESTS="required") in STOPPED


def test_a_desktop_test_that_skips_itself_fails_where_desktops_are_required() -> None:
    """Without Xvfb, Mutter and KWin their tests are skipped for a contributor and fail in CI."""
    module = "tests/sense/test_idle_desktops.py"
    assert run_without_programs(module, "", DESKTOP_TESTS="") == pytest.ExitCode.OK
    assert run_without_programs(module, OF_CI, DESKTOP_TESTS="required") in STOPPED


def test_an_oracle_that_is_not_installed_fails_where_oracles_are_required() -> None:
    """Without statsmodels the comparison is skipped for a contributor and fails in CI."""
    module = "tests/trial/test_ar1_oracle.py"
    assert run_without_programs(module, "", ORACLE_TESTS="", STATSMODELS_PYTHON="") == pytest.ExitCode.OK
    failed = run_without_programs(module, OF_CI, ORACLE_TESTS="required", STATSMODELS_PYTHON="")
    assert failed in STOPPED
