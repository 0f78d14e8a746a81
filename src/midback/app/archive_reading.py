"""A file that claims to be an archive, read strictly. In: bytes. Out: ``Archive``. Next: ``archive_import``.

Nothing is guessed and nothing is dropped in silence: a key nobody knows, a number that is none, an instant
without a zone each raise an InputError that names the path in the file.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from midback.errors import InputError, NotFound, Phrase
from midback.store import codec, faults

from .archive import FORMAT, VERSION, Archive
from .clock import FIRST_YEAR, LAST_YEAR

LARGEST_BYTES = 512 * 1024 * 1024
DEEPEST = 64
#: Beyond 2**53 a number is no longer the same in every program that reads JSON.
LARGEST_WHOLE = 2**53


def read_archive(source: Path) -> Archive:
    """Return the archive in a file.

    Raises NotFound when there is no such file, InputError when it is no archive or too large.
    """
    source = source.expanduser()
    if not source.is_file():
        raise NotFound("There is no file {source}.", "", "Check the path.", values={"source": source})
    try:
        if source.stat().st_size > LARGEST_BYTES:
            _too_large(source.stat().st_size)
        return parse_archive(source.read_bytes())
    except OSError as exc:
        raise faults.of_system(exc, str(source)) from exc


def parse_archive(content: bytes) -> Archive:
    """Return the archive that the bytes hold; raise InputError naming the first fault."""
    if len(content) > LARGEST_BYTES:
        _too_large(len(content))
    data = _parse(content)
    _require_plain(data, "")
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise InputError(
            "format: this is not an archive of midback.",
            'An archive says "format": "{format}".',
            "Choose a file made by `midback export`.",
            values={"format": FORMAT},
        )
    version = data.get("version")
    if type(version) is int and version > VERSION:
        raise InputError(
            "version: the archive has version {version}.",
            "This midback knows versions up to {known}.",
            "Install the newer midback, then import again.",
            values={"version": version, "known": VERSION},
        )
    archive = codec.load(Archive, data)
    _require_same(archive, data, "")
    return archive


def _too_large(size: int) -> NoReturn:
    raise InputError(
        "The file has {size} MB.",
        "An archive has at most {most} MB.",
        values={"size": size // 2**20, "most": LARGEST_BYTES // 2**20},
    )


def _parse(content: bytes) -> Any:
    try:
        return json.loads(
            content.decode("utf-8-sig"), parse_constant=_no_number, object_pairs_hook=_no_doubles
        )
    except UnicodeDecodeError as exc:
        raise InputError(
            "Byte {place} of the file is not UTF-8 text.",
            "An archive is JSON in UTF-8.",
            values={"place": exc.start},
        ) from exc
    except json.JSONDecodeError as exc:
        raise InputError(
            "Line {line}, column {column}: {fault}.",
            "An archive is JSON.",
            "Is the file whole?",
            values={"line": exc.lineno, "column": exc.colno, "fault": exc.msg},
        ) from exc
    except RecursionError as exc:
        raise InputError(
            "The file is nested too deeply.",
            "At most {deepest} levels are read.",
            values={"deepest": DEEPEST},
        ) from exc
    except ValueError as exc:
        raise InputError("A number in the file cannot be read: {fault}.", values={"fault": str(exc)}) from exc


def _no_number(text: str) -> NoReturn:
    raise InputError("{text} stands where a number should be.", "Missing is null.", values={"text": text})


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise InputError("The key {key!r} stands twice in one object.", values={"key": twice[:80]})
    return made


def _require_plain(value: Any, path: str, depth: int = 0) -> None:
    """Raise unless the value holds only text, finite numbers and modest nesting."""
    if depth > DEEPEST:
        raise InputError(
            "{path}: nested too deeply.",
            "At most {deepest} levels are read.",
            values={"path": path[:200], "deepest": DEEPEST},
        )
    if isinstance(value, dict):
        for key, entry in value.items():
            _require_text(key, path)
            _require_plain(entry, f"{path}.{key}" if path else key, depth + 1)
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            _require_plain(entry, f"{path}.{number}", depth + 1)
    elif isinstance(value, str):
        _require_text(value, path)
    elif isinstance(value, float) and not math.isfinite(value):
        raise InputError("{path}: a number is too large.", values={"path": path})
    elif isinstance(value, int) and abs(value) > LARGEST_WHOLE:
        raise InputError(
            "{path}: a whole number is too large.",
            "At most {most} is kept.",
            values={"path": path, "most": LARGEST_WHOLE},
        )


def _require_text(text: str, path: str) -> None:
    if "\0" in text or (not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text)):
        place = path or Phrase("A key")
        raise InputError("{place}: holds characters that are no text.", values={"place": place})


def _require_same(value: object, raw: object, path: str) -> None:
    """Raise when the file says more than the value holds, or when an instant or day is out of all reason."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise InputError(
                "{path}: {value} has no time zone.",
                "Add Z, or an offset like +01:00.",
                values={"path": path, "value": value.isoformat()},
            )
        _require_year(value.year, path)
    elif isinstance(value, date):
        _require_year(value.year, path)
    elif is_dataclass(value) and isinstance(raw, dict):
        names = {field.name for field in fields(value)}
        if unknown := sorted(set(raw) - names):
            raise InputError(
                "{path}: nobody knows this key.",
                "",
                "Take it out, or use a newer midback.",
                values={"path": _join(path, unknown[0])},
            )
        for name in names & set(raw):
            _require_same(getattr(value, name), raw[name], _join(path, name))
    elif isinstance(value, Mapping) and isinstance(raw, dict):
        for key, entry in value.items():
            _require_same(entry, raw.get(str(key)), _join(path, str(key)))
    elif isinstance(value, tuple | list) and isinstance(raw, list) and len(value) == len(raw):
        for number, (entry, told) in enumerate(zip(value, raw, strict=True)):
            _require_same(entry, told, _join(path, str(number)))


def _require_year(year: int, path: str) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InputError(
            "{path}: the year is {year}.",
            "Years from {first} to {last} are kept.",
            values={"path": path, "year": year, "first": FIRST_YEAR, "last": LAST_YEAR},
        )


def _join(path: str, name: str) -> str:
    return f"{path}.{name[:80]}" if path else name[:80]
