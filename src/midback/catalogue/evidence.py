"""What is claimed, by whom, and what research says of it. In: data/claims.toml, sources.toml. Next: doors.

A claim of grade X is shown as somebody's claim and never stated as a fact.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from midback.catalogue.exercise import Grade

STRICT = {"extra": "forbid"}
# A dot inside a number, as in "OpenSim 4.6", ends nothing.
_NAME_ENDS = re.compile(r"\.(?:\s|$)| \(")
Status = Literal["read", "read-secondary", "computed", "recalled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where something stands.

    citation : authors, year, title or journal, as far as known
    doi : without a resolver's address, or None
    status : ``read`` in the original; ``read-secondary``: in a text that quotes it; ``computed`` by us from
        the values cited; ``recalled``: named from memory, not read again
    """

    __pydantic_config__ = STRICT
    id: str
    citation: str
    status: Status
    doi: str | None = None

    @property
    def name(self) -> str:
        """Return what the source is called for short: its first sentence up to a bracket, such as "Winter DA"."""
        return _NAME_ENDS.split(self.citation, maxsplit=1)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim.

    said_by : ``articles`` (the texts the program started from) or ``program``
    row : row of the contract it belongs to, e.g. ``S4``
    text : what is claimed, in our own words
    research : what published research says of it
    sources : ids of ``Source``; empty when nothing was found
    """

    __pydantic_config__ = STRICT
    id: str
    said_by: Literal["articles", "program"]
    row: str
    grade: Grade
    text: Mapping[str, str]
    research: Mapping[str, str]
    sources: tuple[str, ...] = ()
