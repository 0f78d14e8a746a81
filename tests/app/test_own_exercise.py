"""A person's own exercise whose keyframes cannot be carried out is left out, with the reason."""

import os
import sys
from pathlib import Path

import pytest

from midback.app.archive import read_own_exercises
from midback.app.own_exercise import try_movements
from midback.catalogue import load_catalogue
from midback.catalogue.load import DATA

CAT = (
    (DATA / "exercises" / "cat-cow.toml")
    .read_text(encoding="utf-8")
    .replace('id = "cat-cow"', 'id = "my-cat"', 1)
)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("pose = {", "pose = { third_arm_flexion = 5.0, ", "third_arm_flexion"),
        ('point = "hand"', 'point = "tail"', "tail"),
    ],
)
def test_keyframes_that_cannot_be_carried_out(tmp_path: Path, old: str, new: str, said: str) -> None:
    """A joint or a body point that nobody has is refused by name, and the rest of the library stays."""
    assert old in CAT
    (tmp_path / "my-cat.toml").write_text(CAT.replace(old, new), encoding="utf-8")
    catalogue = load_catalogue(tmp_path, try_movements)
    assert [(one.file, one.key) for one in catalogue.refused] == [("my-cat.toml", "movements")]
    assert said in catalogue.refused[0].rule
    assert catalogue.exercises == load_catalogue().exercises


def test_every_packaged_movement_can_be_carried_out() -> None:
    """The packaged exercises pass what a person's own have to pass."""
    for exercise in load_catalogue().exercises.values():
        try_movements(exercise)


def test_a_good_own_exercise_joins(tmp_path: Path) -> None:
    """An own exercise that moves as it should is there."""
    (tmp_path / "my-cat.toml").write_text(CAT, encoding="utf-8")
    assert "my-cat" in load_catalogue(tmp_path, try_movements).exercises


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither pipes nor such names in folders.")
def test_what_lies_in_the_folder_hangs_and_breaks_nothing(tmp_path: Path) -> None:
    """A pipe, a device, a folder, a loop, a name that is no text: each is left out, and the rest is read."""
    (tmp_path / "my-cat.toml").write_text(CAT, encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "endless.toml").symlink_to("/dev/zero")
    (tmp_path / "loop.toml").symlink_to(tmp_path / "loop.toml")
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "long.toml").write_text("x" * 1_100_000, encoding="utf-8")
    (tmp_path / "a (copy).toml").write_text(CAT, encoding="utf-8")
    (tmp_path / os.fsdecode(b"\xff\xfe.toml")).write_text("id = 1", encoding="utf-8")
    catalogue = load_catalogue(tmp_path, try_movements)
    assert "my-cat" in catalogue.exercises
    assert len(catalogue.refused) == 7
    assert "".join(one.file + one.rule for one in catalogue.refused).encode()
    assert list(read_own_exercises(tmp_path)) == ["my-cat.toml"]
