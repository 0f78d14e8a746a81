"""The body as joints, offsets and limits. Lengths are fractions of stature. Next: ``forward``, ``bake``.

Segment lengths after Drillis and Contini (1966) as printed in Winter, Biomechanics and Motor Control of Human
Movement, 4th ed. (2009), fig. 4.1; the spine's chain follows the sagittal course of the vertebral bodies with
T1-T12 kyphosis shared out unevenly (stiff T4-T10; White and Panjabi 1990). Joint limits: Norkin and White,
Measurement of Joint Motion, 5th ed. (2016) for the limbs, White and Panjabi (1990) for the spine, Ludewig et
al. (2009, doi:10.2106/JBJS.G.01483) for the shoulder girdle.

Angle names follow the ISB joint coordinate systems (Wu et al. 2002, 2005) with anatomical signs, the same
for both sides: flexion, abduction, internal rotation, pronation and protraction are positive; a bend to the
right and a rotation to the left are positive. ``shoulder_plane`` is 0 for abduction and 90 for flexion;
``shoulder_rotation`` is the turn about the arm left over after the shortest swing (ISB's third angle plus
the plane).
"""

from typing import Final

import numpy as np

SIDES: Final = ("left", "right")

SPINE: Final = (
    # joint, its place when standing upright (x, y), the region it moves with, share of that region's motion
    ("lumbar_1", (-0.020, 0.580), "lumbar", 0.40),
    ("lumbar_2", (-0.012, 0.614), "lumbar", 0.34),
    ("lumbar_3", (-0.012, 0.648), "lumbar", 0.26),
    ("thoracic_1", (-0.018, 0.681), "thoracic", 0.28),
    ("thoracic_2", (-0.028, 0.712), "thoracic", 0.18),
    ("thoracic_3", (-0.036, 0.744), "thoracic", 0.16),
    ("thoracic_4", (-0.038, 0.776), "thoracic", 0.18),
    ("thoracic_5", (-0.034, 0.807), "thoracic", 0.20),
    ("neck_1", (-0.024, 0.837), "neck", 0.50),
    ("neck_2", (-0.014, 0.866), "neck", 0.50),
    ("head_base", (-0.004, 0.895), "head", 1.00),
)
HIPS_HEIGHT: Final = 0.530
HEAD_CENTRE: Final = (0.016, 0.937)
VERTEX: Final = (0.010, 1.000)
STERNUM: Final = (0.012, 0.805, 0.012)
SHOULDER: Final = (-0.016, 0.808, 0.110)
HIP_HALF_WIDTH: Final = 0.048

UPPER_ARM: Final = 0.186
FOREARM: Final = 0.146
HAND: Final = 0.108
PALM: Final = 0.048
THIGH: Final = 0.245
SHANK: Final = 0.246
FOOT_HEIGHT: Final = 0.039
HEEL: Final = (-0.034, -0.030, 0.0)
TOE: Final = (0.112, -0.030, 0.0)

# What lies between a joint's centre and the skin that presses, for contacts and for the "nothing passes
# through" law.
THICKNESS: Final = {
    "palm": 0.012,
    "forearm": 0.021,
    "elbow": 0.021,
    "knee": 0.031,
    "ankle": 0.022,
    "sole": FOOT_HEIGHT,
}
# Skin points that bear weight: (joint whose frame they move with, offset from it when standing upright).
SKIN: Final = {
    "seat": ("pelvis", (-0.006, -0.050, 0.0)),
    "pelvis": ("pelvis", (-0.074, 0.020, 0.0)),
    "waist": ("lumbar_2", (-0.052, 0.0, 0.0)),
    "back": ("thoracic_3", (-0.046, 0.0, 0.0)),
    "upper_back": ("thoracic_5", (-0.046, 0.0, 0.0)),
    "head": ("head_base", (-0.062, 0.040, 0.0)),
    "brow": ("head_base", (0.084, 0.052, 0.0)),
    "breastbone": ("thoracic_4", (0.086, -0.012, 0.0)),
    "belly": ("lumbar_2", (0.075, 0.0, 0.0)),
}

