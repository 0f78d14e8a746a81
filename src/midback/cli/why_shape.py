"""What `midback why --json` prints. In: values of app.why. Out: dicts with units in their keys. Next: why_asked.

docs/cli.md shows both shapes. Keys are added, never renamed or removed; an interval is 90 %.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from midback.app.why_told import Angles, DayState, HourLoad, Spread, Stretch, WhyDay, WhyPosture

from . import shapes
from .shapes import Shape
from .wording import Speech

INTERVAL = "90 %"
Name = TypeVar("Name", bound=str)


def posture_shape(speech: Speech, told: WhyPosture) -> Shape:
    """Shape what a posture asks of a person."""
    return {
        "subject": {
            "mass_kg": told.person.mass_kg,
            "stature_m": told.person.stature_m,
            "sex": told.person.sex,
            "strength": told.person.strength,
        },
        "posture": angles_shape(told.angles),
        **_spread("neck_percent_mvc", told.neck_fraction, 100.0),
        **_spread("neck_moment_n_m", told.neck_moment_n_m),
        **_spread("neck_compression_n", told.neck_compression_n),
        **_spread("shoulder_moment_n_m", told.shoulder_moment_n_m),
        **_spread("mid_back_relative_load", told.mid_back),
        "levels": [
            {
                "level": level.level,
                **_spread("moment_n_m", level.moment_n_m),
                **_spread("extensor_force_n", level.extensor_force_n),
                **_spread("compression_n", level.compression_n),
                **_spread("relative_load", level.relative),
            }
            for level in told.levels
        ],
        "bands": [
            {
                "muscle": band.muscle,
                "strain_percent": round(100 * band.strain, 2),
                "length_m": round(band.length_m, 4),
                "direction": band.direction,
            }
            for band in told.bands
        ],
        "interval": INTERVAL,
        "grades": {"neck": told.neck_grade, "mid_back": told.mid_back_grade},
        "said": shapes.reasons(speech, told.said),
        "notes": shapes.reasons(speech, told.notes),
        "sources": list(told.sources),
    }


def day_shape(speech: Speech, told: WhyDay) -> Shape:
    """Shape a day over its hours."""
    return {
        "day": told.day.isoformat(),
        "usual": told.usual,
        "so_far": told.so_far,
        "sitting": {**angles_shape(told.mostly), "effort_percent_mvc": _percents(told.sitting)},
        "hours": [_hour(hour, told) for hour in told.hours],
        "state": _state(told.state),
        "share_of_load_by_activity_percent": _percents(told.by_activity),
        "share_of_extra_percent": _percents(told.by_part),
        "stretches": [_stretch(speech, one) for one in told.stretches],
        "longest": None if told.longest is None else _stretch(speech, told.longest),
        "night_s": round(told.night_s),
        "break": None
        if told.rule is None
        else {
            "after_s": told.rule.after_s,
            "length_s": told.rule.length_s,
            "hourly_s": told.rule.hourly_s,
            "reasons": shapes.reasons(speech, told.rule.reasons),
            "movements": [
                {
                    "exercise": one.exercise_id,
                    "variant": one.variant_id,
                    "eases_percent": _percents(one.groups),
                }
                for one in told.eases
            ],
        },
        "now": posture_shape(speech, told.posture),
        "said": shapes.reasons(speech, told.said),
        "notes": shapes.reasons(speech, told.notes),
        "sources": list(told.sources),
    }


def angles_shape(angles: Angles) -> Shape:
    """Shape a posture as a door shows it."""
    return {
        "head_flexion_deg": round(angles.head_flexion, 1),
        "trunk_flexion_deg": round(angles.trunk_flexion, 1),
        "thoracic_flexion_deg": round(angles.thoracic_flexion, 1),
        "arms_forward_deg": round(angles.arms_forward, 1),
        "elbow_deg": round(angles.elbow, 1),
        "arm_support": round(angles.arm_support, 2),
        "back_rest": round(angles.back_rest, 2),
    }


def _hour(hour: HourLoad, told: WhyDay) -> Shape:
    return {
        "start": hour.start.isoformat(),
        "end": hour.end.isoformat(),
        "known_percent": round(100 * hour.known, 1),
        "effort_percent_mvc": _percents(hour.load),
        "load_percent_of_sitting": _percents(
            {group: load / told.sitting[group] for group, load in hour.load.items()}
        ),
        "tiredness_percent": _percents(hour.tiredness),
        "tiredness_percent_low": _percents(hour.tiredness_low),
        "tiredness_percent_high": _percents(hour.tiredness_high),
        "seconds": {name: round(seconds) for name, seconds in sorted(hour.seconds.items())},
    }


def _state(state: DayState) -> Shape:
    return {
        "peak_tiredness_percent": _percents(state.peak),
        "mean_tiredness_percent": _percents(state.mean),
        "breaks": state.breaks,
    }


def _stretch(speech: Speech, one: Stretch) -> Shape:
    return {
        "start": one.start.isoformat(),
        "end": one.end.isoformat(),
        "activity": one.activity,
        "looks": one.looks or None,
        "posture": angles_shape(one.angles),
        "share_of_load_percent": round(100 * one.added, 1),
        "group": one.group,
        "reason": shapes.reasons(speech, [one.because])[0],
    }


def _spread(key: str, spread: Spread, by: float = 1.0) -> Mapping[str, float]:
    found: Iterable[tuple[str, float]] = (
        (key, spread.value),
        (f"{key}_low", spread.low),
        (f"{key}_high", spread.high),
    )
    return {name: round(by * value, 3) for name, value in found}


def _percents(shares: Mapping[Name, float]) -> Mapping[Name, float] | None:
    """Shape shares; without any nothing is known, which is null."""
    return None if not shares else {name: round(100 * share, 2) for name, share in shares.items()}
