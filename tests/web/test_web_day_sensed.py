"""The day as sensed: told apart from the person's own word, with why, and correctable down to the second."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from web_rig import ME, Served, spool

from midback.app.clock import SetClock, at_minute, today_of
from midback.app.exposures import show_day
from midback.app.house import House
from midback.web.dayaxis import DayAxis

if TYPE_CHECKING:
    from playwright.sync_api import Page

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = "2026-03-03"


def at(house: House, minute: float, days: int = -1) -> datetime:
    """Return an instant of the day before the fixture's Wednesday, in minutes after its midnight."""
    return at_minute(house.clock, today_of(house.clock) + timedelta(days=days), 0) + timedelta(minutes=minute)


def work(house: House, start: float, end: float, days: int = -1) -> None:
    """Write idle times as somebody at the keyboard leaves them, every 50 seconds."""
    steps = int((end - start) * 60 // 50)
    for n in range(steps + 1):
        spool(
            house,
            "evidence",
            {"at": at(house, start, days) + timedelta(seconds=50 * n), "source": "input", "idle_s": n % 7},
        )


@pytest.fixture
def sensed(served: Served) -> Served:
    """A Tuesday of work from 9:00 to 11:00, a call that held a prompt, and the prompt with its answer."""
    house = served.house
    work(house, 540, 660)
    spool(
        house,
        "said",
        {"from": at(house, 602), "until": at(house, 631), "held": ["call"]},
        {
            "at": at(house, 632),
            "kind": "prompt",
            "movement": "stand-reach",
            "because": [["plan.break-sat", {"still_min": 92}]],
        },
        {"at": at(house, 633), "kind": "later", "movement": "stand-reach"},
    )
    return served


def form_of(page: str, start: str) -> dict[str, str]:
    """Return the fields of the stretch that starts at a time of day, as a browser would send them."""
    for form in re.findall(r"<form[^>]*data-bout.*?</form>", page, re.S):
        fields = dict(re.findall(r'name="([a-z_]+)"[^>]*? value="([^"]*)"', form))
        if fields["start"] == start:
            chosen = re.search(r'<option value="([a-z]+)" selected', form)
            assert chosen is not None
            return fields | {"activity": chosen[1]}
    raise AssertionError(f"no stretch at {start}")


def test_a_day_says_what_was_sensed_what_held_a_prompt_and_what_was_answered(sensed: Served) -> None:
    """Each line has its words: the stretch with what it rests on, the hold with its reason, the answer."""
    with sensed.client() as client:
        page = client.get(f"/day/{TUESDAY}").text
    assert "Why: keyboard and mouse." in page
    assert re.search(r"sensed, (certain|quite sure|likely|a guess)", page)
    assert "held: you were on a call" in page
    assert "10:02–10:31" in page
    assert "Prompt: Stand and reach" in page
    assert "You answered at 10:33: in 5 minutes." in page
    assert page.count("<tbody>") == 1
    assert "<td>sitting</td>" in page


def test_a_sensed_stretch_becomes_the_persons_word_and_back(sensed: Served) -> None:
    """Another activity is kept as the person's own, wins over the sensor, and undo brings the sensor back."""
    with sensed.client() as client:
        fields = form_of(client.get(f"/day/{TUESDAY}").text, "09:00")
        changed = client.post(f"/day/{TUESDAY}/move", data=fields | {"activity": "standing"}).text
        assert "you said so" in changed
        (bout,) = show_day(sensed.house, ME, at(sensed.house, 0).astimezone(BERLIN).date()).bouts
        assert (bout.activity, bout.evidence) == ("standing", ("person",))
        back = client.post("/day/undo")
        assert back.status_code == 200
        assert "you said so" not in client.get(f"/day/{TUESDAY}").text


def test_saving_without_a_change_of_times_moves_no_edge(sensed: Served) -> None:
    """The form shows minutes; seconds of a sensed stretch survive saving it."""
    day = at(sensed.house, 0).astimezone(BERLIN).date()
    work(sensed.house, 720.4, 750.7)
    with sensed.client() as client:
        page = client.get(f"/day/{TUESDAY}").text
        was = show_day(sensed.house, ME, day).bouts[-1]
        assert was.start.second
        client.post(f"/day/{TUESDAY}/move", data=form_of(page, "12:00") | {"activity": "standing"})
    kept = show_day(sensed.house, ME, day).bouts[-1]
    assert (kept.start, kept.end, kept.activity) == (was.start, was.end, "standing")


def test_a_dragged_edge_between_two_stretches_is_one_edge(served: Served) -> None:
    """Where two stretches touch, dragging the edge back lets the first end there and the second begin."""
    with served.client() as client:
        fields = form_of(client.get("/day").text, "09:00")
        assert client.post("/day/2026-03-04/move", data=fields | {"end_minute": "640"}).status_code == 200
    bouts = show_day(served.house, ME).bouts
    edges = [(b.activity, b.start.astimezone(BERLIN).strftime("%H:%M")) for b in bouts]
    assert edges == [("driving", "08:00"), ("sitting", "09:00"), ("moving", "10:40"), ("sitting", "11:10")]
    assert all(before.end == after.start for before, after in pairwise(bouts))


def test_a_sensed_stretch_that_is_removed_is_not_known(sensed: Served) -> None:
    """A sensor cannot be unsaid: removing says that nobody knows, and the totals follow."""
    day = at(sensed.house, 0).astimezone(BERLIN).date()
    with sensed.client() as client:
        fields = form_of(client.get(f"/day/{TUESDAY}").text, "09:00")
        client.post(f"/day/{TUESDAY}/remove", data=fields)
    assert show_day(sensed.house, ME, day).exposure.seconds["sitting"] == 0


def test_a_day_without_anything_says_so_and_offers_the_next_step(served_empty: Served) -> None:
    """Nothing sensed and nothing said: the page says that it does not know, and where sensing starts."""
    with served_empty.client() as client:
        page = client.get("/day").text
    assert "midback does not know whether you sit" in page
    assert 'href="/sensing"' in page


@pytest.mark.parametrize(
    ("day", "hours", "names"),
    [
        (datetime(2026, 3, 29, tzinfo=BERLIN), 23, {2: "03", 22: "23", 23: "24"}),
        (datetime(2026, 10, 25, tzinfo=BERLIN), 25, {3: "02", 24: "23", 25: "24"}),
        (datetime(2026, 3, 4, tzinfo=BERLIN), 24, {}),
    ],
)
def test_a_day_on_which_the_clocks_change_has_its_own_hours(
    day: datetime, hours: int, names: dict[int, str]
) -> None:
    """23 or 25 hours, each under the name the clock on the wall had."""
    axis = DayAxis(day.astimezone(UTC), (day + timedelta(days=1)).astimezone(UTC), BERLIN)
    assert axis.hours == hours
    assert names.items() <= axis.names.items()
    assert bool(axis.names) == (hours != 24)
    assert axis.turn == (None if hours == 24 else (120, 60) if hours == 23 else (180, -60))


def test_the_repeated_hour_stands_twice_in_the_day(served: Served, clock: SetClock) -> None:
    """On the long Sunday in October, what was sensed at 2:30 both times are two stretches at two places."""
    clock.at = datetime(2026, 10, 25, 15, 0, tzinfo=UTC)
    for start in (datetime(2026, 10, 25, 0, 20, tzinfo=UTC), datetime(2026, 10, 25, 1, 20, tzinfo=UTC)):
        steps = [start + timedelta(seconds=50 * n) for n in range(24)]
        spool(served.house, "evidence", *({"at": one, "source": "input", "idle_s": 0} for one in steps))
    with served.client() as client:
        page = client.get("/day/2026-10-25").text
    assert "it has 25 hours" in page
    starts = [int(n) for n in re.findall(r'data-bout[^>]*data-start="(\d+)"', page)]
    assert [start for start in starts if start < 240] == [140, 200]
    assert page.count("02:20–") == 2


@pytest.mark.parametrize("kind", ["week", "month"])
def test_a_span_has_a_row_a_day_with_its_totals(sensed: Served, kind: str) -> None:
    """Seven or thirty rows; a known day says how long, how often changed, how many prompts."""
    with sensed.client() as client:
        page = client.get(f"/day/{kind}").text
        assert client.get(f"/day/{kind}?until=soon").status_code == 404
        assert client.get(f"/day/{kind}?until=2030-01-01").status_code == 404
    assert page.count('class="span-says"') == {"week": 7, "month": 30}[kind]
    assert re.search(r"2 h still, longest 2 h, 0 changes, 1 prompt\b", page)
    assert "not known" in page


@pytest.mark.browser
def test_a_sensed_edge_moves_by_keyboard_and_takes_its_neighbour_along(
    window: "Callable[..., Page]", served: Served
) -> None:
    """Two stretches that touch share their edge on the line: one arrow key moves both."""
    page = window()
    page.goto(served.base + "/day")
    grip = page.locator(".grip[data-edge=end]").nth(1)
    grip.focus()
    page.keyboard.press("ArrowRight")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    starts = [form.get_attribute("data-start") for form in page.locator("form[data-bout]").all()]
    assert starts[2] == "657"
