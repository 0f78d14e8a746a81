"""A midback server of its own for a benchmark. In: a data folder. Out: its process, address and cookie."""

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path

LINK = re.compile(r"(http://127\.0\.0\.1:\d+)(/enter\?token=\S+)")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. ``first_byte_s`` is from starting the process to the first byte of a page."""

    process: subprocess.Popen[str]
    base: str
    link: str
    first_byte_s: float
    opener: urllib.request.OpenerDirector

    def get(self, path: str) -> bytes:
        """Fetch a page with the person's cookie."""
        with self.opener.open(self.base + path, timeout=60) as answer:
            return bytes(answer.read())

    def cpu_s(self) -> float:
        """Return the seconds of CPU used so far; Linux only."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident_mb(self) -> float:
        """Return resident memory in MB; Linux only."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        if found is None:
            raise RuntimeError("no resident size in /proc")
        return int(found[1]) / 1000


@contextmanager
def serving(data_dir: Path, *, spend_link: bool = True) -> Iterator[Server]:
    """Start midback on a free port and stop it again.

    spend_link : ask for the first page here; otherwise the link is left for a browser
    """
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MIDBACK_")}
    environment |= {"MIDBACK_DATA_DIR": str(data_dir), "MIDBACK_CONFIG_DIR": str(data_dir / "config")}
    environment |= {"MIDBACK_LANGUAGE": "en", "PYTHONUNBUFFERED": "1"}
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "midback", "--no-browser", "--port", "0"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if found := LINK.search(line):
                break
        else:
            raise RuntimeError(f"the server stopped with {process.wait()} before it gave its address")
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        first_byte = float("nan")
        if spend_link:
            # The address is printed once the socket listens, so this one request waits for the answer.
            with opener.open(found[1] + found[2], timeout=60) as answer:
                answer.read(1)
                first_byte = time.perf_counter() - started
                answer.read()
        yield Server(process, found[1], found[1] + found[2], first_byte, opener)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
