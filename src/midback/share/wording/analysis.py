"""What an analysis of a recording leaves open, and why."""

from . import N_

MESSAGES: dict[str, str] = {
    "analysis.stills-do-not-move": N_("Still pictures hold no movement, so nothing is counted in them."),
    "analysis.sitting-asked": N_("Sitting was asked for, so no exercise was counted."),
    "analysis.name-exercise": N_(
        "Only what is tried on real people is counted unasked. Name another exercise with --exercise."
    ),
    "analysis.not-validated": N_(
        "This count is not tried on real people yet. Take it as a hint, and count yourself too."
    ),
    "analysis.not-from-side": N_(
        "Angles and the zones of ISO 11226 need a camera at your side, with head and hips in view."
    ),
    "analysis.stills-have-no-time": N_(
        "Still pictures have no duration: each taken from the side has its zones of ISO 11226, none has a time."
    ),
    "analysis.upright-unknown": N_(
        "Your own upright is not known, so zones are told from the vertical, to 15 degrees. Use --calibrate."
    ),
    "analysis.not-calibrated": N_(
        "Whether you slump is told only against your own upright. Use --calibrate with pictures of it."
    ),
    "analysis.unseen": N_("In {frames} pictures nobody could be seen."),
    "analysis.no-curve": N_(
        "How far your upper back bends in degrees cannot be seen by a camera; neither can a towel's effect."
    ),
    "analysis.no-rotation": N_("How far you turn in degrees is seen far too small by one camera."),
}
