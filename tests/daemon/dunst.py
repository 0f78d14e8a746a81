"""A real notification service whose buttons a test presses by their names: dunst under Xvfb on a private bus."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import desktops

# Dunst offers every button of every notice to a menu program; this one takes the button that the test named.
MENU = """#!/bin/sh
grep -F -e "#$(cat "{wish}") (" | head -n 1
"""
SETTINGS = """
[global]
    dmenu = {menu}
    sort = false
    markup = full
    ignore_dbusclose = false
[urgency_low]
    timeout = 0
[urgency_normal]
    timeout = 0
"""


@dataclass(frozen=True)
class Dunst:
    """The service that runs, and the environment to reach it."""

    folder: Path
    about: dict[str, str]

    def press(self, label: str) -> None:
        """Press the button with this label."""
        (self.folder / "wish").write_text(label)
        self._control("context")

    def shown(self) -> int:
        """Return how many notices stand on the screen."""
        return int(self._control("count", "displayed"))

    def history(self) -> list[dict[str, Any]]:
        """Return what was shown and is closed, newest first."""
        rows = json.loads(self._control("history"))["data"][0]
        return [{key: cell["data"] for key, cell in row.items()} for row in rows]

    def close_all(self) -> None:
        """Close everything, as a person does by clicking it away."""
        self._control("close-all")

    def _control(self, *words: str) -> str:
        return subprocess.run(
            [desktops.program("dunstctl"), *words], env=self.about, check=True, capture_output=True, text=True
        ).stdout


@contextmanager
def dunst(address: str, display: str, folder: Path) -> Iterator[Dunst]:
    """Run dunst on the bus at ``address`` and the screen ``display``."""
    menu, settings = folder / "menu.sh", folder / "dunstrc"
    menu.write_text(MENU.format(wish=folder / "wish"))
    menu.chmod(0o700)
    settings.write_text(SETTINGS.format(menu=menu))
    about = desktops.surroundings(folder, DISPLAY=display, DBUS_SESSION_BUS_ADDRESS=address)
    command = (desktops.program("dunst"), "-conf", str(settings))
    with desktops.running(*command, env=about, stdout=subprocess.DEVNULL):
        service = Dunst(folder, about)
        desktops.wait_until(lambda: _answers(service), "dunst answers")
        yield service


def _answers(service: Dunst) -> bool:
    try:
        service.shown()
    except (subprocess.CalledProcessError, ValueError):
        return False
    return True
