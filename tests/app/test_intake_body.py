"""What the body model asks of the intake is optional, kept, exported, and absent from what is older."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from midback.app.archive import export_archive
from midback.app.house import House
from midback.app.intake import read_intake, save_intake
from midback.errors import InputError
from midback.plan.answers import Intake
from midback.store.codec import dump, load
from midback.store.people import DEFAULT_PERSON as ME

TOLD = Intake(mass_kg=68.0, stature_m=1.72, sex="female", strength="low")


def test_it_is_kept_as_told(house: House) -> None:
    """Each of the four comes back, and each may be left out."""
    for intake in (TOLD, Intake(), replace(TOLD, mass_kg=None, sex=None)):
        save_intake(house, ME, intake)
        assert read_intake(house, ME) == intake


def test_an_intake_of_before_loads(house: House) -> None:
    """Rows written before the four fields existed read as not told."""
    old = {k: v for k, v in dump(TOLD).items() if k not in {"mass_kg", "stature_m", "sex", "strength"}}
    save_intake(house, ME, Intake())
    with house.engine.begin() as conn:
        conn.execute(text("UPDATE intakes SET intake = :old"), {"old": json.dumps(old)})
    assert read_intake(house, ME) == load(Intake, old) == Intake()


def test_the_archive_carries_it(house: House, tmp_path: Path) -> None:
    """An export holds the four as they were told."""
    save_intake(house, ME, TOLD)
    export_archive(house, ME, tmp_path / "mine.json")
    kept = json.loads((tmp_path / "mine.json").read_text("utf-8"))["intakes"][0]["intake"]
    assert (kept["mass_kg"], kept["stature_m"], kept["sex"], kept["strength"]) == (
        68.0,
        1.72,
        "female",
        "low",
    )


@pytest.mark.parametrize(
    "wrong", [{"mass_kg": -1.0}, {"mass_kg": float("nan")}, {"stature_m": 175.0}, {"stature_m": float("inf")}]
)
def test_what_nobody_can_be_is_refused(house: House, wrong: dict[str, float]) -> None:
    """The door refuses it, and nothing is kept."""
    with pytest.raises(InputError):
        save_intake(house, ME, replace(TOLD, **wrong))  # type: ignore[arg-type]  # one field at a time
    assert read_intake(house, ME) is None
