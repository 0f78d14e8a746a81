"""Speaking with the person. In: Say, buttons pressed. Out: notices, said lines, evidence. Next: spool, judge.

First a quiet notice, then the prompt with its buttons; an answer is a line at once. After "Start" a page of the
running server opens, or the notification itself guides and asks at the end. What cannot be shown was not said.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from midback.body.evidence import Evidence
from midback.errors import Phrase
from midback.plan.decide import SUNK, Say
from midback.plan.interruptions import Answer, Hold, Said

from .clock import Now
from .holding import Holding
from .judge import Judge
from .notify import CLICKED, Notice, Notifier
from .orders import Worn
from .spool import Spool
from .standing import Inbox, Open, Standing
from .sunk import sunk_to_tell
from .texts import say as words
from .texts import say_length

# An unanswered prompt is taken away after this time and counts as ignored.
PROMPT_STAYS_S: Final = 180
NOTICE_STAYS_S: Final = 30
GUIDE_MORE_S: Final = 10
# A page asks for the pain first and is read before anybody moves.
PAGE_MORE_S: Final = 120
FINISH_STAYS_S: Final = 300
# A look of the camera is over sooner; its mark goes with it.
MARK_STAYS_S: Final = 25
# A question whether it was done that comes later than this is none any more.
FINISH_LATE_S: Final = 600
# What a reminder to take the band off waits for, and the question whether it was done; both are short.
HOLDS_SHORT: Final[frozenset[Hold]] = frozenset(
    {"call", "camera-in-use", "film", "full-screen", "do-not-disturb", "driving"}
)
WORN_LATE: Final = timedelta(hours=1)

MARK: Final = "looking"

Spoken = Literal["notice", "prompt"] | Answer
# The movement (exercise, variant), and what to do where its page did not open.
OpenPage = Callable[[tuple[str, str], Callable[[], None]], bool]


@dataclass(frozen=True, slots=True)
class _Finish:
    """A movement that was started: when, when to ask whether it was done, and which."""

    began: datetime
    due: float
    movement: str
    length_s: int


@dataclass(slots=True)
class Talk:
    """One conversation with one person.

    inbox : takes (number of the notice, button's key) from any thread; the loop brings it back to ``answer``
    open_page : opens a page of the running server and returns True, or returns False when no server runs
    """

    judge: Judge
    spool: Spool
    notifier: Notifier
    inbox: Inbox
    open_page: OpenPage
    holding: Holding = field(init=False)
    _standing: Standing = field(init=False)
    _finish: _Finish | None = None
    _reminded: Worn | None = None

    def __post_init__(self) -> None:
        self.holding = Holding(self.spool)
        self._standing = Standing(self.notifier, self.inbox, lambda: self._word("click-close"))

    @property
    def problem(self) -> Phrase | None:
        """Return why the last notice could not be shown, None when it could."""
        return self._standing.problem

    @property
    def awake(self) -> bool:
        """Say whether something stands open that wants a closer look than usual."""
        return bool(self._standing.open) or self._finish is not None

    def go_on(self, say: Say, now: Now) -> None:
        """Do what is to be done now."""
        self.holding.note(say, now)
        self._tidy(say, now)
        if self._standing.ready(now):
            if say.kind == "notice" and "soon" not in self._standing.parts:
                self._notice(say, now)
            elif say.kind == "prompt":
                self._prompt(say, now)
            self._tell_sunk(say, now)
            self._remind_worn(now)
            self._ask_done(now)

    def answer(self, number: str, key: str, now: Now) -> list[Evidence]:
        """Take a pressed button; return the evidence in it. A notice that is gone answers nothing."""
        notice = self._standing.withdraw(number)
        if notice is None:
            return []
        if notice.part == "due":
            return self._answer_prompt(notice, key, now)
        if notice.part == "finish" and key in ("done", CLICKED):
            self._say(now, "done", notice.movement)
            until = min(notice.at + timedelta(seconds=notice.length_s), now.wall)
            if notice.at < until:
                return [Evidence(at=notice.at, until=until, source="person", activity="moving")]
        return []

    def mark(self, now: Now) -> None:
        """Show that the camera looks, not into a film or a talk: the camera's own light and the pages tell there."""
        if self._standing.ready(now) and not HOLDS_SHORT & set(self.judge.interruptibility.holds):
            title, text = self._word("looking"), self._word("looking-text")
            self._standing.show(MARK, now, Notice(title=title, text=text, quiet=True, stays_s=MARK_STAYS_S))

    def unmark(self) -> None:
        """Take the mark away."""
        self._standing.withdraw_parts(MARK)

    def close(self, now: Now) -> None:
        """End the conversation: what stands open is taken away."""
        self.holding.end()
        self._standing.close()

    def _answer_prompt(self, notice: Open, key: str, now: Now) -> list[Evidence]:
        answers: dict[str, Answer] = {
            "start": "start",
            CLICKED: "start",
            "later": "later",
            "skip": "skip",
            "not-sitting": "not-sitting",
        }
        answer = answers.get(key, "ignored")
        exposure = self.judge.exposure
        self._say(now, answer, notice.movement)
        if answer == "start":
            self._start(notice, now)
        since = exposure.here_since if exposure is not None else None
        if answer == "not-sitting" and since is not None and since < now.wall:
            return [Evidence(at=since, until=now.wall, source="person", activity="standing")]
        return []

    def _start(self, notice: Open, now: Now) -> None:
        due = now.monotonic + notice.length_s
        finish = _Finish(now.wall, due + GUIDE_MORE_S, notice.movement, notice.length_s)

        def guide() -> None:
            self._finish = finish
            self._guide(notice, now)

        self._finish = replace(finish, due=due + PAGE_MORE_S)
        if not self.open_page((notice.movement, notice.variant), guide):
            guide()

    def _guide(self, notice: Open, now: Now) -> None:
        title, cue = self._movement(notice.movement)
        self._standing.show(
            "guide",
            now,
            Notice(
                title=self._word(
                    "guide", title=title, length=say_length(self.judge.orders.texts, notice.length_s)
                ),
                text=self._word("guide-text", title=title, cue=cue),
                stays_s=notice.length_s + GUIDE_MORE_S,
            ),
            notice.movement,
        )

    def _ask_done(self, now: Now) -> None:
        """Ask once whether it was done; not into a call or a film, and not long after."""
        finish = self._finish
        if finish is None or now.monotonic < finish.due:
            return
        if now.monotonic > finish.due + FINISH_LATE_S:
            self._finish = None
            return
        if HOLDS_SHORT & set(self.judge.interruptibility.holds):
            return
        title, _cue = self._movement(finish.movement)
        notice = Notice(
            title=self._word("finish", title=title),
            text=self._word("finish-text", title=title),
            buttons=(("done", self._word("done")), ("not-done", self._word("not-done"))),
            click=self._word("click-done", title=title),
            sound=self.judge.orders.preferences.sound,
            stays_s=FINISH_STAYS_S,
        )
        if self._standing.show("finish", now, notice, finish.movement, finish.length_s, about=finish.began):
            self._finish = None

    def _notice(self, say: Say, now: Now) -> None:
        title, cue = self._movement(say.movement[0] if say.movement else "")
        notice = Notice(
            title=self._word("soon"),
            text=self._word("soon-text", title=title, cue=cue),
            quiet=True,
            stays_s=NOTICE_STAYS_S,
        )
        if self._standing.show("soon", now, notice, say.movement[0] if say.movement else ""):
            self._say(now, "notice", say.movement[0] if say.movement else "", say)

    def _prompt(self, say: Say, now: Now) -> None:
        self._standing.withdraw_parts("soon", "due", "guide")
        movement = say.movement[0] if say.movement else ""
        title, cue = self._movement(movement)
        still_s = self.judge.exposure.still_s if self.judge.exposure is not None else 0.0
        later_min = max(1, round(self.judge.orders.preferences.later_s / 60))
        buttons = [("start", self._word("start"))]
        if say.may_later:
            buttons.append(("later", self._word("later", later_min=later_min)))
        if say.may_skip:
            buttons.append(("skip", self._word("skip")))
        buttons.append(("not-sitting", self._word("not-sitting")))
        sunk = any(reason.message_id == SUNK for reason in say.because)
        key = "due-text-plain" if still_s < 60 else "due-text-sunk" if sunk else "due-text"
        notice = Notice(
            title=self._word("due", title=title),
            text=self._word(key, title=title, cue=cue, still_min=round(still_s / 60)),
            buttons=tuple(buttons),
            click=self._word("click-start", title=title),
            sound=self.judge.orders.preferences.sound,
            stays_s=PROMPT_STAYS_S,
        )
        variant = say.movement[1] if say.movement else ""
        if self._standing.show("due", now, notice, movement, say.length_s, variant=variant):
            self._say(now, "prompt", movement, say)

    def _tell_sunk(self, say: Say, now: Now) -> None:
        """Say once a bout that the person sank, where they want that."""
        because = () if self._standing.open else sunk_to_tell(self.judge, say, now)
        text = self._word("sunk-text")
        if because and self._standing.show(
            "sunk", now, Notice(title=self._word("sunk"), text=text, quiet=True)
        ):
            self.spool.add_said(now.wall, "notice", "", because)
            self.judge.said.append(Said(at=now.wall, kind="notice"))

    def _remind_worn(self, now: Now) -> None:
        """Say once that the band or the disc comes off."""
        worn = self.judge.orders.worn
        if worn is None or worn == self._reminded or not worn.until <= now.wall <= worn.until + WORN_LATE:
            return
        if HOLDS_SHORT & set(self.judge.interruptibility.holds):
            return
        notice = Notice(
            title=self._word("worn"),
            text=worn.text or self._word("worn-text", what=worn.exercise),
            stays_s=FINISH_STAYS_S,
        )
        if self._standing.show("worn", now, notice):
            self._reminded = worn

    def _tidy(self, say: Say, now: Now) -> None:
        """Take away what is late, answered by getting up or on a page, or may not be said any more."""
        exposure = self.judge.exposure
        up = exposure is not None and exposure.since is None and say.kind == "quiet"
        answered = max((one.at for one in self.judge.orders.said), default=None)
        for number, notice in tuple(self._standing.open.items()):
            late = now.monotonic >= notice.until
            elsewhere = answered is not None and answered > notice.at and notice.part == "due"
            told = notice.part == "finish" and self._done_since(notice.at)
            plain = notice.part in ("worn", "sunk", MARK)
            closed = self.judge.drives if plain else not self.judge.is_open(notice.movement, now.wall)
            if late or elsewhere or told or closed or (up and notice.part in ("soon", "due", "sunk")):
                self._standing.withdraw(number)
                if late and notice.part == "due" and not elsewhere:
                    self._say(now, "ignored", notice.movement)
        finish = self._finish
        if finish is not None and (
            self._done_since(finish.began) or not self.judge.is_open(finish.movement, now.wall)
        ):
            self._finish = None

    def _done_since(self, began: datetime) -> bool:
        """Say whether a page knows that it was done: nobody is asked twice."""
        return any(one.kind == "done" and one.at > began for one in self.judge.orders.said)

    def _say(self, now: Now, kind: Spoken, movement: str, say: Say | None = None) -> None:
        """Keep one thing that was said or answered."""
        self.spool.add_said(now.wall, kind, movement, say.because if say is not None else ())
        self.judge.said.append(Said(at=now.wall, kind=kind, movement=movement))

    def _movement(self, movement: str) -> tuple[str, str]:
        title, cue = self.judge.orders.movements.get(movement, ("", ""))
        return title or self._word("any-title"), cue or self._word("any-cue")

    def _word(self, key: str, **places: object) -> str:
        return words(self.judge.orders.texts, key, **places)
