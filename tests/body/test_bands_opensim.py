"""OpenSim itself, given our numbers, finds our static moments, band lengths and moment arms; and an open neck model.

OpenSim runs in an environment of its own (tests/oracle/opensim.txt), whose Python OPENSIM_PYTHON names. The neck model
is no part of the project: its capacity is kept as numbers in fixtures/oracle/neck-model.json with how they were got,
and NECK_MODEL names its file for who has one and wants them computed anew.
"""

import json
import os
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import oracle_worker
from midback.body.bands import BANDS, COORDINATES, bands_at
from midback.body.bands_paths import CARRIERS, STRANDS, paths
from midback.body.parameters import GRAVITY, parameters
from midback.body.pose_of import joint_angles
from midback.body.statics import LEVELS, load_of
from midback.body.statics_chain import GIRDLE, upright_tilt
from midback.body.subject import make_subject, segments
from midback.body.working_posture import WorkingPosture, in_degrees
from midback.catalogue.constants import load_constants
from midback.movement.skeleton import (
    ANGLES,
    HIPS_HEIGHT,
    INDEX,
    MIDLINE,
    SHOULDER,
    SIDED,
    SIDES,
    SPINE,
    STERNUM,
    THORAX,
    limits,
)

TESTS = Path(__file__).resolve().parent.parent
KEPT = TESTS / "fixtures" / "oracle" / "neck-model.json"
STATURE = 1.75


def ask(**told: Any) -> Any:
    """Ask OpenSim; skip where it is not."""
    return oracle_worker.ask("OPENSIM_PYTHON", "opensim", told)


# -- statics

HELD = (
    {},
    {"head_flexion": 45.0, "arms_forward": 30.0, "elbow": 70.0},
    {
        "head_flexion": 20.0,
        "trunk_flexion": 15.0,
        "thoracic_flexion": 12.0,
        "arms_forward": 45.0,
        "elbow": 90.0,
    },
    {"head_flexion": -20.0, "trunk_flexion": -10.0, "thoracic_flexion": -15.0, "arms_forward": -20.0},
    {
        "head_flexion": 60.0,
        "trunk_flexion": 40.0,
        "thoracic_flexion": 20.0,
        "arms_forward": 80.0,
        "elbow": 10.0,
    },
)
PERSON = make_subject(mass_kg=70, stature_m=STATURE, sex="f")


def column() -> dict[str, Any]:
    """Return our numbers of head, thoracic column and arms for one person, and the postures to hold."""
    params = parameters()
    own, scale = segments(PERSON, params), float(segments(PERSON, params).scale)
    spine, neck, part = params.spine, params.neck, params.segments
    return {
        "height": (scale * spine.height).tolist(),
        "slice_forward": (scale * part.slice_forward).tolist(),
        "slices": own.slices.tolist(),
        "head": float(own.head),
        "head_forward": scale * float(neck.forward),
        "head_height": scale * float(neck.height),
        "arms": own.arms.tolist(),
        "arm_length": own.arm_length.tolist(),
        "arm_centre": part.arm_centre.tolist(),
        "shoulder": (scale * part.shoulder).tolist(),
        "girdle": GIRDLE,
        "lowest_tilt": float(upright_tilt(params)[-1]),
        "kyphosis": spine.kyphosis.tolist(),
        "flexion_share": spine.flexion_share.tolist(),
        "gravity": GRAVITY,
        "postures": [
            {
                "head": float(posture.head_flexion),
                "trunk": float(posture.trunk_flexion),
                "thoracic": float(posture.thoracic_flexion),
                "arm": float(posture.shoulder_flexion),
                "elbow": float(posture.elbow_flexion),
            }
            for posture in (in_degrees(**told) for told in HELD)
        ],
    }


@cache
def held() -> list[list[dict[str, float]]]:
    """Return what OpenSim's inverse dynamics finds at rest, without arms and with them."""
    rows: list[list[dict[str, float]]] = ask(column=column())["column"]
    return rows


def stacked() -> WorkingPosture:
    """Return the postures as one batch."""
    each = [in_degrees(**told) for told in HELD]
    return WorkingPosture(
        **{
            name: np.array([getattr(one, name) for one in each])
            for name in WorkingPosture.__dataclass_fields__
        }
    )


@pytest.mark.oracle
def test_opensim_holds_head_and_column_with_our_moments() -> None:
    """Without arms, at all thirteen levels: both add up the same weights, so they agree to rounding."""
    params = parameters()
    none = np.zeros(3)
    bare = replace(params, segments=replace(params.segments, arm_mass_male=none, arm_mass_female=none))
    ours = load_of(PERSON, stacked(), bare).moment
    theirs = np.array([[row[level] for level in LEVELS] for row in held()[0]])
    # Forward is negative about OpenSim's z, so what holds against it is positive, as ours is. 1e-6 N m is the tiny
    # mass that OpenSim wants in each body, with room.
    np.testing.assert_allclose(ours, theirs, atol=1e-6)


@pytest.mark.oracle
def test_opensim_holds_the_arms_with_our_moments() -> None:
    """With arms, wherever all of their weight has come onto the column, and at the shoulder."""
    ours = load_of(PERSON, stacked(), parameters())
    theirs = np.array([[row[level] for level in LEVELS] for row in held()[1]])
    arrived = 1 + int(np.ceil(float(parameters().segments.arms_arrive)))
    first = max(arrived, GIRDLE)
    assert first <= 8
    np.testing.assert_allclose(ours.moment[:, first:], theirs[:, first:], atol=1e-6)
    np.testing.assert_allclose(ours.moment[:, 0], theirs[:, 0], atol=1e-6)
    shoulders = np.array([row["shoulder"] for row in held()[1]])
    np.testing.assert_allclose(2 * ours.shoulder_moment, shoulders, atol=1e-6)


