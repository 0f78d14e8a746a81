"""Kill a scripted session with SIGKILL at random points, again and again, and look at what is left.

    python bench/kill_test.py --kills 200 [--through store|http] [--seed 1] [--folder DIR]

A child process (or the whole server, through its API) keeps the events, each in a transaction of its own,
and says so only after the commit. It is killed at a random moment; then the database is opened and read. An
event that was acknowledged must be there, none may be there twice, and the order must be that of sending. The
next child goes on with the first event that was not acknowledged, which may well be there: that is the retry.

Through HTTP the events steer the session (pause, on, next, back, other times, heartbeats), and after each kill
the log is folded anew: it must stand where the last answer of the server said, to the second.
"""

import argparse
import http.client
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

CHILD = """
import sys
from datetime import UTC, datetime
from midback.store import people, sessions
from midback.store.engine import open_database

engine = open_database(sys.argv[1])
with engine.begin() as connection:
    people.ensure_person(connection)
    sessions.create(connection, "me", "killed", {"length": 8}, datetime.now(UTC))
print("ready", flush=True)
for line in sys.stdin:
    event_id = line.strip()
    now = datetime.now(UTC)
    with engine.begin() as connection:
        sessions.append(connection, "me", "killed", event_id, now, "next", {"text": "x" * 200})
    print(event_id, flush=True)
    with engine.begin() as connection:
        sessions.beat(connection, "me", "killed", now)
"""


class Player(Protocol):
    """Something that keeps events until it is killed."""

    def start(self) -> None:
        """Start it and wait until it takes events."""

    def play(self, event_ids: Sequence[str], kill_after_s: float) -> list[str]:
        """Send events one after the other, kill it after so many seconds, return those it acknowledged."""


@dataclass
class StorePlayer:
    """Plays straight into the store, in a process of its own."""

    url: str
    process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", CHILD, self.url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "ready\n"

    def play(self, event_ids: Sequence[str], kill_after_s: float) -> list[str]:
        process = self.process
        assert process is not None
        assert process.stdin is not None
        process.stdin.write("".join(f"{event_id}\n" for event_id in event_ids))
        process.stdin.flush()
        time.sleep(kill_after_s)
        process.kill()
        acknowledged, _ = process.communicate()
        # A line without its end was cut off by the kill: it was not acknowledged.
        return [line.rstrip("\n") for line in acknowledged.splitlines(keepends=True) if line.endswith("\n")]


#: Events that steer, so that a lost or doubled one would move the session; heartbeats let its time run.
STEERING = (
    "heartbeat",
    "heartbeat",
    "pause",
    "resume",
    "resume",
    "plus_one",
    "extend",
    "shorten",
    "next",
    "back",
)


