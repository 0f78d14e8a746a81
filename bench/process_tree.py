"""What a process and all it started have used, read from /proc. In: a process id. Out: Used. Next: background."""

import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Used:
    """What a process tree has used up to an instant."""

    at: float
    cpu_s: float
    switches: int
    pss_mb: float


def tree(root: int) -> list[int]:
    """Return a process and all that descend from it."""
    parents: dict[int, int] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with suppress(OSError):
                parents[int(entry)] = int(_stat(int(entry))[1])
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def used(root: int) -> Used:
    """Add up what a tree has used."""
    cpu = switches = 0
    pss = 0.0
    for pid in tree(root):
        with suppress(OSError):
            fields = _stat(pid)
            cpu += sum(int(field) for field in fields[11:15])
            for task in Path(f"/proc/{pid}/task").iterdir():
                switches += _field(task / "status", "voluntary_ctxt_switches:")
            pss += _field(Path(f"/proc/{pid}/smaps_rollup"), "Pss:") / 1000
    return Used(time.monotonic(), cpu / TICKS, switches, pss)


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _field(path: Path, name: str) -> int:
    return next((int(line.split()[1]) for line in path.read_text().splitlines() if line.startswith(name)), 0)
