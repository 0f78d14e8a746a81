"""The interface's languages. In: LC_MESSAGES/midback.mo under this folder. Out: gettext. Next: cli, web.

English is the language of the source, so it needs no file. A folder with a compiled catalogue is a language:
nothing else has to be told about it.
"""

import gettext
import locale as system_locale
import os
from functools import cache
from pathlib import Path

from midback.errors import InputError

FOLDER = Path(__file__).parent
SOURCE = "en"


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages there are, English first."""
    found = sorted(mo.parent.parent.name for mo in FOLDER.glob("*/LC_MESSAGES/midback.mo"))
    return (SOURCE, *(code for code in found if code != SOURCE))


@cache
def translations(language: str) -> gettext.NullTranslations:
    """Return gettext and ngettext for a language.

    Raises
    ------
    InputError : there is no such language; the message names those there are.
    """
    if language == SOURCE:
        return gettext.NullTranslations()
    if language not in languages():
        raise InputError(
            "There is no language {language!r}.",
            "The languages are: {known}.",
            "Choose one of them in Settings or in MIDBACK_LANGUAGE, or leave it at auto.",
            values={"language": language, "known": ", ".join(languages())},
        )
    return gettext.translation("midback", FOLDER, [language])


def best(wanted: str, default: str = SOURCE) -> str:
    """Return the language there is for the one wanted: ``de-AT`` gives ``de``, an unknown one the default."""
    exact = {code.lower(): code for code in languages()}
    tag = wanted.strip().lower().replace("_", "-")
    while tag:
        if tag in exact:
            return exact[tag]
        tag = tag.rpartition("-")[0]
    return default


def best_accepted(header: str) -> str:
    """Return the language there is for an Accept-Language header; English when it names none of them."""
    ranked: list[tuple[float, str]] = []
    for part in header.split(","):
        tag, _, quality = part.partition(";q=")
        try:
            ranked.append((-float(quality or 1), tag.strip()))
        except ValueError:
            continue
    # sorted() is stable, so equal weights keep the order of the header.
    for weight, tag in sorted(ranked, key=lambda pair: pair[0]):
        if weight < 0 and (found := best(tag, "")):
            return found
    return SOURCE


def system_language() -> str:
    """Return the language there is for the machine's own setting, English when it is not there."""
    wanted = next((v for k in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := os.environ.get(k))), "")
    if not wanted:
        wanted = system_locale.getlocale()[0] or ""
    return best(wanted.partition(".")[0].partition("@")[0])


def chosen(setting: str) -> str:
    """Return the language of a ``language`` setting, where ``auto`` is the machine's own.

    Raises InputError when a language was named that is not there.
    """
    if setting == "auto":
        return system_language()
    found = best(setting, "")
    if not found:
        translations(setting)  # raises, naming the languages there are
    return found
