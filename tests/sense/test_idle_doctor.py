"""What the doctor says of sensing."""

import subprocess
import sys
from pathlib import Path

import desktops
import pytest

from midback.app.sensing_findings import examine_sensing, has_desktop, say_idle
from midback.errors import Phrase
from midback.sense.idle.choose import BACKENDS, Chosen


def test_no_back_end_on_a_desktop_is_not_well_and_says_the_next_step() -> None:
    """A desktop that nothing reads is "unknown", aloud, with every reason; without a desktop it is as it should be."""
    chosen = Chosen(backend=None, others={"x11": Phrase("The X server has gone.")})
    first, second = say_idle(chosen, desktop=True)
    assert (first.ok, first.says.said()) == (False, "unknown: nothing on this desktop tells it")
    assert "by hand" in first.next_step.said()
    assert (second.name.said(), second.says.said()) == ("idle time by x11", "The X server has gone.")
    assert (second.ok, second.live) == (True, False)
    first, _ = say_idle(chosen, desktop=False)
    assert (first.ok, first.live) == (True, False)
    assert first.says.said().startswith("unknown: there is no desktop session")


def test_a_desktop_is_known_by_its_system_or_its_display() -> None:
    """Windows and macOS have one; elsewhere the environment names a display."""
    assert has_desktop("win32", {})
    assert has_desktop("darwin", {})
    assert has_desktop("linux", {"WAYLAND_DISPLAY": "wayland-0"})
    assert has_desktop("linux", {"DISPLAY": ":0"})
    assert not has_desktop("linux", {"DISPLAY": ""})


@pytest.mark.desktop
def test_the_doctor_names_the_live_back_end_and_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a real X server x11 is live, and every other back end has its reason."""
    with desktops.xvfb() as (display, _):
        monkeypatch.setenv("DISPLAY", display)
        said = {finding.name.said(): finding.says.said() for finding in examine_sensing()}
    assert said["idle time"] == "x11 is live"
    others = {name for name in BACKENDS if f"idle time by {name}" in said}
    assert others == set(BACKENDS) - {"x11"}
    assert said["sleep of the computer"].startswith("works")


def test_sensing_loads_nothing_heavy() -> None:
    """Choosing a back end and opening the signs loads the standard library and jeepney, and none of its heavy parts."""
    code = (
        "import sys\n"
        "from midback.sense.idle.choose import choose\n"
        "from midback.sense.signs.choose import open_signs\n"
        "open_signs(choose().backend)\n"
        "print(*sorted(name for name in sys.modules))\n"
    )
    about = desktops.surroundings(Path("/nonexistent"))
    ran = subprocess.run([sys.executable, "-c", code], env=about, capture_output=True, text=True, check=True)
    loaded = set(ran.stdout.split())
    heavy = {
        "asyncio",
        "email",
        "http",
        "numpy",
        "pydantic",
        "sqlalchemy",
        "ssl",
        "subprocess",
        "typer",
        "urllib3",
    }
    assert loaded & heavy == set()
    third = {name.partition(".")[0] for name in loaded} - set(sys.stdlib_module_names)
    assert third <= {"midback", "jeepney", "pywayland", "__main__", "_virtualenv", "_distutils_hack"} | {
        name for name in third if name.startswith(("_", "sitecustomize", "usercustomize"))
    }
