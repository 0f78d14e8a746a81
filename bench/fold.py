"""A year of minute evidence into bouts, and one new sample into a year."""

import random
import time
from datetime import UTC, datetime, timedelta

from figures import Figure, median

from midback.body.evidence import Evidence, read_log, write_line
from midback.body.fold import Folder, fold

MINUTES = 525_600
ROUNDS = 3
NEW_SAMPLES = 500


def year() -> list[Evidence]:
    """Return a year of samples, one a minute, with the locks, calls, films, looks and trips of its days."""
    rng = random.Random(3)  # noqa: S311
    at = datetime(2026, 1, 1, tzinfo=UTC)
    minute = timedelta(minutes=1)
    found: list[Evidence] = []
    idle = 0.0
    for number in range(MINUTES):
        hour = number // 60 % 24
        busy = 8 <= hour < 12 or 13 <= hour < 18
        idle = rng.choice((1.0, 5.0, 20.0)) if busy and rng.random() < 0.8 else idle + 60
        found.append(Evidence(at=at, source="input", idle_s=idle))
        of_day = number % 1440
        if of_day in (720, 780, 1080):
            found.append(Evidence(at=at, source="lock", on=of_day != 780))
        if of_day in (480, 481):
            found.append(Evidence(at=at, source="lock", on=False))
        if busy and number % 5 == 0:
            found.append(Evidence(at=at, source="camera", seen=rng.choice(("seated", "seated", "unclear"))))
        if of_day in (600, 640, 900, 930):
            found.append(Evidence(at=at, source="call", on=of_day in (600, 900)))
        if 1090 <= of_day < 1120:
            speed = float(rng.choice((0, 30, 60)))
            found.append(Evidence(at=at, until=at + minute, source="trip", speed_kmh=speed))
        at += minute
    return found


def measure() -> list[Figure]:
    """Fold the year, read and fold it, and add samples one by one, each with the bouts of the last day."""
    evidence = year()
    folds: list[float] = []
    for _ in range(ROUNDS):
        before = time.perf_counter()
        bouts = fold(evidence)
        folds.append(time.perf_counter() - before)
    if len(bouts) < 1000:
        raise RuntimeError(f"the year has {len(bouts)} bouts")
    lines = [write_line(piece) for piece in evidence]
    before = time.perf_counter()
    fold(read_log(lines)[0])
    with_reading = time.perf_counter() - before
    folder = Folder()
    for piece in evidence:
        folder.add(piece)
    folder.bouts()
    at = evidence[-1].at
    added: list[float] = []
    for number in range(NEW_SAMPLES):
        at += timedelta(seconds=30)
        piece = Evidence(at=at, source="input", idle_s=float(number % 40))
        before = time.perf_counter()
        folder.add(piece)
        folder.bouts(at - timedelta(days=1), at)
        added.append(1000 * (time.perf_counter() - before))
    return [
        Figure(f"a year, {len(evidence)} pieces", median(folds), "s", 2, [round(s, 2) for s in folds]),
        Figure("a year, read from its lines and folded", with_reading, "s", None),
        Figure("one new sample and the bouts of a day, median", median(added), "ms", 1),
        Figure("one new sample and the bouts of a day, worst", max(added), "ms", None),
    ]
