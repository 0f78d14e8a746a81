"""The English words of every reason the core gives. In: message ids. Out: sentences with placeholders.

One module per room; each holds ``MESSAGES``. The sentences are gettext message ids, so another language
needs only its ``.po`` file. Next: ``share.words`` fills the placeholders.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType


def N_(message: str) -> str:  # noqa: N802 - the name gettext's extractors look for
    """Mark a sentence for translation and return it as it is."""
    return message


def _merge() -> dict[str, str]:
    merged: dict[str, str] = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name):
        room = importlib.import_module(f"{__name__}.{module.name}")
        for message_id, words in room.MESSAGES.items():
            if message_id in merged:
                raise ValueError(f"The message {message_id!r} is worded twice.")
            merged[message_id] = words
    return merged


MESSAGES: Mapping[str, str] = MappingProxyType(_merge())
