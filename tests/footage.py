"""Real clips and stills to try the camera on. They lie beside the repository and are never part of it.

A test takes the fixture ``footage`` (registered by ``from footage import footage``) and asks it for a path. Where
the folder is missing the test is skipped, and in CI, where CI=true, it fails.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "footage"
Footage = Callable[[str], Path]


@pytest.fixture(scope="session")
def footage() -> Footage:
    """Return a function from a place in the footage, ``allfours/clip.mp4``, to its path."""

    def find(place: str) -> Path:
        path = FOLDER / place
        if not path.exists():
            said = f"the footage {place} is not beside the repository"
            if os.environ.get("CI") == "true":
                pytest.fail(said)
            pytest.skip(said)
        return path

    return find
