"""The loop in the foreground: until Ctrl+C or a stopping service ends it. In: a data folder. Next: watch."""

import signal
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from midback.errors import Phrase

from .senses import Senses
from .watch import Inbox, run


def watch_here(data_dir: Path, tell: Callable[[Phrase], None]) -> None:
    """Run the loop; ``tell`` gets one line once it senses, or knows that it cannot, and one when it has ended.

    Raises Conflict when another process watches this folder.
    """
    inbox = Inbox()

    def stop(_number: int, _frame: FrameType | None) -> None:
        inbox.put(None)  # safe inside a signal handler, unlike an Event

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        run(data_dir, inbox, lambda senses: tell(live_line(senses)))
        tell(Phrase("Stopped. What was sensed is kept."))
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def live_line(senses: Senses) -> Phrase:
    """Say which back end is live, or that none is and why."""
    if senses.live:
        return Phrase("Watching by {backend}. Stop with Ctrl+C.", {"backend": senses.live})
    first = next(iter(senses.others.values()), Phrase("no back end is known for this system."))
    return Phrase(
        "Nothing here tells idle time, so what you do is unknown: {why} Stop with Ctrl+C.", {"why": first}
    )
