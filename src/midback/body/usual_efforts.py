"""What the activities of a day ask of a person. In: subject, postures. Out: Effort by activity. Next: day_of_work.

Nobody measures postures all day: what an activity is usually held like is an assumption of data/body/usual.toml with
a wide spread, and everybody may put their own in its place.
"""

from collections.abc import Mapping
from dataclasses import fields, replace

import numpy as np

from midback.body.day_of_work import HELD, stack_efforts
from midback.body.parameters import Params
from midback.body.statics import load_of
from midback.body.subject import Subject
from midback.body.tissue import Effort, TissueParams
from midback.body.tissue.effort import effort_of
from midback.body.working_posture import RANGES_DEG, UPRIGHT, WorkingPosture
from midback.catalogue.constants import Constants, load_constants

# Angles as a row of usual.toml has them, then what is supported.
_ROW = tuple(field.name for field in fields(WorkingPosture))


def usual_postures(sunk: float = 0.0, constants: Constants | None = None) -> dict[str, WorkingPosture]:
    """Return how the activities are usually held; ``sunk``: share of sitting that a camera saw somebody sunk."""
    known = constants or load_constants()
    adds = sunk * np.asarray(known["sunk-adds"].value, dtype=float)
    names = [field.name for field in fields(WorkingPosture)]
    found = {}
    for name in HELD:
        angles = np.asarray(known[f"usual-{name}-angles"].value, dtype=float)
        angles = angles + adds if name == "sitting" else angles
        row = (*angles, *np.asarray(known[f"usual-{name}-supports"].value, dtype=float))
        found[name] = within(WorkingPosture(**dict(zip(names, map(np.asarray, row), strict=True))))
    return found


def within(posture: WorkingPosture) -> WorkingPosture:
    """Return a posture put together from parts, held to what people can do."""
    told = {name: getattr(posture, name) for name in RANGES_DEG}
    bounds = {name: np.radians(limits) for name, limits in RANGES_DEG.items()}
    return replace(
        posture,
        **{name: np.clip(value, *bounds[name]) for name, value in told.items()},
        arm_support=np.clip(posture.arm_support, 0.0, 1.0),
        back_rest=np.clip(posture.back_rest, 0.0, 1.0),
    )


def efforts_of(
    subject: Subject,
    postures: Mapping[str, WorkingPosture] | None = None,
    params: Params | None = None,
    tissue: TissueParams | None = None,
) -> Effort:
    """Return what each of ``DOINGS`` asks of a person, (..., A, G); what is not among ``postures`` is as usual."""
    held = {**usual_postures(), **(postures or {})}
    upright = load_of(subject, UPRIGHT, params)
    return stack_efforts(
        {
            name: effort_of(
                load_of(subject, held[name], params), upright, held[name], tissue, subject=subject
            )
            for name in HELD
        }
    )
