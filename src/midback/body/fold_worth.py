"""What each piece of evidence is worth: every limit and confidence of the fold, in one place. Next: fold_gaps.

Seconds unless a name says otherwise. docs/sensing.md shows the same numbers with their reasons.
"""

from typing import Final

from .exposure import Activity

# What an atom of time is: the activity, the sources it rests on, how sure that is (0..1).
Label = tuple[Activity, tuple[str, ...], float]
# From (epoch seconds), to, and what it was; None is not explained yet.
Piece = tuple[float, float, Label | None]
Atom = tuple[float, float, Label]

MINUTE: Final = 60.0
HOUR: Final = 3600.0

# Input. Pauses this short are part of having the hands on the machine: typing pauses reach 40 s and samples
# may come 60 s apart.
HANDS_ON: Final = 2 * MINUTE
# Samples further apart than this leave a hole nobody saw.
UNSEEN: Final = 3 * MINUTE
# An idle gap up to this long between two inputs, on a machine that stayed awake and open, is rather reading,
# thinking or a phone than an absence: a cup of coffee is shorter, a lunch is longer.
READING: Final = 15 * MINUTE
SHORT_READING: Final = 10 * MINUTE
# Among other gaps of reading, one may be this long: a page is a page.
READING_ON: Final = 20 * MINUTE
# The strip beside a hole or an absence that still belongs to the hands that were there.
STRIP: Final = 2 * MINUTE
# One sample cannot tell of a keystroke longer ago than this in any way that matters.
OLDEST_INPUT: Final = 4 * HOUR

# Locks and suspends. A night is shorter than this; after it nobody knows.
LONGEST_ABSENCE: Final = 16 * HOUR
# A lock that came by itself after idling and was undone at once: the person sat there.
STARTLED: Final = MINUTE
CAME_BY_ITSELF: Final = MINUTE
# A lock or suspend that came later than this after the last input says nothing of when the person left.
BACK_DATED: Final = 4 * HOUR
# Hands on the machine for this long, this long after it was locked: another machine, or nobody told of the
# unlocking. A nudge of the mouse on a locked machine is neither.
AFTER_LOCK: Final = 30.0
SUSTAINED: Final = MINUTE

# Calls, films, cameras in use: believed without any input for at most a long film.
WATCHING: Final = 4 * HOUR
LONGEST_SWITCH: Final = 12 * HOUR
# What was switched on and never heard of again was rather forgotten than went on for longer than this.
NEVER_ENDED: Final = 2.5 * HOUR
# A key pressed this close to a switch is what switched it.
BY_HAND: Final = 30.0
# Full screen alone says little: as long as somebody may read a page of slides.
FULL_SCREEN: Final = 30 * MINUTE
# Longer entries in a calendar are days off and reminders, no meetings.
LONGEST_MEETING: Final = 4 * HOUR

# Camera samples come in bursts some minutes apart.
CAMERA_HOLDS: Final = 10 * MINUTE
CAMERA_ALONE: Final = 6 * MINUTE
CAMERA_AGREES: Final = 30 * MINUTE
# A sample this close to input shows the posture of work.
CAMERA_HANDS: Final = 1.5 * MINUTE

# Trips. Red lights and jams are shorter than a stop.
STOP: Final = 5 * MINUTE
STANDSTILL_KMH: Final = 2.0
WALKING_KMH: Final = 7.0
FAST_KMH: Final = 15.0
SURELY_DRIVEN_KMH: Final = 30.0
WALK_TO_THE_CAR: Final = 2 * MINUTE
LONGEST_STRETCH: Final = 16 * HOUR

# No evidence changes what is known of a time further away than this; the person's word may be longer.
REACH: Final = BACK_DATED + LONGEST_ABSENCE + HOUR
# The most that a change within one gap moves in the gaps beside it.
BESIDE: Final = 45 * MINUTE

UNKNOWN: Final[Label] = ("unknown", (), 0.0)
# Hands were on the machine, and almost everybody sits at theirs.
TYPING_SURE: Final = 0.9
# ... and the camera saw it.
SEEN_SURE: Final = 0.95
STANDING_SURE: Final = 0.9
# An idle gap: short, up to ten minutes, longer or among others of its kind.
PAUSE_SURE: Final = 0.8
READING_SURE: Final = 0.6
READING_ON_SURE: Final = 0.5
STRIP_SURE: Final = 0.6
SWITCH_SURE: Final[dict[str, float]] = {
    "call": 0.85,
    "camera_in_use": 0.8,
    "inhibitor": 0.75,
    "fullscreen": 0.55,
}
CALENDAR_SURE: Final = 0.4
LOCK_SURE: Final = 0.85
SUSPEND_SURE: Final = 0.9
# From the last input to a lock that came by itself: the person left somewhere in between, mostly at once.
BEFORE_LOCK_SURE: Final = 0.65
ABSENT_SURE: Final = 0.9
DRIVING_SURE: Final = 0.9
# Up to 30 km/h it may have been a bicycle.
SLOW_DRIVING_SURE: Final = 0.6
MOVING_SURE: Final = 0.8
PERSON_SURE: Final = 1.0
