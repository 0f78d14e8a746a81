"""A camera to live a day with: what each look says, and how long it takes, as the test says. Stand-ins all."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from day_rig import MIDNIGHT, Day, Machine, Switch, senses_of

from midback.daemon.camera import Camera
from midback.daemon.orders import CameraOrders
from midback.daemon.senses import Senses
from midback.sense.signs.choose import Signs

ORDERS: dict[str, Any] = {
    "version": 1,
    "made_at": MIDNIGHT.isoformat(),
    "timezone": "UTC",
    "rule": {
        "after_s": 1500,
        "length_s": 60,
        "hourly_s": 300,
        "movements": [["stand-reach", "standing"], ["wall-slide", "wall"]],
        "reasons": [],
        "rule_version": 1,
    },
    "camera": {"allowed": True, "every_s": 300, "calibration": {"upright": {"ratio": 0.6}}},
}


def leave_orders(folder: Path, **more: Any) -> None:
    """Leave orders, as app does; ``camera`` replaces single keys of what is said of the camera."""
    camera = {**ORDERS["camera"], **more.pop("camera", {})}
    path = folder / "watch" / "orders.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps({**ORDERS, "camera": camera, **more}))
    part.replace(path)


def reading(change: float, **more: Any) -> str:
    """Return the line of a look with a reading, as the process prints it."""
    look = "slumped" if change < -0.08 else "upright"
    said = {"seen": "seated", "ratio": round(0.6 * (1 + change), 4), "change": change, "look": look}
    return json.dumps({**said, "near": 1.0, "spread": 0.01, "samples": 14, "took_s": 6.6, **more})


@dataclass
class Glance:
    """One look that goes on until the machine's clock says that it is over."""

    machine: Machine
    said: str
    over_s: float
    code: int | None = None

    def poll(self) -> int | None:
        """Return the exit code, None while it looks."""
        if self.code is None and self.machine.awake_s >= self.over_s:
            self.code = 0
        return self.code

    def kill(self) -> None:
        """End it."""
        self.code = -9 if self.code is None else self.code

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit code."""
        return self.code or 0

    def line(self) -> str:
        """Return what it says."""
        return self.said if self.code == 0 else ""


@dataclass
class Lens:
    """The camera of a machine.

    says : from the instant a look begins to its line ; takes_s : how long a look is
    looked : when looks began, with the process of each ; battery : what the machine runs on
    """

    machine: Machine
    says: Callable[[datetime], str] = lambda _at: reading(0.0)
    takes_s: float = 7.0
    battery: bool = False
    looked: list[tuple[datetime, Glance]] = field(default_factory=list)
    orders: list[CameraOrders] = field(default_factory=list)

    def start(self, orders: CameraOrders) -> Glance:
        """Begin a look."""
        at = self.machine.clock().wall
        glance = Glance(self.machine, self.says(at), self.machine.awake_s + self.takes_s)
        self.looked.append((at, glance))
        self.orders.append(orders)
        return glance


class WatchedDay(Day):
    """A day with a camera, and with the sign that another program has it."""

    def __init__(self, folder: Path, **camera: Any) -> None:
        leave_orders(folder, camera=camera)
        self.lens = Lens(Machine())
        super().__init__(folder, camera=lambda: Camera(self.lens.start, lambda: self.lens.battery))
        self.lens.machine = self.machine

    def new_watch(self) -> Any:
        """Return a loop whose senses know the camera's sign."""
        watch = super().new_watch()
        plain = senses_of(self.machine)

        def open_signs(idle: Any) -> Signs:
            signs = plain._open_signs(idle)
            self.machine.open += 1
            return Signs(
                live=(*signs.live, Switch(self.machine, "camera", "camera_in_use")), suspend=signs.suspend
            )

        watch.senses = Senses(plain._open_backend, open_signs)
        return watch

    def state(self) -> dict[str, Any]:
        """Return what state.json says of the camera."""
        said: dict[str, Any] = json.loads((self.folder / "watch" / "state.json").read_text())["camera"]
        return said

    def looks(self) -> list[Any]:
        """Return the lines of the camera in the files."""
        return [one for one in self.evidence() if one.source == "camera"]
