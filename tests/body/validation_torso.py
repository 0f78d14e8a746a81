"""An open full-body model with ribs and 520 muscles, solved by us, beside the statics. In: fixtures. Out: rows.

How the numbers came about: tests/oracle/record_open_torso.py. The model gave the statics the arms of the back's
muscles and how a chain stands; its masses, its muscles over many joints and the balance they have to keep are its own.
"""

import json
from functools import cache
from pathlib import Path

from validation_rows import Row, by_share

from midback.body.parameters import GRAVITY, parameters
from midback.body.statics import LEVELS, load_of, relative_load
from midback.body.subject import make_subject, segments
from midback.body.working_posture import UPRIGHT, in_degrees

TABLE = "torso"
FIXTURE = Path(__file__).resolve().parent.parent / "fixtures" / "open_torso.json"
HUNG = (
    "there the arms hang from the first rib and bear on T1 and below, here they come onto T2 to T4 by and by"
)
TOP = ("T1", "T2", "T3", "T4")


@cache
def _recorded() -> tuple[float, dict[str, dict[str, dict[str, float]]]]:
    """Return the model's mass and its postures by name, each quantity by level."""
    told = json.loads(FIXTURE.read_text("utf-8"))
    postures = {
        one["name"]: {
            "angles": one["angles"],
            **{
                name: dict(zip(LEVELS, one[name], strict=True))
                for name in ("moment", "compression", "weight_above")
            },
        }
        for one in told["postures"]
    }
    return float(told["mass_kg"]), postures


def torso_rows() -> list[Row]:
    """Return masses above, moments and compression upright, and what postures add."""
    mass, postures = _recorded()
    person = make_subject(mass_kg=mass, stature_m=1.75, sex="m")
    own, upright = segments(person, parameters()), load_of(person, UPRIGHT)
    there = postures["upright"]
    rows = []
    above = (float(own.head) + float(own.arms.sum()) + own.slices.cumsum()) / mass
    for level in ("T1", "T4", "T7", "T10", "T12"):
        published = there["weight_above"][level] / GRAVITY / mass
        ours = float(above[LEVELS.index(level) - 1])
        rows.append(
            by_share(TABLE, f"mass above {level} and with it, part of body mass", published, ours, "1", 0.1)
        )
    for place, level in enumerate(LEVELS[1:], 1):
        note = HUNG if level in TOP else ""
        rows.append(
            by_share(
                *(TABLE, f"compression below {level}, upright", there["compression"][level]),
                *(float(upright.compression[place]), "N", 0.25, note),
            )
        )
    for level in ("T4", "T7", "T10"):
        ours = float(upright.moment[LEVELS.index(level)])
        rows.append(
            by_share(TABLE, f"moment below {level}, upright", there["moment"][level], ours, "N m", 0.25)
        )
    for name, posture in postures.items():
        if name == "upright":
            continue
        load = load_of(person, in_degrees(**posture["angles"]))
        times = relative_load(load, upright)
        for level in ("T4", "T7", "T10"):
            place = LEVELS.index(level)
            published = posture["compression"][level] / there["compression"][level]
            note = HUNG if level in TOP else ""
            what = f"compression below {level}, times upright: {name}"
            rows.append(by_share(TABLE, what, published, float(times[place]), "times", 0.15, note))
        more = posture["moment"]["T7"] - there["moment"]["T7"]
        place = LEVELS.index("T7")
        ours = float(load.moment[place] - upright.moment[place])
        rows.append(by_share(TABLE, f"moment below T7 more than upright: {name}", more, ours, "N m", 0.25))
    lean = load_of(person, in_degrees(trunk_flexion=20))
    fall = postures["trunk 20"]["compression"]["T2"] / there["compression"]["T2"]
    place = LEVELS.index("T2")
    ours = float(relative_load(lean, upright)[place])
    note = "both fall: weight that leans presses less along the column and shears more across it"
    return [
        *rows,
        by_share(TABLE, "compression below T2, times upright: trunk 20", fall, ours, "times", 0.15, note),
    ]
