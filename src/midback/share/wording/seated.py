"""What a look through the camera came to: a posture, no reading and why, or that it must be calibrated again."""

from . import N_

MESSAGES: dict[str, str] = {
    "seated.slumped": N_("You have sunk {percent} % below your own upright."),
    "seated.nearer": N_("You are {percent} % nearer to the screen than when you sat upright."),
    # No reading.
    "seated.nobody": N_("Nobody was in view."),
    "seated.dark": N_("It was too dark to see you. Turn up the light."),
    "seated.two-people": N_("More than one person was in view. Let the camera see you alone."),
    "seated.head-out": N_("Your head was not whole in the picture."),
    "seated.shoulder-out": N_("Both shoulders must be in view."),
    "seated.from-the-side": N_("You were seen from the side. Face the camera more."),
    "seated.back-turned": N_("You had your back to the camera."),
    "seated.too-few": N_("There were too few good pictures."),
    "seated.unsteady": N_("You were moving."),
    "seated.turned": N_("You were turned to the side."),
    "seated.leaning": N_("You were leaning to one side."),
    "seated.head-tilted": N_("Your head was tilted to one side."),
    "seated.head-down": N_(
        "Your head was held lower, or the camera stands higher: that tells nothing of your back."
    ),
    "seated.head-up": N_(
        "Your head was held higher, or the camera stands lower: that tells nothing of your back."
    ),
    # Calibrate again.
    "seated.not-calibrated": N_("Your upright is not known here yet. Calibrate first."),
    "seated.other-model": N_("Your upright was measured with another model. Calibrate again."),
    "seated.other-camera": N_("This looks like another camera. Calibrate again."),
    "seated.other-size": N_("The camera or the chair stands elsewhere. Calibrate again."),
    "seated.tilted": N_("The camera is tilted. Calibrate again."),
    "seated.other-person": N_("This looks like another person or another camera. Calibrate again."),
    "seated.higher": N_(
        "You sit taller here than when you calibrated, or the camera moved. Calibrate again."
    ),
    "seated.moved": N_("Your camera or your chair moved. Calibrate again."),
}
