"""Which movement takes load off what. In: an exercise's keyframes, a usual posture. Out: Unload. Next: state_rule, why.

Nothing here is a table by hand: the keyframes are played, each pose is weighed by the same statics and measured by
the same bands as sitting is, and what comes out less than in sitting is what the movement takes off. Lying and on all
fours the floor carries head and trunk, and the arms too unless the hands press.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from midback.body.bands import BANDS, bands_at
from midback.body.parameters import Params
from midback.body.pose_of import joint_angles, working_posture
from midback.body.statics import load_of
from midback.body.subject import Subject, make_subject
from midback.body.tissue import GROUPS
from midback.body.tissue.effort import effort_of
from midback.body.usual_efforts import usual_postures, within
from midback.body.working_posture import UPRIGHT, WorkingPosture
from midback.catalogue.exercise import Exercise, Purpose
from midback.catalogue.keyframe import Movement
from midback.catalogue.relief import Unload
from midback.movement.bake import Baked, bake
from midback.movement.rotation import Array

# Poses a second that are looked at: the keyframes stand still for seconds.
FPS: Final = 2.0
# A trunk that leans further than this from upright is carried by what it lies or kneels on.
CARRIED: Final = np.radians(60.0)
# A band that sitting changes by less than this is at rest there; what undoes less than this share is no relief.
LEAST_STRAIN: Final = 0.004
LEAST_SHARE: Final = 0.25
# A band is stretched the other way where the movement goes this much past upright.
OTHER_WAY: Final = 0.01


# Which bands pull on what a group of muscles stands for.
BANDS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "neck": ("levator",),
    "mid-back": ("rhomboids", "trapezius-middle", "trapezius-lower", "erector-thoracic"),
    "shoulders": ("pectoralis-major", "pectoralis-minor", "deltoid-anterior"),
}
NOTHING: Final = Unload()


def unloads(
    exercise: Exercise,
    variant_id: str,
    subject: Subject | None = None,
    usual: WorkingPosture | None = None,
    params: Params | None = None,
) -> Unload:
    """Return what a variant of an exercise takes off; nothing where it does not move, as with a visit.

    usual : how the person sits; the assumption of data/body/usual.toml when None
    """
    movement = exercise.movement_of(variant_id)
    if movement is None or not movement.keyframes:
        return NOTHING
    return unloads_by(movement, subject, usual, params)


def unloads_by(
    movement: Movement,
    subject: Subject | None = None,
    usual: WorkingPosture | None = None,
    params: Params | None = None,
) -> Unload:
    """Return what one movement takes off, from its own keyframes."""
    whose = make_subject() if subject is None else subject
    sat = usual_postures()["sitting"] if usual is None else usual
    baked = bake(movement, fps=FPS)
    strain = bands_at(baked.posture.angles).strain
    sitting = bands_at(joint_angles(sat)).strain
    bands, other_way = _undone(strain, sitting)
    return Unload(groups=_gone(baked, whose, sat, params), bands=bands, other_way=other_way)


def _undone(strain: Array, sitting: Array) -> tuple[dict[str, float], tuple[str, ...]]:
    """Compare strains over a movement (T, 2, B) with those of sitting (2, B): the better side of the two counts."""
    bands: dict[str, float] = {}
    other_way: list[str] = []
    for number, band in enumerate(BANDS):
        was = sitting[0, number]
        turned = np.sign(was) * strain[..., number]
        best = float(turned.min())
        if abs(was) >= LEAST_STRAIN:
            share = (abs(was) - best) / abs(was)
            if share >= LEAST_SHARE:
                bands[band] = round(min(float(share), 1.0), 3)
        if best < -OTHER_WAY:
            other_way.append(band)
    return bands, tuple(other_way)


def _gone(baked: Baked, subject: Subject, sat: WorkingPosture, params: Params | None) -> dict[str, float]:
    """Return by group how much of the effort of sitting is gone, mean over the movement."""
    upright = load_of(subject, UPRIGHT, params)
    before = effort_of(load_of(subject, sat, params), upright, sat, subject=subject).fraction
    posture = working_posture(baked.posture)
    carried = np.abs(posture.trunk_flexion) > CARRIED
    held = within(posture)
    now = effort_of(load_of(subject, held, params), upright, held, subject=subject).fraction
    pressing = np.zeros(len(baked.t), dtype=bool)
    for point, row in baked.pressing.items():
        if point.endswith(("hand", "forearm", "elbow")):
            pressing |= np.asarray(row, dtype=bool)
    # Hands that press carry part of the body or lean on a wall: their shoulders are not let go.
    rests = np.stack([carried, carried, carried & ~pressing], axis=-1)
    gone = np.clip(1.0 - np.where(rests, 0.0, now) / np.maximum(before, 1e-9), 0.0, 1.0)
    gone[..., GROUPS.index("shoulders")] *= ~pressing
    mean = gone.mean(axis=0)
    return {group: round(float(mean[g]), 3) for g, group in enumerate(GROUPS) if mean[g] >= 0.01}


def by_purpose(
    exercises: Mapping[str, Exercise], known: Mapping[tuple[str, str], Unload], group: str
) -> Sequence[Purpose]:
    """Return the purposes that take load off a group, those first that take most off, by what was worked out.

    Only daily and break exercises that somebody moves in; a purpose counts by the mean of its usual variants.
    """
    found: dict[Purpose, list[float]] = {}
    for exercise in exercises.values():
        if exercise.family in ("daily", "break") and exercise.purpose not in ("easy", "release"):
            row = known.get((exercise.id, exercise.variants[0].id), NOTHING)
            of_group = [row.bands.get(band, 0.0) * (1 + (band in row.other_way)) for band in BANDS_OF[group]]
            found.setdefault(exercise.purpose, []).append(sum(of_group) / len(of_group))
    worth = {purpose: round(sum(values) / len(values), 2) for purpose, values in found.items()}
    return sorted((p for p in worth if worth[p] > 0), key=lambda p: (-worth[p], p))


def relief_of(unload: Unload) -> dict[str, float]:
    """Return by group how much a movement takes off it, 0..1: half its effort, half what its bands undo."""
    return {
        group: 0.5 * unload.groups.get(group, 0.0)
        + 0.5 * sum(unload.bands.get(band, 0.0) for band in bands) / len(bands)
        for group, bands in BANDS_OF.items()
    }
