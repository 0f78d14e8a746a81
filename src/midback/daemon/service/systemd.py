"""The service under systemd. In: a Program. Out: a user unit, wanted by the desktop session. Next: unit."""

from pathlib import Path
from typing import Final

from .unit import Program, Unit

NAME: Final = "midback.service"
SESSION: Final = "graphical-session.target"
SYSTEMCTL: Final = ("systemctl", "--user")


def user_service(program: Program, config: Path) -> Unit:
    """Return the user unit; ``config`` is the folder of the person's settings, as XDG_CONFIG_HOME."""
    folder = config / "systemd" / "user"
    start = (*SYSTEMCTL, "restart", NAME)
    return Unit(
        system="systemd",
        files={folder / NAME: unit_text(program).encode()},
        # What `systemctl enable` would make: so it starts with the next session even where none runs now.
        links={folder / f"{SESSION}.wants" / NAME: folder / NAME},
        start=((*SYSTEMCTL, "daemon-reload"), start),
        stop=((*SYSTEMCTL, "stop", NAME),),
        after_removal=((*SYSTEMCTL, "daemon-reload"),),
        running=(*SYSTEMCTL, "is-active", "--quiet", NAME),
        by_hand=" ".join(start),
    )


def unit_text(program: Program) -> str:
    """Return the unit's text."""
    settings = "".join(f"Environment={quote(f'{k}={v}')}\n" for k, v in program.environment.items())
    return (
        "[Unit]\n"
        "Description=midback: senses sitting and suggests breaks\n"
        f"PartOf={SESSION}\n"
        f"After={SESSION}\n"
        "\n"
        "[Service]\n"
        # The colon keeps dollar signs in paths as they are.
        f"ExecStart=:{' '.join(quote(word) for word in program.words)}\n"
        f"{settings}"
        "Restart=on-failure\n"
        "RestartSec=10\n"
        # Another loop watches already, started by hand or by the pages.
        "RestartPreventExitStatus=4\n"
        "\n"
        "[Install]\n"
        f"WantedBy={SESSION}\n"
    )


def quote(word: str) -> str:
    """Return a word as systemd reads it back, whatever is in it."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'
