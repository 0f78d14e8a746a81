"""A diary of one person. In: days and scores. Out: a Diary, and which stretches have days enough. Next: effect, cause.

Scores are 0 to 10, no pain to the worst one can imagine; a day without an answer is not in the arrays. Days are whole
numbers, counted from the first day of the diary.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
# The last days of the programme are what is held against the baseline.
LAST_DAYS: Final = 14
# At least 4 of 7 days (Jensen & McFarland 1993): the mean of 4 is within half a point of the week's.
OF_SEVEN: Final = 4
WITH_RECALL: Final = 3
WORST: Final = 10


@dataclass(frozen=True, slots=True)
class Diary:
    """Days and scores of one person.

    day : (T,) days with an answer, 0 for the first day of the diary, increasing; score : (T,) 0 to 10
    programme_from : the first day of the programme; days : length of the diary, answered or not
    on : (days,) whether the programme was on, where weeks were drawn by chance; else None. NaN before the programme
    recall : the average of the week before the first day, as remembered; else None. It makes the weaker start
    """

    person: str
    first: date
    day: NDArray[np.int64]
    score: Array
    programme_from: int
    days: int
    on: Array | None = None
    recall: float | None = None

    @property
    def baseline_days(self) -> int:
        """How many days before the programme, answered or not."""
        return self.programme_from

    @property
    def programme_days(self) -> int:
        """How many days of the programme, answered or not."""
        return self.days - self.programme_from

    @property
    def last_from(self) -> int:
        """The first of the last days."""
        return max(self.programme_from, self.days - LAST_DAYS)

    @property
    def baseline(self) -> NDArray[np.bool_]:
        """(T,) Which answers are of the baseline."""
        return self.day < self.programme_from

    @property
    def last(self) -> NDArray[np.bool_]:
        """(T,) Which answers are of the last days."""
        return self.day >= self.last_from


@dataclass(frozen=True, slots=True)
class Counted:
    """How many days were answered, and of how many."""

    baseline: int
    baseline_days: int
    last: int
    last_days: int
    programme: int
    programme_days: int
    recalled: bool = False

    @property
    def baseline_enough(self) -> bool:
        """Whether at least 4 of 7 days of the baseline were answered, and 4 at all; 3 beside a week remembered."""
        if self.recalled and self.baseline >= WITH_RECALL:
            return True
        return _enough(self.baseline, self.baseline_days)

    @property
    def last_enough(self) -> bool:
        """Whether at least 4 of 7 of the last days were answered, and there are 14."""
        return self.last_days >= LAST_DAYS and _enough(self.last, self.last_days)


def count(diary: Diary) -> Counted:
    """Count the answered days of each stretch."""
    return Counted(
        int(diary.baseline.sum()),
        diary.baseline_days,
        int(diary.last.sum()),
        diary.days - diary.last_from,
        int((~diary.baseline).sum()),
        diary.programme_days,
        diary.recall is not None,
    )


def diary_of(
    person: str, first: date, baseline: Any, programme: Any, on: Any = None, recall: float | None = None
) -> Diary:
    """Make a diary from scores of days in a row, NaN where there is no answer.

    baseline : (B,); programme : (D,); on : (D,) 0 or 1, where weeks were drawn by chance; recall : as remembered
    """
    before = np.asarray(baseline, dtype=np.float64)
    scores = np.concatenate([before, np.asarray(programme, dtype=np.float64)])
    day = np.flatnonzero(np.isfinite(scores)).astype(np.int64)
    switched = None
    if on is not None:
        switched = np.concatenate([np.full(len(before), np.nan), np.asarray(on, dtype=np.float64)])
    return Diary(person, first, day, scores[day], len(before), len(scores), switched, recall)


def _enough(answered: int, days: int) -> bool:
    return answered >= OF_SEVEN and answered * 7 >= days * OF_SEVEN
