"""Today over HTTP with five years of daily data: the 95th percentile of GET /."""

import tempfile
import time
from pathlib import Path

from figures import Figure, median, percentile
from five_years import DAYS, live_five_years
from serving import serving

REQUESTS = 200


def measure() -> list[Figure]:
    """Build the years, then ask for Today again and again."""
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder, "data")
        started = time.perf_counter()
        house = live_five_years(data_dir)
        house.engine.dispose()
        built = time.perf_counter() - started
        size = (data_dir / "midback.db").stat().st_size / 1e6
        with serving(data_dir) as server:
            for _ in range(5):
                page = server.get("/")
            if b"<main" not in page:
                raise RuntimeError("GET / did not answer with Today")
            cpu = server.cpu_s()
            times = []
            for _ in range(REQUESTS):
                before = time.perf_counter()
                server.get("/")
                times.append(1000 * (time.perf_counter() - before))
            cpu = 1000 * (server.cpu_s() - cpu) / REQUESTS
            resident = server.resident_mb()
    shown = [round(value, 1) for value in sorted(times)[:: REQUESTS // 20]]
    return [
        Figure(f"GET / with {DAYS} days, p95 of {REQUESTS}", percentile(times, 95), "ms", 60, shown),
        Figure("GET /, median", median(times), "ms", None),
        Figure("CPU a request, whatever else runs", cpu, "ms", None),
        Figure("resident after that", resident, "MB", 110),
        Figure("database", size, "MB", None),
        Figure("building the years", built, "s", None),
    ]
