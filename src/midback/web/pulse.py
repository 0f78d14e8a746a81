"""One shared look at the day for every page that lies open. In: a look. Out: marks. Next: api.stream.

Sensing writes files and other tabs write the database. However many pages follow the day, one task looks, in
one thread at a time, and each page only waits: no thread is held and nothing is queued up for it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable

from anyio import to_thread

TICK_S = 1.0
#: A look every other tick: a prompt is on the page within two seconds.
LOOK_EVERY = 2
BEAT_S = 20.0


class Pulse:
    """Looks while anybody follows, and tells all of them when the mark of the day changes.

    look : returns the mark; called in a thread, never twice at once
    stopping : whether the server is on its way down; the streams then end by themselves
    """

    def __init__(
        self, look: Callable[[], str], stopping: Callable[[], bool], *, tick_s: float = TICK_S
    ) -> None:
        self._look, self._stopping, self._tick_s = look, stopping, tick_s
        self._mark = ""
        self._turned = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.followers = 0

    async def follow(self, known: str = "", *, beat_s: float = BEAT_S) -> AsyncIterator[str]:
        """Yield the mark whenever it is another one than the follower knows, and "" as a heartbeat."""
        self.followers += 1
        try:
            if self._task is None or self._task.done():
                self._task = asyncio.get_running_loop().create_task(self._watch())
            task = self._task
            while not task.done():
                turned = self._turned
                if self._mark and self._mark != known:
                    known = self._mark
                    yield known
                    continue
                try:
                    await asyncio.wait_for(turned.wait(), beat_s)
                except TimeoutError:
                    yield ""
        finally:
            self.followers -= 1
            if self.followers == 0 and self._task is not None:
                self._task.cancel()
                self._task = None

    async def _watch(self) -> None:
        try:
            ticks = 0
            while not self._stopping():
                if ticks % LOOK_EVERY == 0:
                    mark = await to_thread.run_sync(self._look)
                    if mark != self._mark:
                        self._mark = mark
                        self._tell()
                ticks += 1
                await asyncio.sleep(self._tick_s)
        finally:
            # Whatever ended the looking, nobody waits for it any more; a browser asks again by itself.
            self._tell()

    def _tell(self) -> None:
        turned, self._turned = self._turned, asyncio.Event()
        turned.set()
