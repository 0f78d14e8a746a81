"""Why the camera does not count, and what would let it."""

from . import N_

MESSAGES: dict[str, str] = {
    "camera.too-dark": N_("It is too dark to see you. More light helps."),
    "camera.no-body": N_("You are not in the picture."),
    "camera.more-people": N_(
        "There is more than one person in the picture. It counts when you are alone in it."
    ),
    "camera.out-of-view-shoulder": N_("Your shoulders are out of view."),
    "camera.out-of-view-hip": N_("Your hips are out of view."),
    "camera.out-of-view-knee": N_("Your knees are out of view."),
    "camera.out-of-view-wrist": N_("Your hands are out of view."),
    "camera.out-of-view-back": N_("Your back is out of view."),
    "camera.out-of-view-foot": N_("Your feet are out of view."),
    "camera.too-far": N_("You are too far away. Come a little nearer."),
    "camera.not-all-fours": N_("It counts once you are on hands and knees."),
    "camera.not-upright": N_("It counts once your trunk is upright."),
    "camera.not-standing": N_("It counts once you stand."),
    "camera.not-on-back": N_("It counts once you lie on your back."),
    "camera.hands-not-forward": N_("It counts once your hands are in front of you."),
    "camera.look-from-the-front": N_("Turn so that the camera sees you from the front or the back."),
    "camera.look-from-the-side": N_("Turn so that the camera sees you from the side."),
    "camera.still-first": N_("Keep still for a moment, then it counts."),
    "camera.unclear": N_("The camera cannot tell how far you move. Clothes that lie close help."),
}
