"""Every error midback raises on purpose, as one tree.

    MidbackError
     + InputError     what was given cannot be used               exit 2   HTTP 422   (also ValueError)
     + NotFound       there is nothing by that name               exit 3   HTTP 404   (also LookupError)
     + Conflict       someone or something changed it first       exit 4   HTTP 409
     + NotAllowed     this is not permitted here                  exit 5   HTTP 403   (also PermissionError)
     + SafetyStop     refused for the person's safety             exit 6   HTTP 409
     + Infeasible     no plan fits; names the constraints         exit 7   HTTP 422
     + Unavailable    a sensor, file or service is missing        exit 8   HTTP 503

Each message says what was seen, the rule and the next step, as English templates and what fills them. Who
raises knows no language; doors translate an error once, by ``said``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """An English text that can be said in any language.

    template : in the manner of ``str.format``; without ``values`` it is taken as it is, braces too
    values : what the places hold; a phrase among them is said in the same language
    """

    template: str
    values: Mapping[str, object] | None = None

    def said(self, translate: Translate = str) -> str:
        """Return the text in the words of ``translate``; it never fails, whatever a translation holds."""
        if not self.template:  # gettext answers an empty text with the catalogue's header
            return ""
        if self.values is None:
            return translate(self.template)
        held = {
            name: value.said(translate) if isinstance(value, Phrase) else value
            for name, value in self.values.items()
        }
        for text in (translate(self.template), self.template):
            try:
                return text.format_map(held)
            except Exception:  # noqa: S112 - an error about an error would hide what went wrong
                continue
        return self.template

    def as_data(self) -> object:
        """Return the text as JSON can hold it; ``phrase_of`` reads it back, to be said in any language."""
        if self.values is None:
            return self.template
        held = {
            name: value.as_data() if isinstance(value, Phrase) else value
            for name, value in self.values.items()
        }
        plain = {
            name: value if isinstance(value, dict | str | int | float) else str(value)
            for name, value in held.items()
        }
        return {"template": self.template, "values": plain}


def phrase_of(data: object) -> Phrase | None:
    """Return the text that ``as_data`` made, or None for anything else; a plain text is taken as it is."""
    if isinstance(data, dict):
        text, held = data.get("template"), data.get("values")
        if not isinstance(text, str) or not isinstance(held, dict):
            return None
        values = {str(name): _held(value) for name, value in held.items()}
        return Phrase(text, values)
    text = data
    return Phrase(text) if isinstance(text, str) else None


def _held(value: object) -> object:
    return phrase_of(value) or "" if isinstance(value, dict) else value


# What pydantic finds, by its name for it; the places are those of its own context.
_MISFITS: Mapping[str, Phrase] = {
    "missing": Phrase("it is missing"),
    "extra_forbidden": Phrase("nobody knows this key"),
    "unexpected_keyword_argument": Phrase("nobody knows this key"),
    "string": Phrase("it should be a text"),
    "bool": Phrase("it should be true or false"),
    "int": Phrase("it should be a whole number"),
    "float": Phrase("it should be a number"),
    "finite_number": Phrase("it should be a number"),
    "date": Phrase("it should be a date such as 2026-03-02"),
    "datetime": Phrase("it should be a time such as 2026-03-02T09:30:00Z"),
    "list": Phrase("it should be a list"),
    "tuple": Phrase("it should be a list"),
    "frozen_set": Phrase("it should be a list"),
    "dict": Phrase("it should be a group of keys and values"),
    "mapping": Phrase("it should be a group of keys and values"),
    "dataclass": Phrase("it should be a group of keys and values"),
    "greater_than_equal": Phrase("it should be at least {ge}"),
    "greater_than": Phrase("it should be more than {gt}"),
    "less_than_equal": Phrase("it should be at most {le}"),
    "less_than": Phrase("it should be less than {lt}"),
    "string_too_long": Phrase("it is longer than {max_length} characters"),
    "string_pattern_mismatch": Phrase("it should match {pattern}"),
    "literal_error": Phrase("it should be one of: {expected}"),
}
_TAILS = ("_parsing", "_type", "_from_float", "_from_datetime", "_from_date")


def misfit(fault: Mapping[str, Any]) -> Phrase:
    """Say what one fault found by pydantic (an entry of ``errors()``) asks for: "it should be a number"."""
    kind, places = str(fault["type"]), dict(fault.get("ctx") or {})
    if kind == "literal_error":
        places["expected"] = str(places.get("expected", "")).replace(" or ", ", ").replace("'", "")
    for tail in _TAILS:
        kind = kind.removesuffix(tail)
    known = _MISFITS.get(kind)
    return replace(known, values=places) if known else Phrase(str(fault["msg"]).lower())


class MidbackError(Exception):
    """An error that midback raises on purpose.

    Parameters
    ----------
    seen : what was found
    rule : what was expected
    next_step : what the person can do now
    values : what fills the places ``{...}`` of the three texts; without it they hold no places
    """

    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500

    def __init__(
        self,
        seen: str | Phrase,
        rule: str | Phrase = "",
        next_step: str | Phrase = "",
        *,
        values: Mapping[str, object] | None = None,
    ) -> None:
        self.phrases = tuple(
            text if isinstance(text, Phrase) else Phrase(text, values) for text in (seen, rule, next_step)
        )
        self.seen, self.rule, self.next_step = self.said(str)
        super().__init__(" ".join(part for part in (self.seen, self.rule, self.next_step) if part))

    def said(self, translate: Translate) -> tuple[str, str, str]:
        """Return what was seen, the rule and the next step in the words of ``translate``."""
        seen, rule, next_step = (phrase.said(translate) for phrase in self.phrases)
        return seen, rule, next_step


class InputError(MidbackError, ValueError):
    exit_code = 2
    http_status = 422


class NotFound(MidbackError, LookupError):
    exit_code = 3
    http_status = 404


class Conflict(MidbackError):
    exit_code = 4
    http_status = 409


class NotAllowed(MidbackError, PermissionError):
    exit_code = 5
    http_status = 403


class SafetyStop(MidbackError):
    """An exercise was asked for while the person should be seen by a professional first."""

    exit_code = 6
    http_status = 409


class Infeasible(MidbackError):
    """No plan fits. ``constraints`` names what stands in the way, most important first."""

    exit_code = 7
    http_status = 422

    def __init__(
        self,
        seen: str | Phrase,
        rule: str | Phrase = "",
        next_step: str | Phrase = "",
        constraints: tuple[str, ...] = (),
        *,
        values: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(seen, rule, next_step, values=values)
        self.constraints = constraints


class Unavailable(MidbackError):
    exit_code = 8
    http_status = 503
