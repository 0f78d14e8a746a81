"""What others may know of the loop. In: what is live and why the rest is not. Out: state.json. Next: app, doctor."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from midback.body.evidence import write_instant
from midback.errors import Phrase

from .clock import Now

STATE_FILE = "state.json"


@dataclass(slots=True)
class State:
    """The file, written when what it says has changed; reasons stand in it so that any language can say them.

    problem : why the last write failed; "" when it did not
    """

    folder: Path
    started_at: Now
    problem: str = ""
    _written: Mapping[str, object] = field(default_factory=dict)

    def write(
        self,
        now: Now,
        *,
        live: str,
        others: Mapping[str, Phrase],
        signs: tuple[str, ...],
        unknown: Mapping[str, Phrase],
        notifier: str,
        spool: str,
        waiting: int,
        orders: str,
        camera: Mapping[str, Any],
    ) -> None:
        """Write the file if anything but the time has changed."""
        said: dict[str, object] = {
            "pid": os.getpid(),
            "started_at": write_instant(self.started_at.wall),
            # null: idle time is unknown, and so is what the body does.
            "backend": live or None,
            "others": {name: why.as_data() for name, why in others.items()},
            "signs": {**dict.fromkeys(signs, "ok"), **{name: why.as_data() for name, why in unknown.items()}},
            "notifier": notifier,
            "spool": spool or "ok",
            "waiting": waiting,
            "orders": orders or "ok",
            "camera": dict(camera),
        }
        if said == self._written:
            return
        part = self.folder / f"{STATE_FILE}.part"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump({**said, "at": write_instant(now.wall)}, file, ensure_ascii=False, indent=1)
            part.replace(self.folder / STATE_FILE)
        except OSError as exc:
            self.problem = exc.strerror or type(exc).__name__
            with suppress(OSError):
                part.unlink()
            return
        self.problem, self._written = "", said


def read_state(folder: Path) -> dict[str, Any]:
    """Return what the file says, {} where there is none or it cannot be read."""
    try:
        said = json.loads((folder / STATE_FILE).read_bytes())
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}