@dataclass
class HttpPlayer:
    """Plays through the API of a server that runs as a person would start it."""

    data_dir: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    chance: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311 - moments of a test
    last: dict[str, Any] = field(default_factory=dict)
    answered_at: float = 0.0
    comparable: bool = False
    resumed: int = 0
    resumed_wrong: int = 0

    def __post_init__(self) -> None:
        """Let a person pass the screen and answer the intake, so that a session can be opened."""
        from midback.app.house import open_house
        from midback.app.intake import save_intake
        from midback.app.people import DEFAULT_PERSON
        from midback.app.screening import answer_screen
        from midback.plan.answers import Intake
        from midback.settings import Settings
        from midback.web.entry import mint, read_key
        from midback.web.guard import cookie_name

        house = open_house(Settings(data_dir=self.data_dir))
        answer_screen(house, DEFAULT_PERSON, frozenset())
        save_intake(house, DEFAULT_PERSON, Intake(gear=frozenset({"mat"})))
        house.engine.dispose()
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        cookie = mint(read_key(self.data_dir), "cookie", time.time())
        self.headers = {
            "Content-Type": "application/json",
            "Cookie": f"{cookie_name(self.port)}={cookie}",
        }

    def start(self) -> None:
        environment = os.environ | {"MIDBACK_DATA_DIR": str(self.data_dir)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "midback", "--no-browser", "--port", str(self.port)],
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        for _ in range(600):
            try:
                asked = {"id": "killed", "pain": 2, "length_min": 20}
                status, state = self.post("/api/session", asked)
            except OSError:
                assert self.process.poll() is None, "the server ended by itself"
                time.sleep(0.05)
                continue
            assert status in (200, 201), status
            self.compare(state)
            if state["status"] == "waiting":
                self.post("/api/session/killed/events", {"id": "begin", "kind": "start"})
            return
        raise TimeoutError("the server does not answer")

    def compare(self, state: dict[str, Any]) -> None:
        """Count whether the session stands, after a restart, at the second the last answer named."""
        if not self.comparable or not self.last:
            return
        self.resumed += 1
        moved = self.last["left_s"] - state["left_s"]
        if self.last["status"] == "running" and state["paused_by"] != "gap":
            right = -1.0 <= moved <= time.monotonic() - self.answered_at + 1.0
        else:
            # What the log vouches for and no more: a gap is not time done.
            right = abs(moved) <= 1.0
        self.resumed_wrong += not right

    def post(self, path: str, body: dict[str, object]) -> tuple[int, dict[str, Any]]:
        """Post JSON and return status and answer, after the whole answer has come."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.request("POST", path, json.dumps(body), self.headers)
            answer = connection.getresponse()
            content = answer.read()
            return answer.status, json.loads(content)

    def play(self, event_ids: Sequence[str], kill_after_s: float) -> list[str]:
        process = self.process
        assert process is not None
        # A request takes about ten times as long as a bare commit, so the moments lie further apart.
        timer = threading.Timer(kill_after_s * 10, process.kill)
        timer.start()
        acknowledged: list[str] = []
        while len(acknowledged) < len(event_ids):
            kind, event_id = self.chance.choice(STEERING), event_ids[len(acknowledged)]
            try:
                status, said = self.post("/api/session/killed/events", {"id": event_id, "kind": kind})
            except (OSError, http.client.HTTPException):
                break
            assert status == 200, (status, said)
            self.last, self.answered_at = said, time.monotonic()
            # A heartbeat stretches the one before it and has no line of its own in the log.
            if kind != "heartbeat":
                acknowledged.append(event_id)
        timer.join()
        process.wait()
        return acknowledged


@dataclass
class Figures:
    """What was seen over all kills."""

    kills: int = 0
    acknowledged: int = 0
    kept: int = 0
    lost: int = 0
    doubled: int = 0
    out_of_order: int = 0
    kept_but_not_acknowledged: int = 0
    not_opened: int = 0
    damaged: int = 0
    resumed: int = 0
    resumed_at_a_wrong_second: int = 0
    seconds: float = 0.0

    @property
    def sound(self) -> bool:
        """Whether nothing was lost, doubled, reordered or damaged."""
        wrong = (self.lost, self.doubled, self.out_of_order, self.not_opened, self.damaged)
        return not any((*wrong, self.resumed_at_a_wrong_second))


def kill_often(player: Player, url: str, file: Path, kills: int, seed: int) -> Figures:
    """Kill the player so many times and count what is wrong afterwards."""
    from midback.errors import MidbackError
    from midback.store import sessions, snapshot
    from midback.store.engine import open_database

    chance = random.Random(seed)  # noqa: S311 - moments of a test, no secrets
    figures = Figures()
    acknowledged: list[str] = []
    begun = time.monotonic()
    for _ in range(kills):
        player.start()
        first = len(acknowledged)
        acknowledged += player.play([f"k{n}" for n in range(first, first + 400)], chance.uniform(0, 0.08))
        figures.kills += 1
        try:
            engine = open_database(url)
        except MidbackError as exc:
            print(exc, file=sys.stderr)
            figures.not_opened += 1
            continue
        with engine.connect() as connection:
            log = [e.event_id for e in sessions.events(connection, "me", "killed") if e.event_id[:1] == "k"]
        engine.dispose()
        figures.damaged += bool(snapshot.problems(file))
        figures.lost += len(set(acknowledged) - set(log))
        figures.doubled += len(log) - len(set(log))
        figures.out_of_order += log[: len(acknowledged)] != acknowledged
        figures.kept_but_not_acknowledged += len(log) > len(acknowledged)
        if isinstance(player, HttpPlayer):
            # An event that was kept without an answer has moved the session on, rightly.
            player.comparable = len(log) == len(acknowledged)
            figures.resumed, figures.resumed_at_a_wrong_second = player.resumed, player.resumed_wrong
        figures.kept = len(log)
    figures.acknowledged = len(acknowledged)
    figures.seconds = round(time.monotonic() - begun, 1)
    return figures


def main() -> int:
    """Run the kills and print the raw figures as JSON; return 1 when anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--through", choices=["store", "http"], default="store")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where to put the database (default: a temporary folder)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        file = Path(folder) / "midback.db"
        url = f"sqlite:///{file}"
        player: Player = HttpPlayer(Path(folder)) if given.through == "http" else StorePlayer(url)
        figures = kill_often(player, url, file, given.kills, given.seed)
    print(json.dumps(asdict(figures), indent=2))
    return 0 if figures.sound else 1


if __name__ == "__main__":
    sys.exit(main())
