"""A session guided in the terminal. In: app.session. Out: captions, countdown, tones of the terminal's bell.

With a terminal, single keys steer and the lines redraw; without one (a pipe, a log) it prints each phase once and
reads whole lines: the same letters, then Enter.
"""

import sys
import time
from collections.abc import Iterator
from uuid import uuid4

import typer
from rich.console import Console, Group
from rich.live import Live
from rich.panel import Panel
from rich.progress_bar import ProgressBar
from rich.text import Text

from midback.app.house import House, open_house
from midback.app.intake import read_intake
from midback.app.session import SessionView, open_session, post_event
from midback.app.session_after import outcome
from midback.app.session_choice import Wish
from midback.coach.cue import Cue
from midback.coach.done import items_done, left_s
from midback.coach.script import SECOND
from midback.coach.state import SessionState
from midback.errors import InputError
from midback.plan.answers import Intake
from midback.plan.pain import SIGNS
from midback.plan.performance import SKIP_REASONS
from midback.settings import read_settings
from midback.share.words import words_of
from midback.store.people import DEFAULT_PERSON

from .session_keys import Keys
from .words import _, language

BEAT_S = 1.0
LENGTHS = (3, 8, 20)


def guide(minutes: int = 8, only: str | None = None, pain: int | None = None) -> None:
    """Run one session from start to end in the terminal."""
    house = open_house(read_settings())
    if minutes not in LENGTHS and only is None:
        raise InputError(f"{minutes} minutes were asked for.", "A session takes 3, 8 or 20 minutes.", "Choose one.")
    console = Console(highlight=False)
    if pain is None:
        pain = ask_number(console, _("Pain right now, 0 (none) to 10"))
    if pain is None:
        raise InputError("Pain was not answered.", "Everything later is judged against it.", "Give --pain 0 to 10.")
    wish = Wish(pain=pain, length_min=None if only else minutes, exercise_id=only)
    view = open_session(house, DEFAULT_PERSON, uuid4().hex, wish)
    with Keys(sys.stdin) as keys:
        Terminal(house, console, keys, view).run()


def ask_number(console: Console, question: str) -> int | None:
    """Ask for a number from 0 to 10; empty means no answer."""
    while True:
        console.print(f"{question}: ", end="")
        line = sys.stdin.readline()
        if not line.strip():
            return None
        if line.strip().isdigit() and 0 <= int(line) <= 10:
            return int(line)
        console.print(_("A number from 0 to 10, or Enter for no answer."))


