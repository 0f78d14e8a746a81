"""What each packaged movement takes load off, worked out beforehand. In: data/relief.toml. Out: Unload. Next: plan.

``plan.unload`` computes it from the keyframes, which takes a while; ``tools/relief.py`` writes it down, and a test
compares. A movement that is not here, such as one of a person's own, is computed where it is asked for.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from midback.catalogue.load import DATA

FILE: Final = "relief.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unload:
    """What a movement takes off, against sitting as usual.

    groups : group -> share of its effort in sitting that is gone, mean over the movement, 0..1
    bands : band -> share of its change in sitting that the movement undoes at its best; 1 is back to upright
    other_way : bands the movement brings past upright to the other side: long ones short, short ones long
    """

    groups: Mapping[str, float] = field(default_factory=dict)
    bands: Mapping[str, float] = field(default_factory=dict)
    other_way: tuple[str, ...] = ()


@cache
def load_relief(data: Path = DATA) -> Mapping[tuple[str, str], Unload]:
    """Return what was worked out, by (exercise id, variant id)."""
    tables = tomllib.loads((data / FILE).read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            (row["exercise"], row["variant"]): Unload(
                groups=MappingProxyType(row["groups"]),
                bands=MappingProxyType(row["bands"]),
                other_way=tuple(row["other_way"]),
            )
            for row in tables["relief"]
        }
    )
