"""A service as data. In: the system, the data folder. Out: Unit: files and commands. Next: here.

Nothing is written or run here, so that each system's files are tested on every system.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from midback.errors import InputError

Command = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What makes the loop start with the desktop session.

    files : path -> content, written with mode 0600; links : path -> what it points to
    start, stop : commands, in order; a failing ``stop`` only means that nothing ran
    after_removal : commands once the files are gone
    running : a command that succeeds while the service runs
    by_hand : what starts it, as a person types it
    """

    system: str
    files: Mapping[Path, bytes]
    links: Mapping[Path, Path]
    start: tuple[Command, ...]
    stop: tuple[Command, ...]
    after_removal: tuple[Command, ...] = ()
    running: Command
    by_hand: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What the service runs: words, and the settings that come from the environment."""

    words: tuple[str, ...]
    environment: Mapping[str, str]

    def __post_init__(self) -> None:
        for text in (*self.words, *self.environment, *self.environment.values()):
            # The last ones stand for bytes that are no letters in any encoding.
            if any(ord(c) < 32 or ord(c) == 127 or 0xD800 <= ord(c) <= 0xDFFF for c in text):
                raise InputError(
                    "{text!r} has a control character in it.",
                    "A service can only be set up with paths of printable letters.",
                    "Move the folder to another name.",
                    values={"text": text.encode("utf-8", "backslashreplace").decode()},
                )
