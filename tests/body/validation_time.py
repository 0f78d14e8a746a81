"""Published numbers on time beside ours: V1 to V5, V15, and relations that were never a target.

test_tissue_validation.py holds them to their tolerances, docs/validation.md prints them. Nothing in the model was
fitted to these tables beyond the constants that the tables' own sources give.
"""

from functools import cache
from typing import Any

import numpy as np
from validation_rows import Row, by_amount, by_factor, by_range, by_share

from midback.body.iso11226 import ARM, HEAD, TRUNK, Limits, holding_time_s
from midback.body.statics import load_of
from midback.body.subject import make_subject
from midback.body.tissue import Effort, TissueState, advance, creep_of, effort_of, rested, tissue_parameters
from midback.body.tissue.fatigue import endurance_time, held_for_ever
from midback.body.working_posture import UPRIGHT, in_degrees

# F and R, 1/s, of Frey-Law 2012; the body model itself uses three of them.
JOINTS = {
    "ankle": (0.00589, 0.00058),
    "knee": (0.01500, 0.00149),
    "trunk": (0.00755, 0.00075),
    "shoulder": (0.01820, 0.00168),
    "elbow": (0.00912, 0.00094),
    "grip": (0.00980, 0.00064),
    "general": (0.00970, 0.00091),
}
ROW = {"general": 0, "trunk": 1, "shoulder": 2}
EFFORTS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
CURVES = {
    "trunk": (4225, 876, 349, 182, 109, 72, 51, 38),
    "shoulder": (1005, 283, 135, 79.5, 52.8, 37.8, 28.5, 22.4),
    "general": (2093, 531, 238, 135, 86.5, 60.3, 44.4, 34.1),
}
ERRORS = {"trunk": (-29, -23, 1, 18, 28, 26, 14, -11), "shoulder": (5, -3, 7, 12, 9, 0, -16, -38)}
TIMES = {
    "trunk": (2995, 675, 352, 215, 140, 91, 58, 34),
    "shoulder": (1059, 274, 144, 89, 58, 38, 24, 14),
}
FLOORS = {"trunk": 0.0904, "shoulder": 0.0845, "general": 0.0858}


def full_three_compartments(
    tire: Any, recover: Any, target: Any, step_s: float = 0.05, until_s: float = 2000.0
) -> Any:
    """Return endurance times, s, of the whole model with its controller (LD = LR = 10), by Runge and Kutta's rule.

    A rested muscle is asked for a steady target; once it works at 99 % of it (the controller keeps a small offset), it
    ends when the controller asks for more fibres than are left at rest, which is the model's own change of rule.
    """
    tire, recover, target = np.broadcast_arrays(tire, recover, target)
    drive = 10.0

    def slope(active: Any, resting: Any, tired: Any) -> Any:
        short = target - active
        wanted = np.where(active < target, np.minimum(short, resting), short)
        flow = drive * wanted
        return flow - tire * active, recover * tired - flow, tire * active - recover * tired

    state = [np.zeros(target.shape), np.ones(target.shape), np.zeros(target.shape)]
    ends, reached = np.full(target.shape, np.nan), np.zeros(target.shape, bool)
    for number in range(int(until_s / step_s)):
        first = slope(*state)
        second = slope(*(x + step_s / 2 * d for x, d in zip(state, first, strict=True)))
        third = slope(*(x + step_s / 2 * d for x, d in zip(state, second, strict=True)))
        fourth = slope(*(x + step_s * d for x, d in zip(state, third, strict=True)))
        state = [
            x + step_s / 6 * (a + 2 * b + 2 * c + d)
            for x, a, b, c, d in zip(state, first, second, third, fourth, strict=True)
        ]
        reached |= state[0] >= 0.99 * target
        ended = reached & (state[1] < target - state[0]) & np.isnan(ends)
        ends[ended] = (number + 1) * step_s
        if not np.isnan(ends).any():
            break
    return ends


@cache
def v1() -> list[Row]:
    """Compare the closed form with the whole model, seven joints, 20 to 80 % of strength."""
    efforts = np.array(EFFORTS[1:])
    tire, recover = (np.array([joint[k] for joint in JOINTS.values()])[:, None] for k in (0, 1))
    numeric = full_three_compartments(tire, recover, efforts)
    ours = endurance_time(efforts, tire, recover)
    return [
        by_share("V1", f"{name}, {effort:.0%}", float(numeric[j, e]), float(ours[j, e]), "s", 0.02)
        for j, name in enumerate(JOINTS)
        for e, effort in enumerate(efforts)
        if effort >= recover[j, 0] / (tire[j, 0] + recover[j, 0]) + 0.05
    ]


def v2() -> list[Row]:
    """Compare endurance curves with the printed ones, and the three compartments with the curves."""
    known = tissue_parameters()
    rows = []
    for name, curve in CURVES.items():
        factor, power = known.endurance_s[ROW[name]], known.endurance_power[ROW[name]]
        for effort, printed in zip(EFFORTS, curve, strict=True):
            ours = float(factor * effort**power)
            # Printed to whole seconds or tenths: half a step of print, and rounding of ours.
            rows.append(
                by_amount("V2", f"curve, {name}, {effort:.0%}", printed, ours, "s", _half_step(printed))
            )
    for name, curve in CURVES.items():
        times = _endurance(name)
        for effort, printed, ours in zip(EFFORTS[1:], curve[1:], times[1:], strict=True):
            what = f"3CC against the curve, {name}, {effort:.0%}"
            rows.append(by_factor("V2", what, printed, float(ours), "s", 2.0))
    for name, errors in ERRORS.items():
        off = 100 * (_endurance(name) / np.array(CURVES[name]) - 1)
        for effort, printed, ours in zip(EFFORTS, errors, off, strict=True):
            what = f"error of the 3CC, {name}, {effort:.0%}"
            rows.append(by_amount("V2", what, printed, float(ours), "%", 1.0))
    return rows


