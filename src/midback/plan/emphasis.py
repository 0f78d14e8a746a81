"""What long stillness asks of the day. In: yesterday's exposure and state, or usual hours. Next: planner, breaks.

Each rule is one small function that returns a purpose to bring forward, with its reason. What was measured comes
first; what the body's state adds to it by the model comes after, and takes nothing away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from midback.body.exposure import STILL, Exposure
from midback.catalogue.exercise import Purpose
from midback.reasons import Reason

from .answers import Intake

RULE_VERSION = 1
LONG_BOUT_S = 90 * 60
MIDDLING_BOUT_S = 60 * 60
LONG_DRIVE_S = 2 * 3600
LONG_DAY_S = 6 * 3600
# From here on, as a share of a group's readiness that yesterday used up at the highest, it brings a purpose forward.
ASKED_FROM = 0.5
Brought = tuple[Purpose, Reason]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """What to bring forward, why, how many more breaks to plan, and whether a walk follows the drive."""

    purposes: tuple[Purpose, ...] = ()
    reasons: tuple[Reason, ...] = ()
    more_breaks: int = 0
    walk_after_drive: bool = False

    def reason_for(self, purpose: Purpose) -> Reason | None:
        """Return why a purpose is brought forward, or None when it is not."""
        for brought, reason in zip(self.purposes, self.reasons, strict=True):
            if brought == purpose:
                return reason
        return None

    def rank(self, purpose: Purpose) -> int:
        """Return how far a purpose is brought forward: 0 most, and after all others when it is not."""
        return self.purposes.index(purpose) if purpose in self.purposes else len(self.purposes)


def emphasise(
    intake: Intake, exposure: Exposure | None, working: bool, by_state: Sequence[Brought] = ()
) -> Emphasis:
    """Return what the day should bring forward: from measured hours where there are any, else usual ones.

    by_state : what the body's state after those measured hours adds, see ``from_state``
    """
    if exposure is not None and not exposure.usual and any(exposure.seconds.get(kind, 0) for kind in STILL):
        return _and(from_measured(exposure), by_state)
    return from_usual(intake) if working else Emphasis()


def from_measured(exposure: Exposure) -> Emphasis:
    """Apply the rules to one day's totals."""
    found: list[tuple[Purpose, Reason]] = []
    longest = round(exposure.longest_still_s / 60)
    driven = exposure.seconds.get("driving", 0.0)
    still = sum(exposure.seconds.get(kind, 0.0) for kind in STILL)
    if exposure.longest_still_s >= LONG_BOUT_S:
        reason = Reason(f"plan.long-{exposure.longest_activity}", {"longest_min": longest}, RULE_VERSION)
        found += [("opening", reason), ("extension", reason)]
    if driven >= LONG_DRIVE_S:
        found.append(("rotation", Reason("plan.drove", {"driving_min": round(driven / 60)}, RULE_VERSION)))
    if still >= LONG_DAY_S:
        found.append(("mobility", Reason("plan.still-total", {"still_min": round(still / 60)}, RULE_VERSION)))
    more = (
        2
        if exposure.longest_still_s >= LONG_BOUT_S
        else 1
        if exposure.longest_still_s >= MIDDLING_BOUT_S
        else 0
    )
    return _emphasis(found, more, driven >= LONG_DRIVE_S)


def from_state(loaded: Mapping[str, float], easing: Mapping[str, Sequence[Purpose]]) -> tuple[Brought, ...]:
    """Return the purpose that eases what yesterday asked most of, where that was much.

    loaded : group -> share of its readiness used up at the highest ; easing : group -> purposes, best first
    """
    if not loaded:
        return ()
    most = max(sorted(loaded), key=lambda group: loaded[group])
    if loaded[most] < ASKED_FROM:
        return ()
    reason = Reason(f"plan.yesterday-{most}", {"used_percent": round(100 * loaded[most])}, RULE_VERSION)
    return tuple((purpose, reason) for purpose in easing.get(most, ())[:1])


def from_usual(intake: Intake) -> Emphasis:
    """Apply the rules to the hours of a usual working day."""
    found: list[tuple[Purpose, Reason]] = []
    sitting, driving = intake.sitting_h * 3600, intake.driving_h * 3600
    if sitting + driving >= LONG_DAY_S:
        minutes = round((sitting + driving) / 60)
        found.append(("extension", Reason("plan.usual-sitting", {"sitting_min": minutes}, RULE_VERSION)))
    if driving >= LONG_DRIVE_S:
        found.append(
            ("rotation", Reason("plan.usual-driving", {"driving_min": round(driving / 60)}, RULE_VERSION))
        )
    if intake.standing_h * 3600 >= LONG_DAY_S:
        minutes = round(intake.standing_h * 60)
        found.append(("mobility", Reason("plan.usual-standing", {"standing_min": minutes}, RULE_VERSION)))
    return _emphasis(found, 0, driving >= LONG_DRIVE_S)


def _and(emphasis: Emphasis, more: Sequence[Brought]) -> Emphasis:
    new = [(purpose, reason) for purpose, reason in more if purpose not in emphasis.purposes]
    return Emphasis(
        (*emphasis.purposes, *(purpose for purpose, _ in new)),
        (*emphasis.reasons, *(reason for _, reason in new)),
        emphasis.more_breaks,
        emphasis.walk_after_drive,
    )


def _emphasis(found: list[tuple[Purpose, Reason]], more: int, walk: bool) -> Emphasis:
    return Emphasis(tuple(purpose for purpose, _ in found), tuple(reason for _, reason in found), more, walk)
