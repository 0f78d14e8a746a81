"""When a trial stops early. In: a diary, warning signs. Out: a Reason to stop, or none. Next: app."""

from dataclasses import dataclass

from midback.reasons import Reason

from .diary import OF_SEVEN, Diary

RULE_VERSION = 1


@dataclass(frozen=True, slots=True)
class StopRule:
    """Up by so many points for so many days, or any warning sign."""

    points: float = 2.0
    days: int = 7

    def asks_to_stop(self, diary: Diary, warning_sign: bool = False) -> Reason | None:
        """Return why the trial should stop now; every answered day of the last week counts, four at least."""
        if warning_sign:
            return Reason("trial.stop-sign", {}, RULE_VERSION)
        week = diary.score[(diary.day >= diary.days - self.days) & ~diary.baseline]
        before = diary.score[diary.baseline]
        if len(week) < OF_SEVEN or not len(before):
            return None
        usual = float(before.mean())
        if float(week.min()) - usual < self.points:
            return None
        return Reason(
            "trial.stop-worse", {"usual": round(usual, 1), "now": round(float(week.mean()), 1)}, RULE_VERSION
        )
