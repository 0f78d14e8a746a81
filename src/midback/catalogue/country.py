"""Whom to call in which country. In: data/countries.toml. Next: doors."""

from collections.abc import Mapping
from dataclasses import dataclass

STRICT = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """Telephone numbers of one country.

    code : ISO 3166-1 alpha-2, or ``other``
    emergency : the number to call now
    non_emergency : a public line for medical advice that is not an emergency, or None
    """

    __pydantic_config__ = STRICT
    code: str
    name: Mapping[str, str]
    emergency: str
    non_emergency: str | None = None
