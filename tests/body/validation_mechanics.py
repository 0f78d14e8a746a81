"""V6, V7, V9 and V10: statics beside what is published. In: body.statics, constants. Out: rows, misses among them."""

import numpy as np
from validation_rows import Row, by_share

from midback.body.parameters import parameters
from midback.body.statics import LEVELS, load_of
from midback.body.statics_moments import lever
from midback.body.subject import make_subject, segments
from midback.body.working_posture import UPRIGHT

POUND_N = 4.448
HANSRAJ_LB = {15: 27.0, 30: 40.0, 45: 49.0, 60: 60.0}
CAPACITY = {"extension": 48.2, "flexion": 29.2}
ABOVE = {"T1": 0.159, "T4": 0.190, "T6": 0.213, "T7": 0.226, "T8": 0.238, "T10": 0.267, "T12": 0.302}
COMPRESSION_N = (248.0, 257.0, 304.0, 336.0, 437.0, 452.0, 413.0, 425.0, 445.0, 555.0, 574.0, 527.0)
MASS_KG = 70.5
LONG = (
    "ours rises down to T8-9 and falls from there: each level is balanced by itself, while long muscles carry the pull "
    "that T8 needs further down; the published one falls once, from T6-7 to T7-8"
)
HEAVIER = "head 0.081 and arms of de Leva here, head 0.074 and arms of 0.038 each there"


def mechanics_rows() -> list[Row]:
    """Return V6, V7, V9 and V10."""
    return [*head_forward_rows(), *neck_strength_rows(), *mass_above_rows(), *compression_rows()]


def head_forward_rows() -> list[Row]:
    """Return V6: the well-known table from one lever with its own weight and height."""
    return [
        by_share(
            *("V6", f"compression of the neck, head at {angle} degrees", round(pounds * POUND_N, 1)),
            float(lever(np.asarray(60.0), np.asarray(0.16), np.asarray(0.0385), np.radians(angle))),
            *("N", 0.12),
        )
        for angle, pounds in HANSRAJ_LB.items()
    ]


def neck_strength_rows() -> list[Row]:
    """Return V7 as tabulated: the strength of men that we use, beside the sum over a neck model's muscles."""
    neck = parameters().neck
    ours = {"extension": float(neck.extension_male), "flexion": float(neck.flexion_male)}
    return [
        by_share("V7", f"greatest {way} of the neck, men, neutral", published, ours[way], "N m", 0.15)
        for way, published in CAPACITY.items()
    ]


def mass_above_rows() -> list[Row]:
    """Return V9: mass above each level, with the head and both whole arms on top."""
    rows = []
    for sex, name in (("m", "man"), ("f", "woman")):
        own = segments(make_subject(mass_kg=MASS_KG, stature_m=1.75, sex=sex), parameters())
        above = (float(own.head) + float(own.arms.sum()) + np.cumsum(own.slices)) / MASS_KG
        for level, published in ABOVE.items():
            ours = float(above[LEVELS.index(level) - 1])
            what = f"mass above {level} and with it, part of body mass, {name}"
            row = by_share("V9", what, published, ours, "1", 0.10)
            rows.append(row if row.inside else by_share("V9", what, published, ours, "1", 0.10, HEAVIER))
    return rows


def compression_rows() -> list[Row]:
    """Return V10: compression of a man of 70.5 kg who stands upright, level by level and in shape."""
    load = load_of(make_subject(mass_kg=MASS_KG, stature_m=1.75, sex="m"), UPRIGHT)
    ours = load.compression[1:]
    below = dict(zip(LEVELS[1:], (*LEVELS[2:], "L1"), strict=True))
    rows = [
        by_share("V10", f"compression at {level}-{below[level]}", published, float(one), "N", 0.25)
        for level, published, one in zip(LEVELS[1:], COMPRESSION_N, ours, strict=True)
    ]
    over = ours / load.weight_above[1:]
    middle = [float(over[LEVELS.index(level) - 1]) for level in ("T6", "T7", "T8")]
    order = _rank_correlation(ours[:11], np.array(COMPRESSION_N[:11]))
    rising = int(np.sum(np.diff(ours[:11]) > 0))
    grown = int(np.sum(np.diff(COMPRESSION_N[:11]) > 0))
    rows += [
        Row("V10", "rank correlation with the published levels, T1-2 to T11-12", "0.9 or more", order, "1",
            "0.9 or more", order >= 0.9),
        Row("V10", "steps of the 10 from T1-2 down to T11-12 at which compression rises", grown, rising, "of 10",
            "rises throughout", rising == 10, LONG),
        *(
            Row("V10", f"compression over weight above, {level}", "2.2 to 3", one, "times", "inside the range",
                2.2 <= one <= 3.0)
            for level, one in zip(("T6", "T7", "T8"), middle, strict=True)
        ),
    ]  # fmt: skip
    return rows


def _rank_correlation(one: np.ndarray, other: np.ndarray) -> float:
    """Return Spearman's correlation of two rows without ties."""
    ranks = [np.argsort(np.argsort(values)) for values in (one, other)]
    return float(np.corrcoef(*ranks)[0, 1])
