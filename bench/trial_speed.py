"""A verdict on one diary, and `midback trial analyse` on a thousand. Out: figures."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np
from figures import Figure, median
from trial_diaries import World, csv_lines, made_up

from midback.trial.analysis import analyse
from midback.trial.diary import diary_of

PEOPLE = 1000
ROUNDS = 5


def measure() -> list[Figure]:
    """Measure both."""
    scores = made_up(np.random.default_rng(1), PEOPLE, World(effect=2.0, mean=6.5, missing=0.1))
    began = time.perf_counter()
    analyse(diary_of("x", date(2026, 1, 5), scores[0][:14], scores[0][14:]))
    first = 1000 * (time.perf_counter() - began)
    one = []
    for row in scores[1 : ROUNDS + 1]:
        began = time.perf_counter()
        analyse(diary_of("x", date(2026, 1, 5), row[:14], row[14:]))
        one.append(1000 * (time.perf_counter() - began))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "diaries.csv")
        file.write_text("\n".join(csv_lines(scores, 14)) + "\n", "utf-8")
        env = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        env |= {"MIDBACK_DATA_DIR": folder, "MIDBACK_CONFIG_DIR": folder}
        command = [sys.executable, "-m", "midback", "trial", "analyse", str(file), "--json"]
        began = time.perf_counter()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        said = subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        wall = time.perf_counter() - began
    assert len(said.splitlines()) == PEOPLE
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return [
        Figure("the first verdict after import", first, "ms", 300),
        Figure("one verdict", median(one), "ms", 300, [round(ms, 1) for ms in one]),
        Figure(f"{PEOPLE} diaries, CPU time", spent, "s", 60, [f"wall {wall:.1f} s"]),
    ]
