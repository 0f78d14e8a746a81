"""On battery or on mains: from the kernel's list of supplies, and from the answers of Windows and macOS."""

import sys
from pathlib import Path

import pytest

from midback.errors import Unavailable
from midback.sense.signs import power


def supply(folder: Path, name: str, **files: str) -> None:
    """Put one supply into the kernel's list."""
    (folder / name).mkdir(parents=True)
    for file, text in files.items():
        (folder / name / file).write_text(f"{text}\n")


def test_a_machine_without_supplies_runs_on_mains(tmp_path: Path) -> None:
    """A desktop has an empty list, a server none."""
    assert not power.on_battery_linux(tmp_path)
    assert not power.on_battery_linux(tmp_path / "missing")


@pytest.mark.parametrize(
    ("online", "status", "battery"),
    [
        ("1", "Charging", False),
        ("1", "Discharging", False),
        ("1", "Full", False),
        ("0", "Discharging", True),
        ("0", "Not charging", False),
    ],
)
def test_a_laptop(tmp_path: Path, online: str, status: str, battery: bool) -> None:
    """It runs on its battery when that discharges and nothing from outside is online."""
    supply(tmp_path, "AC", type="Mains", online=online)
    supply(tmp_path, "BAT0", type="Battery", status=status)
    assert power.on_battery_linux(tmp_path) is battery


def test_power_over_usb_is_mains(tmp_path: Path) -> None:
    """Many laptops are charged by USB alone."""
    supply(tmp_path, "BAT0", type="Battery", status="Discharging")
    assert power.on_battery_linux(tmp_path)
    supply(tmp_path, "ucsi-source-psy-1", type="USB", online="1")
    assert not power.on_battery_linux(tmp_path)


def test_the_battery_of_a_mouse_is_no_concern(tmp_path: Path) -> None:
    """A device's own battery does not make the machine run on battery."""
    supply(tmp_path, "hidpp_battery_0", type="Battery", scope="Device", status="Discharging")
    assert not power.on_battery_linux(tmp_path)


def test_what_windows_and_macos_answer() -> None:
    """Their words are read, and an answer that says nothing is "nobody tells"."""
    assert [power.from_line_status(status) for status in (0, 1)] == [True, False]
    names = ["Battery Power", "AC Power", "UPS Power"]
    assert [power.from_source_name(name) for name in names] == [True, False, False]
    for ask in (lambda: power.from_line_status(255), lambda: power.from_source_name(None)):
        with pytest.raises(Unavailable):
            ask()


def test_each_system_has_its_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """The way follows from the system; macOS's library is not here, and that is said."""
    ways = {
        "linux": power.on_battery_linux,
        "win32": power.on_battery_windows,
        "darwin": power.on_battery_macos,
    }
    for system, way in ways.items():
        monkeypatch.setattr(sys, "platform", system)
        assert power.open_power() is way
    with pytest.raises(Unavailable, match="IOKit"):
        power.on_battery_macos()
