"""`midback trial analyse FILE`: what diaries show. In: trial.analysis. Out: lines, or one JSON object a line.

No database. The whole file is read and checked before the first person is told, so a bad line leaves nothing behind.
"""

import errno
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from midback.app.clock import SystemClock
from midback.catalogue.load import load_catalogue
from midback.errors import InputError
from midback.settings import read_settings
from midback.trial.analysis import Analysis, analyse
from midback.trial.cause import OTHER_CAUSES
from midback.trial.diary_file import read_diaries
from midback.trial.next_step import next_steps

from .paper import heading, line
from .wording import Speech
from .words import _, language

# So many people take long enough that one wants to see how far it is.
MANY = 50
DIGITS = 3


def show(path: Path, as_json: bool) -> None:
    """Print what the diary of every person in a file shows."""
    with _opened(path) as stream:
        try:
            diaries = read_diaries(stream, _now())
        except UnicodeDecodeError as exc:
            raise InputError(
                "{path} is not a text file.",
                "It should be UTF-8.",
                "Save it as CSV in UTF-8.",
                values={"path": path},
            ) from exc
    speech = None if as_json else Speech(load_catalogue(), language())
    untested = False
    with _progress(len(diaries)) as step:
        for diary in diaries:
            found = analyse(diary)
            if speech is None:
                print(json.dumps(shape(found), ensure_ascii=False))
            else:
                _print(found, speech)
                untested |= found.cause.shown == "not tested"
            step()
    if speech is not None and untested:
        heading(_("Why it is not known what made a difference"))
        for reason in OTHER_CAUSES:
            line(speech.reason(reason), indent=2)


def shape(found: Analysis) -> dict[str, Any]:
    """Shape one person's analysis as docs/trial.md publishes it."""
    effect, counted, cause = found.effect, found.counted, found.cause

    def rounded(value: float) -> float:
        return round(value, DIGITS)

    numbers: dict[str, Any] = dict.fromkeys(
        ("estimate", "low", "high", "p_at_least_1", "p_at_least_2", "p_worse_1", "p_worse_2")
    )
    if effect is not None:
        numbers = {
            "estimate": rounded(effect.estimate),
            "low": rounded(effect.low),
            "high": rounded(effect.high),
            "p_at_least_1": rounded(effect.p_better(1)),
            "p_at_least_2": rounded(effect.p_better(2)),
            "p_worse_1": rounded(effect.p_worse(1)),
            "p_worse_2": rounded(effect.p_worse(2)),
        }
    return {
        "person": found.diary.person,
        "verdict": found.verdict.word,
        **numbers,
        "cause": cause.shown,
        "cause_estimate": None if cause.estimate is None else rounded(cause.estimate),
        "cause_low": None if cause.low is None else rounded(cause.low),
        "cause_high": None if cause.high is None else rounded(cause.high),
        "interim": found.verdict.interim,
        "correlation": None if effect is None else rounded(effect.phi),
        "day_to_day_sd": None if effect is None else rounded(effect.sd),
        "days": {
            "baseline": [counted.baseline, counted.baseline_days],
            "programme": [counted.programme, counted.programme_days],
            "last": [counted.last, counted.last_days],
        },
        "reasons": [reason.message_id for reason in (*found.verdict.reasons, *cause.reasons)],
        "next": [reason.message_id for reason in next_steps(found.verdict)],
    }


def _print(found: Analysis, speech: Speech) -> None:
    verdict_words = {
        "better": _("better"),
        "probably better": _("probably better"),
        "cannot tell": _("cannot tell"),
        "probably no change": _("probably no change"),
        "probably worse": _("probably worse"),
        "worse": _("worse"),
    }
    heading(f"{found.diary.person}: {verdict_words[found.verdict.word]}")
    effect = found.effect
    if effect is not None:
        line(
            _(
                "The last days against the baseline: {estimate:+.1f} points, and with 95 % somewhere from {low:+.1f} "
                "to {high:+.1f}. Minus is less pain."
            ).format(estimate=effect.estimate, low=effect.low, high=effect.high),
            indent=2,
        )
        line(
            _(
                "At least 1 point better: {one:.0%}. At least 2: {two:.0%}. At least 1 worse: {worse:.0%}."
            ).format(one=effect.p_better(1), two=effect.p_better(2), worse=effect.p_worse(1)),
            indent=2,
        )
    for reason in found.verdict.reasons:
        line(speech.reason(reason), indent=2)
    cause_words = {
        "not tested": _("Was it the programme? Not tested."),
        "shown": _("Was it the programme? Shown."),
        "not shown": _("Was it the programme? Not shown."),
    }
    line(cause_words[found.cause.shown], indent=2)
    for reason in found.cause.reasons:
        if reason not in OTHER_CAUSES:  # those stand once, below everybody
            line(speech.reason(reason), indent=4)
    line(_("Next: {steps}").format(steps=" ".join(map(speech.reason, next_steps(found.verdict)))), indent=2)


def _now() -> datetime:
    zone = SystemClock(read_settings().timezone).zone
    return datetime.now(zone) if zone else datetime.now().astimezone()


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    if str(path) == "-":
        if sys.stdin is None:  # it was closed before midback began
            raise _unreadable(path, os.strerror(errno.EBADF))
        yield TextIOWrapper(sys.stdin.buffer, "utf-8-sig", newline="")
        return
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield stream
    except OSError as exc:
        raise _unreadable(path, exc.strerror or str(exc)) from exc


def _unreadable(path: Path, fault: str) -> InputError:
    return InputError(
        "{path} cannot be read: {fault}.", "", "Check the path.", values={"path": path, "fault": fault}
    )


@contextmanager
def _progress(people: int) -> Iterator[Callable[[], None]]:
    """Show on standard error how far it is, where that is a terminal and there are many."""
    if people < MANY or not sys.stderr.isatty():
        yield lambda: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(_("Reading diaries"), total=people)
        yield lambda: bar.advance(task)
