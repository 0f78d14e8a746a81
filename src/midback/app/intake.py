"""What the person told about themselves, read and kept. Next: planning uses it at once."""

from midback.errors import InputError, Phrase
from midback.plan.answers import Intake
from midback.plan.body_size import check_mass, check_stature
from midback.store import intakes
from midback.store.engine import reading

from .house import House
from .planning import replan_where_possible_in
from .screening import look_again_in


def read_intake(house: House, person: str) -> Intake | None:
    """Return the latest intake, or None before the first."""
    with reading(house.engine).connect() as conn:
        return intakes.latest(conn, person)


def save_intake(house: House, person: str, intake: Intake) -> Intake:
    """Check and keep the intake (older ones stay) and plan anew from today.

    Raises InputError naming the field, what was seen and the rule.
    """
    check_intake(house, intake)
    with house.engine.begin() as conn:
        intakes.save(conn, person, intake, house.clock.now())
        look_again_in(conn, house, person)
        replan_where_possible_in(conn, house, person)
    house.changed(person)
    return intake


def check_intake(house: House, intake: Intake) -> None:
    """Refuse values that cannot be planned with."""
    catalogue = house.catalogue
    this_year = house.clock.now().year
    if intake.birth_year is not None and not 1900 <= intake.birth_year <= this_year - 10:
        raise _wrong(
            Phrase("Year of birth"),
            intake.birth_year,
            Phrase("a year from 1900 to {last}", {"last": this_year - 10}),
        )
    if not 1 <= intake.daily_minutes <= 120:
        raise _wrong(Phrase("Daily minutes"), intake.daily_minutes, Phrase("1 to 120 minutes"))
    if intake.years_in_job is not None and not 0 <= intake.years_in_job <= 80:
        raise _wrong(Phrase("Years in the job"), intake.years_in_job, Phrase("0 to 80 years"))
    check_mass(intake.mass_kg)
    check_stature(intake.stature_m)
    for name, hours in (
        (Phrase("Hours of sitting"), intake.sitting_h),
        (Phrase("Hours of driving"), intake.driving_h),
        (Phrase("Hours of standing"), intake.standing_h),
    ):
        if not 0 <= hours <= 24:
            raise _wrong(name, hours, Phrase("0 to 24 hours"))
    if intake.sitting_h + intake.driving_h + intake.standing_h > 24:
        raise _wrong(
            Phrase("Hours a day"),
            intake.sitting_h + intake.driving_h + intake.standing_h,
            Phrase("at most 24 together"),
        )
    for name, chosen, known in (
        (Phrase("Condition"), intake.conditions, catalogue.conditions),
        (Phrase("Symptom"), intake.symptoms, catalogue.symptoms),
        (Phrase("Thing"), intake.gear, catalogue.gear),
        (Phrase("Country"), {intake.country}, catalogue.countries),
    ):
        if unknown := sorted(set(chosen) - set(known)):
            raise _wrong(name, unknown[0], Phrase("one of {known}", {"known": ", ".join(sorted(known))}))
    for day, hours_of_day in intake.work.items():
        if not (0 <= day <= 6 and 0 <= hours_of_day.start < hours_of_day.end <= 1440):
            raise _wrong(
                Phrase("Working day"),
                f"{day}: {hours_of_day.start}-{hours_of_day.end}",
                Phrase("0-6, start before end"),
            )
    if not (0 <= intake.wake < 1440 and 0 < intake.sleep <= 1440 and intake.wake < intake.sleep):
        raise _wrong(
            Phrase("Waking hours"),
            f"{intake.wake}-{intake.sleep}",
            Phrase("up before bedtime, within one day"),
        )
    for bout in intake.usual_day:
        if not 0 <= bout.start < bout.end <= 1440:
            raise _wrong(
                Phrase("Usual day"), f"{bout.start}-{bout.end}", Phrase("start before end, within one day")
            )
    if len(intake.habits) > 30 or any(not h.label.strip() or not 0 <= h.minute < 1440 for h in intake.habits):
        raise _wrong(Phrase("Habit"), len(intake.habits), Phrase("at most 30, each with a name and a time"))
    if not 0 <= intake.massage.monthly_budget <= 1e6 or not 0 <= intake.massage.per_month <= 31:
        raise _wrong(
            Phrase("Massage"),
            intake.massage.monthly_budget,
            Phrase("a budget of 0 or more and 0 to 31 visits a month"),
        )


def _wrong(field: Phrase, seen: object, rule: Phrase) -> InputError:
    return InputError(
        "{field} cannot be {seen!r}.",
        "It should be {rule}.",
        "Change it and save again.",
        values={"field": field, "seen": seen, "rule": rule},
    )
