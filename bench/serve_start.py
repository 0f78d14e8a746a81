"""From starting the process to the first byte of a page, and resident memory while serving."""

import tempfile
from pathlib import Path

from figures import Figure, median
from serving import serving

ROUNDS = 5


def measure() -> list[Figure]:
    """Start on an empty data folder (the first run), then on the same one again."""
    first: list[float] = []
    again: list[float] = []
    resident: list[float] = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            with serving(Path(folder, "data")) as server:
                first.append(server.first_byte_s)
            with serving(Path(folder, "data")) as server:
                again.append(server.first_byte_s)
                for path in ("/", "/library", "/settings") * 5:
                    server.get(path)
                resident.append(server.resident_mb())
    return [
        Figure("first byte, first run, worst", max(first), "s", 2.5, [round(t, 2) for t in first]),
        Figure("first byte, later runs, median", median(again), "s", 2.5, [round(t, 2) for t in again]),
        Figure("resident while serving, worst", max(resident), "MB", 110, [round(m, 1) for m in resident]),
    ]
