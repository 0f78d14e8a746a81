"""Words for what senses and for what holds a prompt. In: ids. Out: the language's words. Next: pages.sensing."""

from midback.app.silence import Silent
from midback.plan.interruptions import Hold

from .i18n import _


def silent_words(silent: Silent) -> tuple[str, str, str]:
    """Say why nothing will be asked, and the next step: its address and its words."""
    return {
        "screen": (
            _("Nothing will be asked of you yet: the warning-sign questions are not answered."),
            "/screen",
            _("Answer them"),
        ),
        "due": (
            _("Nothing will be asked of you for now: the warning-sign questions are due again."),
            "/screen",
            _("Answer them"),
        ),
        "stopped": (
            _("Nothing will be asked of you until somebody has seen your back."),
            "/stop",
            _("Why, and the way back"),
        ),
        "intake": (
            _("Nothing will be asked of you yet: midback does not know your day and your place."),
            "/intake",
            _("Answer a few questions"),
        ),
        "resting": (_("Nothing will be asked of you while you rest."), "/", _("Go to Today")),
        "nothing-planned": (
            _("Nothing will be asked of you: no movement fits between your work today."),
            "/intake",
            _("Change my answers"),
        ),
        "prompts-off": (
            _("Nothing will be asked of you: prompts are switched off."),
            "/sensing#prompts",
            _("Switch them on"),
        ),
    }[silent]


def rule_words(hold: Hold) -> tuple[str, str]:
    """Name a rule and say in one sentence what it does."""
    return {
        "typing": (_("Typing"), _("A prompt waits until your hands rest for a moment.")),
        "call": (_("On a call"), _("A prompt waits while another program listens to the microphone.")),
        "camera-in-use": (
            _("Camera in use by another program"),
            _("A prompt waits while somebody may see you. midback's own use of the camera does not count."),
        ),
        "film": (_("A film"), _("A prompt waits while a program keeps the screen awake.")),
        "full-screen": (
            _("Full screen"),
            _("A prompt waits while something fills the screen, as in a talk."),
        ),
        "do-not-disturb": (_("Do not disturb"), _("A prompt waits while the system is set to be quiet.")),
        "calendar": (
            _("Busy in a calendar"),
            _("A prompt waits while one of your calendars below says busy."),
        ),
        "outside-hours": (_("Outside your hours"), _("A prompt waits outside the hours you set below.")),
        "just-back": (_("Just back"), _("After you come back, the first minutes are yours.")),
        "worn": (
            _("Band or disc on"),
            _("A prompt waits for the timer of the band or the disc, for a while."),
        ),
        "driving": (
            _("Driving"),
            _("Nothing is ever said or asked while you drive. This one cannot be switched off."),
        ),
    }[hold]


def sign_of(hold: Hold) -> str:
    """Return the sign of the system that tells of a rule, "" where none is needed."""
    return {
        "call": "call",
        "camera-in-use": "camera",
        "film": "inhibitor",
        "full-screen": "fullscreen",
        "do-not-disturb": "dnd",
    }.get(hold, "")


def sign_name(sign: str) -> str:
    """Name a sign of the system."""
    return {
        "lock": _("Locked screen"),
        "suspend": _("Sleep of the computer"),
        "inhibitor": _("Film or call that keeps the screen awake"),
        "camera": _("Camera in use by another program"),
        "call": _("Call"),
        "fullscreen": _("Full screen"),
        "dnd": _("Do not disturb"),
    }.get(sign, sign)


def back_end_name(name: str) -> str:
    """Name what tells how long keyboard and mouse have been idle."""
    return {
        "x11": "X11",
        "mutter": "GNOME (Mutter)",
        "ext_idle": "KDE, wlroots, COSMIC (ext-idle-notify)",
        "ext-idle-notify": "KDE, wlroots, COSMIC (ext-idle-notify)",
        "screensaver": "freedesktop ScreenSaver",
        "macos": "macOS",
        "windows": "Windows",
        "activitywatch": "ActivityWatch",
    }.get(name, name)
