"""The day followed by server-sent events: told when it changes, one look for all, and an end with the server."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import pytest
from web_rig import ME, Served, serving, spool

from midback.app.clock import SetClock
from midback.app.exposures import add_bout
from midback.app.house import House
from midback.web.pulse import Pulse
from midback.web.sensed import Looker, day_mark

if TYPE_CHECKING:
    from playwright.sync_api import Page


def marks(lines: Iterator[str]) -> Iterator[str]:
    """Yield the mark of each event of a stream; a heartbeat means that nothing was told for 20 s."""
    for line in lines:
        assert not line.startswith(":"), "nothing was told"
        if line.startswith("data: "):
            yield str(json.loads(line.removeprefix("data: "))["mark"])


def prompt(house: House, at: SetClock, movement: str = "stand-reach") -> None:
    """Let the background process have asked just now."""
    because = [["plan.break-sat", {"still_min": 40}]]
    spool(house, "said", {"at": at.now(), "kind": "prompt", "movement": movement, "because": because})


def test_an_open_page_hears_of_what_was_sensed_and_of_what_was_said(served: Served, clock: SetClock) -> None:
    """The first event tells where things stand; a new prompt in the spool brings another mark."""
    with served.client() as client, client.stream("GET", "/api/day/stream") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-store"
        heard = marks(answer.iter_lines())
        first = next(heard)
        prompt(served.house, clock)
        assert next(heard) != first


def test_who_comes_back_knowing_the_day_hears_only_of_what_changed(served: Served) -> None:
    """With the last event's id nothing is told again until the day is another one."""
    with served.client() as client:
        with client.stream("GET", "/api/day/stream") as answer:
            known = next(marks(answer.iter_lines()))
        with client.stream("GET", "/api/day/stream", headers={"Last-Event-ID": known}) as answer:
            heard = marks(answer.iter_lines())
            now = served.house.clock.now()
            add_bout(served.house, ME, "moving", now - timedelta(minutes=9), now)
            assert next(heard) == day_mark(served.house, ME) != known


def test_the_stream_asks_for_the_key_and_for_our_own_name(served: Served) -> None:
    """Without the cookie, or under a foreign name, nothing of the day is told."""
    with httpx.Client(base_url=served.base) as stranger:
        assert stranger.get("/api/day/stream").status_code == 403
    with served.client() as client:
        assert client.get("/api/day/stream", headers={"Host": "evil.example"}).status_code == 403


def test_open_streams_end_with_the_server(house: House) -> None:
    """Stopping waits for no page: each stream ends by itself, without being cut."""
    ended = []
    with ExitStack() as stack:
        with serving(house) as served:
            client = stack.enter_context(served.client())
            answers = [stack.enter_context(client.stream("GET", "/api/day/stream")) for _ in range(3)]
            streams = [answer.iter_lines() for answer in answers]
            for lines in streams:
                next(marks(lines))
        for lines in streams:
            assert all(not line.startswith("event") for line in lines)
            ended.append(True)
    assert len(ended) == 3


def test_many_pages_hold_no_threads_and_share_one_look(house: House) -> None:
    """Twenty followers are one task and one look at a time; when the last one leaves, the looking stops."""
    looks: list[str] = []
    at_once: list[int] = [0, 0]
    guard = threading.Lock()

    def look() -> str:
        with guard:
            at_once[0] += 1
            at_once[1] = max(at_once)
        looks.append(threading.current_thread().name)
        with guard:
            at_once[0] -= 1
        return f"mark {len(looks) // 4}"

    async def live() -> tuple[int, int]:
        pulse = Pulse(look, lambda: False, tick_s=0.001)

        async def follow() -> int:
            seen = 0
            async for mark in pulse.follow():
                seen += bool(mark)
                if seen == 3:
                    return seen
            return seen

        seen = await asyncio.gather(*(follow() for _ in range(20)))
        for _ in range(50):
            await asyncio.sleep(0)
            if pulse.followers == 0:
                break
        alive = len(asyncio.all_tasks()) - 1
        return sum(seen), alive

    seen, alive = asyncio.run(live())
    assert seen == 60
    assert at_once[1] == 1
    assert len(looks) < 30
    assert alive <= 1


