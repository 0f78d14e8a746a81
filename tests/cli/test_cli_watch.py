"""`midback watch` and its state, and the server that runs the same loop."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from midback.app.serving import hold_server_lock
from midback.app.watching import save_watch
from midback.cli import server
from midback.cli.door import opened
from midback.daemon.lock import hold_watch, loop_runs
from midback.filelock import free_file, read_holder, take_file
from midback.plan.interruptions import BreakPreferences


def test_without_a_loop_the_status_says_so(midback: Any) -> None:
    """No loop is an answer, not an error."""
    said = midback("watch", "--status")
    assert (said.code, said.err) == (0, "")
    assert "No sensing loop runs" in said.out
    assert json.loads(midback("watch", "--status", "--json").out)["running"] is False


def test_the_status_tells_what_is_live(midback: Any, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The status shows the process, since when by the person's clock, and in plain words what is live or not."""
    (home / "data" / "watch").mkdir(parents=True)
    with hold_watch(home / "data"):
        state = {
            "pid": 7,
            "backend": None,
            "started_at": "2026-03-02T08:00:00Z",
            "others": {"x11": "DISPLAY is not set."},
            "signs": {"inhibitor": "ok", "dnd": "Nobody tells."},
            "notifier": "The service has gone.",
            "orders": "ok",
        }
        (home / "data" / "watch" / "state.json").write_text(
            json.dumps({**state, "spool": "ok", "mystery": 1})
        )
        monkeypatch.setenv("MIDBACK_TIMEZONE", "Europe/Berlin")
        said = midback("watch", "--status")
        assert "The loop runs (process 7) since 2026-03-02 09:00." in said.out
        assert "Told here: film or call that keeps the screen awake." in said.out
        assert "Not told here: do not disturb: Nobody tells." in said.out
        assert "Notifications cannot be shown: The service has gone." in said.out
        assert "Your plan and your wishes were read." in said.out
        assert "ok" not in said.out
        assert "Idle time: unknown" in said.out
        assert "x11: DISPLAY is not set." in said.out
        shown = json.loads(midback("watch", "--status", "--json").out)
    assert shown["running"]
    assert shown["pid"] == 7
    assert "mystery" not in shown


def test_a_second_loop_learns_which_one_watches(midback: Any, home: Path) -> None:
    """The refusal says whether the loop that runs is the one beside the pages; so does the status."""
    pid = os.getpid()
    with hold_watch(home / "data"):
        alone = midback("watch")
        (home / "data" / "watch" / "state.json").write_text(json.dumps({"pid": pid, "started_at": "x"}))
        with hold_server_lock(home / "data", "http://127.0.0.1:8642"):
            beside, status = midback("watch"), midback("watch", "--status")
    assert (alone.code, beside.code) == (4, 4)
    assert f"(process {pid}), for" in alone.err
    assert f"(process {pid}, which serves the pages)" in beside.err
    assert f"runs beside the pages (process {pid})" in status.out


def test_a_loop_that_will_not_speak_says_why(midback: Any, home: Path, tmp_path: Path) -> None:
    """Status and doctor name what is missing for prompts, step by step, and nothing once they come."""

    def why() -> tuple[str, str]:
        with hold_watch(home / "data"):
            status, doctor = midback("watch", "--status"), midback("doctor")
            told = json.loads(midback("watch", "--status", "--json").out)["no_prompts"]
        if told is None:
            assert "No prompts yet" not in status.out + doctor.out
            return "", ""
        assert f"No prompts yet: {told['because']}" in status.out
        assert f"No prompts yet: {told['because']}" in doctor.out
        assert told["next_step"] in status.out
        assert told["next_step"] in doctor.out
        return told["because"], told["next_step"]

    first, step = why()
    assert "not answered" in first
    assert "midback screen" in step
    after = midback("screen", "--none").out
    assert "midback today" not in after
    assert "midback screen" in after
    assert "your day" in why()[0]
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"yes": [], "intake": {"places": ["desk"]}}))
    after = midback("screen", "--answers", str(answers)).out
    assert "midback today" in after
    assert after.count("No warning signs reported.") == 1
    assert why() == ("", "")
    orders = home / "data" / "watch" / "orders.json"
    orders.unlink()
    assert "missing" in why()[0]
    midback("watch", "--refresh")
    assert why() == ("", "")
    with opened() as door:
        save_watch(door.house, door.person, BreakPreferences(prompts=False))
    assert "switched off" in why()[0]


