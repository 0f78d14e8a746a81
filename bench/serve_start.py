"""From starting the process to the first byte of a page, and resident memory while serving."""

import tempfile
from pathlib import Path

from figures import Figure, median
from serving import serving

ROUNDS = 5


PAGES = ("/", "/library", "/settings", "/progress", "/sources") * 4


def measure() -> list[Figure]:
    """Start on an empty data folder (the first run), then on the same one again; open pages each time."""
    starts: dict[str, list[float]] = {"first": [], "later": []}
    resident: dict[str, list[float]] = {"first": [], "later": []}
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            for run in ("first", "later"):
                with serving(Path(folder, "data")) as server:
                    starts[run].append(server.first_byte_s)
                    for path in PAGES:
                        server.get(path)
                    resident[run].append(server.resident_mb())
    raw = {name: [round(t, 2) for t in times] for name, times in starts.items()}
    return [
        Figure("first byte, first run, worst", max(starts["first"]), "s", 2.5, raw["first"]),
        Figure("first byte, later runs, worst", max(starts["later"]), "s", 2.5, raw["later"]),
        Figure("first byte, later runs, median", median(starts["later"]), "s", 2.5),
        Figure("resident, first run, worst", max(resident["first"]), "MB", 110, resident["first"]),
        Figure("resident, later runs, worst", max(resident["later"]), "MB", 110, resident["later"]),
    ]
