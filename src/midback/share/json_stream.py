"""JSON read piece by piece, so that a long file needs little memory and a hostile one does no harm.

In: bytes of one JSON object, in any layout. Out: its keys, and values or the items of a list, one at a time. Next:
landmark_file. No piece may be longer than ``LONGEST``, space between pieces included.
"""

import codecs
import json
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, Final, NoReturn

from midback.errors import InputError, Phrase

LONGEST: Final = 256 * 1024
_CHUNK: Final = 64 * 1024
_SPACE: Final = " \t\n\r"


class JsonStream:
    """One JSON object, read once from its beginning to its end.

    Iterate ``members()`` and take after each key either its ``value()`` or its ``elements()``. Raises InputError for
    whatever is not JSON: cut off, not UTF-8, nested deeply, doubled keys, NaN, numbers without end.
    """

    def __init__(self, binary: BinaryIO) -> None:
        self._binary = binary
        self._decode = codecs.getincrementaldecoder("utf-8-sig")()
        self._scan = json.JSONDecoder(parse_constant=_no_number, object_pairs_hook=_no_doubles).raw_decode
        self._text, self._at, self._ended = "", 0, False

    def members(self) -> Iterator[str]:
        """Yield the keys of the object."""
        self._take("{")
        mark = self._next()
        while mark != "}":
            key = self.value()
            if not isinstance(key, str):
                _fault(Phrase("a key is not a text"))
            self._take(":")
            yield key
            mark = self._next()
            if mark == ",":
                self._take(",")
                if self._next() != '"':
                    _fault(Phrase("a key is missing"))
            elif mark != "}":
                _fault(Phrase("a comma or a closing brace is missing"))
        self._take("}")
        if self._next():
            _fault(Phrase("something follows the end"))

    def elements(self) -> Iterator[Any]:
        """Yield the items of a list."""
        self._take("[")
        mark = self._next()
        while mark != "]":
            yield self.value()
            mark = self._next()
            if mark == ",":
                self._take(",")
                if self._next() == "]":
                    _fault(Phrase("an item is missing"))
            elif mark != "]":
                _fault(Phrase("a comma or a closing bracket is missing"))
        self._take("]")

    def value(self) -> Any:
        """Return the next value, whole."""
        self._next()
        while True:
            try:
                value, end = self._scan(self._text, self._at)
            except json.JSONDecodeError as exc:
                if self._ended:
                    raise _error(Phrase(exc.msg)) from exc
            except InputError:
                raise
            except RecursionError as exc:
                raise _error(Phrase("it is nested too deeply")) from exc
            except ValueError as exc:
                raise _error(Phrase("a number is too long")) from exc
            else:
                # A number that reaches the end of what was read may go on.
                if end < len(self._text) or self._ended:
                    self._at = end
                    return value
            self._more()

    def _next(self) -> str:
        """Go to the next sign that is no space and return it; empty at the end."""
        while True:
            # Space counts as part of the piece, or a file of nothing else would be read for ever.
            text, at = self._text, self._at
            while at < len(text) and text[at] in _SPACE:
                at += 1
            if at < len(text) or self._ended:
                self._at = at
                return text[at : at + 1]
            self._more()

    def _take(self, mark: str) -> None:
        if self._next() != mark:
            _fault(Phrase("it ends too soon") if self._ended else Phrase("{mark} is missing", {"mark": mark}))
        self._at += 1

    def _more(self) -> None:
        if len(self._text) - self._at > LONGEST:
            _fault(Phrase("one piece of it is too long"))
        try:
            data = self._binary.read(_CHUNK)
            text = self._decode.decode(data, final=not data)
        except UnicodeDecodeError as exc:
            raise _error(Phrase("it is not UTF-8 text")) from exc
        except (EOFError, OSError, zlib.error) as exc:
            raise _error(Phrase("it cannot be unpacked")) from exc
        self._ended = not data
        self._text, self._at = self._text[self._at :] + text, 0


def _fault(words: Phrase) -> NoReturn:
    raise _error(words)


def _error(words: Phrase) -> InputError:
    return InputError(
        "The file is no JSON that can be read: {fault}.",
        "A recording is one JSON object in UTF-8.",
        "Is the file whole?",
        values={"fault": words},
    )


def _no_number(text: str) -> NoReturn:
    raise InputError("{text} stands where a number should be.", "Missing is null.", values={"text": text})


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        _fault(Phrase("a key stands twice in one object"))
    return made
