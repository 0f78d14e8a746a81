"""What Windows says about notifications just now. In: one call. Out: a state by name. Next: full screen, dnd.

Never run on real Windows so far.
"""

import ctypes
import sys
from typing import Any, Final, Literal

from midback.errors import Unavailable

State = Literal["away", "full-screen", "presenting", "welcome", "quiet"]
STATES: Final[dict[int, State]] = {
    1: "away",
    2: "full-screen",
    3: "full-screen",
    4: "presenting",
    5: "welcome",
    6: "quiet",
    7: "full-screen",
}


def read_state(answer: int, state: int) -> State:
    """Name what SHQueryUserNotificationState answered; raise Unavailable for a fault or an unknown state."""
    if answer != 0 or state not in STATES:
        raise Unavailable("Windows does not tell whether notifications are welcome.")
    return STATES[state]


def ask() -> State:
    """Ask Windows; raise Unavailable elsewhere."""
    platform: str = sys.platform
    if platform != "win32":
        raise Unavailable("This is for Windows.")
    shell32: Any = vars(ctypes)["WinDLL"]("shell32")
    state = ctypes.c_int()
    return read_state(shell32.SHQueryUserNotificationState(ctypes.byref(state)), state.value)
