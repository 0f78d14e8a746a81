"""What the background process leaves in DATA/watch for others to read. Next: ``app.watching``, ``app.spool``."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from midback.filelock import who_holds

from . import faults

FOLDER = "watch"
LOCK_FILE, ORDERS_FILE, STATE_FILE = "watch.lock", "orders.json", "state.json"
LARGEST = 5_000_000


def folder_of(data_dir: Path) -> Path:
    """Return the folder of the background process's files."""
    return data_dir / FOLDER


def watcher(data_dir: Path) -> dict[str, Any] | None:
    """Return what the running background process says of itself, or None when none runs."""
    path = folder_of(data_dir) / LOCK_FILE
    try:
        return who_holds(path)
    except OSError as exc:
        raise faults.of_system(exc, str(path)) from exc


def read_object(path: Path) -> dict[str, Any] | None:
    """Return the JSON object in a small file, or None when there is none that can be read."""
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            return None
        said = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def read_instant(told: object) -> datetime | None:
    """Return an instant as these files write it; None for anything else."""
    try:
        at = datetime.fromisoformat(told) if isinstance(told, str) else None
    except ValueError:
        return None
    return at if at is None or at.tzinfo else None