def test_a_look_that_fails_ends_the_streams_instead_of_leaving_them_dumb() -> None:
    """Whoever follows is let go, so that the browser asks again; nobody waits for ever."""

    def broken() -> str:
        raise OSError("disk on fire")

    async def live() -> list[str]:
        pulse = Pulse(broken, lambda: False, tick_s=0.001)
        heard = [mark async for mark in pulse.follow()]
        await asyncio.sleep(0)
        return heard

    assert asyncio.run(live()) == []


def test_a_heartbeat_comes_while_nothing_changes() -> None:
    """A follower is told that the line still stands, between marks."""

    async def live() -> list[str]:
        pulse = Pulse(lambda: "same", lambda: False, tick_s=0.001)
        heard: list[str] = []
        async for mark in pulse.follow(beat_s=0.005):
            heard.append(mark)
            if heard[-3:] == ["", "", ""] and "same" in heard:
                return heard
        return heard

    assert [mark for mark in asyncio.run(live()) if mark] == ["same"]


def test_a_look_costs_the_day_only_when_a_file_changed(
    house: House, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between changes only the sizes and times of some files are asked for."""
    asked: list[str] = []
    real = day_mark

    def counted(house: House, person: str) -> str:
        asked.append(person)
        return real(house, person)

    monkeypatch.setattr("midback.web.sensed.day_mark", counted)
    looker = Looker(lambda: house, ME)
    first = looker.look()
    for _ in range(2):
        looker.look()  # the first look may have brought files into being, and each change is looked at twice
    settled = len(asked)
    assert [looker.look() for _ in range(5)] == [first] * 5
    assert len(asked) == settled
    prompt(house, clock)
    assert looker.look() != first


@pytest.mark.browser
def test_a_prompt_comes_onto_the_page_without_taking_the_focus(
    window: "Callable[..., Page]", served: Served, clock: SetClock
) -> None:
    """Today shows the prompt in place and in its title; who types a date elsewhere goes on typing."""
    page = window()
    page.goto(served.base + "/day")
    page.locator("html[data-follows=on]").wait_for(state="attached")
    page.locator("#add > summary").click()
    field = page.locator("#add input[name=start]")
    field.focus()
    prompt(served.house, clock, "seated-rotation")
    page.locator("[data-prompt]").wait_for()
    assert page.evaluate("document.activeElement.name") == "start"
    assert page.locator("#add").get_attribute("open") is not None
    assert page.title().startswith("Seated rotation")
    clock.advance(seconds=30)
    page.get_by_role("button", name="Skip", exact=True).click()
    page.get_by_role("status").wait_for()
    assert page.locator("[data-prompt]").count() == 0


@pytest.mark.browser
def test_a_half_filled_form_waits_and_is_brought_up_to_date_after_it(
    window: "Callable[..., Page]", served: Served, clock: SetClock
) -> None:
    """A stretch that is being edited stays as it is until the person leaves it."""
    page = window()
    page.goto(served.base + "/day")
    page.locator("html[data-follows=on]").wait_for(state="attached")
    page.locator(".timeline summary").first.click()
    chosen = page.locator("form[data-bout] select").first
    chosen.select_option("standing")
    prompt(served.house, clock)
    page.locator("[data-prompt]").wait_for()  # another section; it did not have to wait
    assert chosen.input_value() == "standing"
    assert page.locator(".line-prompt").count() == 0
    chosen.select_option("driving")
    page.locator("h1").click()
    page.locator(".line-prompt").wait_for()


@pytest.mark.browser
def test_two_tabs_share_one_line_to_the_server(
    window: "Callable[..., Page]", served: Served, clock: SetClock
) -> None:
    """Only one of them listens, both hear."""
    first = window()
    first.goto(served.base + "/day")
    first.locator("html[data-follows=on]").wait_for(state="attached")
    second = first.context.new_page()
    second.goto(served.base + "/day")
    second.locator(".timeline").wait_for()
    assert second.locator("html[data-follows=on]").count() == 0
    prompt(served.house, clock)
    second.locator("[data-prompt]").wait_for()
    first.bring_to_front()
    first.locator("[data-prompt]").wait_for()
