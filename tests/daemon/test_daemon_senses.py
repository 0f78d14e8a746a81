"""What is told, and how often: input once a minute and at flips, switches on change and while on, sleep, loss."""

from datetime import timedelta
from itertools import pairwise

import pytest
from day_rig import Machine, senses_of

from midback.body.evidence import Evidence
from midback.daemon.senses import Senses
from midback.sense.idle.choose import Chosen
from midback.sense.signs.choose import Signs
from midback.sense.signs.suspend import Suspend


def told_over(machine: Machine, senses: Senses, seconds: int, typing: bool = False) -> list[Evidence]:
    """Let time go by in rounds of 15 s and return everything told."""
    told = []
    for _ in range(0, seconds, 15):
        if typing:
            machine.last_input_s = machine.awake_s
        told += senses.read(machine.clock())
        machine.awake_s += 15
    return told


@pytest.mark.parametrize("typing", [True, False])
def test_input_is_told_every_minute(typing: bool) -> None:
    """Typing or not, the gaps between two readings in the log are at most a minute."""
    machine = Machine()
    told = [one for one in told_over(machine, senses_of(machine), 1800, typing) if one.source == "input"]
    gaps = [(b.at - a.at).total_seconds() for a, b in pairwise(told)]
    assert set(gaps) == {60.0}


def test_hands_coming_back_are_told_at_once() -> None:
    """The first reading after a long pause is told, and the last one of the pause, so that the edge is sharp."""
    machine = Machine()
    senses = senses_of(machine)
    told_over(machine, senses, 600 + 30)
    machine.last_input_s = machine.awake_s - 2
    last, first = (one for one in senses.read(machine.clock()) if one.source == "input")
    assert (first.at - last.at, first.idle_s) == (timedelta(seconds=15), 2.0)
    assert last.idle_s == 615.0


def test_a_switch_is_told_on_change_and_while_on() -> None:
    """On, again every two minutes while on, off once; a switch that is off is not repeated."""
    machine = Machine()
    senses = senses_of(machine)
    told_over(machine, senses, 60)
    machine.on.add("call")
    on = [one.on for one in told_over(machine, senses, 600) if one.source == "call"]
    assert 4 <= len(on) <= 6
    assert set(on) == {True}
    machine.on.discard("call")
    off = [one.on for one in told_over(machine, senses, 600) if one.source == "call"]
    assert off == [False]


def test_no_back_end_is_unknown_and_never_active() -> None:
    """Where nothing tells idle time no reading is made up, and looking for one costs less and less often."""
    machine = Machine(broken={"idle"})
    asked: list[float] = []

    def open_backend() -> Chosen:
        asked.append(machine.awake_s)
        return Chosen(backend=None)

    senses = Senses(open_backend, lambda _idle: Signs(live=(), suspend=Suspend()))
    assert told_over(machine, senses, 3600) == []
    assert (senses.live, senses.felt) == ("", None)
    assert 55 <= len(asked) <= 65


@pytest.mark.parametrize(("asleep_s", "slept"), [(0.0, False), (None, True)])
def test_a_clock_set_forward_is_sleep_only_where_nothing_tells_better(
    asleep_s: float | None, slept: bool
) -> None:
    """A system that counts its sleep is believed; elsewhere a hole in the wall clock is taken for sleep."""
    machine = Machine(asleep_s=asleep_s)
    senses = senses_of(machine)
    told_over(machine, senses, 60)
    machine.ahead += timedelta(hours=2)
    sources = [one.source for one in senses.read(machine.clock())]
    assert ("suspend" in sources, "resume" in sources) == (slept, slept)


def test_a_clock_set_back_makes_no_sleep() -> None:
    """Set back, the wall clock names times again that were there already; nobody slept backwards."""
    machine = Machine()
    senses = senses_of(machine)
    told_over(machine, senses, 60)
    machine.ahead -= timedelta(hours=1)
    machine.asleep_s = 600.0
    assert {one.source for one in senses.read(machine.clock())} <= {"input"}
