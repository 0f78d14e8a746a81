"""The picture of the bands from two sides, alone and with all else that one step of a slider of "Why" needs.

On one core, without a browser and without HTTP; every position is a new one, so that nothing kept helps.
"""

import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from figures import Figure, median, percentile

from midback.app.demo import build_demo, demo_settings
from midback.app.house import open_house
from midback.app.people import DEFAULT_PERSON
from midback.app.why import basis_of, why_effect
from midback.app.why_postures import subject_of, working
from midback.app.why_told import Angles
from midback.body.bands import bands_of
from midback.settings import Settings
from midback.share.bands import draw_views

STEPS, WARM = 60, 5


def postures() -> list[Angles]:
    """Return positions that go through every slider in steps that never meet."""

    def at(n: int, slider: int) -> float:
        return (0.31 * slider + 0.618 * n) % 1

    return [
        Angles(
            head_flexion=75 * at(n, 1),
            thoracic_flexion=40 * at(n, 2),
            trunk_flexion=75 * at(n, 3) - 30,
            arms_forward=90 * at(n, 4),
            elbow=90.0,
            arm_support=at(n, 5),
            back_rest=at(n, 6),
        )
        for n in range(WARM + STEPS)
    ]


def timed(work: Callable[[Angles], object], given: Iterable[Angles]) -> list[float]:
    """Return the milliseconds of CPU of each step after the first few."""
    found = []
    for angles in given:
        began = time.process_time()
        work(angles)
        found.append(1000 * (time.process_time() - began))
    return found[WARM:]


def measure() -> list[Figure]:
    """Draw, and work out the day held like that with breaks."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder, "data"), timezone="UTC")
        build_demo(settings).engine.dispose()
        house = open_house(demo_settings(settings))
        basis = basis_of(house, DEFAULT_PERSON)
        house.engine.dispose()
    subject = subject_of(basis.person)
    ready = {angles: bands_of(subject, working(angles)) for angles in postures()}
    drawn = timed(
        lambda angles: draw_views(working(angles), ready[angles], {"side": "", "back": ""}, numbered=True),
        ready,
    )
    worked = timed(lambda angles: why_effect(basis, angles, 30.0), ready)
    return [
        Figure("both views of the bands, median", median(drawn), "ms", 10, [f"{ms:.1f}" for ms in drawn]),
        Figure("both views of the bands, 95 in 100", percentile(drawn, 95), "ms", None),
        Figure(
            "numbers and the day under breaks, median",
            median(worked),
            "ms",
            10,
            [f"{ms:.1f}" for ms in worked],
        ),
    ]
