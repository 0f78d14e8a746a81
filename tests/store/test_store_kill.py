"""A session that is killed at any moment has lost nothing that was acknowledged."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from midback.store.address import sqlite_url

BENCH = Path(__file__).resolve().parents[2] / "bench" / "kill_test.py"


def load_bench() -> ModuleType:
    """Return bench/kill_test.py as a module; the benches are no package."""
    spec = importlib.util.spec_from_file_location("kill_test", BENCH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["kill_test"] = module
    spec.loader.exec_module(module)
    return module


def test_nothing_acknowledged_is_lost_by_a_kill(tmp_path: Path) -> None:
    """After each SIGKILL the database opens, whole, with every acknowledged event once and in order."""
    bench = load_bench()
    file = tmp_path / "midback.db"
    url = sqlite_url(file)
    figures = bench.kill_often(bench.StorePlayer(url), url, file, kills=8, seed=7)
    assert figures.sound, figures
    assert figures.kills == 8
    assert figures.acknowledged > 0
