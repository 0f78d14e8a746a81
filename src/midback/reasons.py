"""Why a decision was taken, as data: the core returns reasons, the doors turn them into words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Value = str | int | float


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason.

    ``message_id`` names an entry of ``share.wording``; ``values`` fill its placeholders.
    Values are ids and SI numbers: the doors name exercises, places and dates in the person's language.
    """

    message_id: str
    values: Mapping[str, Value] = field(default_factory=dict)
    rule_version: int = 1
