"""A session under the camera's eye. In: frames of landmarks. Out: where the count stands, and why it does not move.

The session decides which check runs: its exercise, its side, its phase. What the check counts while the person is
at work becomes an event of the session, committed before it is told. Without a frame nothing here happens.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from midback.coach.fold import advance
from midback.coach.script import SECOND
from midback.coach.seen import LOOKS_FOR_US
from midback.coach.state import SessionState
from midback.coach.verify.engine import Verifier
from midback.coach.verify.notes import Counted, Held
from midback.errors import Conflict
from midback.movement.landmarks import Frame
from midback.reasons import Reason

from .checkable import Signal, check_of, signal_of
from .house import House
from .session import SessionView, post_event, read_session
from .session_camera import require_session_camera

# How long a state read from the log is trusted; the page's own steps reach the camera within it.
READ_AGAIN: Final = timedelta(seconds=0.4)
# The session is told that the camera still looks well before its last word runs out.
SAY_AGAIN_US: Final = LOOKS_FOR_US // 2
# So long the person may be lost before the pace counts again.
LOST_FOR_S: Final = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the page shows of the camera.

    signal : ``tried`` on recordings of people, ``untried``, or ``none``: this exercise cannot be checked
    count, of : repetitions of the unit, by camera, pace and hand together ; None for a dose by time
    seen : repetitions of the unit that the camera counted ; held_s : how long it saw the pose held
    phase : the check's name of it ; counting : what is done now counts
    reason : why nothing counts ; changed : the session's log has grown
    """

    signal: Signal
    count: int | None = None
    of: int | None = None
    seen: int = 0
    held_s: float | None = None
    target_s: float | None = None
    phase: str | None = None
    armed: bool = False
    counting: bool = False
    reason: Reason | None = None
    changed: bool = False


class Watch:
    """One camera on one session. Not for two threads at once.

    stream : an id of its own, so that every event it sends counts once
    """

    def __init__(self, house: House, person: str, session_id: str, stream: str) -> None:
        self.house, self.person, self.session_id, self.stream = house, person, session_id, stream
        require_session_camera(house, person)
        self._keep(read_session(house, person, session_id))
        self._unit: tuple[str, int] | None = None
        self._verifier: Verifier | None = None
        self._work_t: float | None = None
        self._told = False
        self._armed_t = -LOST_FOR_S
        self._held_s = 0.0
        self._sent = 0
        self._neutral: dict[str, float] = {}

    def take(self, frame: Frame) -> Seen:
        """Look at the next frame.

        Raises
        ------
        NotAllowed : the camera was taken back ; NotFound, Conflict, SafetyStop : as `app.session.post_event`
        """
        state = self._state()
        verifier = self._verifier_for(state)
        if verifier is None:
            return Seen(signal="none")
        working = state.status == "running" and state.phase == "work"
        if not working:
            self._work_t = None
        elif self._work_t is None:
            self._work_t = frame.t
            self._held_s = verifier.held_s
        before = self._sent
        notes = verifier.step(frame)
        if verifier.armed:
            self._armed_t = frame.t
        if working:
            self._say_looking(state, frame.t)
            # How even it was can hold a dose back: only a signal that was tried on people may say so.
            tried = signal_of(self.house, state.item) == "tried"
            for note in notes:
                if isinstance(note, Counted) and note.t >= (self._work_t or 0.0):
                    seen = {"range": round(note.range, 4), "seconds": round(note.seconds, 2)} if tried else {}
                    self._post("counted", repetitions=1, t=round(note.t, 2), **seen)
            self._keep_held(verifier, any(isinstance(note, Held) for note in notes))
        if verifier.neutral is not None:
            self._neutral[state.item.exercise_id] = verifier.neutral
        return self._seen(self._view.state, verifier, working, self._sent > before)

    def close(self) -> None:
        """Say that nobody looks any more; the pace counts again at once."""
        self._keep(read_session(self.house, self.person, self.session_id))
        state = self._view.state
        if state.looking_us and state.status == "running":
            self._post("looking", on=False)

    def _state(self) -> SessionState:
        now = self.house.clock.now()
        if now - self._read_at >= READ_AGAIN or now < self._read_at:
            require_session_camera(self.house, self.person)
            self._keep(read_session(self.house, self.person, self.session_id))
        view = self._view
        return advance(view.script, view.state, now) if view.state.confirmed_at else view.state

    def _keep(self, view: SessionView) -> None:
        if view.finished_at is not None:
            raise Conflict("This session is over.", "What was done in it is kept.", "Start a new one.")
        self._view = view
        self._read_at: datetime = self.house.clock.now()

    def _verifier_for(self, state: SessionState) -> Verifier | None:
        """Return the check of the unit at hand, the same one as long as it lasts."""
        unit = (state.key, state.unit)
        if unit != self._unit:
            check = check_of(self.house, state.item)
            self._unit, self._work_t, self._held_s, self._told = unit, None, 0.0, False
            neutral = self._neutral.get(state.item.exercise_id)
            self._verifier = (
                None
                if check is None
                else Verifier(check, side=state.at_unit.side, dose=state.item.dose, neutral=neutral)
            )
        return self._verifier

    def _say_looking(self, state: SessionState, t: float) -> None:
        if self._verifier is not None and self._verifier.armed:
            if state.looking_us < SAY_AGAIN_US:
                self._told = True
                self._post("looking", on=True)
        elif state.looking_us and t - self._armed_t >= LOST_FOR_S:
            self._post("looking", on=False)
        elif not self._told and t - (t if self._work_t is None else self._work_t) >= LOST_FOR_S:
            # The pace counts, and the session knows all the same that a camera looked and saw nothing that counts.
            self._told = True
            self._post("looking", on=False)

    def _keep_held(self, verifier: Verifier, ended: bool) -> None:
        """Keep what was held: whole seconds while it goes on, the rest when it ends."""
        gained = verifier.held_s - self._held_s
        if gained >= 5 or (ended and gained > 0):
            self._held_s = verifier.held_s
            self._post("held", seconds=round(gained, 2))

    def _post(self, kind: str, **data: object) -> None:
        state = self._view.state
        data |= {
            "key": self._unit[0] if self._unit else state.key,
            "unit": self._unit[1] if self._unit else 0,
        }
        self._sent += 1
        event_id = f"camera-{self.stream}-{self._sent}"
        self._keep(post_event(self.house, self.person, self.session_id, event_id, kind, data))

    def _seen(self, state: SessionState, verifier: Verifier, working: bool, changed: bool) -> Seen:
        tempo = state.item.tempo_us
        timed = verifier.check.kind != "cycles"
        now_held = state.unit_held_us / SECOND + max(0.0, verifier.held_s - self._held_s)
        return Seen(
            signal=signal_of(self.house, state.item),
            count=state.repetitions if tempo else None,
            of=state.work_us // tempo if tempo else None,
            seen=state.unit_by_camera,
            held_s=(now_held if working else 0.0) if timed else None,
            target_s=float(state.item.dose.seconds) if timed else None,
            phase=verifier.phase,
            armed=verifier.armed,
            counting=working and verifier.armed,
            reason=verifier.refusal,
            changed=changed,
        )
