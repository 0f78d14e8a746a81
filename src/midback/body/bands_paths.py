"""Which way each band runs. In: places of ``bands.toml``. Out: ``Paths``, ready for arithmetic. Next: bands.

A band is a few strands; a strand is a chain of straight stretches through places that ride on segments of the body.
What is said of a band is the mean of its strands.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from midback.body.blade import PIVOT, Coupling, coupling, place_of
from midback.movement.rotation import Array
from midback.movement.skeleton import HIPS_HEIGHT, SHOULDER, SPINE, STERNUM

BANDS: Final = (
    "rhomboids",
    "trapezius-middle",
    "trapezius-lower",
    "erector-thoracic",
    "levator",
    "pectoralis-major",
    "pectoralis-minor",
    "deltoid-anterior",
)
BACK: Final = BANDS[:5]
FRONT: Final = BANDS[5:]

STRANDS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "rhomboids": (
        ("spinous-c7", "blade-root"),
        ("spinous-t2", "blade-border-middle"),
        ("spinous-t4", "blade-border-lower"),
    ),
    "trapezius-middle": (
        ("spinous-c7", "acromion"),
        ("spinous-t1", "blade-spine", "acromion"),
        ("spinous-t3", "blade-root", "blade-spine"),
    ),
    "trapezius-lower": (
        ("spinous-t5", "blade-root"),
        ("spinous-t8", "back-upper", "blade-root"),
        ("spinous-t12", "back-lower-inner", "back-lower", "blade-root"),
    ),
    "erector-thoracic": (
        tuple(f"longissimus-{level}" for level in ("l2", "t12", "t10", "t8", "t6", "t4", "t2", "c6")),
        tuple(f"iliocostalis-{level}" for level in ("l2", "t12", "t10", "t8", "t6", "t4", "t1")),
    ),
    "levator": (("transverse-c1", "blade-upper-angle"), ("transverse-c4", "blade-upper-angle")),
    "pectoralis-major": (
        ("collar-bone-inner", "upper-arm-crest"),
        ("breastbone", "chest-upper", "upper-arm-crest"),
        ("rib-6", "chest-lower", "upper-arm-crest"),
    ),
    "pectoralis-minor": (("rib-3", "coracoid"), ("rib-5", "coracoid")),
    "deltoid-anterior": (("collar-bone-outer", "upper-arm-deltoid"),),
}

# What carries a place: a joint of the spine, or "clavicle", "blade", "upper_arm". A place on the trunk rides on the
# joint below it, as vertebrae do, where nothing else is said.
_CARRIED: Final = {
    "transverse-c1": "neck_2",
    "transverse-c4": "neck_1",
    "longissimus-c6": "neck_1",
    "spinous-c7": "neck_1",
    "acromion": "blade",
    "coracoid": "blade",
    "blade-upper-angle": "blade",
    "blade-root": "blade",
    "blade-border-middle": "blade",
    "blade-border-lower": "blade",
    "blade-spine": "blade",
    "collar-bone-outer": "clavicle",
    "upper-arm-crest": "upper_arm",
    "upper-arm-deltoid": "upper_arm",
}
SPINE_JOINTS: Final = tuple(joint for joint, _, _, _ in SPINE)
CARRIERS: Final = ("pelvis", *SPINE_JOINTS, "clavicle", "blade", "upper_arm")


@dataclass(frozen=True, slots=True)
class Paths:
    """P places and S stretches between them, of one side; the other is its mirror.

    offset : (P, 3) from the origin of what carries a place, in fractions of stature, body upright
    carrier : (P,) index into ``CARRIERS``
    start, end : (S,) places at the ends of a stretch
    share : (B, S) how much of a stretch's length counts for each band
    strands : for each band the places of each strand, in order
    """

    names: tuple[str, ...]
    offset: Array
    carrier: np.ndarray
    start: np.ndarray
    end: np.ndarray
    share: Array
    strands: tuple[tuple[tuple[int, ...], ...], ...]
    rule: Coupling


def upright_of(carrier: str) -> Array:
    """Return where the origin of a carrier is when a person stands upright, (3,), on the right side."""
    if carrier == "pelvis":
        return np.array([0.0, HIPS_HEIGHT, 0.0])
    if carrier == "clavicle":
        return np.array(STERNUM)
    if carrier == "blade":
        return np.array(place_of(PIVOT))
    if carrier == "upper_arm":
        return np.array(SHOULDER)
    return np.array([*next(spot for joint, spot, _, _ in SPINE if joint == carrier), 0.0])


def carrier_of(name: str, place: Array) -> str:
    """Return what a place rides on."""
    if name in _CARRIED:
        return _CARRIED[name]
    below = [joint for joint, spot, _, _ in SPINE if spot[1] <= place[1] and joint != "head_base"]
    return below[-1] if below else "pelvis"


@cache
def paths() -> Paths:
    """Return the bands' paths as the catalogue has them."""
    names = tuple(dict.fromkeys(name for band in BANDS for strand in STRANDS[band] for name in strand))
    row = {name: index for index, name in enumerate(names)}
    places = [np.array(place_of(name)) for name in names]
    carriers = [carrier_of(name, place) for name, place in zip(names, places, strict=True)]
    strands = tuple(tuple(tuple(row[name] for name in strand) for strand in STRANDS[band]) for band in BANDS)
    stretches = [
        (band, one[step], one[step + 1], 1.0 / len(group))
        for band, group in enumerate(strands)
        for one in group
        for step in range(len(one) - 1)
    ]
    share = np.zeros((len(BANDS), len(stretches)))
    for index, (band, _, _, part) in enumerate(stretches):
        share[band, index] = part
    return Paths(
        names=names,
        offset=np.array([place - upright_of(by) for place, by in zip(places, carriers, strict=True)]),
        carrier=np.array([CARRIERS.index(by) for by in carriers]),
        start=np.array([start for _, start, _, _ in stretches]),
        end=np.array([end for _, _, end, _ in stretches]),
        share=share,
        strands=strands,
        rule=coupling(),
    )
