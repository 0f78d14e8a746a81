"""What the signs make of what they read, on every system."""

import contextlib
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midback.body.evidence import SWITCHES
from midback.errors import Unavailable
from midback.sense.signs import camera, consent_store, dconf, inhibitor, lock, shell_state
from midback.sense.signs.call import LinuxCall, is_recording
from midback.sense.signs.choose import open_signs
from midback.sense.signs.port import AnyWay, Desktop
from midback.sense.signs.suspend import SHORTEST_S, Suspend, find_sleep

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@given(before_s=st.floats(0, 1e7), slept_s=st.floats(SHORTEST_S + 0.01, 1e6))
def test_the_distance_of_two_clocks_tells_how_long_the_machine_slept(before_s: float, slept_s: float) -> None:
    """A sleep is as long as the distance grew, and ends now."""
    found = find_sleep(before_s, before_s + slept_s, NOW)
    assert found is not None
    assert found.end == NOW
    assert found.end - found.start == pytest.approx(timedelta(seconds=slept_s), abs=timedelta(milliseconds=1))


@given(before_s=st.floats(0, 1e7), grown_s=st.floats(-1e6, SHORTEST_S - 0.01))
def test_clocks_that_keep_their_distance_tell_of_no_sleep(before_s: float, grown_s: float) -> None:
    """A small or a negative growth is no sleep: there is never negative time asleep."""
    assert find_sleep(before_s, before_s + grown_s, NOW) is None


def test_a_sleep_is_told_once() -> None:
    """After a sleep was read, the next look starts from there."""
    distances = iter([100.0, 100.0, 3700.0, 3700.0])
    suspend = Suspend(lambda: next(distances))
    told = [suspend.read() for _ in range(3)]
    assert [bool(slept) for slept in told] == [False, True, False]


def test_the_system_itself_tells_of_sleep_here() -> None:
    """Where the tests run there are two clocks of the system, and awake they keep their distance."""
    suspend = Suspend()
    assert suspend.certain
    assert suspend.read() is None


def entry(start: object, stop: object) -> dict[str, object]:
    """Return the values that Windows keeps for one program."""
    return {"LastUsedTimeStart": start, "LastUsedTimeStop": stop, "Value": "Allow"}


def test_the_consent_store_tells_who_uses_the_camera_now() -> None:
    """A program that began and did not stop uses it; one that stopped, never began, or is this one does not."""
    own = consent_store.key_of(r"C:\Programs\python.exe")
    assert own == "C:#Programs#python.exe"
    assert consent_store.in_use({"C:#Meet#meet.exe": entry(133_000, 0)}, own)
    assert consent_store.in_use({"Microsoft.Camera_8we": entry(133_000, 0)}, own)
    assert not consent_store.in_use({"Microsoft.Camera_8we": entry(133_000, 134_000)}, own)
    assert not consent_store.in_use(
        {"Never": entry(0, 0), "Empty": {}, "NonPackaged": {"Value": "Allow"}}, own
    )
    assert not consent_store.in_use({own.upper(): entry(133_000, 0)}, own)


@given(st.dictionaries(st.text(), st.dictionaries(st.text(), st.none() | st.integers() | st.text())))
def test_whatever_the_registry_holds_is_an_answer(entries: dict[str, dict[str, object]]) -> None:
    """Values of any type, or none, never end in an error."""
    assert isinstance(consent_store.in_use(entries, "x"), bool)


@given(st.integers(-(2**31), 2**31), st.integers(-10, 20))
def test_windows_states_have_names_or_are_refused(answer: int, state: int) -> None:
    """A fault or a state nobody knows is refused; full screen and presenting are told from quiet hours."""
    if answer == 0 and 1 <= state <= 7:
        assert shell_state.read_state(answer, state) == shell_state.STATES[state]
    else:
        with pytest.raises(Unavailable):
            shell_state.read_state(answer, state)


def test_a_locked_windows_session_is_read_from_its_flags() -> None:
    """Flags of 0 mean locked and 1 unlocked; another level, an unknown state or too few bytes are refused."""
    for flags, locked in ((0, True), (1, False)):
        assert lock.session_is_locked(struct.pack("<IxxxxIIi", 1, 2, 0, flags)) is locked
    for info in (
        b"",
        b"\0" * 19,
        struct.pack("<IxxxxIIi", 1, 2, 0, -1),
        struct.pack("<IxxxxIIi", 2, 2, 0, 0),
    ):
        with pytest.raises(Unavailable):
            lock.session_is_locked(info)


def test_only_who_blocks_idle_for_this_person_counts() -> None:
    """Delaying sleep, blocking the lid and another user's film are not this person's film."""
    others = [
        ("sleep:shutdown", "NetworkManager", "needs it", "delay", 0, 1),
        ("handle-lid-switch", "KDE", "lid", "block", 1000, 2),
        ("idle", "mpv", "of another", "block", 1001, 3),
        ("sleep:idle", "late", "delays", "delay", 1000, 4),
    ]
    assert inhibitor.idle_blocker(others, 1000) == (False, "")
    film = ("sleep:idle", "Firefox", "Playing  video\n", "block", 1000, 5)
    assert inhibitor.idle_blocker([*others, film], 1000) == (True, "Firefox: Playing video")


@given(st.text(), st.text())
def test_words_of_others_stay_one_short_line(who: str, reason: str) -> None:
    """Whatever a program calls itself, the evidence's reason stays short and on one line."""
    line = inhibitor.words(who, reason)
    assert len(line) <= inhibitor.LONGEST_REASON
    assert line.split() == line.split(" ") or not line


