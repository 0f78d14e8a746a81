"""Hand-made exercises, questions and performances for the tests of the core, with strategies over them.

The exercises here are small and known by heart; the packaged catalogue has tests of its own.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from midback.body.exposure import ACTIVITIES, Bout
from midback.catalogue.exercise import Exercise, Frequency, Gate, Level, Text, Variant, VariantText
from midback.catalogue.triage import TriageQuestion
from midback.plan.answers import Habit, Intake, Massage, Pause, ScreenAnswers, WorkDay
from midback.plan.clearance import Clearance
from midback.plan.performance import SKIP_REASONS, Performance, SideDone
from midback.plan.triage import screen

MONDAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ARTICLES = {"en": "as the articles say"}
FLOOR, CHAIR = ("home-floor",), ("desk", "cab", "home-floor", "outdoors")
GEAR = ("towel", "wedge", "ball", "tennis-ball", "resistance-band", "posture-band", "firm-pillow")
CONDITIONS = ("osteoporosis", "wrists", "long-steroids", "pregnancy", "age-65")


LADDER = (
    Level(seconds=60, range=0.7),
    Level(seconds=90, range=0.7),
    Level(seconds=90, range=1.0),
    Level(seconds=120, range=1.0),
)


def an_exercise(exercise_id: str = "cat-cow", **given: Any) -> Exercise:
    """Return one exercise with four levels and one variant at home, or as given."""
    variants = given.pop("variants", (Variant(id="floor", places=FLOOR),))
    words = VariantText(name="usual", steps=("Begin.",), cues={}, picture="A person moves.")
    text = Text(
        title=exercise_id.replace("-", " ").capitalize(),
        short="Short.",
        purpose="Purpose.",
        stop_signs=("a sharp pain",),
        evidence="None.",
        variants={variant.id: words for variant in variants},
    )
    usual: dict[str, Any] = {
        "id": exercise_id,
        "version": 1,
        "family": "daily",
        "purpose": "mobility",
        "regions": ("mid-back",),
        "counts": True,
        "frequency": Frequency(slots=("morning", "evening")),
        "articles_dose": ARTICLES,
        "levels": LADDER,
        "variants": variants,
        "grade": "D",
        "text": {"en": text, "de": text},
    }
    return Exercise(**{**usual, **given})


def a_gate(condition: str, action: str = "block", **given: Any) -> Gate:
    """Return one gate with a reason that names its condition."""
    words = {"en": f"Because of {condition}.", "de": f"Wegen {condition}."}
    return Gate(condition=condition, action=action, reason=words, source="test", **given)


def library() -> dict[str, Exercise]:
    """Return a small library with every family and most purposes."""
    lying = Variant(
        id="lengthwise", places=("home-floor", "bed"), gear=(("towel",),), needs=("floor", "supine")
    )
    over_wedge = Variant(
        id="floor", places=("home-floor", "bed"), gear=(("wedge", "firm-pillow"),), needs=("floor", "supine")
    )
    on_floor = Variant(id="floor", places=FLOOR, needs=("floor", "kneel", "wrists"))
    seated = Variant(id="seated", places=CHAIR, looks="ordinary")
    at_wall = Variant(id="wall", places=("desk", "home-floor"), needs=("stand",))
    ball = Variant(
        id="wall", places=("desk", "home-floor"), gear=(("ball", "tennis-ball"),), needs=("stand",)
    )
    band = Variant(id="standing", places=("home-floor", "desk"), gear=(("resistance-band",),))
    short = (
        Level(seconds=30, repetitions=12, tempo_s=4.0, range=0.7),
        Level(seconds=60, repetitions=24, tempo_s=4.0),
    )
    made = (
        an_exercise(
            "towel-extension",
            purpose="extension",
            variants=(lying,),
            frequency=Frequency(per_day=2, slots=("morning", "night")),
            gates=(a_gate("osteoporosis"), a_gate("age-65")),
        ),
        an_exercise("wedge", purpose="extension", variants=(over_wedge,), gates=(a_gate("osteoporosis"),)),
        an_exercise(
            "cat-cow",
            variants=(on_floor, seated),
            dose_by=("time", "repetitions"),
            levels=short,
            gates=(
                a_gate("wrists", "variant", variants=("seated",)),
                a_gate("long-steroids", "range", range=0.5),
            ),
        ),
        an_exercise(
            "thread-needle",
            purpose="rotation",
            sides=True,
            variants=(on_floor, seated),
            gates=(a_gate("osteoporosis"),),
        ),
        an_exercise("ball-roll", purpose="release", variants=(ball,)),
        an_exercise(
            "wall-opener",
            purpose="opening",
            frequency=Frequency(slots=("morning", "day", "evening")),
            variants=(at_wall,),
        ),
        an_exercise(
            "band-row",
            purpose="strength",
            grade="A-",
            frequency=Frequency(days_per_week=5),
            variants=(band,),
            levels=(
                Level(repetitions=12, tempo_s=5.0, resistance="light"),
                Level(repetitions=20, tempo_s=5.0, resistance="light"),
            ),
            dose_by=("repetitions",),
        ),
        an_exercise(
            "stand-reach",
            family="break",
            purpose="variety",
            variants=(Variant(id="standing", places=("desk", "outdoors"), looks="ordinary"),),
        ),
        an_exercise("blade-squeeze", family="break", purpose="strength", easy=True, variants=(seated,)),
        an_exercise("seated-rotation", family="break", purpose="rotation", sides=True, variants=(seated,)),
        an_exercise(
            "walk",
            family="break",
            purpose="easy",
            easy=True,
            while_waiting=True,
            variants=(Variant(id="walk", places=("outdoors", "home-floor"), looks="unseen"),),
        ),
        an_exercise("breathing", purpose="easy", easy=True, while_waiting=True, variants=(seated,)),
        an_exercise(
            "posture-band",
            family="worn",
            purpose="variety",
            counts=False,
            wanted_only=True,
            grade="X",
            frequency=Frequency(per_day=2),
            levels=(Level(seconds=600), Level(seconds=1800)),
            variants=(Variant(id="worn", places=("desk", "home-floor", "cab"), gear=(("posture-band",),)),),
        ),
        an_exercise(
            "massage",
            family="care",
            purpose="care",
            levels=(Level(seconds=3600),),
            variants=(Variant(id="visit", places=("outdoors",)),),
        ),
    )
    return {exercise.id: exercise for exercise in made}


def a_question(question_id: str, level: str = "urgent", condition: str | None = None) -> TriageQuestion:
    """Return one question whose words name it."""
    return TriageQuestion(
        id=question_id,
        level=level,
        group="today",
        text={"en": f"{question_id}?", "de": f"{question_id}?"},
        do={"en": f"See somebody about {question_id}.", "de": f"Lass {question_id} ansehen."},
        source="test",
        condition=condition,
    )


QUESTIONS = (
    a_question("chest-pain", "emergency"),
    a_question("bladder", "emergency"),
    a_question("fever"),
    a_question("cancer-history"),
    a_question("minor-trauma"),
    a_question("between-shoulder-blades"),
    a_question("morning-stiffness", "refer"),
    a_question("no-change", "refer"),
    a_question("clumsy-hands", "gate", "osteoporosis"),
)


def cleared(
    intake: Intake | None = None, exercises: Mapping[str, Exercise] | None = None, yes: tuple[str, ...] = ()
) -> Clearance:
    """Return the clearance of somebody who reported nothing, or these signs."""
    answers = ScreenAnswers(at=NOW, yes=frozenset(yes))
    return screen(QUESTIONS, answers, intake or adult(), exercises or library(), NOW)


def adult(**given: Any) -> Intake:
    """Return the intake of somebody born in 1985 who owns a towel, a ball and a band."""
    usual: dict[str, Any] = {"birth_year": 1985, "gear": frozenset({"towel", "ball", "resistance-band"})}
    return Intake(**{**usual, **given})


def performed(days_ago: int = 1, today: date = MONDAY, **given: Any) -> Performance:
    """Return one complete performance of cat-cow that went well, or as given."""
    dose = given.pop("dose", LADDER[given.get("level", 1)].dose())
    planned = float(dose.seconds)
    seconds = given.pop("done_s", planned)
    usual: dict[str, Any] = {
        "exercise_id": "cat-cow",
        "variant_id": "floor",
        "level": 1,
        "range_scale": 1.0,
        "dose": dose,
        "at": datetime(today.year, today.month, today.day, 12, tzinfo=UTC) - timedelta(days=days_ago),
        "sides": (SideDone(side="both", planned_s=planned, done_s=seconds),),
        "pain_before": 3,
        "pain_during": 3,
        "pain_after": 3,
        "pain_next_day": 3,
        "effort": "ok",
    }
    return Performance(**{**usual, **given})


pains = st.none() | st.integers(0, 10)


@st.composite
def performances(draw: st.DrawFn, max_size: int = 8) -> tuple[Performance, ...]:
    """Draw performances of cat-cow in order of time, any of whose questions may be unanswered.

    Most histories end in good times at one level, or steps up would hardly ever be drawn.
    """
    ages = sorted(draw(st.lists(st.integers(0, 40), max_size=max_size)), reverse=True)
    good, level = draw(st.integers(0, 4)), draw(st.integers(0, 3))
    scale = draw(st.sampled_from([1.0, 1.0, 0.8, 0.5]))
    done = []
    for n, age in enumerate(ages):
        if len(ages) - n <= good:
            done.append(performed(min(age, 6), level=level, range_scale=scale))
            continue
        skipped = draw(st.none() | st.sampled_from(SKIP_REASONS))
        done.append(
            performed(
                age,
                level=draw(st.integers(0, 3)),
                range_scale=draw(st.sampled_from([0.5, 0.6, 0.8, 1.0])),
                done_s=0.0 if skipped else draw(st.sampled_from([0.0, 30.0, 120.0])),
                pain_before=draw(pains),
                pain_during=draw(pains),
                pain_after=draw(pains),
                pain_next_day=draw(pains),
                effort=draw(st.sampled_from([None, "easy", "ok", "hard"])),
                form=draw(st.sampled_from([None, 0.4, 0.9])),
                skipped=skipped,
                stopped=draw(st.booleans()),
            )
        )
    return tuple(done)


@st.composite
def intakes(draw: st.DrawFn) -> Intake:
    """Draw an intake that passes the checks of the doors."""
    starts = {day: draw(st.integers(300, 700)) for day in sorted(draw(st.sets(st.integers(0, 6))))}
    wake = draw(st.integers(240, 600))
    return Intake(
        birth_year=draw(st.none() | st.integers(1930, 2012)),
        conditions=draw(st.frozensets(st.sampled_from(CONDITIONS))),
        numbness=draw(st.sampled_from(["none", "known"])),
        tried=draw(
            st.dictionaries(
                st.sampled_from([*library(), "stretches", "movement", "heat"]),
                st.sampled_from(["helped", "no-change", "worse"]),
                max_size=5,
            )
        ),
        sitting_h=draw(st.floats(0, 12)),
        driving_h=draw(st.floats(0, 8)),
        work={
            day: WorkDay(start=start, end=start + draw(st.integers(30, 600))) for day, start in starts.items()
        },
        wake=wake,
        sleep=draw(st.integers(wake + 300, 1440)),
        places=draw(
            st.frozensets(st.sampled_from(["desk", "cab", "outdoors", "home-floor", "bed"]), min_size=1)
        ),
        gear=draw(st.frozensets(st.sampled_from(GEAR))),
        wanted=draw(st.frozensets(st.sampled_from(["posture-band", "towel-extension"]))),
        habits=tuple(
            Habit(id=f"h{n}", label=f"habit {n}", minute=minute)
            for n, minute in enumerate(draw(st.lists(st.integers(0, 1439), max_size=4)))
        ),
        daily_minutes=draw(st.integers(1, 60)),
        dose_by=draw(st.sampled_from(["time", "repetitions"])),
        massage=Massage(wanted=draw(st.booleans()), monthly_budget=draw(st.sampled_from([0.0, 80.0]))),
    )


@st.composite
def pauses(draw: st.DrawFn) -> tuple[Pause, ...]:
    """Draw up to two pauses near the first Monday."""
    found = []
    for why in draw(st.lists(st.sampled_from(["illness", "flare", "travel"]), max_size=2)):
        start = MONDAY + timedelta(days=draw(st.integers(-3, 8)))
        length = draw(st.none() | st.integers(0, 9))
        found.append(
            Pause(start=start, end=None if length is None else start + timedelta(days=length), why=why)
        )
    return tuple(found)


@st.composite
def bouts(draw: st.DrawFn, day_start: datetime = NOW, hours: int = 24) -> Bout:
    """Draw one bout that lies near a day, from a person or a sensor."""
    start = draw(st.integers(-120, hours * 60 + 60))
    length = draw(st.integers(1, 300))
    return Bout(
        start=day_start + timedelta(minutes=start),
        end=day_start + timedelta(minutes=start + length),
        activity=draw(st.sampled_from(ACTIVITIES)),
        evidence=draw(st.sampled_from([("person",), ("usual-day",), ("idle",)])),
        id=draw(st.sampled_from(["", "a", "b"])),
    )
