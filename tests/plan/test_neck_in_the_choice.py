"""What the neck has to say in the choice of breaks, as docs/breaks.md tells it."""

import numpy as np
import pytest

from midback.body.day_of_work import Lived, line_up, live
from midback.body.subject import Sex, make_subject
from midback.body.tissue import GROUPS
from midback.body.usual_efforts import efforts_of
from midback.movement.rotation import Array
from midback.plan.schedule import NEVER, Schedule, Stretch, follow
from midback.plan.state_rule import load_left

NECK, HOUR = GROUPS.index("neck"), 3600.0
SAT = Stretch(doing="sitting", seconds=4 * HOUR)
DESK = (SAT, Stretch(doing="away", seconds=HOUR / 2), SAT)


def lived(sex: Sex) -> Lived:
    """Live a day at the desk without a break, and with a minute every half hour."""
    ways = (NEVER, Schedule(after_s=1800.0, length_s=60.0))
    days = [[(part.doing, part.seconds) for part in follow(DESK, way).stretches] for way in ways]
    return live(line_up(days), efforts_of(make_subject(sex=sex)))


def saved_by_group(day: Lived) -> Array:
    """Return what breaks save of what they are weighed by, by group: the others taken as rested."""
    found = []
    for group in range(len(GROUPS)):
        alone = np.where(np.arange(len(GROUPS)) == group, day.used, 0.0)
        without, with_breaks = load_left(Lived(used=alone, dt=day.dt, end=day.end))
        found.append(without - with_breaks)
    return np.array(found)


def test_a_woman_s_neck_is_at_the_end_of_its_scale_with_breaks_or_without() -> None:
    """Its highest is above 0.98 either way, so plain shares hardly tell its days apart."""
    highest = lived("f").peak[:, NECK]
    assert np.all(highest > 0.98)
    assert highest[0] - highest[1] < 0.01


@pytest.mark.parametrize(("sex", "low", "high"), [("f", 0.2, 0.33), ("m", 0.45, 0.6)])
def test_what_is_left_of_the_neck_still_counts(sex: Sex, low: float, high: float) -> None:
    """By what is left a quarter of what breaks save is the neck's for a woman, and half for a man."""
    saved = saved_by_group(lived(sex))
    assert np.all(saved > 0)
    assert low < saved[NECK] / saved.sum() < high