class Terminal:
    """One session in one terminal."""

    def __init__(self, house: House, console: Console, keys: Keys, view: SessionView) -> None:
        self.house, self.console, self.keys, self.view = house, console, keys, view
        self.live: Live | None = None

    def run(self) -> None:
        """Guide until the session is over, then ask how it was."""
        self.console.print(_("Keys: space or p pause, n next, b back, s skip, h this hurts, 1 one more, + - time, l later, r again, m mute, q end."))
        self.console.print(_("Each has effect with Enter.") if not self.keys.single else "")
        self.send("start")
        if self.console.is_terminal:
            with Live(self.drawn(), console=self.console, refresh_per_second=4, transient=True) as self.live:
                self.loop()
            self.live = None
        else:
            self.loop()
        self.close()

    def loop(self) -> None:
        """Beat, listen, draw."""
        beaten = time.monotonic()
        while self.view.state.status in ("running", "paused"):
            key = self.keys.read(0.25)
            if key:
                self.press(key)
            if time.monotonic() - beaten >= min(BEAT_S, max(0.05, self.view.state.remaining_us / SECOND)):
                beaten = time.monotonic()
                self.send("heartbeat")
            if self.live is not None:
                self.live.update(self.drawn())

    def send(self, kind: str, **data: object) -> None:
        """Post an event, then say and sound what follows from it."""
        self.view = post_event(self.house, DEFAULT_PERSON, self.view.id, uuid4().hex, kind, data)
        for cue in self.view.said:
            self.give(cue)

    def give(self, cue: Cue) -> None:
        """Ring the bell for a tone (unless silent) and print what is said."""
        if cue.tone in ("start", "half", "end", "change") and self.view.state.sound != "silent":
            self.console.bell()
        if cue.say is not None:
            style = "bold red" if cue.live == "assertive" else "bold"
            self.console.print(Text(self.say(cue), style=style))
        if cue.id == "ready":
            self.console.print(self.hint())

    def say(self, cue: Cue) -> str:
        """Put a cue into words."""
        return words_of(cue.say, self.house.catalogue, language(), _) if cue.say else ""

    def hint(self) -> str:
        """Return how to begin, in one sentence, and the dose."""
        item = self.view.state.item
        exercise = self.house.catalogue.exercise(item.exercise_id)
        text = exercise.text.get(language()) or exercise.text["en"]
        words = text.variants[item.variant_id]
        steps = words.cues.get("settle") or next(iter(words.steps), text.short)
        return f"  {steps}"

    def press(self, key: str) -> None:
        """Do what a key asks for."""
        state = self.view.state
        simple = {
            "n": "next", "b": "back", "1": "plus_one", "+": "extend", "=": "extend", "-": "shorten",
            "l": "defer", "r": "repeat", "q": "end",
        }  # fmt: skip
        if key in (" ", "p"):
            self.send("resume" if state.status == "paused" else "pause")
        elif key in simple:
            self.send(simple[key])
        elif key == "m":
            self.send("sound", sound="tones" if state.sound == "silent" else "silent")
        elif key == "s":
            self.choose(_("Skip, because"), SKIP_REASONS, lambda reason: self.send("skip", reason=reason))
        elif key == "h":
            self.hurts()

    def hurts(self) -> None:
        """Ask how much, judge it, and go on or stop."""
        was_running = self.view.state.status == "running"
        if was_running:
            self.send("pause")
        with self.asking():
            pain = ask_number(self.console, _("How much does it hurt now, 0 to 10 (Enter: something new)"))
        if pain is None:
            self.choose(_("Is one of these new"), SIGNS, lambda sign: self.send("hurts", sign=sign), was_running)
            return
        self.send("hurts", pain=pain)
        if self.view.state.status == "paused":
            self.console.print(_("Space or p goes on."))

    def choose(self, question: str, options: tuple[str, ...], then, resume: bool = False) -> None:  # type: ignore[no-untyped-def]
        """Ask for one of several; Enter alone chooses none."""
        resume = resume or self.view.state.status == "running"
        if self.view.state.status == "running":
            self.send("pause")
        with self.asking():
            for number, option in enumerate(options, 1):
                self.console.print(f"  {number} {option_name(option)}")
            number = ask_number(self.console, question)
        if number is not None and 1 <= number <= len(options):
            then(options[number - 1])
        if resume and self.view.state.status == "paused":
            self.send("resume")

    def asking(self) -> "Asking":
        """Lend the terminal to a question."""
        return Asking(self)

    def drawn(self) -> Panel:
        """Draw where the session stands."""
        state = self.view.state
        left = state.remaining_us / SECOND
        share = state.elapsed_us / max(1, state.phase_us)
        title = title_of(self.house, state)
        count = "" if state.repetitions is None else f"   {state.repetitions}" + (
            f" / {state.work_us // state.item.tempo_us}" if state.item.tempo_us else ""
        )
        return Panel(
            Group(
                Text(f"{phase_name(state)}  {left:.0f} s{count}", style="bold"),
                ProgressBar(total=1.0, completed=share, width=46),
                Text(self.caption(), style="italic"),
            ),
            title=title,
            subtitle=_("{minutes} min left").format(minutes=round(left_s(self.view.script, state) / 60, 1)),
        )

    def caption(self) -> str:
        """Return the sentence of the moment."""
        state = self.view.state
        exercise = self.house.catalogue.exercise(state.item.exercise_id)
        text = exercise.text.get(language()) or exercise.text["en"]
        cues = list(text.variants[state.item.variant_id].cues.values()) or [text.short]
        movement = exercise.movement_of(state.item.variant_id)
        each_us = int((movement.cycle_s if movement else 6.0) * SECOND / len(cues)) or SECOND
        return cues[(state.unit_us // each_us) % len(cues)] if state.phase == "work" else cues[0]

    def close(self) -> None:
        """After: what to do after a sign, or how it was, done against planned, what comes next."""
        state = self.view.state
        if state.status == "stopped":
            country = self.house.catalogue.country((read_intake(self.house, DEFAULT_PERSON) or Intake()).country)
            self.console.print(
                _("Sit or lie down. If it is strong, spreads or does not pass, call {number} now.").format(
                    number=country.emergency
                )
            )
            self.console.print(_("The warning-sign questions come before the next exercise: midback screen"))
            return
        if state.status == "after":
            pain = ask_number(self.console, _("Pain right now, 0 to 10 (Enter: no answer)"))
            self.console.print(_("How hard was it: 1 easy, 2 just right, 3 hard (Enter: no answer)") + ": ", end="")
            effort = {"1": "easy", "2": "ok", "3": "hard"}.get(sys.stdin.readline().strip())
            self.send("after", pain=pain, effort=effort)
        for line in lines_of(self.house, self.view):
            self.console.print(line)


class Asking:
    """While it lasts the drawing rests and whole lines can be typed."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal

    def __enter__(self) -> None:
        if self.terminal.live is not None:
            self.terminal.live.stop()
        self.terminal.keys.pause()

    def __exit__(self, *_exc: object) -> None:
        self.terminal.keys.resume()
        if self.terminal.live is not None:
            self.terminal.live.start()
