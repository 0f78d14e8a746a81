"""What hurts, what helped, how the day looks, where, with what.

In: app.intake. Out: one form. Next: Today.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar, get_args

from fastapi import APIRouter, Request
from starlette.responses import Response

from midback.app.intake import read_intake, save_intake
from midback.app.screening import current_clearance
from midback.catalogue.catalogue import Catalogue
from midback.catalogue.exercise import Place
from midback.catalogue.term import Condition, Term
from midback.plan.answers import Habit, Intake, Massage, Sex, Strength, Tried, UsualBout, WorkDay
from midback.plan.body_size import mass_of, stature_of
from midback.share.bodymap import draw_body

from ..flash import flash, go
from ..forms import Answers, Form
from ..guard import identify
from ..i18n import _, weekday_name
from ..render import house_of, render
from ..saying import in_language

router = APIRouter(include_in_schema=False)
Choice = TypeVar("Choice", bound=str)
USUAL_ROWS = 6


def habit_choices() -> list[tuple[str, str, int]]:
    """Return everyday habits to hang a movement on: id, name, usual local minute."""
    return [
        ("wake", _("after getting up"), 420),
        ("teeth-morning", _("after brushing teeth in the morning"), 435),
        ("coffee", _("while the coffee brews"), 450),
        ("lunch", _("after lunch"), 780),
        ("home", _("when I come home"), 1080),
        ("tv", _("while the evening show runs"), 1215),
        ("teeth-evening", _("after brushing teeth in the evening"), 1320),
        ("bed", _("before sleep"), 1335),
    ]


@router.get("/intake")
def ask(request: Request) -> Response:
    """Show the form, filled with what is known or with safe defaults."""
    house, person = house_of(request), identify(request)
    known = read_intake(house, person)
    intake, catalogue = known or Intake(), house.catalogue
    clearance = current_clearance(house, person)

    def named(terms: Mapping[str, Term | Condition]) -> list[tuple[str, str]]:
        return [(key, in_language(term.name)) for key, term in terms.items()]

    regions = named(catalogue.regions)
    habits = {habit.id: habit for habit in intake.habits}
    return render(
        request,
        "intake.html",
        intake=intake,
        first=known is None,
        easy_only=clearance is not None and clearance.easy_only,
        regions=regions,
        body=draw_body(
            dict(regions),
            intake.complaint_regions,
            title=_("Body, front and back"),
            front=_("front"),
            back=_("back"),
        ),
        symptoms=named({k: v for k, v in catalogue.symptoms.items() if k != "numbness"}),
        tried=named(catalogue.tried),
        conditions=[
            (c.id, in_language(c.ask), in_language(c.why))
            for c in catalogue.conditions.values()
            if c.from_age is None
        ],
        gear=[
            (k, in_language(v.name), in_language(v.note))
            for k, v in catalogue.gear.items()
            if k != "chair" and k not in _owned_with(catalogue, catalogue.exercises)
        ],
        wanted=[
            (
                e.id,
                in_language({lang: t.title for lang, t in e.text.items()}),
                in_language({lang: t.evidence for lang, t in e.text.items()}),
            )
            for e in catalogue.exercises.values()
            if e.wanted_only
        ],
        places=named(catalogue.places),
        countries=[(c.code, in_language(c.name)) for c in catalogue.countries.values()],
        habits=[
            (key, name, habits[key].minute if key in habits else at, key in habits)
            for key, name, at in habit_choices()
        ],
        own_habits=[h for h in intake.habits if h.id not in {key for key, _name, _at in habit_choices()}],
        weekdays=[(n, weekday_name(n), intake.work.get(n)) for n in range(7)],
        usual=[*intake.usual_day, *([None] * max(1, USUAL_ROWS - len(intake.usual_day)))],
        flash=flash(request),
    )


@router.post("/intake")
def save(request: Request, form: Form) -> Response:
    """Keep the answers; the plan follows at once."""
    house, person = house_of(request), identify(request)
    before = read_intake(house, person) or Intake()
    entered = read_form(form, before)
    owned = _owned_with(house.catalogue, entered.wanted)
    save_intake(house, person, replace(entered, gear=entered.gear | owned))
    return go("/", "intake")


def _owned_with(catalogue: Catalogue, wanted: Iterable[str]) -> frozenset[str]:
    """Return the things that come with wanting an exercise which is planned only when wanted.

    They are asked for once, as having one and wanting it.
    """
    exercises = (catalogue.exercises[e] for e in wanted if e in catalogue.exercises)
    return frozenset(
        choice[0] for e in exercises if e.wanted_only for v in e.variants for choice in v.gear if choice
    )


def read_form(form: Answers, before: Intake) -> Intake:
    """Turn the form into an intake. What was left empty keeps the default that is safe to plan with."""

    def minute(field: str, otherwise: int) -> int:
        at = form.minute(field)
        return otherwise if at is None else at

    def hours(field: str, otherwise: float) -> float:
        value = form.number(field, 0, 24)
        return otherwise if value is None else value

    tried: dict[str, Tried] = {}
    for key in form.data:
        if key.startswith("tried-") and (value := form.text(key, 20)):
            tried[key.removeprefix("tried-")] = form.one_of(key, get_args(Tried), "no-change")
            del value
    start, end = minute("work_start", 540), minute("work_end", 1020)
    work = {int(day): WorkDay(start=start, end=end) for day in form.many("workday") if day in set("0123456")}
    wake, sleep = minute("wake", before.wake), minute("sleep", before.sleep)
    places: frozenset[Place] = frozenset(p for p in get_args(Place) if p in form.many("places"))
    return Intake(
        birth_year=form.whole("birth_year", 1900, 2100),
        country=form.text("country", 10) or before.country,
        years_in_job=form.number("years_in_job", 0, 80),
        conditions=form.many("conditions"),
        symptoms=form.many("symptoms"),
        numbness=form.one_of("numbness", ("none", "known", "new"), "none"),
        tried=tried,
        sitting_h=hours("sitting_h", before.sitting_h),
        driving_h=hours("driving_h", before.driving_h),
        standing_h=hours("standing_h", before.standing_h),
        usual_day=_usual_day(form),
        work=work,
        wake=wake,
        sleep=sleep if sleep > wake else 1440,
        places=places or frozenset({"home-floor"}),
        gear=form.many("gear"),
        wanted=form.many("wanted"),
        habits=_habits(form),
        daily_minutes=form.whole("daily_minutes", 1, 120) or before.daily_minutes,
        dose_by=form.one_of("dose_by", ("time", "repetitions"), "time"),
        massage=Massage(
            wanted=form.ticked("massage_wanted"),
            monthly_budget=form.number("massage_budget", 0, 1_000_000) or 0.0,
            currency=form.text("massage_currency", 3).upper() or before.massage.currency,
            per_month=form.whole("massage_per_month", 0, 31) or 1,
        ),
        complaint_regions=form.many("regions") or frozenset({"mid-back"}),
        activities=tuple(a[:200] for a in form.listed("activity") if a)[:3],
        mass_kg=mass_of(mass) if (mass := form.text("mass_kg", 40)) else None,
        stature_m=stature_of(stature) if (stature := form.text("stature_m", 40)) else None,
        sex=_chosen(form, "sex", get_args(Sex)),
        strength=_chosen(form, "strength", get_args(Strength)),
    )


def _chosen(form: Answers, field: str, known: tuple[Choice, ...]) -> Choice | None:
    """Return one of the known words, or None where the person left it out."""
    return form.one_of(field, known, known[0]) if form.text(field, 100) else None


def _usual_day(form: Answers) -> tuple[UsualBout, ...]:
    rows = zip(
        form.listed("usual_activity"), form.listed("usual_start"), form.listed("usual_end"), strict=False
    )
    bouts = []
    for activity, start, end in rows:
        begin, stop = form.minute_in("usual_start", start), form.minute_in("usual_end", end)
        if activity and begin is not None and stop is not None:
            bouts.append(UsualBout(start=begin, end=stop or 1440, activity=activity))
    return tuple(sorted(bouts, key=lambda b: b.start))


def _habits(form: Answers) -> tuple[Habit, ...]:
    names = {key: name for key, name, _at in habit_choices()}
    usual = {key: at for key, _name, at in habit_choices()}
    chosen = form.many("habit")
    habits = []
    for key, name in names.items():
        if key in chosen:
            at = form.minute(f"habit-at-{key}")
            habits.append(Habit(id=key, label=name, minute=usual[key] if at is None else at))
    for number, (label, at_text) in enumerate(
        zip(form.listed("own_habit"), form.listed("own_habit_at"), strict=False), start=1
    ):
        at = form.minute_in("own_habit_at", at_text)
        if label and at is not None:
            habits.append(Habit(id=f"own-{number}", label=label[:100], minute=at))
    return tuple(habits)
