"""The service under macOS. In: a Program. Out: a launch agent's property list. Next: unit."""

import plistlib
from pathlib import Path
from typing import Any, Final

from .unit import Program, Unit

LABEL: Final = "midback.watch"


def launch_agent(program: Program, home: Path, user_id: int) -> Unit:
    """Return the launch agent of a person."""
    path = home / "Library" / "LaunchAgents" / f"{LABEL}.plist"
    domain = f"gui/{user_id}"
    start = ("launchctl", "bootstrap", domain, str(path))
    stop = ("launchctl", "bootout", f"{domain}/{LABEL}")
    return Unit(
        system="launchd",
        files={path: property_list(program)},
        links={},
        start=(start,),
        stop=(stop,),
        running=("launchctl", "print", f"{domain}/{LABEL}"),
        by_hand=" ".join(start),
    )


def property_list(program: Program) -> bytes:
    """Return the property list."""
    said: dict[str, Any] = {
        "Label": LABEL,
        "ProgramArguments": list(program.words),
        "RunAtLoad": True,
        # Started again after a failure, not after it was ended on purpose.
        "KeepAlive": {"SuccessfulExit": False},
        "ThrottleInterval": 10,
        "ProcessType": "Background",
        "LimitLoadToSessionType": "Aqua",
    }
    if program.environment:
        said["EnvironmentVariables"] = dict(program.environment)
    return plistlib.dumps(said)