REGIONS: Final = ("lumbar", "thoracic", "neck")
MIDLINE: Final = (
    "pelvis_tilt",
    "pelvis_list",
    "pelvis_rotation",
    *(f"{region}_{motion}" for region in REGIONS for motion in ("flexion", "bend", "rotation")),
    "head_flexion",
)
SIDED: Final = (
    "scapula_protraction",
    "scapula_elevation",
    "shoulder_plane",
    "shoulder_elevation",
    "shoulder_rotation",
    "elbow_flexion",
    "forearm_pronation",
    "wrist_flexion",
    "wrist_deviation",
    "hip_flexion",
    "hip_abduction",
    "hip_rotation",
    "knee_flexion",
    "ankle_flexion",
    "ankle_inversion",
    "ankle_rotation",
)
ANGLES: Final = (*MIDLINE, *(f"{side}_{name}" for side in SIDES for name in SIDED))
INDEX: Final = {name: position for position, name in enumerate(ANGLES)}
# Midline turns that change sign in a mirror.
HANDED: Final = tuple(name for name in MIDLINE if name.endswith(("_list", "_bend", "_rotation")))

LIMITS_DEG: Final = {
    # the pelvis is the root: any way up
    "pelvis_tilt": (-180.0, 180.0),
    "pelvis_list": (-180.0, 180.0),
    "pelvis_rotation": (-180.0, 180.0),
    "lumbar_flexion": (-30.0, 60.0),
    "lumbar_bend": (-25.0, 25.0),
    "lumbar_rotation": (-10.0, 10.0),
    "thoracic_flexion": (-28.0, 42.0),
    "thoracic_bend": (-30.0, 30.0),
    "thoracic_rotation": (-42.0, 42.0),
    "neck_flexion": (-60.0, 50.0),
    "neck_bend": (-45.0, 45.0),
    "neck_rotation": (-80.0, 80.0),
    "head_flexion": (-25.0, 20.0),
    "scapula_protraction": (-25.0, 30.0),
    "scapula_elevation": (-10.0, 35.0),
    "shoulder_plane": (-100.0, 150.0),
    "shoulder_elevation": (0.0, 180.0),
    "shoulder_rotation": (-100.0, 100.0),
    "elbow_flexion": (-5.0, 150.0),
    "forearm_pronation": (-10.0, 190.0),
    "wrist_flexion": (-92.0, 80.0),
    "wrist_deviation": (-40.0, 40.0),
    "hip_flexion": (-30.0, 130.0),
    "hip_abduction": (-30.0, 45.0),
    "hip_rotation": (-45.0, 45.0),
    "knee_flexion": (-5.0, 155.0),
    "ankle_flexion": (-60.0, 32.0),
    "ankle_inversion": (-30.0, 35.0),
    "ankle_rotation": (-35.0, 35.0),
}

_LIMB_POINTS = (
    "clavicle",
    "shoulder",
    "elbow",
    "wrist",
    "palm",
    "fingertip",
    "hip",
    "knee",
    "ankle",
    "heel",
    "toe",
)
POINTS: Final = (
    "pelvis",
    *(joint for joint, _, _, _ in SPINE),
    "head",
    "vertex",
    *(f"skin_{name}" for name in SKIN),
    *(f"{side}_{name}" for side in SIDES for name in _LIMB_POINTS),
)
POINT: Final = {name: position for position, name in enumerate(POINTS)}

_LIMB_SEGMENTS = ("upper_arm", "forearm", "hand", "thigh", "shank", "foot")
SEGMENTS: Final = (
    "pelvis",
    *(joint for joint, _, _, _ in SPINE),
    *(f"{side}_{name}" for side in SIDES for name in _LIMB_SEGMENTS),
)
SEGMENT: Final = {name: position for position, name in enumerate(SEGMENTS)}
# The frame arms hang from and that "thorax" means in a keyframe.
THORAX: Final = "thoracic_5"


def limits() -> tuple[np.ndarray, np.ndarray]:
    """Return the lowest and highest value of each angle in ``ANGLES`` order, rad."""
    rows = [LIMITS_DEG[name.removeprefix("left_").removeprefix("right_")] for name in ANGLES]
    bounds = np.radians(np.array(rows))
    return bounds[:, 0], bounds[:, 1]


def mirror_name(name: str) -> str:
    """Return the name of the same thing on the other side."""
    if name.startswith("left_"):
        return "right_" + name.removeprefix("left_")
    if name.startswith("right_"):
        return "left_" + name.removeprefix("right_")
    return name
