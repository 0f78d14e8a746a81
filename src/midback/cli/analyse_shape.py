"""An analysis as JSON; docs/analyse.md publishes the shape. In: Analysis. Out: plain data. Next: analyse.

Degrees and words stand here only: inside there are radians and reasons. ``None`` is what is not known, never 0.
"""

import math
from typing import Any

from midback.app.analysing import Analysis, Still
from midback.app.analysis_posture import Posture, Spread
from midback.app.analysis_sitting import Sitting
from midback.body.iso11226 import HEAD, TRUNK, ZoneTime, zone

from .shapes import Shape
from .wording import Speech

VERSION = 1


def shape(speech: Speech, found: Analysis) -> Shape:
    """Shape an analysis as docs/analyse.md publishes it."""
    words, verified, quality = found.source, found.verified, found.quality
    return {
        "version": VERSION,
        "stopped": found.stopped,
        "source": {
            "kind": words.kind,
            "name": words.name,
            "size": list(words.size),
            "model": words.model,
        },
        "exercise": _exercise(found),
        "validated": found.checked.validated if found.checked and verified else None,
        "repetitions": verified.repetitions if verified else 0,
        "counted": [
            {"t": _t(one.t), "number": one.number, "side": one.side, "seconds": _t(one.seconds)}
            for one in (verified.counted if verified else ())
        ],
        "holds": [
            {"start_s": _t(one.began_t), "end_s": _t(one.t), "seconds": _t(one.seconds), "side": one.side}
            for one in (verified.holds if verified else ())
        ],
        "events": [
            {"t": _t(one.t), "phase": one.phase, "side": one.side}
            for one in (verified.events if verified else ())
        ],
        "refusals": [
            {
                "from_s": _t(one.t),
                "to_s": _t(one.until if one.until is not None else quality.last),
                "reason": one.reason.message_id,
                "message": speech.reason(one.reason),
            }
            for one in (verified.refusals if verified else ())
        ],
        "could_check": [
            {
                "exercise": exercise.id,
                "variant": variant,
                "validated": exercise.camera.validated,
                "share": round(share, 3),
            }
            for exercise, variant, share in found.could_be
        ],
        "orientation": _orientation(found.posture) if not found.stills else None,
        "sitting": _sitting(speech, found.sitting) if found.sitting and not found.stills else None,
        "posture": _posture(found.posture),
        "zones": _zones(found.posture) if found.posture.side_frames and not found.stills else None,
        "pictures": [_still(speech, one, found.posture) for one in found.stills],
        "not_judged": [{"what": what, "why": speech.reason(why)} for what, why in found.not_judged],
        "quality": {
            "frames": quality.frames,
            "seen": quality.seen,
            "seen_share": _rounded(quality.seen / quality.frames) if quality.frames else None,
            "seconds": _t(quality.seconds),
            "fps": _rounded(quality.fps, 2),
            "gaps": quality.gaps,
            "unreadable": quality.lost,
            "light": _rounded(quality.light),
            "dark_frames": quality.dark,
            "more_people_frames": quality.company,
            "countable_share": _rounded(verified.quality) if verified else None,
            "model": words.model,
        },
    }


def _exercise(found: Analysis) -> Shape | None:
    if found.checked is None or found.verified is None:
        return None
    return {
        "id": found.checked.exercise.id,
        "variant": found.checked.variant,
        "named": found.checked.named,
    }


def _orientation(posture: Posture) -> Shape:
    seconds: dict[str, float] = {}
    for one in posture.stretches:
        name = one.orientation or "unseen"
        seconds[name] = seconds.get(name, 0.0) + one.end - one.start
    return {
        "seconds": {name: _t(time) for name, time in seconds.items()},
        "stretches": [
            {"from_s": _t(one.start), "to_s": _t(one.end), "orientation": one.orientation}
            for one in posture.stretches
        ],
    }


def _sitting(speech: Speech, sitting: Sitting) -> Shape:
    middle, low, high = sitting.ratio or (None, None, None)
    seconds: dict[str, float] = {}
    for one in sitting.seats:
        seconds[one.kind] = seconds.get(one.kind, 0.0) + one.end - one.start
    own = sitting.own
    return {
        "calibrated": own is not None,
        "samples": sitting.samples,
        "ratio": {"median": _rounded(middle), "low": _rounded(low), "high": _rounded(high)},
        "upright_ratio": _rounded(own.upright.ratio) if own is not None else None,
        "seconds": {kind: _t(time) for kind, time in seconds.items()} if own is not None else {},
        "looks": [
            {
                "from_s": _t(one.start),
                "to_s": _t(one.end),
                "look": one.kind,
                "change": _rounded(one.change),
                "message": " ".join(speech.reason(reason) for reason in one.reasons),
            }
            for one in (sitting.seats if own is not None else ())
        ],
    }


def _posture(posture: Posture) -> Shape:
    return {
        "view": "side" if posture.side_frames else None,
        "frames": posture.side_frames,
        "own_upright": posture.upright is not None,
        "trunk_lean_deg": _spread(posture.spreads["trunk"], 10),
        "ear_shoulder_deg": _spread(posture.spreads["ear_shoulder"], 10),
        "head_inclination_deg": _spread(posture.spreads["head"], _degrees(posture.unsure)),
    }


def _spread(spread: Spread, unsure: float) -> Shape | None:
    middle = spread.share(0.5)
    if middle is None:
        return None
    return {"median": middle, "low": spread.share(0.1), "high": spread.share(0.9), "plus_minus": unsure}


def _zones(posture: Posture) -> Shape:
    return {
        "standard": "ISO 11226:2000",
        "plus_minus_deg": _degrees(posture.unsure),
        "head": _zone_times(posture.head),
        "trunk": _zone_times(posture.trunk),
    }


def _zone_times(times: ZoneTime) -> Shape:
    named: dict[str, Any] = {
        f"{name.replace('-', '_')}_s": _t(seconds) for name, seconds in times.seconds.items()
    }
    return named | {
        "unsure_s": _t(times.unsure_s),
        "longest_conditional_s": _t(times.longest_s),
        "beyond_holding_time_s": _t(times.beyond_s),
    }


def _still(speech: Speech, one: Still, posture: Posture) -> Shape:
    look, side = one.look, one.side
    # Without an own upright there is no word on a picture, and from the side the angles speak.
    told = look is not None and side is None and (look.kind != "calibrate-again" or look.change is not None)
    return {
        "name": one.name,
        "seen": one.frame.seen,
        "orientation": one.orientation,
        "ratio": _rounded(one.sample.ratio) if one.sample else None,
        "change": _rounded(look.change) if look else None,
        "look": look.kind if look is not None and told else None,
        "message": " ".join(speech.reason(reason) for reason in look.reasons) if look and told else "",
        "trunk_lean_deg": _angle(side.trunk) if side else None,
        "ear_shoulder_deg": _angle(side.ear_shoulder) if side else None,
        "head_inclination_deg": _angle(one.head_rad),
        "trunk_zone": None if one.trunk_rad is None else zone(one.trunk_rad, TRUNK, posture.unsure),
        "head_zone": None if one.head_rad is None else zone(one.head_rad, HEAD, posture.unsure),
    }


def _degrees(angle: float) -> int:
    return round(math.degrees(angle))


def _angle(angle: float | None) -> int | None:
    return None if angle is None else _degrees(angle)


def _t(seconds: float) -> float:
    return round(float(seconds), 2)


def _rounded(value: float | None, places: int = 3) -> float | None:
    return None if value is None or not math.isfinite(value) else round(float(value), places)
