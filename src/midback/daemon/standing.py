"""What stands on the screen: notices shown, numbered and taken away. In: notices. Out: buttons' keys. Next: talk."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from midback.errors import Phrase, Unavailable

from .clock import Now
from .notify import Notice, Notifier

# What cannot be shown is tried again, less and less often.
FIRST_RETRY_S: Final = 15.0
LAST_RETRY_S: Final = 300.0

Inbox = Callable[[tuple[str, str]], None]


@dataclass(slots=True)
class Open:
    """A notice that stands on the screen: which part of the talk it is, until when, and about what."""

    part: str
    name: str
    at: datetime
    until: float
    movement: str = ""
    length_s: int = 0
    variant: str = ""


@dataclass(slots=True)
class Standing:
    """The notices that stand open, by number.

    inbox : takes (number of the notice, button's key) from any thread
    close_words : says what a click on a notice does that has no click of its own
    problem : why the last notice could not be shown, None when it could
    """

    notifier: Notifier
    inbox: Inbox
    close_words: Callable[[], str]
    problem: Phrase | None = None
    open: dict[str, Open] = field(default_factory=dict)
    _number: int = 0
    _retry_at: float = float("-inf")
    _retry_s: float = FIRST_RETRY_S

    @property
    def parts(self) -> set[str]:
        """Return which parts of the talk stand open."""
        return {notice.part for notice in self.open.values()}

    def ready(self, now: Now) -> bool:
        """Say whether something may be shown, or it is too early after the last failure."""
        return now.monotonic >= self._retry_at

    def show(
        self,
        part: str,
        now: Now,
        notice: Notice,
        movement: str = "",
        length_s: int = 0,
        about: datetime | None = None,
        variant: str = "",
    ) -> bool:
        """Show a notice, about something now or at an earlier instant; say whether it stands."""
        self._number += 1
        number = str(self._number)
        notice = notice if notice.click else replace(notice, click=self.close_words())
        try:
            name = self.notifier.show(notice, lambda key: self.inbox((number, key)))
        except Unavailable as exc:
            self.problem = exc.phrases[0]
            self._retry_at = now.monotonic + self._retry_s
            self._retry_s = min(2 * self._retry_s, LAST_RETRY_S)
            return False
        self.problem, self._retry_s = None, FIRST_RETRY_S
        self.open[number] = Open(
            part, name, about or now.wall, now.monotonic + notice.stays_s, movement, length_s, variant
        )
        return True

    def withdraw(self, number: str) -> Open | None:
        """Take a notice away and return it; None when it is gone already."""
        notice = self.open.pop(number, None)
        if notice is not None:
            self.notifier.withdraw(notice.name)
        return notice

    def withdraw_parts(self, *parts: str) -> None:
        """Take away what belongs to these parts of the talk."""
        for number in [number for number, notice in self.open.items() if notice.part in parts]:
            self.withdraw(number)

    def close(self) -> None:
        """Take everything away, and the notifier with it."""
        for number in tuple(self.open):
            self.withdraw(number)
        self.notifier.close()
