"""The server starts without the body model: it comes with the first question for it."""

import subprocess
import sys
from pathlib import Path

CODE = """
import sys
from midback.app.house import open_house
from midback.settings import Settings
from midback.web.server import create_app
create_app(open_house(Settings(data_dir=sys.argv[1])))
print("LOADED", *sys.modules)
"""
# What "Why" computes with; each would be paid for by every start.
LATER = {
    "midback.app.why",
    "midback.body.statics",
    "midback.body.bands",
    "midback.body.tissue",
    "numpy.random",
}


def test_a_start_loads_no_body_model(tmp_path: Path) -> None:
    """With all routes in place neither statics, bands nor the laws of time are loaded, nor generators of numbers."""
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(tmp_path / "data")], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.rpartition("LOADED")[2].split())
    assert "midback.web.pages.why" in loaded
    assert loaded & LATER == set()
