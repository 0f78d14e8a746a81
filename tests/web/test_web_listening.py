"""The door's socket sends what it has at once."""

import asyncio
import socket
from pathlib import Path

from midback.settings import Settings
from midback.web.server import listen


def test_an_answer_does_not_wait_for_the_browser_to_acknowledge_its_head(tmp_path: Path) -> None:
    """Lines to the door have no delay set: without it each answer on an open line came 40 ms late."""
    heard: list[int] = []

    async def connect_once() -> None:
        done = asyncio.Event()

        async def meet(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            line = writer.get_extra_info("socket")
            heard.append(line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()
            done.set()

        door = listen(Settings(data_dir=tmp_path, port=0))
        async with await asyncio.start_server(meet, sock=door):
            _reader, writer = await asyncio.open_connection(*door.getsockname())
            await done.wait()
            writer.close()
            await writer.wait_closed()

    asyncio.run(connect_once())
    assert heard == [1]
