"""A strict reader of RFC 5545's lines, as independent of the writer as the text of the standard allows.

In: a calendar's octets. Out: components as nested lists of (name, parameters, value); an AssertionError names what
breaks a rule: bare line feeds, lines over 75 octets, letters cut in two, ends that match no begin, properties that
must be there once and are not.
"""

import re
from dataclasses import dataclass, field

NAME = re.compile(r"[A-Z0-9-]+")
ONCE = {
    "VCALENDAR": {"VERSION", "PRODID"},
    "VEVENT": {
        "UID",
        "DTSTAMP",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "SEQUENCE",
        "LAST-MODIFIED",
        "STATUS",
        "TRANSP",
    },
    "VALARM": {"ACTION", "TRIGGER", "DESCRIPTION"},
    "VTIMEZONE": {"TZID"},
    "STANDARD": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
    "DAYLIGHT": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
}


@dataclass
class Component:
    """One component: its properties in order and the components in it."""

    name: str
    properties: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    inside: list["Component"] = field(default_factory=list)

    def value(self, name: str) -> str:
        """Return the value of a property that is there once."""
        (found,) = [value for key, _, value in self.properties if key == name]
        return found


def read_lines(data: bytes) -> Component:
    """Return the calendar; every rule named above is checked on the way."""
    assert data.endswith(b"\r\n")
    physical = data[:-2].split(b"\r\n")
    assert not any(b"\r" in line or b"\n" in line for line in physical), "a bare line end"
    for line in physical:
        assert 0 < len(line) <= 75, f"{len(line)} octets"
        line.decode("utf-8")  # no letter is cut where a line is folded
    unfolded: list[str] = []
    for line in physical:
        text = line.decode()
        if text[0] in " \t":
            unfolded[-1] += text[1:]
        else:
            unfolded.append(text)
    outer = Component("")
    stack = [outer]
    for text in unfolded:
        assert all(letter == "\t" or ord(letter) >= 32 for letter in text), "a control character"
        name, parameters, value = _parts(text)
        if name == "BEGIN":
            stack[-1].inside.append(Component(value))
            stack.append(stack[-1].inside[-1])
        elif name == "END":
            assert stack.pop().name == value, f"END:{value} ends something else"
        else:
            stack[-1].properties.append((name, parameters, value))
    assert stack == [outer]
    assert len(outer.inside) == 1
    _check(outer.inside[0])
    return outer.inside[0]


def _parts(text: str) -> tuple[str, dict[str, str], str]:
    head, quoted = "", False
    for at, letter in enumerate(text):
        if letter == '"':
            quoted = not quoted
        if letter == ":" and not quoted:
            head, value = text[:at], text[at + 1 :]
            break
    else:
        raise AssertionError(f"no colon in {text!r}")
    name, *rest = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', head)
    assert NAME.fullmatch(name), name
    return name, dict(part.split("=", 1) for part in rest), value


def _check(component: Component) -> None:
    names = [name for name, _, _ in component.properties]
    for name in ONCE.get(component.name, ()):
        assert names.count(name) == 1, f"{name} stands {names.count(name)} times in {component.name}"
    for inside in component.inside:
        _check(inside)
