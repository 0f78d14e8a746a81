"""Which language a page speaks. In: the setting, Accept-Language. Out: gettext. Next: render and pages.

The language of one request lives in a context variable, so templates and page code call plain ``_("...")``.
"""

import gettext as gettext_module
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime

from midback import locale

SOURCE_LANGUAGE = locale.SOURCE


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language and its translations."""

    language: str
    translations: gettext_module.NullTranslations


def choose(setting: str, accept_language: str = "") -> str:
    """Return the language to show: the setting's, or with "auto" the browser's best; English in the end."""
    return locale.best_accepted(accept_language[:500]) if setting == "auto" else locale.best(setting)


_current: ContextVar[Tongue | None] = ContextVar("tongue", default=None)


def speak(language: str) -> None:
    """Make the rest of this request speak a language."""
    _current.set(Tongue(language, locale.translations(language)))


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
