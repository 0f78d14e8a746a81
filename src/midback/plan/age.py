"""How old a person may be, known only the year of birth. In: intake. Next: triage, gates."""

from datetime import date


def oldest(birth_year: int, today: date) -> int:
    """Return the age in years if the birthday of this year has been."""
    return today.year - birth_year


def youngest(birth_year: int, today: date) -> int:
    """Return the age in years if the birthday of this year is still to come."""
    return max(0, today.year - birth_year - 1)


def may_be_over(birth_year: int | None, years: int, today: date) -> bool:
    """Say whether the person may be older than ``years``; an unknown year of birth may."""
    return birth_year is None or oldest(birth_year, today) > years


def may_be_under(birth_year: int | None, years: int, today: date) -> bool:
    """Say whether the person may be younger than ``years``; an unknown year of birth may."""
    return birth_year is None or youngest(birth_year, today) < years
