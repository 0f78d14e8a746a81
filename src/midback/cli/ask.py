"""Yes or no in the person's own language. In: a question. Out: a boolean. Next: screen, interview, keep."""

import typer

from .words import N_, _

YES, NO = N_("answer|yes"), N_("answer|no")


def yes(question: str, default: bool = False) -> bool:
    """Ask until the answer starts like yes or no; Enter takes the default."""
    while True:
        answer = typer.prompt(asked(question, default), default="", show_default=False)
        said = understood(str(answer), default)
        if said is not None:
            return said


def asked(question: str, default: bool = False) -> str:
    """Return the question with the letters that answer it; the large one is what Enter means."""
    letters = [_word(message)[0] for message in (YES, NO)]
    large = 0 if default else 1
    letters[large] = letters[large].upper()
    return f"{question} [{'/'.join(letters)}]"


def understood(answer: str, default: bool = False) -> bool | None:
    """Return what an answer means, None when it is neither yes nor no; English always works."""
    answer = answer.strip().casefold()
    if not answer:
        return default
    words = [(_word(YES), True), (_word(NO), False), ("yes", True), ("no", False)]
    return next((value for word, value in words if word.startswith(answer)), None)


def _word(message: str) -> str:
    return _(message).rpartition("|")[2].casefold()
