"""Whether to say that somebody sank, where they want that told. In: Judge, Say. Out: reasons, or none. Next: talk."""

from midback.plan.decide import Say
from midback.reasons import Reason

from .clock import Now
from .judge import Judge


def sunk_to_tell(judge: Judge, say: Say, now: Now) -> tuple[Reason, ...]:
    """Return why to say it now: once a bout, when no break is owed, and when nothing holds a prompt."""
    return () if say.kind != "quiet" or judge.interruptibility.holds else sunk_untold(judge, now)


def sunk_untold(judge: Judge, now: Now) -> tuple[Reason, ...]:
    """Return what waits to be said, whatever holds it: nothing where it is not wanted, or said in this bout."""
    camera, exposure = judge.orders.camera, judge.exposure
    if camera is None or not camera.say or exposure is None or exposure.here_since is None:
        return ()
    quiet_until, since = judge.orders.quiet_until, exposure.here_since
    if judge.rule(now.wall) is None or not judge.orders.preferences.prompts:
        return ()
    if quiet_until is not None and now.wall < quiet_until:
        return ()
    # Other notices name the movement that is coming.
    if any(one.kind == "notice" and not one.movement and one.at >= since for one in judge.heard()):
        return ()
    return judge.sunk(now.wall)
