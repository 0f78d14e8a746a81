"""The command line's language. In: MIDBACK_LANGUAGE, settings.toml, the system. Out: gettext. Next: commands.

Help texts are needed before anything else is loaded, so this module reads the one setting by itself, lightly;
``midback.settings`` checks the file in full when a command opens the house.
"""

import gettext as gettext_module
import os
import tomllib
from functools import cache
from pathlib import Path

from midback import locale


def N_(message: str) -> str:  # noqa: N802 - the name gettext's extractors look for
    """Mark a text for translation and return it as it is."""
    return message


# The texts of the command line's own library, which asks the process's gettext for them.
LIBRARY_TEXTS = (
    N_("Arguments"),
    N_("Options"),
    N_("Commands"),
    N_("Aborted!"),
    N_("default: {default}"),
    N_("required"),
    N_("Missing command."),
    N_("No such command {name!r}."),
)


@cache
def language() -> str:
    """Return the code of the language that the command line speaks."""
    setting = os.environ.get("MIDBACK_LANGUAGE") or _from_file() or "auto"
    return locale.system_language() if setting == "auto" else locale.best(setting)


def _(message: str) -> str:
    """Translate one text."""
    return locale.translations(language()).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """Translate a text that counts."""
    return locale.translations(language()).ngettext(singular, plural, n)


def speak() -> None:
    """Make the command line's own library speak the language too.

    It asks the process's default catalogue, which goes by LANGUAGE; ``silence`` undoes that before a browser
    is started, for a child process would inherit it.
    """
    gettext_module.bindtextdomain("midback", str(locale.FOLDER))
    gettext_module.textdomain("midback")
    os.environ.setdefault("LANGUAGE", "")
    _before.append(os.environ["LANGUAGE"])
    os.environ["LANGUAGE"] = language()


def silence() -> None:
    """Undo ``speak``."""
    if _before:
        os.environ["LANGUAGE"] = _before.pop()


_before: list[str] = []


def _from_file() -> str | None:
    folder = os.environ.get("MIDBACK_CONFIG_DIR")
    if folder is None:
        from platformdirs import user_config_path

        folder = str(user_config_path("midback", appauthor=False))
    try:
        value = tomllib.loads(Path(folder, "settings.toml").read_text("utf-8")).get("language")
    except (OSError, ValueError):
        return None
    return value if isinstance(value, str) else None
