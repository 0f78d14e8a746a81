"""One week's plan: the pure planner alone, and the whole use case with its transaction."""

import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from unittest import mock

from figures import Figure, median

from midback.app import planning
from midback.app.demo import build_demo
from midback.app.people import DEFAULT_PERSON
from midback.settings import Settings

ROUNDS = 30


def timed(call: Callable[[], object]) -> float:
    """Return wall milliseconds of a call."""
    before = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - before)


def measure() -> list[Figure]:
    """Plan again and again on the demo's four weeks."""
    with tempfile.TemporaryDirectory() as folder:
        house = build_demo(Settings(data_dir=Path(folder, "data"), timezone="UTC"))
        real = planning.plan_week
        calls: list[tuple[tuple[object, ...], dict[str, object]]] = []

        def noted(*given, **named):
            calls.append((given, named))
            return real(*given, **named)

        with mock.patch.object(planning, "plan_week", noted):
            planning.replan(house, DEFAULT_PERSON)
        given, named = calls[0]
        pure = [timed(lambda: real(*given, **named)) for _ in range(ROUNDS)]
        whole = [timed(lambda: planning.replan(house, DEFAULT_PERSON)) for _ in range(ROUNDS)]
        days = planning.current_plan(house, DEFAULT_PERSON).plan.days
        house.engine.dispose()
    if timedelta(days=days) != timedelta(weeks=1):
        raise RuntimeError(f"the plan has {days} days")
    return [
        Figure("plan_week, worst", max(pure), "ms", 200, [round(t, 1) for t in pure]),
        Figure(
            "the use case with its transaction, median",
            median(whole),
            "ms",
            200,
            [round(t, 1) for t in whole],
        ),
    ]
