"""Which language a page speaks. In: the setting, Accept-Language, the .mo files. Out: gettext. Next: render and pages.

The language of one request lives in a context variable, so templates and page code call plain ``_("...")``.
"""

import gettext as gettext_module
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

LOCALE_DIR = Path(__file__).resolve().parent.parent / "locale"
SOURCE_LANGUAGE = "en"
DOMAIN = "midback"


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language and its catalogue of translations."""

    language: str
    translations: gettext_module.NullTranslations


@lru_cache(maxsize=1)
def available() -> tuple[str, ...]:
    """Name the languages that can be shown: English, and each with a compiled catalogue."""
    found = {path.parent.parent.name for path in LOCALE_DIR.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")}
    return (SOURCE_LANGUAGE, *sorted(found - {SOURCE_LANGUAGE}))


@lru_cache(maxsize=16)
def tongue(language: str) -> Tongue:
    """Load a language; one without a catalogue speaks English wording under its own name."""
    return Tongue(language, gettext_module.translation(DOMAIN, LOCALE_DIR, [language], fallback=True))


def preferred(accept_language: str) -> tuple[str, ...]:
    """Return the languages of an Accept-Language header, best first."""
    ranked: list[tuple[float, int, str]] = []
    for place, part in enumerate(accept_language[:500].split(",")):
        name, _sep, weight = part.strip().partition(";q=")
        try:
            quality = float(weight) if weight else 1.0
        except ValueError:
            quality = 0.0
        if name and quality > 0:
            ranked.append((-quality, place, name.lower()))
    return tuple(name for _quality, _place, name in sorted(ranked))


def choose(setting: str, accept_language: str = "", among: tuple[str, ...] | None = None) -> str:
    """Return the language to show: the setting when it is there, else the browser's best, else English."""
    languages = available() if among is None else among
    wishes = preferred(accept_language) if setting == "auto" else (setting,)
    for wish in wishes:
        base = wish.lower().split("-")[0]
        for language in languages:
            if language.lower() in (wish.lower().replace("_", "-"), base):
                return language
    return SOURCE_LANGUAGE


_current: ContextVar[Tongue | None] = ContextVar("tongue", default=None)


def speak(language: str) -> None:
    """Make the rest of this request speak a language."""
    _current.set(tongue(language))


def language() -> str:
    """Return the language of this request."""
    current = _current.get()
    return current.language if current else SOURCE_LANGUAGE


def _(message: str) -> str:
    """Translate one message."""
    current = _current.get()
    return current.translations.gettext(message) if current else message


def ngettext(singular: str, plural: str, n: int) -> str:
    """Translate a message that counts."""
    current = _current.get()
    if current is None:
        return singular if n == 1 else plural
    return current.translations.ngettext(singular, plural, n)


def weekday_name(weekday: int) -> str:
    """Name a weekday, Monday being 0."""
    return (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )[weekday]


def month_name(month: int) -> str:
    """Name a month, January being 1."""
    return (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        _("May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )[month - 1]


def day_words(day: date) -> str:
    """Write a date in words: "Monday, 2 March"."""
    return _("{weekday}, {day} {month}").format(
        weekday=weekday_name(day.weekday()), day=day.day, month=month_name(day.month)
    )


def clock_words(minute: int) -> str:
    """Write local minutes after midnight as a time of day; minutes past midnight wrap."""
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def time_words(at: datetime) -> str:
    """Write the time of day of a local datetime."""
    return f"{at.hour:02d}:{at.minute:02d}"


def number_words(value: float, digits: int = 0) -> str:
    """Write a number with the language's decimal sign."""
    return f"{value:.{digits}f}".replace(".", _("decimal sign|.").rpartition("|")[2])


def duration_words(seconds: float) -> str:
    """Write a length of time: "45 s", "5 min", "1 h 52"."""
    if seconds < 60:
        return _("{seconds} s").format(seconds=round(seconds))
    minutes = round(seconds / 60)
    if minutes < 60:
        return _("{minutes} min").format(minutes=minutes)
    if minutes % 60 == 0:
        return _("{hours} h").format(hours=minutes // 60)
    return _("{hours} h {minutes}").format(hours=minutes // 60, minutes=f"{minutes % 60:02d}")
