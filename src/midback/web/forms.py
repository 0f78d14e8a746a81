"""Reads what a form sent. In: form fields as text. Out: typed values, or an InputError that names the field.

Next: pages. Everything is optional unless ``required``; an empty field is "not answered", never zero.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from starlette.datastructures import FormData

from midback.errors import InputError, Phrase

Choice = TypeVar("Choice", bound=str)
LONGEST_TEXT = 2000


def _wrong(field: str, seen: str, rule: Phrase) -> InputError:
    return InputError(
        "“{field}” cannot be “{seen}”.",
        rule,
        "Go back and change it.",
        values={"field": field, "seen": seen[:60]},
    )


class Answers:
    """The fields of one form, or of an address."""

    def __init__(self, data: FormData) -> None:
        self.data = data

    @classmethod
    def of(cls, fields: Mapping[str, str]) -> "Answers":
        """Return the answers that stand in an address."""
        return cls(FormData(fields))

    def text(self, field: str, longest: int = LONGEST_TEXT) -> str:
        """Return a text without spaces around it; "" when it was left out."""
        value = self.data.get(field)
        text = value.strip() if isinstance(value, str) else ""
        if len(text) > longest:
            rule = Phrase("It may have {n} characters.", {"n": longest})
            raise _wrong(field, text, rule)
        return text

    def many(self, field: str) -> frozenset[str]:
        """Return the values of all ticked boxes of one name."""
        return frozenset(v for v in self.data.getlist(field) if isinstance(v, str) and v)

    def listed(self, field: str) -> list[str]:
        """Return all values of one name in order, empty ones too."""
        return [v.strip() if isinstance(v, str) else "" for v in self.data.getlist(field)]

    def ticked(self, field: str) -> bool:
        """Whether a box was ticked."""
        return bool(self.text(field))

    def number(self, field: str, low: float, high: float) -> float | None:
        """Return a number from ``low`` to ``high``; a decimal comma is understood."""
        text = self.text(field, 40)
        if not text:
            return None
        rule = Phrase("It should be a number from {low:g} to {high:g}.", {"low": low, "high": high})
        try:
            value = float(text.replace(",", "."))
        except ValueError as exc:
            raise _wrong(field, text, rule) from exc
        if not low <= value <= high:  # also refuses NaN
            raise _wrong(field, text, rule)
        return value

    def whole(self, field: str, low: int, high: int) -> int | None:
        """Return a whole number from ``low`` to ``high``."""
        value = self.number(field, low, high)
        if value is not None and value != int(value):
            raise _wrong(field, f"{value:g}", Phrase("It should be a whole number."))
        return None if value is None else int(value)

    def pain(self, field: str) -> int | None:
        """Return a pain number from 0 to 10, or None when not answered."""
        return self.whole(field, 0, 10)

    def one_of(self, field: str, known: Sequence[Choice], otherwise: Choice) -> Choice:
        """Return one of the known words, or ``otherwise`` when it was left out."""
        text = self.text(field, 100)
        if not text:
            return otherwise
        for word in known:
            if word == text:
                return word
        rule = Phrase("It should be one of: {words}.", {"words": ", ".join(known)})
        raise _wrong(field, text, rule)

    def minute(self, field: str) -> int | None:
        """Return local minutes after midnight from a time of day such as 07:30."""
        return self.minute_in(field, self.text(field, 40))

    @staticmethod
    def minute_in(field: str, text: str) -> int | None:
        """Return local minutes after midnight from one text of a repeated field."""
        if not text:
            return None
        try:
            at = datetime.strptime(text[:5], "%H:%M")  # noqa: DTZ007 - a time of day, without a date
        except ValueError as exc:
            raise _wrong(field, text, Phrase("It should be a time such as 07:30.")) from exc
        return at.hour * 60 + at.minute

    def day(self, field: str) -> date | None:
        """Return a date such as 2026-03-02."""
        text = self.text(field, 40)
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError as exc:
            raise _wrong(field, text, Phrase("It should be a date such as 2026-03-02.")) from exc


async def read_answers(request: Request) -> AsyncIterator[Answers]:
    """Read the form of a request; a file that came with it is closed once the answer is made."""
    async with request.form(max_fields=2000, max_files=1) as data:
        yield Answers(data)


Form = Annotated[Answers, Depends(read_answers)]


def local_path(target: str, otherwise: str = "/") -> str:
    """Return a path of our own to go on to; anything that could lead elsewhere becomes ``otherwise``."""
    if (
        target.startswith("/")
        and not target.startswith(("//", "/\\"))
        and "\n" not in target
        and "\r" not in target
    ):
        return target
    return otherwise
