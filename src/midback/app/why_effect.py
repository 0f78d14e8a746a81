"""What moving a slider does: the posture's numbers, and the day with other breaks. In: Basis. Out: WhyEffect.

The day is the one that was read: its sitting is held as asked, and short breaks are laid into its stillness, the time
taken from what was being done. Nothing is read, so that the answer comes within a breath. Next: the page.
"""

from datetime import datetime, timedelta
from typing import Final

import numpy as np

from midback.plan.schedule import BREAK, Schedule, Stretch, follow

from .why_basis import Basis
from .why_hours import Piece
from .why_lived import course_of, finely, live, pauses_of, state_of
from .why_posture import FEW_DRAWS, why_posture
from .why_told import Angles, WhyEffect

SHORT_S: Final = 60.0


def why_effect(basis: Basis, angles: Angles, spacing_min: float | None = None) -> WhyEffect:
    """Return what a posture takes, and what the day would come to, held like that and with such breaks.

    spacing_min : a break of a minute after so long in one position, but not at the wheel; None leaves the day's own

    Raises InputError for a posture that cannot be, naming the value, the rule and the range.
    """
    posture = why_posture(basis.person, angles, draws=FEW_DRAWS)
    held = tuple(_held(piece, angles) for piece in basis.pieces)
    own = len(pauses_of(held))
    tried, prompts = (held, 0) if spacing_min is None else with_breaks(held, 60.0 * spacing_min)
    lived = live(basis.subject, finely(tried), basis.before)
    return WhyEffect(
        posture=posture,
        spacing_min=spacing_min,
        state=state_of(lived, own + prompts),
        usual=state_of(basis.followed, own),
        course=course_of(lived),
    )


def course_as_was(basis: Basis) -> tuple[tuple[datetime, float], ...]:
    """Return the mid-back's tiredness over the day as it was, to stand beside ``WhyEffect.course``."""
    return course_of(basis.followed)


def with_breaks(
    pieces: tuple[Piece, ...], after_s: float, length_s: float = SHORT_S
) -> tuple[tuple[Piece, ...], int]:
    """Lay breaks into pieces; return the pieces and how many breaks it took."""
    if not pieces:
        return pieces, 0
    day = [
        Stretch(
            doing="away" if piece.doing == "night" else piece.doing,
            seconds=piece.seconds,
            welcome=piece.doing != "driving",
        )
        for piece in pieces
    ]
    gone = follow(day, Schedule(after_s=after_s, length_s=length_s))
    lengths = np.array([stretch.seconds for stretch in gone.stretches])
    ends = np.cumsum(lengths)
    # Breaks come out of the stretch they lie in, so each new stretch lies inside one old piece.
    middles = ends - 0.5 * lengths
    borders = np.cumsum([piece.seconds for piece in pieces])
    which = np.minimum(np.searchsorted(borders, middles), len(pieces) - 1)
    begun = pieces[0].start
    cut = []
    for stretch, end, length, n in zip(gone.stretches, ends, lengths, which, strict=True):
        old = pieces[n]
        first, last = (begun + timedelta(seconds=float(at)) for at in (end - length, end))
        if stretch.doing == BREAK:
            cut.append(Piece(start=first, end=last, doing="moving"))
        else:
            cut.append(Piece(start=first, end=last, doing=old.doing, angles=old.angles, looks=old.looks))
    return tuple(cut), gone.prompts


def _held(piece: Piece, angles: Angles) -> Piece:
    if piece.doing != "sitting":
        return piece
    return Piece(start=piece.start, end=piece.end, doing=piece.doing, angles=angles)
