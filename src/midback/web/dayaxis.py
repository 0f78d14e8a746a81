"""The minutes of one local day as they pass: 1440, or 1380 and 1500 where the clocks change.

In: the day's bounds and zone. Out: places along the day, and what the clock on the wall said there.
Next: daypicture.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

A_BREATH = 1e-4


@dataclass(frozen=True, slots=True)
class DayAxis:
    """One day from midnight to midnight, both aware; ``zone`` None is the machine's."""

    start: datetime
    end: datetime
    zone: tzinfo | None

    @property
    def length(self) -> int:
        """Return the day's length in minutes."""
        return round((self.end - self.start).total_seconds() / 60)

    @property
    def hours(self) -> int:
        """Return how many hours the day has."""
        return -(-self.length // 60)

    def place(self, at: datetime) -> float:
        """Return the minutes since midnight of an instant, kept inside the day."""
        return min(float(self.length), max(0.0, (at - self.start).total_seconds() / 60))

    def place_of_wall(self, minute: int) -> float:
        """Return where the wall clock first shows a local minute; one that is skipped moves on."""
        midnight = self.start.astimezone(self.zone)
        wall = midnight.replace(tzinfo=None) + timedelta(minutes=minute)
        return self.place(wall.replace(tzinfo=self.zone) if self.zone else wall.astimezone())

    def at(self, place: float) -> datetime:
        """Return the instant at so many minutes since midnight."""
        return self.start + timedelta(minutes=place)

    def wall(self, place: float) -> int:
        """Return the local minute after midnight that the wall's clock shows; 1440 at the day's end.

        Seconds are cut, as everywhere a time is shown; what a float lost of a minute is given back.
        """
        if place + A_BREATH >= self.length:
            return 1440
        there = self.at(place + A_BREATH).astimezone(self.zone)
        return there.hour * 60 + there.minute

    @property
    def names(self) -> dict[int, str]:
        """Return how the hours are called that are not called by their number."""
        called = {hour: self.wall(hour * 60) // 60 for hour in range(self.hours + 1)}
        return {hour: f"{name:02d}" for hour, name in called.items() if name != hour}

    @property
    def turn(self) -> tuple[int, int] | None:
        """Return (place, minutes the wall clock is off from there on) where the clocks change, or None."""
        for place in range(0, self.length, 15):
            off = self.wall(place) - place
            if off:
                return place, off
        return None
