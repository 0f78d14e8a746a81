"""Speaking through a real notification service: dunst, whose buttons are pressed by their names."""

import gc
import html
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue

import desktops
import pytest
from day_rig import MIDNIGHT, Day
from dunst import Dunst, dunst
from test_daemon_soak import ORDERS

from midback.daemon.notify import CLICKED, DISMISSED, DesktopNotices, Notice
from midback.errors import Unavailable

pytestmark = pytest.mark.desktop

PROMPT = Notice(
    title="Time for a short break",
    text="Stand and reach: arms up",
    buttons=(("start", "Start"), ("later", "In 5 min"), ("skip", "Skip"), ("not-sitting", "Not sitting")),
    stays_s=60,
)


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Run a private session bus."""
    with desktops.bus() as found:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", found)
        yield found


@pytest.fixture
def display() -> Iterator[str]:
    """Run a screen."""
    with desktops.xvfb() as (name, _server):
        yield name


@pytest.fixture
def service(address: str, display: str, tmp_path: Path) -> Iterator[Dunst]:
    """Run dunst."""
    with dunst(address, display, tmp_path) as running:
        yield running


@pytest.fixture
def notices() -> Iterator[DesktopNotices]:
    """Return the notifier under test."""
    made = DesktopNotices()
    yield made
    made.close()


def test_words_are_shown_letter_by_letter(service: Dunst, notices: DesktopNotices) -> None:
    """What looks like HTML in an exercise's words, such as a physiotherapist's own, is no HTML on the screen."""
    text = "Hold <b>5 s</b> & breathe, knees <90, <a href='http://a.example'>more</a> &amp;"
    notices.show(Notice(title="<i>Now</i>", text=text), lambda _key: None)
    desktops.wait_until(service.shown, "the notice is shown")
    service.close_all()
    desktops.wait_until(service.history, "the notice is closed")
    assert service.history()[0]["summary"] == "<i>Now</i>"
    assert html.unescape(service.history()[0]["body"]) == text


@pytest.mark.parametrize(("key", "label"), PROMPT.buttons)
def test_a_button_is_pressed(service: Dunst, notices: DesktopNotices, key: str, label: str) -> None:
    """Each of the four buttons comes back by its key, and the notice can be taken away then."""
    pressed: SimpleQueue[str] = SimpleQueue()
    name = notices.show(PROMPT, pressed.put)
    desktops.wait_until(service.shown, "the notice is shown")
    service.press(label)
    assert pressed.get(timeout=desktops.WAIT_S) == key
    notices.withdraw(name)
    desktops.wait_until(lambda: not service.shown(), "the notice is gone")


def test_a_click_has_a_name(service: Dunst, notices: DesktopNotices) -> None:
    """What a click on the notice does stands among the buttons by its own name, anew for each notice."""
    pressed: SimpleQueue[str] = SimpleQueue()
    for label in ("Start: Stand and reach", "Close"):
        name = notices.show(Notice(title="Soon", text="", click=label), pressed.put)
        desktops.wait_until(service.shown, "the notice is shown")
        service.press(label)
        assert pressed.get(timeout=desktops.WAIT_S) == CLICKED
        notices.withdraw(name)
        desktops.wait_until(lambda: not service.shown(), "the notice is gone")


def test_a_notice_says_what_it_was_given(service: Dunst, notices: DesktopNotices) -> None:
    """Title and text arrive as they were given; withdrawing takes the notice away, a second time does nothing."""
    ignored: list[str] = []
    name = notices.show(Notice(title="Soon", text="a & <b>", quiet=True), ignored.append)
    desktops.wait_until(service.shown, "the notice is shown")
    notices.withdraw(name)
    desktops.wait_until(lambda: not service.shown(), "the notice is gone")
    row = service.history()[0]
    assert (row["summary"], row["appname"]) == ("Soon", "midback")
    assert "a " in row["body"]
    notices.withdraw(name)
    assert ignored == []


def test_clicking_it_away_is_an_answer_too(service: Dunst, notices: DesktopNotices) -> None:
    """A notice that the person closes comes back as dismissed, never as started."""
    pressed: SimpleQueue[str] = SimpleQueue()
    notices.show(PROMPT, pressed.put)
    desktops.wait_until(service.shown, "the notice is shown")
    service.close_all()
    assert pressed.get(timeout=desktops.WAIT_S) == DISMISSED != CLICKED


def test_a_restarted_service_is_spoken_to_again(
    address: str, display: str, tmp_path: Path, notices: DesktopNotices
) -> None:
    """Without a service the error says so; once it is back the next notice is shown and its button works."""
    pressed: SimpleQueue[str] = SimpleQueue()
    with dunst(address, display, tmp_path):
        notices.show(PROMPT, pressed.put)
    with pytest.raises(Unavailable, match="notification service"):
        notices.show(PROMPT, pressed.put)
    with dunst(address, display, tmp_path) as again:
        notices.show(PROMPT, pressed.put)
        desktops.wait_until(again.shown, "the notice is shown")
        again.press("Skip")
        assert pressed.get(timeout=desktops.WAIT_S) == "skip"


def test_a_lost_bus_is_survived(
    monkeypatch: pytest.MonkeyPatch, display: str, tmp_path: Path, notices: DesktopNotices
) -> None:
    """When the bus itself goes the error says so; on a new bus the next notice is shown."""
    for lost in (True, False):
        with desktops.bus() as address:
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
            with dunst(address, display, tmp_path) as service:
                notices.show(PROMPT, lambda _key: None)
                desktops.wait_until(service.shown, "the notice is shown")
        if lost:
            with pytest.raises(Unavailable, match="notification service"):
                notices.show(PROMPT, lambda _key: None)


def test_without_a_bus_the_error_says_so(monkeypatch: pytest.MonkeyPatch, notices: DesktopNotices) -> None:
    """No session bus is an Unavailable with the reason, not a notice that nobody sees."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    with pytest.raises(Unavailable, match="did not take it"):
        notices.show(PROMPT, lambda _key: None)


def test_nothing_stays_behind(address: str, display: str, tmp_path: Path) -> None:
    """Threads and file descriptors are as before once the notifier is closed, after lost services too."""

    def opened() -> tuple[int, int]:
        gc.collect()
        return threading.active_count(), len(os.listdir("/proc/self/fd"))

    def speak() -> None:
        notices = DesktopNotices()
        with dunst(address, display, tmp_path):
            notices.show(PROMPT, lambda _key: None)
        with pytest.raises(Unavailable):
            notices.show(PROMPT, lambda _key: None)
        notices.close()

    speak()  # what the library loads stays
    before = opened()
    for _ in range(3):
        speak()
    assert opened() == before


def test_the_loop_speaks_and_hears_through_it(
    service: Dunst, notices: DesktopNotices, tmp_path: Path
) -> None:
    """A prompt of the loop stands on a real desktop; the button pressed there is a line in the file at once."""
    orders = {"version": 1, "made_at": MIDNIGHT.isoformat(), "timezone": "UTC", "rule": ORDERS["rule"]}
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "orders.json").write_text(json.dumps(orders))
    day = Day(tmp_path, notifier=notices)
    day.work(24 * 60)
    for _ in range(120):
        day.live(5)
        if any('"prompt"' in line for line in day.lines("said")):
            break
    desktops.wait_until(service.shown, "the prompt is shown")
    service.press("Skip")
    desktops.wait_until(lambda: not day.inbox.empty(), "the button comes back")
    day.live(5)
    assert [json.loads(line).get("kind") for line in day.lines("said")][-1] == "skip"
    desktops.wait_until(lambda: not service.shown(), "the prompt is gone")
    day.watch.close()
