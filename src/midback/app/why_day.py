"""A day in numbers: its load over the hours, what drove it, and how somebody is held now. In: Basis. Out: WhyDay.

Shares, of stretches as of activities, are of the mid-back's effort over time. Next: cli.why, the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, cast

from midback.body.exposure import STILL, Activity
from midback.body.tissue import GROUPS
from midback.catalogue.relief import load_relief
from midback.plan.unload import relief_of
from midback.reasons import Reason, Value

from .clock import local
from .house import House
from .why_basis import Basis, basis_of
from .why_hours import Piece
from .why_lived import MID, Lived, between, by_activity, by_group, efforts_of, hours_of, parts_of, state_of
from .why_numbers import sources_of_day
from .why_posture import notes_of, presence, why_posture
from .why_told import Angles, Eases, Person, Stretch, WhyDay, WhyPosture

# The stretches that are named, and from which share of the day's load on an activity or a part is.
NAMED: Final = 3
NAMED_FROM: Final = 0.05


def why_day(house: House, person: str, day: date | None = None, who: Person | None = None) -> WhyDay:
    """Return what a day was like, today without one; ``who`` in the place of what the intake tells.

    Raises InputError for a day outside all reason, or a person that cannot be.
    """
    return why_day_of(house, basis_of(house, person, day, who))


def why_now(house: House, person: str, who: Person | None = None) -> WhyPosture:
    """Return what the posture of now takes, or the last one of today; a usual one to sit in before the first."""
    basis = basis_of(house, person, None, who)
    return why_posture(basis.person, held_now(basis, house.clock.now()))


def why_day_of(house: House, basis: Basis) -> WhyDay:
    """Like ``why_day``, of a day that was read already."""
    lived = basis.lived
    bracket = between(basis.subject, basis.pieces, basis.before) if basis.pieces else None
    stretches = _stretches(house, basis, lived)
    longest = max(stretches, key=lambda one: one.end - one.start, default=None)
    drove = tuple(sorted(stretches, key=lambda one: -one.added)[:NAMED])
    shares, parts = by_activity(lived), parts_of(basis.subject, lived)
    mostly = _mostly(basis)
    sitting = efforts_of(
        basis.subject, [Piece(start=basis.start, end=basis.end, doing="sitting", angles=mostly)]
    )
    angles = held_now(basis, house.clock.now()) if basis.so_far or not drove else drove[0].angles
    posture = why_posture(basis.person, angles)
    return WhyDay(
        day=basis.day,
        start=basis.start,
        end=basis.end,
        usual=bool(basis.stands_in),
        so_far=basis.so_far,
        person=basis.person,
        hours=hours_of(lived, basis.start, basis.end, bracket),
        state=state_of(basis.followed),
        mostly=mostly,
        sitting=by_group(sitting.fraction[0]),
        by_activity=shares,
        by_part=parts,
        stretches=tuple(one for one in drove if one.added > 0),
        longest=longest,
        posture=posture,
        rule=basis.rule,
        eases=_eases(basis),
        night_s=basis.night_s,
        said=(
            Reason("why.sore"),
            *_longest_said(house, longest),
            *(
                Reason(f"why.share-{doing}", {"percent": round(100 * share)})
                for doing, share in sorted(shares.items(), key=lambda entry: -entry[1])
                if doing in STILL and share >= NAMED_FROM
            ),
            *(
                Reason(f"why.part-{part}", {"percent": round(100 * share)})
                for part, share in sorted(parts.items(), key=lambda entry: -entry[1])
                if share >= NAMED_FROM
            ),
        ),
        notes=(*_notes(basis), *notes_of(basis.person)),
        sources=sources_of_day(),
    )


def held_now(basis: Basis, now: datetime) -> Angles:
    """Return how somebody is held, or was last before ``now``; a usual way to sit where nothing is known."""
    told = [piece for piece in basis.pieces if piece.doing in STILL and piece.start <= now]
    return told[-1].angles if told else presence()


@dataclass(slots=True)
class _Run:
    """Pieces of one unbroken stretch: the numbers of its first and its last."""

    first: int
    last: int


def _runs(pieces: Sequence[Piece]) -> list[_Run]:
    """Return the unbroken stretches of holding still."""
    runs: list[_Run] = []
    for n, piece in enumerate(pieces):
        if piece.doing not in STILL:
            continue
        if runs and runs[-1].last == n - 1 and pieces[n - 1].doing == piece.doing:
            runs[-1].last = n
        else:
            runs.append(_Run(n, n))
    return runs


def _stretches(house: House, basis: Basis, lived: Lived) -> list[Stretch]:
    """Return the day's stretches of holding still with what each added, in their order."""
    pieces, runs = lived.pieces, _runs(lived.pieces)
    work = lived.effort[:, MID] * lived.seconds
    whole = float(work.sum())
    found = []
    for run in runs:
        rise = lived.tired[run.last + 1] - lived.tired[run.first]
        added = float(work[run.first : run.last + 1].sum()) / whole if whole > 0 else 0.0
        first, end = pieces[run.first], pieces[run.last].end
        doing = cast(Activity, first.doing)
        values: dict[str, Value] = {
            "start": _clock(house, first.start),
            "end": _clock(house, end),
            "length_min": round((end - first.start).total_seconds() / 60),
            "percent": round(100 * added),
        }
        found.append(
            Stretch(
                start=first.start,
                end=end,
                activity=doing,
                angles=first.angles,
                looks=first.looks,
                added=added,
                group=GROUPS[int(rise.argmax())],
                because=Reason(f"why.stretch-{doing}", values),
            )
        )
    return found


