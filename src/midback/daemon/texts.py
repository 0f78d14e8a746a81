"""Every word the background process may say. In: translations from the orders. Out: a text. Next: talk.

The English of each key stands here; ``app`` writes the same keys in the person's language into the orders.
Places in braces are filled when the text is said, and a translation that cannot be filled gives way to English.
"""

from collections.abc import Mapping
from typing import Final

# Numbers are followed by a sign of unit, not a word, so that no text has to know a plural.
TEXTS: Final[Mapping[str, str]] = {
    "app": "midback",
    # The quiet notice before a prompt.
    "soon": "A short break soon",
    "soon-text": "{title}, in a moment that suits you.",
    # The prompt.
    "due": "Time for a short break",
    "due-text": "{still_min} min without a break. {title}: {cue}",
    "due-text-plain": "{title}: {cue}",
    "due-text-sunk": "{still_min} min without a break, and you have sunk a little. {title}: {cue}",
    "start": "Start",
    "later": "In {later_min} min",
    "skip": "Skip",
    "not-sitting": "Not sitting",
    # After "Start", where no page can be opened: the notification itself guides.
    "guide": "{title}, {length}",
    "guide-text": "{cue}",
    "finish": "{title}: time is up",
    "finish-text": "Tell midback when you have done it.",
    "done": "Done",
    "not-done": "Not done",
    # What a click on the notice itself does; some desktops list it among the buttons.
    "click-start": "Start: {title}",
    "click-done": "Done: {title}",
    "click-close": "Close",
    # While the camera is open, and what its looks may say where the person wants that.
    "looking": "midback looks for a few seconds",
    "looking-text": "To see how you sit. No picture is kept.",
    "sunk": "Time to sit another way",
    "sunk-text": "You have sunk a little since you sat down. Another way of sitting may feel good.",
    # A length.
    "seconds": "{seconds} s",
    "minutes": "{minutes} min",
    "minutes-seconds": "{minutes} min {seconds} s",
    # The band or the disc; the orders name it in the person's language.
    "worn": "Time to take it off",
    "worn-text": "{what}",
    # Where the orders give no movement.
    "any-title": "Stand up and move",
    "any-cue": "Walk a few steps and let your arms swing.",
}


def say(texts: Mapping[str, str], key: str, /, **places: object) -> str:
    """Return the text of a key in the person's words, filled; English where there is no usable translation."""
    for template in (texts.get(key, ""), TEXTS[key]):
        if not template:
            continue
        try:
            return template.format(**places)
        except (LookupError, ValueError, AttributeError, TypeError):
            continue
    return TEXTS[key]


def say_length(texts: Mapping[str, str], seconds: int) -> str:
    """Return a length as everywhere else: 45 s, 5 min, 2 min 30 s."""
    minutes, rest = divmod(seconds, 60)
    key = "seconds" if not minutes else "minutes-seconds" if rest else "minutes"
    return say(texts, key, minutes=minutes, seconds=rest)
