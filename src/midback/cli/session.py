"""`midback session`: guided in the terminal. In: app.session, keys. Out: captions, countdown, the bell.

In a terminal single keys steer and the lines redraw. Without one (a pipe, a log) each phase is printed once,
and whole lines steer: the same letters, then Enter.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

from rich.console import Console
from rich.live import Live
from rich.text import Text

from midback.app.intake import read_intake
from midback.app.session import open_session, post_event
from midback.app.session_before import report_worse
from midback.app.session_choice import Wish
from midback.coach.cue import Cue
from midback.coach.script import SECOND
from midback.errors import InputError
from midback.plan.answers import Intake
from midback.plan.pain import SIGNS
from midback.plan.performance import SKIP_REASONS
from midback.plan.selection import LENGTHS

from .ask import asked, understood
from .door import Door, opened
from .paper import paper
from .session_keys import Keys, PipeKeys, TerminalKeys
from .session_lines import after_lines, captions_of, choice_words, panel, verdict_words
from .wording import Speech
from .words import _

BEAT = timedelta(seconds=1)
LOOK_S = 0.25
SIMPLE = {
    "n": "next", "b": "back", "1": "plus_one", "+": "extend", "=": "extend", "-": "shorten",
    "l": "defer", "r": "repeat", "q": "end",
}  # fmt: skip


def guide(minutes: int | None = None, only: str | None = None, pain: int | None = None) -> None:
    """Run one session from start to end."""
    if minutes is not None and minutes not in LENGTHS and only is None:
        raise InputError(
            "{minutes} minutes were asked for.",
            "A session takes 3, 8 or 20.",
            "Choose one.",
            values={"minutes": minutes},
        )
    with opened() as door:
        if sys.stdin.isatty() and paper().is_terminal:
            with TerminalKeys() as keys:
                Guide(door, paper(), keys).run(minutes, only, pain)
        else:
            Guide(door, paper(), PipeKeys(sys.stdin)).run(minutes, only, pain)


class Guide:
    """One session in one terminal."""

    def __init__(self, door: Door, console: Console, keys: Keys) -> None:
        self.door, self.console, self.keys = door, console, keys
        self.speech = Speech(door.house.catalogue, door.language)
        self.live: Live | None = None

    def run(self, minutes: int | None, only: str | None, pain: int | None) -> None:
        """Ask the pain before, guide until the session is over, then ask how it was."""
        if pain is None:
            pain = self.ask_number(_("Pain right now, 0 (none) to 10"))
            if pain is not None:
                self.ask_worse(pain)
        if pain is None:
            raise InputError(
                "The pain before was not answered.",
                "Later pain is judged against it.",
                "Give --pain 0 to 10.",
            )
        wish = Wish(pain=pain, length_min=None if only else minutes, exercise_id=only)
        self.view = open_session(self.door.house, self.door.person, uuid4().hex, wish)
        self.say(
            _(
                "Keys: space or p pause, n next, b back, s skip, h this hurts, 1 one more, + and - time, "
                "l later, r again, m mute, q end."
            )
        )
        if not self.keys.single:
            self.say(_("Each with Enter."))
        self.send("start")
        if self.console.is_terminal:
            with Live(
                panel(self.speech, self.view), console=self.console, auto_refresh=False, transient=True
            ) as live:
                self.live = live
                self.loop()
            self.live = None
        else:
            self.loop()
        self.close()

    def loop(self) -> None:
        """Listen, beat, draw."""
        clock = self.door.house.clock
        beaten = clock.now()
        while self.view.state.status in ("running", "paused"):
            left_s = self.view.state.remaining_us / SECOND
            pressed = self.keys.key(min(LOOK_S, max(0.02, left_s)))
            if pressed:
                self.press(pressed)
            now = clock.now()
            if self.view.state.status == "running" and (
                now - beaten >= BEAT or left_s <= LOOK_S or now < beaten
            ):
                beaten = now
                self.send("heartbeat")
            if self.live is not None:
                self.live.update(panel(self.speech, self.view), refresh=True)

    def send(self, kind: str, **data: object) -> None:
        """Post an event, then say and sound what follows from it."""
        self.view = post_event(self.door.house, self.door.person, self.view.id, uuid4().hex, kind, data)
        for cue in self.view.said:
            self.give(cue)

    def give(self, cue: Cue) -> None:
        """Ring the bell for a tone, unless silent, and print what is said."""
        if cue.tone not in ("none", "tick") and self.view.state.sound != "silent":
            self.console.bell()
        if cue.say is not None:
            self.say(self.speech.reason(cue.say), "bold red" if cue.live == "assertive" else "bold")
        if cue.id == "ready":
            self.say(f"  {captions_of(self.speech, self.view.state).ready}")
        elif cue.id == "start" and self.live is None:
            for _at, sentence in captions_of(self.speech, self.view.state).lines:
                self.say(f"  {sentence}")

    def say(self, words: str, style: str = "") -> None:
        """Print a sentence."""
        self.console.print(Text(words, style=style))

    def press(self, key: str) -> None:
        """Do what a key asks for."""
        state = self.view.state
        if key in (" ", "p"):
            self.send("resume" if state.status == "paused" else "pause")
        elif key in SIMPLE:
            self.send(SIMPLE[key])
        elif key == "m":
            self.send("sound", sound="tones" if state.sound == "silent" else "silent")
        elif key == "s":
            self.choose(_("Skip, because"), SKIP_REASONS, lambda reason: self.send("skip", reason=reason))
        elif key == "h":
            self.hurts()

    def hurts(self) -> None:
        """Ask how much, judge it, and say whether to go on."""
        if self.view.state.status == "running":
            self.send("pause")
        with self.asking():
            pain = self.ask_number(_("How much does it hurt now, 0 to 10 (Enter: something new)"))
        if pain is None:
            self.choose(_("Is one of these new?"), SIGNS, lambda sign: self.send("hurts", sign=sign))
            return
        self.send("hurts", pain=pain)
        if self.view.state.hurt is not None:
            self.say(verdict_words(self.view.state.hurt.action), "bold")
        if self.view.state.status == "paused":
            self.say(_("Space or p goes on."))

    def choose(self, question: str, options: Sequence[str], then: Callable[[str], None]) -> None:
        """Ask for one of several; Enter alone chooses none and goes on."""
        if self.view.state.status == "running":
            self.send("pause")
        with self.asking():
            for number, option in enumerate(options, 1):
                self.say(f"  {number}  {choice_words(option)}")
            chosen = self.ask_number(question)
        if chosen is not None and 1 <= chosen <= len(options):
            then(options[chosen - 1])
        if self.view.state.status == "paused":
            self.send("resume")

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Let the drawing rest while whole lines are typed."""
        if self.live is not None:
            self.live.stop()
        yield
        if self.live is not None:
            self.live.start()

    def ask_number(self, question: str) -> int | None:
        """Ask for a number from 0 to 10; an empty line is no answer."""
        while True:
            self.console.print(Text(f"{question}: "), end="")
            answer = self.keys.line().strip()
            if not answer:
                return None
            if answer.isdecimal() and int(answer) <= 10:
                return int(answer)
            self.say(_("A number from 0 to 10, or Enter for no answer."))

    def ask_worse(self, pain: int) -> None:
        """Ask whether the pain is new or worse; a yes brings the warning-sign questions before any exercise."""
        question = _("Is the pain new, or clearly worse than usual?")
        while True:
            self.console.print(Text(f"{asked(question)}: "), end="")
            said = understood(self.keys.line())
            if said is not None:
                break
        if said:
            report_worse(self.door.house, self.door.person, pain)

    def close(self) -> None:
        """Say what to do after a warning sign, or ask how it was and show what was done."""
        house, person = self.door.house, self.door.person
        if self.view.state.status == "stopped":
            country = house.catalogue.country((read_intake(house, person) or Intake()).country)
            number = country.emergency
            self.say(
                _("Sit or lie down. If it is strong, spreads or does not pass, call {number} now.").format(
                    number=number
                )
            )
            self.say(_("The warning-sign questions come before the next exercise: midback screen"))
            return
        if self.view.state.status == "after":
            pain = self.ask_number(_("Pain right now, 0 to 10 (Enter: no answer)"))
            hard = self.ask_number(_("How hard was it: 1 easy, 2 just right, 3 hard (Enter: no answer)"))
            efforts = {1: "easy", 2: "ok", 3: "hard"}
            self.send("after", pain=pain, effort=efforts.get(hard) if hard else None)
        for line in after_lines(house, person, self.speech, self.view):
            self.say(line)
