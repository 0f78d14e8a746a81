"""Yes or no in the person's own language. In: a question. Out: a boolean. Next: screen, interview, keep."""

import typer

from .words import N_, _

YES, NO = N_("answer|yes"), N_("answer|no")


def yes(question: str, default: bool = False) -> bool:
    """Ask until the answer starts like yes or no; Enter takes the default. English always works."""
    words = [(_word(YES), True), (_word(NO), False), ("yes", True), ("no", False)]
    letters = [word[0].upper() if value is default else word[0] for word, value in words[:2]]
    while True:
        answer = str(typer.prompt(f"{question} [{'/'.join(letters)}]", default="", show_default=False))
        answer = answer.strip().casefold()
        if not answer:
            return default
        for word, value in words:
            if word.startswith(answer):
                return value


def _word(message: str) -> str:
    return _(message).rpartition("|")[2].casefold()
