"""How long the body has been still, as of now. In: bouts that tile time. Out: Still. Next: plan.decide.

Sitting, standing still and driving are one stretch of stillness: changing the chair for the car is no break.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from .exposure import STILL, Activity, Bout

# The shortest break with evidence behind it is 30 s of movement.
MOVED_S: Final = 30.0
# A screen locked for less than this is a door opened, not a break.
AWAY_S: Final = 120.0
# What nobody saw ends a stretch only when it is long enough to have been a break.
UNSEEN_S: Final = 300.0
# What was known this recently is the present.
NOW_S: Final = 180.0
HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """The present, in one line.

    activity : what the body does now; None when nothing is known of now
    since : when the present stillness began; None when the body is not still
    still_s : seconds of stillness in it, without short unseen or moved parts; 0 when not still
    moved_s_last_hour : seconds of movement in the last 60 minutes
    arrived_at : when the last drive ended, if the stretch since began with it or after it; None without one
    drove_s : seconds at the wheel in that drive, or in the one that goes on; stops under 5 min do not part it
    back_at : when the person last came back from moving, from away or from being unseen for long
    """

    activity: Activity | None = None
    since: datetime | None = None
    still_s: float = 0.0
    moved_s_last_hour: float = 0.0
    arrived_at: datetime | None = None
    drove_s: float = 0.0
    back_at: datetime | None = None

    @property
    def here_since(self) -> datetime | None:
        """When what goes on now began, without the drive before it: what "not sitting" can be said of."""
        if self.since is None or self.arrived_at is None or self.activity == "driving":
            return self.since
        return max(self.since, self.arrived_at)


def still(bouts: Iterable[Bout], now: datetime) -> Still:
    """Return the stillness that goes on at ``now``; what lies after ``now`` is not looked at.

    Movement of 30 s ends a stretch, so does being away for 2 min and being unseen for 5 min. Shorter ones
    neither end it nor count.
    """
    past = [bout for bout in sorted(bouts, key=lambda bout: bout.start) if bout.start < now]
    # Between two samples nothing is known yet of the last minute: what went before goes on.
    seen = [bout for bout in past if bout.activity != "unknown"]
    activity: Activity | None = None
    if seen and now - min(seen[-1].end, now) <= timedelta(seconds=NOW_S):
        activity = seen[-1].activity
    since: datetime | None = None
    still_s = moved_s = drove_s = 0.0
    arrived_at: datetime | None = None
    back_at: datetime | None = None
    broken = _Broken()
    previous: Bout | None = None
    for bout in past:
        end = min(bout.end, now)
        if previous is not None and bout.start > previous.end:
            broken.add("unknown", (bout.start - previous.end).total_seconds())
        if bout.activity in STILL:
            if broken.ended:
                back_at = bout.start if previous is not None else back_at
                since, still_s = None, 0.0
            broken = _Broken()
            since = bout.start if since is None else since
            still_s += (end - bout.start).total_seconds()
        else:
            broken.add(bout.activity, (end - bout.start).total_seconds())
        if bout.activity == "moving":
            moved_s += max(0.0, (end - max(bout.start, now - HOUR)).total_seconds())
        if previous is not None and previous.activity == "driving" and bout.activity != "driving":
            arrived_at = previous.end
        if bout.activity == "driving":
            if arrived_at is not None and (bout.start - arrived_at).total_seconds() >= UNSEEN_S:
                drove_s = 0.0
            drove_s += (end - bout.start).total_seconds()
        previous = bout
    if previous is not None and previous.end < now:
        broken.add("unknown", (now - previous.end).total_seconds())
        if previous.activity == "driving":
            arrived_at = previous.end
    if broken.ended:
        since, still_s = None, 0.0
    return Still(
        activity=activity,
        since=since,
        still_s=still_s,
        moved_s_last_hour=moved_s,
        arrived_at=arrived_at,
        drove_s=drove_s,
        back_at=back_at,
    )


class _Broken:
    """What lies between two still bouts, until it is long enough to end the stretch."""

    def __init__(self) -> None:
        self.moved_s = self.away_s = self.all_s = 0.0

    def add(self, activity: Activity, seconds: float) -> None:
        self.all_s += seconds
        self.moved_s += seconds if activity == "moving" else 0.0
        self.away_s += seconds if activity == "away" else 0.0

    @property
    def ended(self) -> bool:
        return self.moved_s >= MOVED_S or self.away_s >= AWAY_S or self.all_s >= UNSEEN_S
