"""Read one TOML file as plain tables, whatever it holds. In: a path. Out: a dict of bounded size. Next: load.

Everything here is a bound on what a file may do to the program: its size, its depth, its numbers and its
texts. What the tables mean is checked by ``rules``.
"""

import math
import stat
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

from midback.catalogue.refusal import FileRefused

MAX_BYTES = 256 * 1024
MAX_DEPTH = 12
MAX_ITEMS = 2_000
MAX_TEXT = 1_200
MAX_NUMBER = 1_000_000

# Joiners that some scripts need inside words; every other invisible or steering character is refused.
_JOINERS = {"\u200c", "\u200d", "\u00ad"}
_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}

Table = dict[str, Any]


def read_tables(path: Path) -> Table:
    """Return the tables of one TOML file.

    Raises
    ------
    FileRefused
        When it cannot be read, is too large, is not UTF-8 or not TOML, or breaks a bound on its contents.
    """
    return parse_tables(path.name, _read_bounded(path))


def parse_tables(file: str, raw: bytes) -> Table:
    """Return the tables that ``raw`` holds; ``file`` is the name used in errors."""
    if len(raw) > MAX_BYTES:
        raise FileRefused(file, "", f"A file may hold at most {MAX_BYTES // 1024} kB.", "it is too large.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRefused(file, "", "Save it as UTF-8.", f"byte {error.start} is not UTF-8.") from error
    try:
        tables = tomllib.loads(text)
    except RecursionError as error:
        raise FileRefused(
            file, "", "Nest lists and tables less deeply.", "it is nested too deeply."
        ) from error
    except ValueError as error:  # TOMLDecodeError, and int() on thousands of digits
        raise FileRefused(file, "", "It must be a valid TOML file.", f"{_shorten(str(error))}.") from error
    _check_bounds(file, tables)
    return tables


def _read_bounded(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise FileRefused(path.name, "", "It must be an ordinary file.", "it is not a file.")
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise FileRefused(path.name, "", "The file must be readable.", f"{reason}.") from error


def _check_bounds(file: str, tables: Table) -> None:
    """Walk the tables without recursion and refuse what is out of bounds."""
    left = MAX_ITEMS * 20
    heap: list[tuple[str, int, Any]] = [("", 0, tables)]
    while heap:
        key, depth, value = heap.pop()
        left -= 1
        if left < 0 or depth > MAX_DEPTH:
            raise FileRefused(
                file, _shorten(key), f"At most {MAX_DEPTH} levels and {MAX_ITEMS * 20} values.", "too much."
            )
        if isinstance(value, dict):
            for name, inner in value.items():
                _check_text(file, key, name)
                heap.append((f"{key}.{name}" if key else name, depth + 1, inner))
        elif isinstance(value, list):
            if len(value) > MAX_ITEMS:
                raise FileRefused(
                    file, key, f"A list may hold at most {MAX_ITEMS} items.", f"it holds {len(value)}."
                )
            heap.extend((f"{key}[{index}]", depth + 1, inner) for index, inner in enumerate(value))
        elif isinstance(value, str):
            _check_text(file, key, value)
        elif isinstance(value, float | int) and not (math.isfinite(value) and abs(value) <= MAX_NUMBER):
            raise FileRefused(
                file, key, f"A number must lie between -{MAX_NUMBER} and {MAX_NUMBER}.", "it does not."
            )


def _check_text(file: str, key: str, text: str) -> None:
    if len(text) > MAX_TEXT:
        raise FileRefused(
            file, _shorten(key), f"A text may hold at most {MAX_TEXT} characters.", "it is longer."
        )
    if text.isascii() and text.isprintable() and "<" not in text and ">" not in text:
        return
    for character in text:
        if character in "<>":
            raise FileRefused(
                file, _shorten(key), "Texts are plain words, without markup.", f"it holds '{character}'."
            )
        if unicodedata.category(character) in _UNSAFE and character not in _JOINERS:
            seen = f"it holds the character U+{ord(character):04X}."
            raise FileRefused(
                file, _shorten(key), "Texts hold letters, no control characters or line breaks.", seen
            )


def _shorten(text: str) -> str:
    plain = "".join(c if c.isprintable() else "?" for c in text)
    return plain if len(plain) <= 120 else plain[:117] + "..."
