"""The words of the background process, for translation. In: nothing. Out: a text by key. Next: ``watching``.

The keys and the English are those of the background process itself; a test compares the two.
"""

from collections.abc import Mapping
from typing import Final

from midback.errors import Phrase

TEXTS: Final[Mapping[str, Phrase]] = {
    "app": Phrase("midback"),
    "soon": Phrase("A short break soon"),
    "soon-text": Phrase("{title}, in a moment that suits you."),
    "due": Phrase("Time for a short break"),
    "due-text": Phrase("{still_min} min without a break. {title}: {cue}"),
    "due-text-plain": Phrase("{title}: {cue}"),
    "due-text-sunk": Phrase("{still_min} min without a break, and you have sunk a little. {title}: {cue}"),
    "start": Phrase("Start"),
    "later": Phrase("In {later_min} min"),
    "skip": Phrase("Skip"),
    "not-sitting": Phrase("Not sitting"),
    "guide": Phrase("{title}, {length}"),
    "guide-text": Phrase("{cue}"),
    "finish": Phrase("{title}: time is up"),
    "finish-text": Phrase("Tell midback when you have done it."),
    "done": Phrase("Done"),
    "not-done": Phrase("Not done"),
    "click-start": Phrase("Start: {title}"),
    "click-done": Phrase("Done: {title}"),
    "click-close": Phrase("Close"),
    "looking": Phrase("midback looks for a few seconds"),
    "looking-text": Phrase("To see how you sit. No picture is kept."),
    "sunk": Phrase("Time to sit another way"),
    "sunk-text": Phrase("You have sunk a little since you sat down. Another way of sitting may feel good."),
    "seconds": Phrase("{seconds} s"),
    "minutes": Phrase("{minutes} min"),
    "minutes-seconds": Phrase("{minutes} min {seconds} s"),
    "worn": Phrase("Time to take it off"),
    "worn-text": Phrase("{what}"),
    "any-title": Phrase("Stand up and move"),
    "any-cue": Phrase("Walk a few steps and let your arms swing."),
}
# Says what is worn, by its name in the person's language.
TAKE_OFF: Final = Phrase("{exercise}: the time is over, take it off.", {})