def v3() -> list[Row]:
    """Compare the three compartments' endurance times with the table."""
    return [
        by_share("V3", f"{name}, {effort:.0%}", printed, float(ours), "s", 0.02)
        for name, table in TIMES.items()
        for effort, printed, ours in zip(EFFORTS, table, _endurance(name), strict=True)
    ]


def v4() -> list[Row]:
    """Compare the effort that the model holds for ever."""
    known = tissue_parameters()
    floors = held_for_ever(known.tire, known.recover)
    return [
        by_amount("V4", f"held for ever, {name}", printed, float(floors[ROW[name]]), "of strength", 1e-3)
        for name, printed in FLOORS.items()
    ]


def v5() -> list[Row]:
    """Compare creep in full flexion and its recovery (lumbar)."""
    known = tissue_parameters()
    bent = Effort(fraction=np.zeros(3), flexion=np.array(1.0))
    straight = Effort(fraction=np.zeros(3), flexion=np.array(0.0))
    after = {m: advance(rested(), bent, 60.0 * m) for m in (5, 10, 20, 30)}
    rows = [by_amount("V5", "creep after 20 min", 5.5, _degrees(after[20]), "degrees", 0.1)]
    rows.append(by_amount("V5", "time constant", 9.4, float(known.loading_s) / 60, "min", 0.05))
    whole = float(np.rad2deg(known.asymptote))
    for minutes, share in {5: 0.41, 10: 0.66, 20: 0.88, 30: 0.96}.items():
        ours = _degrees(after[minutes]) / whole
        rows.append(by_amount("V5", f"share after {minutes} min", share, ours, "of the whole", 0.01))
    back = {m: 1 - _degrees(advance(after[20], straight, 60.0 * m)) / _degrees(after[20]) for m in (2, 30)}
    note = "about half, read as 40 to 60 %; the bend stands in for the stiffness"
    rows.append(by_range("V5", "back after 2 min of rest", 0.4, 0.6, back[2], "of the whole", note))
    note = "not whole yet, and slower than the way in"
    rows.append(by_range("V5", "back after 30 min of rest", 0.5, 0.999, back[30], "of the whole", note))
    return rows


def v15() -> list[Row]:
    """Compare holding times of ISO 11226."""
    tables: dict[str, tuple[Limits, dict[int, int]]] = {
        "trunk": (TRUNK, {20: 240, 40: 150, 60: 60}),
        "head": (HEAD, {25: 480, 55: 270, 85: 60}),
        "upper arm": (ARM, {20: 180, 40: 120, 60: 60}),
    }
    return [
        by_amount(
            "V15", f"{name}, {angle} degrees", time, holding_time_s(np.deg2rad(angle), limits), "s", 0.0
        )
        for name, (limits, table) in tables.items()
        for angle, time in table.items()
    ]


def relations() -> list[Row]:
    """Compare with what was never a target: an arm held out, discomfort over hours, rest between holds."""
    rows = []
    out = in_degrees(arms_forward=90)
    for sex, who, low, high in (("m", "men", 0.22, 0.25), ("f", "women", 0.31, 0.37)):
        person = make_subject(sex=sex)
        asked = effort_of(load_of(person, out), load_of(person, UPRIGHT), out, subject=person)
        note = "other people and another method than our strength; women: 34 %, give or take 3"
        what = f"shoulder effort, arm held out at 90 degrees, {who}"
        rows.append(by_range("relation", what, low, high, float(asked.fraction[2]), "of strength", note))
    quiet = Effort(fraction=np.full(3, 0.05), flexion=np.array(0.2))
    hours = [advance(rested(), quiet, 3600.0 * h).dose for h in range(5)]
    gains = np.diff(np.stack(hours), axis=0).min(axis=-1)
    note = "discomfort of sitting still rises in the fourth hour; effort 5 %"
    rows.append(
        by_range("relation", "dose gained in the fourth hour", 0.005, 1.0, float(gains[3]), "1", note)
    )
    for name, printed in (("trunk", 62), ("shoulder", 28)):
        known = tissue_parameters()
        ours = float(np.log(2) / (known.rest_multiplier * known.recover[ROW[name]]))
        rows.append(by_share("relation", f"half of fatigue gone at rest, {name}", printed, ours, "s", 0.02))
    return rows


def all_rows() -> list[Row]:
    """Return every comparison, in the order of the tables."""
    return [*v1(), *v2(), *v3(), *v4(), *v5(), *v15(), *relations()]


def _endurance(name: str) -> Any:
    known = tissue_parameters()
    return endurance_time(np.array(EFFORTS), known.tire[ROW[name]], known.recover[ROW[name]])


def _half_step(printed: float) -> float:
    return 0.5 if printed == int(printed) else 0.05


def _degrees(state: TissueState) -> float:
    return float(np.rad2deg(creep_of(state)))
