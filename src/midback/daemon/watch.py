"""The background process: senses, decides, speaks. In: a data folder. Out: the spool, notices. Next: app.

One round reads what the machine tells, feeds it to the same core functions as everywhere else, and speaks when
it is time. Between rounds the process sleeps. Everything outside comes in as an argument, so that a day can be
lived through in a test.
"""

from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Final
from urllib.parse import urlencode

from midback.body.evidence import Evidence
from midback.filelock import who_holds
from midback.plan.decide import Say

from .camera import Camera
from .children import Children
from .clock import Clock, Now, system_clock
from .judge import KEPT, LOOK_BACK, Judge
from .lock import FOLDER, SERVER_LOCK, hold_watch
from .notify import DesktopNotices, Notifier
from .orders import ORDERS_FILE, read_orders
from .senses import Senses
from .spool import Spool
from .state import State
from .sunk import sunk_untold
from .talk import Talk

STEP_S: Final = 15.0
# While a prompt is owed an opening is looked for more often (half a minute without keys is one); a film or a call
# needs no such hurry.
CLOSE_STEP_S: Final = 10.0
# While the camera is open, so that its mark goes with it.
LOOKING_STEP_S: Final = 2.0
# While nothing can be due yet, what to say is asked once a minute.
ASK_EVERY_S: Final = 55.0
HURRIED: Final = frozenset({"typing", "just-back"})

# What comes back to the loop: the number of a notice and its button's key; None ends the loop.
Inbox = SimpleQueue[tuple[str, str] | None]


