"""The command line, run in this process on a data folder of the test's own."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from midback.app.demo import build_demo, demo_settings
from midback.cli import words
from midback.cli.run import run
from midback.settings import Settings


@dataclass(frozen=True, slots=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str


Midback = Callable[..., Said]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point the command line at an empty data folder, in English, on a wide terminal."""
    monkeypatch.setenv("MIDBACK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("MIDBACK_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("MIDBACK_TIMEZONE", "UTC")
    monkeypatch.setenv("MIDBACK_LANGUAGE", "en")
    monkeypatch.setenv("LANGUAGE", "")
    monkeypatch.setenv("COLUMNS", "300")
    return tmp_path


@pytest.fixture
def midback(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Midback:
    """Return a function that runs one command and tells what it printed and its exit code."""
    assert home

    def command(*arguments: str) -> Said:
        words.language.cache_clear()
        monkeypatch.setattr(sys, "argv", ["midback", *arguments])
        capsys.readouterr()
        code = 0
        try:
            run()
        except SystemExit as exc:
            code = exc.code if isinstance(exc.code, int) else 1
        printed = capsys.readouterr()
        words.language.cache_clear()
        return Said(code, printed.out, printed.err)

    return command


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the four invented weeks once; tests that only read share them."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("demo") / "data", timezone="UTC")
    build_demo(settings).engine.dispose()
    return demo_settings(settings).data_dir


@pytest.fixture
def demo(midback: Midback, demo_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Midback:
    """Return the command line on the demo's data."""
    monkeypatch.setenv("MIDBACK_DATA_DIR", str(demo_folder))
    return midback