def test_a_recording_microphone_is_a_call(tmp_path: Path) -> None:
    """A capture stream that runs is a call; playback, and capture that is closed or only prepared, are not."""
    for name, state in (("pcm0c", "closed"), ("pcm1c", "state: PREPARED\n"), ("pcm0p", "state: RUNNING\n")):
        folder = tmp_path / "card0" / name / "sub0"
        folder.mkdir(parents=True)
        (folder / "status").write_text(state)
    call = LinuxCall(tmp_path)
    assert not call.read()
    (tmp_path / "card0" / "pcm0c" / "sub0" / "status").write_text("state: RUNNING\nowner_pid   : 99\n")
    assert call.read()
    (tmp_path / "card0" / "pcm0c" / "sub0" / "status").unlink()
    assert not call.read()
    with pytest.raises(Unavailable, match="no sound card"):
        LinuxCall(tmp_path / "none")


@given(st.binary(max_size=60))
def test_a_status_is_recording_only_when_it_says_so(status: bytes) -> None:
    """Nothing but a first line "state: RUNNING" counts."""
    first = status.split(b"\n")[0].split(b":")
    says = len(first) == 2 and first[0].strip() == b"state" and first[1].strip() == b"RUNNING"
    assert is_recording(status) is says


def test_midback_itself_does_not_use_the_camera_of_another(tmp_path: Path) -> None:
    """This process, what comes from it, and midback started another way are ours; anything else is not."""

    def process(pid: int, parent: int, command: bytes) -> None:
        folder = tmp_path / str(pid)
        folder.mkdir()
        (folder / "cmdline").write_bytes(command)
        (folder / "stat").write_bytes(b"%d (a) b) (c) S %d 1 1" % (pid, parent))

    process(10, 1, b"python\0script.py\0")
    process(11, 10, b"python\0-c\0watch\0")
    process(12, 11, b"sh\0")
    process(20, 1, b"/usr/bin/python3\0/home/me/.local/bin/midback\0watch\0")
    process(30, 1, b"firefox\0about midback\0")
    process(31, 99, b"")
    assert [camera.is_ours(pid, tmp_path, own=10) for pid in (10, 11, 12, 20)] == [True] * 4
    assert [camera.is_ours(pid, tmp_path, own=10) for pid in (30, 31, 404)] == [False] * 3


def test_a_machine_without_a_camera_is_not_searched(tmp_path: Path) -> None:
    """Without a video node nothing uses one, and no process is looked at."""
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "videotape").touch()
    (tmp_path / "proc" / "self").mkdir(parents=True)
    sign = camera.LinuxCamera(tmp_path / "dev", tmp_path / "proc")
    (tmp_path / "proc" / "1").write_text("looking here would fail")
    assert not sign.read()
    assert camera.cameras(tmp_path / "dev") == frozenset()


def test_a_sign_holds_when_one_of_its_ways_says_so() -> None:
    """Ways that never answered are left out; one that dies is passed over; when all died, that is said."""
    answers: dict[str, bool | None] = {"a": False, "b": False, "c": None}

    def way(name: str) -> tuple[bool, str]:
        told = answers[name]
        if told is None:
            raise Unavailable("{name} is not running here.", values={"name": name})
        return told, f"{name}'s words"

    sign = AnyWay(
        "inhibitor", "inhibitor", Desktop(), {name: lambda name=name: way(name) for name in answers}
    )
    assert sign.ways == ("a", "b")
    assert (sign.read(), sign.reason) == (False, "")
    answers |= {"a": None, "b": True}
    assert (sign.read(), sign.reason) == (True, "b's words")
    answers["b"] = None
    with pytest.raises(Unavailable, match=r"^a is not running here\. b is not running here\.$"):
        sign.read()


def test_an_answer_of_another_shape_is_no_answer() -> None:
    """A service that answers what it never should is passed over, not an error of the loop."""

    def odd() -> tuple[bool, str]:
        (value,) = ()
        return bool(value), ""

    with pytest.raises(Unavailable, match="x answers in another shape"):
        AnyWay("dnd", "dnd", Desktop(), {"x": odd})


def test_what_works_and_what_does_not_are_all_the_signs() -> None:
    """Every sign is live or says why not, and a live one names a source of evidence that switches."""
    signs = open_signs()
    assert sorted([*(sign.name for sign in signs.live), *signs.others]) == sorted(
        ("lock", "inhibitor", "camera", "call", "fullscreen", "dnd")
    )
    assert all(sign.source in SWITCHES and sign.ways for sign in signs.live)
    assert all(phrase.said().strip() for phrase in signs.others.values())
    signs.close()


@given(st.binary(max_size=300), st.integers(0, 300), st.integers(0, 300))
def test_a_damaged_settings_file_is_refused(rest: bytes, start: int, end: int) -> None:
    """Whatever is in the file, the answer is a value, unset, or a refusal; it ends."""
    with contextlib.suppress(Unavailable):
        table = dconf.MAGIC + struct.pack("<IIII", 0, 0, start, end) + rest
        assert isinstance(dconf.find_value(table, "/a/b"), bytes | None)


def test_a_settings_file_whose_keys_are_their_own_parents_ends() -> None:
    """A ring of parents is damage, not an endless search."""
    item = dconf.ITEM.pack(0, 0, 56, 1, ord("v"), 0, 0, 0)
    table = dconf.MAGIC + struct.pack("<IIIIII", 0, 0, 24, 56, 0, 0) + item + b"b"
    with pytest.raises(Unavailable, match="another format"):
        dconf.find_value(table, "/a/b")
