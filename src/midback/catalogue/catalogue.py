"""The whole catalogue as one value. In: made by ``load``. Next: plan, coach, share and the doors."""

from collections.abc import Mapping
from dataclasses import dataclass

from midback.catalogue.country import Country
from midback.catalogue.evidence import Claim, Source
from midback.catalogue.exercise import Exercise
from midback.catalogue.setup import SetupCheck
from midback.catalogue.term import Condition, Term
from midback.catalogue.triage import TriageGroup, TriageQuestion
from midback.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A file of the person's own folder that was left out: which key of it breaks which rule."""

    file: str
    key: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Everything that is known, by id, in the order of the files.

    languages : every language that all texts can be shown in; English comes first
    refused : own files that were left out
    triage : the questions in the order they are asked
    """

    languages: tuple[str, ...]
    exercises: Mapping[str, Exercise]
    triage: tuple[TriageQuestion, ...]
    triage_groups: Mapping[str, TriageGroup]
    conditions: Mapping[str, Condition]
    gear: Mapping[str, Term]
    symptoms: Mapping[str, Term]
    tried: Mapping[str, Term]
    places: Mapping[str, Term]
    regions: Mapping[str, Term]
    professionals: Mapping[str, Term]
    countries: Mapping[str, Country]
    setup: Mapping[str, SetupCheck]
    claims: Mapping[str, Claim]
    sources: Mapping[str, Source]
    refused: tuple[Refusal, ...] = ()

    def exercise(self, exercise_id: str) -> Exercise:
        """Return one exercise; raise NotFound with the names there are."""
        try:
            return self.exercises[exercise_id]
        except KeyError as error:
            raise NotFound(
                "There is no exercise called '{exercise}'.",
                "The exercises are: {known}.",
                values={"exercise": exercise_id[:60], "known": ", ".join(self.exercises)},
            ) from error

    def country(self, code: str) -> Country:
        """Return the numbers of a country, or those of ``other`` for one that is not listed."""
        return self.countries.get(code.upper(), self.countries["other"])