def test_the_doctor_tells_what_is_live_from_what_is_not(midback: Any, home: Path) -> None:
    """What is not at work here is never called well; whether a loop runs, and which, is said."""

    def doctor() -> dict[str, str]:
        said = midback("doctor")
        assert said.code == 0
        lines = [line.strip().split(": ", 2) for line in said.out.splitlines() if ": " in line]
        return {words[1]: f"{words[0]}: {words[2]}" for words in lines if len(words) == 3}

    assert doctor()["sensing loop"].startswith("not live: none runs")
    shown = json.loads(midback("doctor", "--json").out)
    assert [one["live"] for one in shown if one["name"] == "sensing loop"] == [False]
    with hold_watch(home / "data"):
        assert doctor()["sensing loop"] == f"well: runs (process {os.getpid()})"
        with hold_server_lock(home / "data", "http://127.0.0.1:8642"):
            said = doctor()
    assert said["sensing loop"] == f"well: runs beside the pages (process {os.getpid()})"
    assert said["program"].startswith("well: ")
    verdicts = {words.partition(":")[0] for name, words in said.items() if name.startswith("idle time by")}
    assert verdicts == {"not live"}


def test_a_refresh_leaves_orders(midback: Any, home: Path) -> None:
    """`midback watch --refresh` writes orders, without a rule while nobody was screened, and ends."""
    said = midback("watch", "--refresh")
    assert (said.code, said.err) == (0, "")
    orders = json.loads((home / "data" / "watch" / "orders.json").read_text())
    assert (orders["version"], orders["rule"]) == (1, None)


def test_the_server_runs_the_loop(midback: Any, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the pages are served the loop runs beside them; afterwards the folder is free again."""
    monkeypatch.setattr(server, "WATCH_AFTER_S", 0.0)
    midback("watch", "--refresh")
    with server.watching(home / "data"):
        for _ in range(6000):
            if loop_runs(home / "data"):
                break
            time.sleep(0.01)
        assert json.loads(midback("watch", "--status", "--json").out)["running"]
    assert not loop_runs(home / "data")


def test_the_server_goes_on_beside_another_loop(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where `midback watch` runs already the server starts no second loop and says nothing about it."""
    monkeypatch.setattr(server, "WATCH_AFTER_S", 0.0)
    with hold_watch(home / "data"), server.watching(home / "data"):
        time.sleep(0.1)
    assert capsys.readouterr().err == ""


def test_the_server_takes_over_when_the_other_loop_ends(
    midback: Any, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A loop that was there first is left alone; once it ends the server senses in its place."""
    monkeypatch.setattr(server, "WATCH_AFTER_S", 0.0)
    monkeypatch.setattr(server, "WATCH_AGAIN_S", 0.01)
    midback("watch", "--refresh")
    lock = home / "data" / "watch" / "watch.lock"
    other = take_file(lock, {"pid": 1})
    assert other is not None
    with server.watching(home / "data"):
        time.sleep(0.1)
        assert read_holder(lock) == {"pid": 1}
        free_file(other)
        for _ in range(6000):
            if read_holder(lock).get("pid") == os.getpid():
                break
            time.sleep(0.01)
        assert read_holder(lock) == {"pid": os.getpid()}
    assert not loop_runs(home / "data")


def test_without_a_screen_the_page_is_named(
    midback: Any, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no browser can be opened the link itself is said, and without a server that is."""
    assert midback("link", "--open", "/library/cat-cow").code == 3
    monkeypatch.setattr(server, "has_screen", lambda: False)
    with hold_server_lock(home / "data", "http://127.0.0.1:8642"):
        said = midback("link", "--open", "/library/cat-cow")
    assert said.code == 8
    assert "&to=/library/cat-cow" in said.err


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have another way to a browser")
@pytest.mark.parametrize(("program", "code"), [("exit 3", 8), ("exit 0", 0), ("exec sleep 60", 0)])
def test_a_browser_that_did_not_open_is_no_success(
    midback: Any, home: Path, monkeypatch: pytest.MonkeyPatch, program: str, code: int
) -> None:
    """A system that can open nothing is noticed by its exit code; a program that goes on is the browser."""
    folder = home / "bin"
    folder.mkdir()
    (folder / "xdg-open").write_text(f"#!/bin/sh\necho $$ > {home}/pid\nexec sh -c '{program}'\n")
    (folder / "xdg-open").chmod(0o700)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":99")
    monkeypatch.delenv("BROWSER", raising=False)
    monkeypatch.setattr(server, "OPENS_WITHIN_S", 0.5)
    with hold_server_lock(home / "data", "http://127.0.0.1:8642"):
        said = midback("link", "--open", "/session?exercise=cat-cow&variant=floor")
    assert said.code == code
    if code:
        assert "&to=/session%3Fexercise%3Dcat-cow%26variant%3Dfloor" in said.err
    if "sleep" in program:
        os.kill(int((home / "pid").read_text()), signal.SIGTERM)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent in another way there")
def test_ctrl_c_ends_the_loop(home: Path) -> None:
    """Without a back end one line says that it is unknown and why; Ctrl+C ends it with a word and exit code 0."""
    outside = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")
    environment = {key: value for key, value in os.environ.items() if key not in outside}
    with subprocess.Popen(
        [sys.executable, "-m", "midback", "watch"],
        env={**environment, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=60)
    assert "unknown" in line
    assert (process.returncode, rest, errors) == (0, "Stopped. What was sensed is kept.\n", "")
    assert home.is_dir()
