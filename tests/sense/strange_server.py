"""A server on this machine that answers as it is told to: for tests of what readers do with strange answers."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

Answer = Callable[[str, dict[str, str], socket.socket], None]


@contextlib.contextmanager
def serving(answer: Answer) -> Iterator[str]:
    """Serve on a free port; ``answer`` gets path, headers in lower case and the line. Yield the address."""
    listening = socket.create_server(("127.0.0.1", 0))
    threads: list[threading.Thread] = []
    lines: list[socket.socket] = []

    def one(line: socket.socket) -> None:
        with contextlib.suppress(OSError), line:
            asked = b""
            while b"\r\n\r\n" not in asked and (piece := line.recv(65536)):
                asked += piece
            if not asked:  # hung up without a word
                return
            first, *rest = asked.decode("latin-1").split("\r\n")
            headers = {key.lower(): value.strip() for key, _, value in (row.partition(":") for row in rest)}
            answer(first.split(" ")[1], headers, line)

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = listening.accept()
                lines.append(line)
                threads.append(threading.Thread(target=one, args=(line,), daemon=True))
                threads[-1].start()

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        with contextlib.suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        accepting.join(10)
        for line in lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join(10)


def page(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    """Return an answer with a body."""
    rows = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(rows).encode() + body
