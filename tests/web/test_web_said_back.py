"""What a page says after an action is exactly what was kept, and it can be taken back or corrected from there."""

from datetime import timedelta

from web_rig import ME, Served, spool

from midback.app.clock import SetClock
from midback.app.exposures import show_day


def prompted(served: Served, clock: SetClock) -> None:
    """Let an hour pass at the keyboard from 17:35 on, with a prompt at its end."""
    clock.advance(hours=2)
    steps = [clock.now() - timedelta(minutes=n) for n in range(60, -1, -1)]
    spool(served.house, "evidence", *({"at": one, "source": "input", "idle_s": 1} for one in steps))
    because = [["plan.break-sat", {"still_min": 60}]]
    line = {"at": clock.now(), "kind": "prompt", "movement": "stand-reach", "because": because}
    spool(served.house, "said", line)
    clock.advance(seconds=20)


def test_not_sitting_says_what_was_noted_and_undo_brings_the_sitting_back(
    served: Served, clock: SetClock
) -> None:
    """The stretch becomes the person's own standing, named with its start; undo gives back what was sensed."""
    prompted(served, clock)
    before = show_day(served.house, ME).bouts
    given = {"movement": "stand-reach", "next": "/day", "answer": "not-sitting"}
    with served.client() as client:
        page = client.post("/prompt", data=given).text
        assert "Noted: standing since 17:3" in page
        assert 'href="/day#drawn">Correct it on the day' in page
        last = show_day(served.house, ME).bouts[-1]
        assert (last.activity, last.evidence) == ("standing", ("person",))
        assert "Taken back" in client.post("/day/undo", data={"day": "x"}).text
    assert show_day(served.house, ME).bouts == before


def test_putting_off_says_when_it_comes_back(served: Served, clock: SetClock) -> None:
    """In 5 minutes names the time; an address that somebody made up names none."""
    prompted(served, clock)
    given = {"movement": "stand-reach", "next": "/", "answer": "later"}
    with served.client() as client:
        assert "asked again at 18:40." in client.post("/prompt", data=given).text
        assert "asked again at" not in client.get("/?done=again&ref=now%20or%20never").text