# -- bands


def some_postures() -> np.ndarray:
    """Return joint angles (N, J) rad: working postures, and anything a body can do."""
    rng = np.random.default_rng(7)
    low, high = limits()
    working = [joint_angles(in_degrees(**told)) for told in HELD[1:]]
    return np.stack([*working, *(low + (high - low) * rng.random((3, len(ANGLES))))])


@cache
def measured() -> dict[str, Any]:
    """Return the bands as OpenSim measures them on a mannequin of its own joints."""
    routes = paths()
    asked = sorted({f"{side}_{name}" for side in SIDES for name in SIDED[:5]} | set(MIDLINE))
    told = {
        "hips": [0.0, HIPS_HEIGHT, 0.0],
        "spine": [[name, [*place, 0.0], region, share] for name, place, region, share in SPINE],
        "thorax": THORAX,
        "sternum": STERNUM,
        "shoulder": SHOULDER,
        "sided": SIDED[:5],
        "rule": {
            "rhythm": routes.rule.rhythm,
            "setting": routes.rule.setting,
            "plane": routes.rule.plane,
            "pivot": routes.rule.pivot,
        },
        "places": {
            name: [CARRIERS[by], offset.tolist()]
            for name, by, offset in zip(routes.names, routes.carrier, routes.offset, strict=True)
        },
        "strands": [[band, strand] for band in BANDS for strand in STRANDS[band]],
        "postures": [{name: float(row[INDEX[name]]) for name in asked} for row in some_postures()],
    }
    answer: dict[str, Any] = ask(bands=told)["bands"]
    return answer


def by_band(values: list[float]) -> np.ndarray:
    """Return the mean over each band's strands, (2, B), sides as ``SIDES``."""
    strands = measured()["strands"]
    return np.array(
        [
            [
                np.mean([v for v, own in zip(values, strands, strict=True) if own == [side, band]])
                for band in BANDS
            ]
            for side in SIDES
        ]
    )


@pytest.mark.oracle
def test_opensim_measures_our_lengths() -> None:
    """The same places on OpenSim's own joints are as far apart: both are exact, so only rounding is left."""
    ours = bands_at(some_postures(), STATURE).length
    theirs = np.stack([by_band(row["lengths"]) for row in measured()["postures"]]) * STATURE
    np.testing.assert_allclose(ours, theirs, atol=1e-9)


@pytest.mark.oracle
def test_opensim_measures_our_moment_arms() -> None:
    """For every coordinate: OpenSim's from its own Jacobians. 1e-7 m is its derivative of the blade's turn."""
    ours = bands_at(some_postures(), STATURE).moment_arm
    for number, row in enumerate(measured()["postures"]):
        for column_, coordinate in enumerate(COORDINATES):
            for side, name in enumerate(SIDES):
                told = coordinate if coordinate in MIDLINE else f"{name}_{coordinate}"
                theirs = by_band(row["arms"][told])[side] * STATURE
                np.testing.assert_allclose(
                    ours[number, side, :, column_], theirs, atol=1e-7, err_msg=f"{number} {told}"
                )


# -- an open neck model


def test_the_neck_can_do_what_an_open_model_of_it_can() -> None:
    """V7: the model's capacity in neutral is the tabulated one, and our strength lies within 15 % of it."""
    kept = json.loads(KEPT.read_text("utf-8"))
    at = {row["extended_deg"]: row for row in kept["at"]}
    assert at[0]["extension_n_m"] == pytest.approx(48.2, rel=0.15)
    assert at[0]["flexion_n_m"] == pytest.approx(29.2, rel=0.15)
    constants = load_constants()
    ours = [float(np.asarray(constants[f"neck-{way}-male"].value)) for way in ("extension", "flexion")]
    assert ours[0] == pytest.approx(at[0]["extension_n_m"], rel=0.15)
    assert ours[1] == pytest.approx(at[0]["flexion_n_m"], rel=0.15)
    # What its extensors can do falls as the head sinks forward and rises as it goes back.
    row = [at[degrees]["extension_n_m"] for degrees in sorted(at)]
    assert row == sorted(row)


@pytest.mark.skipif(
    not os.environ.get("NECK_MODEL"),
    reason="NECK_MODEL names no file: an OpenSim neck model is no part of the project",
)
def test_the_kept_numbers_of_the_neck_model_are_what_opensim_computes() -> None:
    """Computed anew from the file, the sums agree with those kept, to their rounding."""
    kept = json.loads(KEPT.read_text("utf-8"))
    asked = {
        "model": os.environ["NECK_MODEL"],
        "coordinate": kept["coordinate"],
        "extended_deg": [row["extended_deg"] for row in kept["at"]],
    }
    found = ask(neck=asked)["neck"]
    assert found["muscles"] == kept["muscles"]
    for ours, theirs in zip(kept["at"], found["at"], strict=True):
        for way in ("extension_n_m", "flexion_n_m"):
            assert ours[way] == pytest.approx(theirs[way], abs=0.06)
