"""How well a habit holds. In: days done, pauses, today. Out: streak and strength. Next: app, share.

The streak counts days; the strength is a score that bends. Days paused for illness, flare or travel are
not days missed: they neither lengthen nor break anything.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta

from .answers import Pause

# Done daily, the strength is 0.5 after 13 days and 0.95 after 56; left alone, it halves in 13 days.
HALF_LIFE_DAYS = 13
KEEP = 0.5 ** (1 / HALF_LIFE_DAYS)
DAY = timedelta(days=1)


def streak(done_days: Collection[date], pauses: Sequence[Pause], today: date) -> int:
    """Return how many days in a row were done up to today; paused days are stepped over.

    Today counts once it is done and does not break anything before.
    """
    done = set(done_days)
    if not done:
        return 0
    count, day, first = int(today in done), today - DAY, min(done)
    while day >= first:
        if day in done:
            count += 1
        elif not is_paused(day, pauses):
            break
        day -= DAY
    return count


def strength(done_days: Collection[date], pauses: Sequence[Pause], today: date) -> float:
    """Return the strength of the habit, 0..1: it rises with each day done and bends with each day missed.

    Today counts once it is done. A paused day changes nothing unless something was done on it.
    """
    done = {day for day in done_days if day <= today}
    value = 0.0
    for day in days_between(min(done, default=today), today):
        if day in done:
            value = 1 - (1 - value) * KEEP
        elif day != today and not is_paused(day, pauses):
            value *= KEEP
    return value


def is_paused(day: date, pauses: Iterable[Pause]) -> bool:
    """Say whether a date lies in a pause."""
    return any(pause.start <= day and (pause.end is None or day <= pause.end) for pause in pauses)


def days_between(first: date, last: date) -> Iterator[date]:
    """Yield every date from first to last, both included."""
    while first <= last:
        yield first
        first += DAY
