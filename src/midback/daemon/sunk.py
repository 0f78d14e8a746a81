"""Whether to say that somebody sank, where they want that told. In: Judge, Say. Out: reasons, or none. Next: talk."""

from midback.plan.decide import Say
from midback.reasons import Reason

from .clock import Now
from .judge import Judge


def sunk_to_tell(judge: Judge, say: Say, now: Now) -> tuple[Reason, ...]:
    """Return why to say it now: once a bout, when no break is owed, and when nothing holds a prompt."""
    camera, exposure = judge.orders.camera, judge.exposure
    if camera is None or not camera.say or exposure is None or say.kind != "quiet":
        return ()
    quiet_until, since = judge.orders.quiet_until, exposure.here_since
    if since is None or (quiet_until is not None and now.wall < quiet_until):
        return ()
    if judge.rule(now.wall) is None or not judge.orders.preferences.prompts or judge.interruptibility.holds:
        return ()
    # Other notices name the movement that is coming.
    if any(one.kind == "notice" and not one.movement and one.at >= since for one in judge.heard()):
        return ()
    return judge.sunk(now.wall)
