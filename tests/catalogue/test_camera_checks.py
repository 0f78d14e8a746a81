"""What the catalogue says of a camera, and what the verifier knows, is one."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest

from midback.catalogue import load_catalogue
from midback.catalogue.check import Check, Condition, Signal
from midback.catalogue.load import DATA, accept_own
from midback.catalogue.refusal import FileRefused
from midback.coach.verify import gates
from midback.coach.verify.gates import GATES
from midback.coach.verify.signals import SIGNALS
from midback.share.wording.camera import MESSAGES

PACKAGED = load_catalogue()


def test_every_signal_and_condition_a_file_may_name_is_known() -> None:
    """A file cannot name what the verifier lacks, nor the verifier hide what a file could name."""
    assert set(get_args(Signal)) == set(SIGNALS)
    assert set(get_args(Condition)) == set(GATES)


def test_every_signal_and_condition_is_used() -> None:
    """Nothing stands there for no exercise."""
    checks = [exercise.camera.check for exercise in PACKAGED.exercises.values() if exercise.camera.check]
    assert {check.signal for check in checks} == set(SIGNALS)
    assert {name for check in checks for name in check.gate} == set(GATES)


def test_every_check_asks_for_light_one_person_and_a_body() -> None:
    """Near darkness, company and an empty picture count nothing anywhere."""
    for exercise in PACKAGED.exercises.values():
        if exercise.camera.check is not None:
            assert exercise.camera.check.gate[:3] == ("light", "one-person", "body"), exercise.id


@pytest.mark.parametrize(
    "change", [{"low": 0.5}, {"high": -0.5}, {"smooth_s": -1.0}, {"gap_s": -0.1}, {"max_phase_s": 0.0}]
)
def test_a_check_that_cannot_be_is_refused(change: dict[str, float]) -> None:
    """Thresholds lie in order and times are not negative."""
    check = Check(kind="cycles", signal="hands-up", high=0.3, low=-0.3)
    with pytest.raises(ValueError, match=r"low|times"):
        replace(check, **change)


def own_tables() -> dict[str, Any]:
    """Return the tables of somebody's own exercise, made of a packaged one."""
    tables = tomllib.loads((DATA / "exercises" / "wedge.toml").read_text(encoding="utf-8"))
    tables["id"] = "mine"
    return tables


@pytest.mark.parametrize(
    ("key", "value"), [("signal", "posture-score"), ("gate", ["mood"]), ("kind", "guess"), ("high", "much")]
)
def test_a_file_of_ones_own_names_only_what_there_is(key: str, value: object) -> None:
    """An unknown signal or condition is refused when the file is read, not when somebody is on the floor."""
    tables = own_tables()
    tables["camera"]["check"][key] = value
    with pytest.raises(FileRefused) as caught:
        accept_own("mine.toml", tables, PACKAGED)
    assert caught.value.key.startswith("camera.check")


def test_a_file_of_ones_own_cannot_call_itself_validated() -> None:
    """Tried on recordings of people is what this project says of its own signals alone."""
    tables = own_tables()
    tables["camera"]["validated"] = True
    camera = accept_own("mine.toml", tables, PACKAGED).camera
    assert camera.check is not None
    assert not camera.validated


def test_whatever_a_gate_refuses_has_words() -> None:
    """Each reason that a condition can give is worded."""
    sources = (Path(gates.__file__).parent).glob("*.py")
    named = {name for path in sources for name in re.findall(r'"(camera\.[a-z-]+)"', path.read_text("utf-8"))}
    assert len(named) > 10
    assert named - set(MESSAGES) == set()
