"""What a posture asks of a person, in numbers and sentences. In: Person, Angles. Out: WhyPosture. Next: why, why_day.

A posture needs no house: on a fresh machine the numbers are those of adults in general.
"""

from typing import Final

import numpy as np

from midback.body.bands import lengths_of
from midback.body.bands_paths import BANDS
from midback.body.statics import LEVELS
from midback.body.subject import Subject
from midback.body.uncertainty import Interval, spread_of
from midback.body.working_posture import WorkingPosture
from midback.catalogue.constants import load_constants
from midback.reasons import Reason
from midback.store import intakes
from midback.store.engine import reading

from .house import House
from .why_basis import person_of
from .why_numbers import grade_of_posture, sources_of_posture
from .why_postures import subject_of, usual_angles, working
from .why_told import WHOLE_FROM, Angles, BandNow, LevelLoad, Person, Spread, WhyPosture

MID_BACK: Final = tuple(LEVELS.index(level) for level in ("T4", "T5", "T6", "T7", "T8"))
DRAWS: Final = 2000
# A slider's effect is wanted within a breath; the interval's ends are a little rougher for it.
FEW_DRAWS: Final = 300
# A band within this share of its length upright is neither longer nor shorter.
SAME_LENGTH: Final = 0.005
# Between these the load is told as the same.
ABOUT_SAME: Final = (0.95, 1.05)


def read_person(house: House, person: str) -> Person:
    """Return what somebody told for the body model; nothing told is adults in general."""
    with reading(house.engine).connect() as conn:
        return person_of(intakes.latest(conn, person))


def presence(name: str = "sitting") -> Angles:
    """Return a usual posture: sitting, driving, standing, moving or phone."""
    return usual_angles(load_constants(), name)


def why_posture(person: Person, angles: Angles, *, draws: int = DRAWS) -> WhyPosture:
    """Return what a posture asks of a person; the same numbers in every run.

    Raises
    ------
    InputError
        For a posture or a person that cannot be, naming the value, the rule and the range.
    """
    subject, posture = subject_of(person), working(angles)
    found = spread_of(subject, posture, draws=draws)
    levels = tuple(
        LevelLoad(
            level=level,
            moment_n_m=_at(found["moment"], place),
            extensor_force_n=_at(found["extensor_force"], place),
            compression_n=_at(found["compression"], place),
            relative=_at(found["relative_load"], place),
        )
        for place, level in enumerate(LEVELS)
    )
    neck, mid = _at(found["neck_fraction"]), _mid_back(levels)
    return WhyPosture(
        person=person,
        angles=angles,
        neck_fraction=neck,
        neck_moment_n_m=levels[0].moment_n_m,
        neck_compression_n=levels[0].compression_n,
        shoulder_moment_n_m=_at(found["shoulder_moment"]),
        mid_back=mid,
        levels=levels,
        bands=_bands(subject, posture),
        said=(Reason("why.sore"), _neck_said(neck), *_wide_because(person), _mid_back_said(mid)),
        notes=notes_of(person),
        sources=sources_of_posture(),
        neck_grade=grade_of_posture("neck"),
        mid_back_grade=grade_of_posture("mid-back"),
    )


def notes_of(person: Person) -> tuple[Reason, ...]:
    """Return what a posture's numbers rest on, and where they are wide."""
    notes = [Reason("why.model")]
    if person.general:
        notes.append(Reason("why.general"))
    elif person.mass_kg is None or person.stature_m is None:
        notes.append(Reason("why.size-missing"))
    if person.sex is None:
        notes.append(Reason("why.sex-missing"))
    grades = {"neck": grade_of_posture("neck"), "mid": grade_of_posture("mid-back")}
    return (*notes, Reason("why.neck-few"), Reason("why.mid-back-relative"), Reason("why.grades", grades))


def _neck_said(neck: Spread) -> Reason:
    low, percent, high = (round(100 * part) for part in (neck.low, neck.value, neck.high))
    # A model may ask for more than all; the numbers say so, a sentence ends at all.
    ends = [neck.high >= WHOLE_FROM, neck.value >= WHOLE_FROM]
    words = ("why.neck", "why.neck-whole", "why.neck-all")[sum(ends)]
    return Reason(words, {"percent": percent, "low": low, "high": high})


def _wide_because(person: Person) -> tuple[Reason, ...]:
    """Say beside the neck's number why its range is so wide, where nothing is known of the person."""
    if not person.general:
        return ()
    return (Reason("why.wide-nothing" if person.strength is None else "why.wide-size-sex"),)


def _mid_back_said(mid: Spread) -> Reason:
    if ABOUT_SAME[0] <= mid.value <= ABOUT_SAME[1]:
        return Reason("why.mid-back-same")
    if mid.value < 1:
        low, percent, high = (round(100 * part) for part in (mid.low, mid.value, mid.high))
        return Reason("why.mid-back-less", {"percent": percent, "low": low, "high": high})
    low_times, times, high_times = (round(part, 1) for part in (mid.low, mid.value, mid.high))
    return Reason("why.mid-back-more", {"times": times, "low": low_times, "high": high_times})


def _mid_back(levels: tuple[LevelLoad, ...]) -> Spread:
    """Return the mean over T4 to T8, whose loads move together, so that their intervals are averaged too."""
    inside = [levels[place].relative for place in MID_BACK]
    return Spread(
        *(float(np.mean([getattr(one, end) for one in inside])) for end in ("value", "low", "high"))
    )


def _bands(subject: Subject, posture: WorkingPosture) -> tuple[BandNow, ...]:
    lengths, strains = (values.tolist() for values in lengths_of(subject, posture))
    return tuple(
        BandNow(
            muscle=muscle,
            length_m=length,
            strain=strain,
            direction="same" if abs(strain) < SAME_LENGTH else ("longer" if strain > 0 else "shorter"),
        )
        for muscle, length, strain in zip(BANDS, lengths, strains, strict=True)
    )


def _at(interval: Interval, place: int | None = None) -> Spread:
    parts = (interval.middle, interval.low, interval.high)
    return Spread(*(float(part if place is None else part[place]) for part in parts))