def _longest_said(house: House, longest: Stretch | None) -> tuple[Reason, ...]:
    if longest is None:
        return ()
    values: dict[str, Value] = {
        "longest_min": round((longest.end - longest.start).total_seconds() / 60),
        "start": _clock(house, longest.start),
        "end": _clock(house, longest.end),
    }
    return (Reason(f"why.day-longest-{longest.activity}", values),)


def _notes(basis: Basis) -> tuple[Reason, ...]:
    """Return what the day rests on."""
    notes = [Reason(basis.stands_in)] if basis.stands_in else []
    unknown = sum(piece.seconds for piece in basis.pieces if piece.doing == "unknown") / 60
    if not any(piece.doing in STILL for piece in basis.pieces) and basis.so_far:
        notes.append(Reason("why.day-ahead"))
    if unknown >= 1:
        notes.append(Reason("why.unknown-upright", {"unknown_min": round(unknown)}))
    notes.append(Reason("why.postures-seen" if basis.seen else "why.postures-usual"))
    if basis.setup.arm_support or basis.setup.back_rest or basis.setup.screen is not None:
        notes.append(Reason("why.postures-setup"))
    return (*notes, Reason("why.night"), Reason("why.days-before"), Reason("why.lumbar"))


def _mostly(basis: Basis) -> Angles:
    """Return how the day's sitting was held for most of its time; a usual way to sit where there was none."""
    lengths: dict[Angles, float] = {}
    for piece in basis.pieces:
        if piece.doing == "sitting":
            lengths[piece.angles] = lengths.get(piece.angles, 0.0) + piece.seconds
    return max(lengths, key=lambda angles: lengths[angles], default=presence())


def _eases(basis: Basis) -> tuple[Eases, ...]:
    """Return what the movements of the break rule take off; one of their own that nobody weighed is left out."""
    known = load_relief()
    return tuple(
        Eases(exercise_id=exercise, variant_id=variant, groups=relief_of(known[exercise, variant]))
        for exercise, variant in (basis.rule.movements if basis.rule else ())
        if (exercise, variant) in known
    )


def _clock(house: House, at: datetime) -> str:
    return local(house.clock, at).strftime("%H:%M")
