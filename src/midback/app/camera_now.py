"""What the camera does at this moment. In: state.json. Out: CameraNow. Next: ``watching``, the strip of Now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from midback.store.watch_files import read_instant


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraNow:
    """What the background process says of the camera.

    looking : since when it is open, None while it is closed
    off : why it does not look: ``not-allowed``, ``no-calibration``, ``locked``, ``battery``, ``away``, ``driving``,
        ``in-use``, ``idle-unknown``, ``not-sitting``, ``failed``; "" while it may
    last : when it looked last ; seen, look, reason : what that came to
    calibrate_again : whether its last looks agree that the calibration does not fit the picture any more
    """

    looking: datetime | None = None
    off: str = ""
    last: datetime | None = None
    seen: str = ""
    look: str = ""
    reason: str = ""
    calibrate_again: bool = False


def camera_now(told: object, *, running: bool) -> CameraNow | None:
    """Return what state.json says of the camera; a loop that is gone has no camera open, whatever it said last."""
    if not isinstance(told, Mapping):
        return None
    return CameraNow(
        looking=read_instant(told.get("looking")) if running else None,
        off=_word(told.get("off")),
        last=read_instant(told.get("last")),
        seen=_word(told.get("seen")),
        look=_word(told.get("look")),
        reason=_word(told.get("reason")),
        calibrate_again=running and told.get("calibrate_again") is True,
    )


def _word(told: Any) -> str:
    return told[:60] if isinstance(told, str) else ""