class Watch:
    """One person's sensing loop, a round at a time."""

    def __init__(
        self,
        data_dir: Path,
        inbox: Inbox,
        *,
        clock: Clock | None = None,
        senses: Senses | None = None,
        notifier: Notifier | None = None,
        spool: Spool | None = None,
        children: Children | None = None,
        camera: Camera | None = None,
    ) -> None:
        self.data_dir, self.folder = data_dir, data_dir / FOLDER
        self.clock = clock or system_clock()
        self.senses = senses or Senses()
        self.spool = spool or Spool(self.folder)
        self.children = children or Children(data_dir)
        self.camera = camera or Camera()
        self.judge = Judge()
        self.talk = Talk(self.judge, self.spool, notifier or DesktopNotices(), inbox.put, self._open_page)
        self._orders_stamp: tuple[int, int] | None = None
        self._state: State | None = None
        self._say = Say(kind="quiet")
        self._recalled = False
        self._ask_at = float("-inf")

    def step(self) -> float:
        """Live through one round; return the seconds until the next one."""
        now = self.clock()
        self._take(self.senses.read(now, owed=self._say.kind != "quiet"))
        if self.senses.felt is not None:
            self.judge.feel(self.senses.felt)
        if self._recalled:
            self._look(now)
            self._decide(now)
        self.spool.flush(now.monotonic)
        self._write_state(now)
        if not self._recalled:
            # The first reading is on the disk; what was before the start comes after it.
            self._recalled = True
            self._recall(now)
            return 0.0
        made_at = self.judge.orders.made_at
        new_day = made_at is not None and self.judge.local_day(made_at) != self.judge.local_day(now.wall)
        self.children.reap(now.monotonic)
        self.children.keep_fresh(made_at, now.wall, now.monotonic, new_day=new_day)
        self.judge.forget(now.wall)
        if self.camera.looking is not None:
            return LOOKING_STEP_S
        return CLOSE_STEP_S if self._closely or self.talk.awake or self.children.busy else STEP_S

    def answer(self, number: str, key: str) -> None:
        """Take a button that was pressed."""
        self._take(self.talk.answer(number, key, self.clock()))

    def close(self) -> None:
        """End the loop: nothing stays open, nothing that was said is lost."""
        self.camera.close()
        self.talk.close(self.clock())
        self.children.close()
        self.senses.close()
        self.spool.close()

    @property
    def _closely(self) -> bool:
        say = self._say
        return say.kind in ("notice", "prompt") or (say.kind == "hold" and not HURRIED.isdisjoint(say.holds))

    def _take(self, told: list[Evidence]) -> None:
        for evidence in told:
            self.spool.add(evidence)
            self.judge.add(evidence)

    def _look(self, now: Now) -> None:
        """Go on with what the camera does: begin a look that is due, take in one that has ended."""
        camera, judge = self.camera, self.judge
        due = camera.may_look(judge.orders.camera, now.monotonic)
        if camera.looking is not None:
            locked = self.senses.holds("lock")
            self._take(camera.end(now, situation=judge.situation(now.wall), locked=locked))
            if camera.looking is None:
                self.talk.unmark()
        elif due:
            # Another program may have taken the camera a moment ago.
            self._take(self.senses.look(now))
            began = camera.begin(
                now,
                situation=judge.situation(now.wall),
                locked=self.senses.holds("lock"),
                doing=lambda: judge.doing(now.wall),
            )
            if began and judge.orders.camera is not None and judge.orders.camera.mark:
                self.talk.mark(now)

    def _decide(self, now: Now) -> None:
        if not self._read_orders() and not self.talk.awake and now.monotonic < self._ask_at:
            return
        say = self._ask(now)
        if say.kind in ("notice", "prompt") or (say.kind == "hold" and self._say.kind == "quiet"):
            self._take(self.senses.look(now))
            say = self._ask(now)
        self._say = say
        waits = say.kind != "quiet" or sunk_untold(self.judge, now)
        self._ask_at = now.monotonic + (0.0 if waits else self._nothing_for_s())
        self.talk.go_on(say, now)

    def _nothing_for_s(self) -> float:
        """Return for how long nothing can fall due, so that it need not be asked in every round."""
        orders, exposure = self.judge.orders, self.judge.exposure
        if orders.rule is None or exposure is None:
            return ASK_EVERY_S
        soon_s = orders.rule.after_s - orders.preferences.notice_s - exposure.still_s
        return ASK_EVERY_S if soon_s > ASK_EVERY_S else 0.0

    def _ask(self, now: Now) -> Say:
        """Return what to say; without a rule, or a timer of a band, nothing has to be worked out."""
        orders = self.judge.orders
        if orders.rule is None and orders.worn is None:
            return Say(kind="quiet")
        return self.judge.judge(now.wall)

    def _read_orders(self) -> bool:
        """Read the orders if they are others than before; say whether they are."""
        path = self.folder / ORDERS_FILE
        try:
            found = path.stat()
            stamp = found.st_mtime_ns, found.st_ino
        except OSError:
            stamp = (0, 0)
        if stamp == self._orders_stamp:
            return False
        self._orders_stamp = stamp
        self.judge.obey(read_orders(path))
        return True

    def _recall(self, now: Now) -> None:
        """Take up what an earlier run of the loop saw and said."""
        for evidence in self.spool.recent_evidence(now.wall - LOOK_BACK, now.wall):
            self.judge.add(evidence)
            if evidence.source == "camera" and not evidence.host:
                self.camera.recall(evidence, now)
        self.judge.said.extend(self.spool.recent_said(now.wall - KEPT, now.wall))
        self._read_orders()

    def _open_page(self, movement: tuple[str, str], failed: Callable[[], None]) -> bool:
        """Open the page where the movement begins, where a server runs; say whether one does."""
        exercise, variant = movement
        try:
            holder = who_holds(self.data_dir / SERVER_LOCK)
        except OSError:
            return False
        if not holder or not holder.get("address") or not exercise:
            return False
        self.children.open_page(f"/session?{urlencode({'exercise': exercise, 'variant': variant})}", failed)
        return True

    def _write_state(self, now: Now) -> None:
        if self._state is None:
            self._state = State(self.folder, now)
        problem = self.talk.problem
        self._state.write(
            now,
            live=self.senses.live,
            others=self.senses.others,
            signs=self.senses.signs,
            unknown=self.senses.unknown,
            notifier="ok" if problem is None else problem.said(),
            spool=self.spool.problem,
            waiting=self.spool.waiting,
            orders=self.judge.orders.problem,
            camera=self.camera.as_data(other_picture=self.judge.looks.other_picture),
        )


def run(data_dir: Path, inbox: Inbox, started: Callable[[Senses], None] | None = None) -> None:
    """Run the loop until None comes in; raise Conflict when another process has it.

    started : called once, after the first reading
    """
    with hold_watch(data_dir):
        watch = Watch(data_dir, inbox)
        try:
            wait_s = watch.step()
            if started is not None:
                started(watch.senses)
            while True:
                try:
                    item = inbox.get(timeout=wait_s) if wait_s else inbox.get_nowait()
                except Empty:
                    if not watch.folder.is_dir():
                        return  # everything was deleted, and nothing of it is written anew
                    wait_s = watch.step()
                    continue
                if item is None:
                    return
                watch.answer(*item)
                wait_s = 0.0
        finally:
            watch.close()
