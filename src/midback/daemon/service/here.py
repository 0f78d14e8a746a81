"""The service for this kind of system. In: data folder, environment. Out: Unit. Next: the command line."""

import sys
from collections.abc import Mapping
from pathlib import Path

from .launchd import launch_agent
from .systemd import user_service
from .task_scheduler import scheduled_task
from .unit import Program, Unit


def program_for(data_dir: Path, environ: Mapping[str, str], python: str = sys.executable) -> Program:
    """Return what the service runs for a data folder; settings of the environment are kept."""
    settings = {k: v for k, v in environ.items() if k.startswith("MIDBACK_") and k != "MIDBACK_DATA_DIR"}
    return Program(
        words=(python, "-m", "midback.daemon", str(data_dir.absolute())),
        environment=dict(sorted(settings.items())),
    )


def unit_for(
    data_dir: Path, environ: Mapping[str, str], home: Path, *, platform: str = sys.platform, user_id: int = 0
) -> Unit:
    """Return the service of this kind of system."""
    program = program_for(data_dir, environ)
    if platform == "darwin":
        return launch_agent(program, home, user_id)
    if platform == "win32":
        return scheduled_task(program, data_dir)
    return user_service(program, Path(environ.get("XDG_CONFIG_HOME") or home / ".config"))
