"""What others reckoned or measured and the statics should show unasked. In: body.statics. Out: rows, no targets.

None of these was looked at to choose a constant. Where a study leaves its posture or its people open, the row says
what was taken in its place.
"""

from functools import cache

import numpy as np
from validation_rows import Row, by_factor, by_range

from midback.body.parameters import params_from
from midback.body.statics import LEVELS, load_of
from midback.body.subject import Subject, make_subject
from midback.body.uncertainty import sampled
from midback.body.working_posture import UPRIGHT, in_degrees
from midback.catalogue.constants import load_constants

TABLE = "relation"
T7, T12 = LEVELS.index("T7"), LEVELS.index("T12")


@cache
def _man() -> Subject:
    return make_subject(mass_kg=77, stature_m=1.76, sex="m")


@cache
def _woman() -> Subject:
    return make_subject(mass_kg=63, stature_m=1.63, sex="f")


def relation_rows() -> list[Row]:
    """Return every relation, each with what stands in for what its study leaves open."""
    return [*_tablets(), _full_bend(), _rising(), _sexes(), *_rounding(), _rested_arms()]


def _neck(subject: Subject, head: float) -> float:
    return float(load_of(subject, in_degrees(head_flexion=head)).moment[0])


def _tablets() -> list[Row]:
    """Gravitational demand at a tablet, 3 to 5 times that of neutral (Vasavada 2015)."""
    return [
        by_range(
            *(TABLE, f"neck moment at a tablet, times neutral: head at {head} degrees", 3, 5),
            *(_neck(_woman(), head) / _neck(_woman(), 0), "times"),
            "Vasavada 2015; the abstract names no angle, and its demand is divided by a strength that falls in bending",
        )
        for head in (15, 30, 45)
    ]


def _full_bend() -> Row:
    """The moment at C7-T1 with the whole neck bent, 3.6 times neutral (Harms-Ringdahl 1986)."""
    params = params_from(sampled(load_constants(), np.random.default_rng(7), 4000))
    bent, upright = (
        load_of(_woman(), in_degrees(head_flexion=head), params).moment[..., 0] for head in (60, 0)
    )
    low, high = np.quantile(bent / upright, (0.05, 0.95))
    return Row(
        *(TABLE, "C7-T1 moment with the neck fully bent, times neutral: head at 60 degrees", 3.6),
        *(_neck(_woman(), 60) / _neck(_woman(), 0), "times", "inside our 90 % interval"),
        bool(low <= 3.6 <= high),
        f"Harms-Ringdahl 1986, 10 women sitting; our interval is {low:.1f} to {high:.1f} and hangs on how far in front "
        "of C7 the head lies upright: 20 mm here; with 40 mm it would be 3.7",
    )


def _rising() -> Row:
    moments = [_neck(_man(), head) for head in (0, 15, 30, 45)]
    rises = int(np.sum(np.diff(moments) > 0))
    return Row(
        *(TABLE, "steps 0, 15, 30, 45 degrees of the head at which the neck's moment rises", 3, rises),
        *("of 3", "exact", rises == 3),
        "32 people with a smartphone, standing; the abstract gives the direction alone",
    )


def _sexes() -> Row:
    posture = in_degrees(head_flexion=45)
    woman, man = (float(load_of(one, posture).neck_fraction) for one in (_woman(), _man()))
    return by_factor(
        *(TABLE, "neck effort of women, times that of men", 12.3 / 9.5, woman / man, "times", 2.0),
        "muscle activity with the head as far down as it goes (12.3 and 9.5 % of maximum, 16 and 16 people); ours at "
        "45 degrees, on the strength of 5 women and 11 men",
    )


def _rounding() -> list[Row]:
    """Compression with 25 degrees more curve and nothing made up below (Bruno 2012)."""
    upright = load_of(_man(), UPRIGHT).compression
    factor = load_of(_man(), in_degrees(thoracic_flexion=25)).compression / upright
    risen = int(np.sum(factor[1:] > 1))
    fallen = ", ".join(level for level, one in zip(LEVELS[1:], factor[1:], strict=True) if one <= 1)
    return [
        Row(
            *(
                TABLE,
                "levels T1 to T12 whose compression rises with 25 degrees more thoracic curve",
                12,
                risen,
            ),
            *("of 12", "exact", risen == 12),
            "Bruno 2012, T1-T12 angle 50 to 75 degrees, nothing made up below. "
            + (
                f"Not at {fallen}: half of the bend falls to the top two joints, so their column tips and its "
                "weight turns into shear, which is not printed here"
                if fallen
                else ""
            ),
        ),
        Row(
            *(TABLE, "the same: rise at T12 over rise at T7", "above 1"),
            *(
                float((factor[T12] - 1) / (factor[T7] - 1)),
                "times",
                "direction",
                bool(factor[T12] > factor[T7] > 1),
            ),
            "Bruno 2012: more at the thoracolumbar junction than in the middle",
        ),
    ]


def _rested_arms() -> Row:
    free, rested = (
        float(load_of(_man(), in_degrees(arms_forward=30, elbow=60, arm_support=one)).shoulder_moment)
        for one in (0, 0.5)
    )
    return Row(
        *(TABLE, "shoulder moment with half of the arms' weight rested, over none", "below 1", rested / free),
        *("times", "direction", rested < free),
        "typing with support at the height of the elbow lowers the activity of shoulder and neck (24 people); in "
        "another study (13 people) resting the wrists did and resting the forearms did not",
    )
