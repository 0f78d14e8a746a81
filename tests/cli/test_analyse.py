"""`midback analyse`, `record` and `recordings`, as they are typed, on real clips and on recordings of them."""

import json
import os
import re
import signal
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from footage import Footage, footage
from midback.app import analysing
from midback.body.iso11226 import ZONES
from midback.cli.analyse import ended_by_hand
from midback.movement.landmarks import Frame, Landmarks
from midback.share.landmark_file import LandmarkWriter, read_landmarks, write_landmarks
from seated_figure import SIZE, sitting

__all__ = ["footage"]

PAGE = Path(__file__).resolve().parents[2] / "docs" / "analyse.md"
# Where the labels of the clip's list say that a phase begins, s.
LABELS = [("cow", 0.0), ("cat", 1.3), ("cow", 3.5), ("cat", 5.3), ("cow", 7.2), ("cat", 8.7)]
LANDMARKS = Path(__file__).resolve().parents[1] / "fixtures" / "landmarks"
CLIP = "allfours/catcow_A_side_wanshape.mp4"


def shown() -> Any:
    """Return the shape that the page publishes."""
    found = re.search(r"<!-- analyse -->\n```json\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    assert found is not None
    return json.loads(found[1])


def assert_published(found: Any, page: Any, at: str = "") -> None:
    """Assert that what was found has the page's shape; times by name may leave names out."""
    if found is None:
        return
    if isinstance(found, dict):
        assert isinstance(page, dict), at
        assert found.keys() <= page.keys(), at
        if not at.endswith("/seconds"):
            assert found.keys() == page.keys(), at
        for key, value in found.items():
            assert_published(value, page[key], f"{at}/{key}")
    elif isinstance(found, list):
        assert isinstance(page, list), at
        for value in found:
            assert_published(value, page[0], f"{at}[]")
    elif page is not None:
        kinds = {bool: bool, int: (int, float), float: (int, float), str: str}
        assert isinstance(found, kinds[type(page)]), at  # type: ignore[arg-type]


@pytest.fixture
def recorded() -> Path:
    """Return the recording of the clip that our own networks made."""
    return LANDMARKS / "cat-cow-left.json.gz"


def film_of(path: Path, frames: list[Frame]) -> str:
    """Write frames as a recording and return its path."""
    write_landmarks(path, Landmarks(frames=tuple(frames), size=SIZE))
    return str(path)


def assert_labelled(said: Any) -> None:
    assert said["repetitions"] == 2
    assert [event["phase"] for event in said["events"]] == [phase for phase, _ in LABELS]
    for event, (_, t) in zip(said["events"], LABELS, strict=True):
        assert event["t"] == pytest.approx(t, abs=0.3)


def test_the_clip_is_counted_and_written_as_asked(midback: Any, footage: Footage, tmp_path: Path) -> None:
    """Three cats and two whole cycles within 0.3 s of the labels; the .trc and the film are as long as the clip."""
    trc, film = tmp_path / "a.trc", tmp_path / "a.mp4"
    said = midback(
        *("analyse", str(footage(CLIP)), "--exercise", "cat-cow", "--json"),
        *("--trc", str(trc), "--annotated", str(film)),
    )
    assert (said.code, said.err) == (0, "")
    found = json.loads(said.out)
    assert_published(found, shown())
    assert_labelled(found)
    assert found["validated"] is True
    assert found["exercise"] == {"id": "cat-cow", "variant": "floor", "named": True}
    assert found["quality"]["seen"] == found["quality"]["frames"] == 299
    assert found["orientation"]["seconds"].keys() == {"all-fours"}
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["a.mp4", "a.trc"]
    assert trc.read_text().splitlines()[2].split("\t")[:4] == ["30.000", "30.000", "299", "33"]
    import av

    with av.open(str(film)) as opened:
        stream = opened.streams.video[0]
        times = [frame.time for frame in opened.decode(stream)]
        assert (stream.width, stream.height, len(times)) == (854, 480, 299)
        assert times[-1] == pytest.approx(298 / 30, abs=0.01)


def test_a_recording_shows_the_same_as_its_film(midback: Any, recorded: Path) -> None:
    """Landmarks written and read again give the same counts, unasked too, for the signal is a validated one."""
    for asked in (("--exercise", "cat-cow"), ("--exercise", "cat-cow:floor"), ()):
        found = json.loads(midback("analyse", str(recorded), *asked, "--json").out)
        assert_published(found, shown())
        assert_labelled(found)
        assert found["exercise"]["named"] is bool(asked)
        assert found["source"]["kind"] == "landmarks"
    assert found["could_check"][0]["exercise"] == "cat-cow"


def test_people_read_it_too(midback: Any, recorded: Path) -> None:
    """Without --json there are lines: the count, the phases, and what is not judged."""
    said = midback("analyse", str(recorded), "--exercise", "cat-cow")
    assert said.code == 0
    assert "2 whole repetitions" in said.out
    assert "cow 0.0, cat 1." in said.out
    assert "Not judged" in said.out


def test_what_was_counted_is_not_offered_again(midback: Any, recorded: Path) -> None:
    """The exercise whose count stands above is not named once more as one that could be asked for."""
    offered = json.loads(midback("analyse", str(recorded), "--json").out)["could_check"]
    assert "cat-cow" in [one["exercise"] for one in offered]
    assert "--exercise cat-cow)" not in midback("analyse", str(recorded)).out


def test_a_moment_from_the_side_has_no_table_of_zeros(midback: Any, tmp_path: Path) -> None:
    """A second and a half is told by its angles, with the way they point, and not by time in zones."""
    short = film_of(tmp_path / "a.json", [sitting(number / 10, -15.0) for number in range(15)])
    said = midback("analyse", short).out
    assert "Trunk against the vertical: 15° back ± 10" in said
    assert "Time in the zones" not in said


def test_the_camera_is_announced_before_it_opens(midback: Any, tmp_path: Path) -> None:
    """Typing it is the yes for this run, and a line on standard error says so, whether or not there is a camera."""
    for command in (("analyse", "camera:77"), ("record", "camera:77", "-o", str(tmp_path / "a.json"))):
        said = midback(*command)
        assert (said.code, said.out) == (8, "")
        assert said.err.splitlines()[0] == (
            "The camera opens for this run only; its light goes off when the run ends."
        )


@pytest.mark.parametrize("name", ["childs-pose", "sit-ups", "push-ups", "nod-on-all-fours"])
def test_what_is_no_cat_cow_counts_nothing(midback: Any, name: str) -> None:
    """The negatives give 0, asked for the exercise by name."""
    said = midback("analyse", str(LANDMARKS / f"{name}.json.gz"), "--exercise", "cat-cow", "--json")
    found = json.loads(said.out)
    assert_published(found, shown())
    assert (found["repetitions"], found["counted"]) == (0, [])
    assert found["quality"]["frames"] > 90


def test_a_film_of_something_else_counts_nothing(midback: Any, footage: Footage, tmp_path: Path) -> None:
    """The same from the film itself, seen by the networks: on hands and knees, and no cat-cow."""
    out = tmp_path / "child.json.gz"
    clip = str(footage("negatives/childs-pose.mp4"))
    said = midback("record", clip, "-o", str(out), "--seconds", "4")
    assert (said.code, said.err) == (0, "")
    assert "It holds no picture" in said.out
    assert "film, 854 x 480" in read_landmarks(out).source
    found = json.loads(midback("analyse", str(out), "--exercise", "cat-cow", "--json").out)
    assert (found["repetitions"], found["quality"]["seen"]) == (0, 121)


def test_slumped_pictures_are_told_from_upright_ones(midback: Any, footage: Footage) -> None:
    """Against own upright, at least .86 of the slumped stills are called so and at most .02 of the others."""
    upright = str(footage("seated_front/via_A/notSlouching"))
    looks = {}
    for label in ("isSlouching", "notSlouching"):
        said = midback(
            *("analyse", str(footage(f"seated_front/via_A/{label}")), "--calibrate", upright, "--json")
        )
        found = json.loads(said.out)
        assert_published(found, shown())
        names = [one["name"] for one in found["pictures"]]
        assert len(names) > 10
        assert names == sorted(names, key=lambda name: int(name.split("-")[-1].removesuffix(".jpg")))
        looks[label] = [one["look"] == "slumped" for one in found["pictures"]]
    assert np.mean(looks["isSlouching"]) >= 0.86
    assert np.mean(looks["notSlouching"]) <= 0.02


def test_without_an_own_upright_there_is_no_word_on_it(midback: Any, footage: Footage) -> None:
    """A ratio, no look: a threshold that was not calibrated is not used, and the page says why."""
    folder = str(footage("seated_front/via_A/isSlouching"))
    found = json.loads(midback("analyse", folder, "--sitting", "--json").out)
    assert {one["look"] for one in found["pictures"]} == {None}
    assert all(one["ratio"] for one in found["pictures"])
    assert "slump" in [one["what"] for one in found["not_judged"]]


def test_stills_from_the_side_have_angles(midback: Any, footage: Footage) -> None:
    """Straight, hunched and reclined differ as their labels say, on both sides."""
    found = json.loads(midback("analyse", str(footage("seated_side")), "--json").out)
    assert_published(found, shown())
    by_label: dict[str, list[Any]] = {}
    for one in found["pictures"]:
        by_label.setdefault(one["name"].split("_")[0].removesuffix(".jpg"), []).append(one)
    for one in by_label["straight"]:
        assert -20 < one["trunk_lean_deg"] < 0
        assert -10 < one["head_inclination_deg"] < 10
        assert (one["trunk_zone"], one["head_zone"]) == ("acceptable", "acceptable")
    for one in by_label["hunchback"]:
        assert one["trunk_lean_deg"] > 20
        assert one["head_inclination_deg"] > 15
        assert one["trunk_zone"] == "conditional"
    for one in by_label["recline"]:
        assert one["trunk_lean_deg"] < -25
        assert one["trunk_zone"] == "backward"
    assert found["posture"]["own_upright"] is False
    read = " ".join(midback("analyse", str(footage("seated_side"))).out.split())
    assert "° back, acceptable" in read
    assert "° forward, for a time" in read


@pytest.mark.parametrize("faces", [1, -1])
def test_time_in_the_zones_is_told(midback: Any, tmp_path: Path, faces: int) -> None:
    """40 s upright, 160 s leaning 40 degrees: 10 s more than the 150 that are acceptable."""
    film = [
        sitting(number / 4, 2.0 if number < 160 else 40.0, 15.0 if number < 160 else -10.0, faces=faces)
        for number in range(800)
    ]
    said = midback("analyse", film_of(tmp_path / "a.json", film), "--json")
    found = json.loads(said.out)
    assert_published(found, shown())
    trunk, head = found["zones"]["trunk"], found["zones"]["head"]
    assert trunk["acceptable_s"] == pytest.approx(40, abs=0.5)
    assert trunk["conditional_s"] == trunk["longest_conditional_s"] == pytest.approx(160, abs=0.5)
    assert trunk["beyond_holding_time_s"] == pytest.approx(10, abs=1)
    assert head["acceptable_s"] + head["conditional_s"] == pytest.approx(200, abs=0.5)
    assert sum(trunk[f"{name.replace('-', '_')}_s"] for name in ZONES) == pytest.approx(199.75, abs=0.1)
    assert found["posture"]["trunk_lean_deg"]["median"] == pytest.approx(40, abs=1)
    assert found["posture"]["trunk_lean_deg"]["plus_minus"] == 10
    assert "Time in the zones of ISO 11226" in midback("analyse", str(tmp_path / "a.json")).out


def test_an_own_upright_from_the_side_moves_the_zones(midback: Any, tmp_path: Path) -> None:
    """Who sits at 10 degrees as their upright is in the acceptable zone at 28."""
    own = film_of(tmp_path / "own.json", [sitting(number / 10, 10.0) for number in range(30)])
    now = film_of(tmp_path / "now.json", [sitting(number / 10, 28.0) for number in range(60)])
    bare = json.loads(midback("analyse", now, "--json").out)
    found = json.loads(midback("analyse", now, "--calibrate", own, "--json").out)
    assert bare["zones"]["trunk"]["conditional_s"] == pytest.approx(5.9, abs=0.1)
    assert found["zones"]["trunk"]["acceptable_s"] == pytest.approx(5.9, abs=0.1)
    assert (bare["zones"]["plus_minus_deg"], found["zones"]["plus_minus_deg"]) == (15, 10)


def test_ctrl_c_ends_with_what_was_seen(
    midback: Any, recorded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first Ctrl+C stops the work; what was seen until then is shown, and the exit code is a shell's 130."""
    seen = []
    real = analysing._Run._step

    def step(run: Any, frame: Frame) -> None:
        real(run, frame)
        seen.append(frame.t)
        if len(seen) == 75:
            os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(analysing._Run, "_step", step)
    before = signal.getsignal(signal.SIGINT)
    said = midback("analyse", str(recorded), "--exercise", "cat-cow", "--json")
    found = json.loads(said.out)
    assert said.code == 130
    assert found["stopped"] is True
    assert found["repetitions"] == 1
    assert found["quality"]["frames"] == len(seen) < 80
    assert signal.getsignal(signal.SIGINT) is before


def test_it_runs_in_another_thread(recorded: Path, home: Path) -> None:
    """Only the main thread may listen for Ctrl+C, and no other one fails for it."""
    from midback.cli.analyse import ended_by_hand

    found: list[bool] = []

    def run() -> None:
        with ended_by_hand() as stop:
            found.append(stop())

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert found == [False]


def test_seconds_end_it(midback: Any, recorded: Path) -> None:
    """What lies after the seconds asked for is not looked at."""
    found = json.loads(midback("analyse", str(recorded), "--seconds", "4", "--json").out)
    assert found["quality"]["seconds"] == pytest.approx(4, abs=0.05)
    assert found["repetitions"] == 1
    assert found["stopped"] is False


def test_a_recording_is_kept_listed_taken_out_and_deleted(
    midback: Any, recorded: Path, tmp_path: Path
) -> None:
    """Kept only when asked, found by the beginning of its id, whole when taken out, gone when deleted."""
    assert "Nothing is kept" in midback("recordings").out
    kept = midback("record", str(recorded), "--keep", "--seconds", "2")
    assert (kept.code, kept.err) == (0, "")
    short = re.search(r"Kept: (\w{8})", kept.out)
    assert short is not None
    assert short[1] in midback("recordings").out
    out = tmp_path / "out.json"
    assert midback("recordings", "take", short[1], "-o", str(out)).code == 0
    assert len(read_landmarks(out).frames) == 31
    assert midback("recordings", "delete", short[1]).code == 0
    assert "Nothing is kept" in midback("recordings").out
    assert midback("recordings", "delete", short[1]).code == 3


def test_recording_says_where_it_goes(midback: Any, recorded: Path, tmp_path: Path) -> None:
    """A file or the person's data, one of them; a file's line says that it holds no picture."""
    assert midback("record", str(recorded)).code == 2
    assert midback("record", str(recorded), "-o", str(tmp_path / "a.json"), "--keep").code == 2
    said = midback("record", str(recorded), "-o", str(tmp_path / "a.json"), "--seconds", "1")
    assert said.code == 0
    assert "It holds no picture" in said.out
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_closed_terminal_leaves_no_half_file(tmp_path: Path, name: str) -> None:
    """Whoever ends the program in the middle of its work finds nothing of a file that was not finished."""
    number = getattr(signal, name)
    # Where the tests themselves run under nohup the signal comes ignored.
    inherited = signal.signal(number, signal.SIG_DFL)
    before = signal.getsignal(number)

    def work() -> None:
        with LandmarkWriter(tmp_path / "walk.json"), ended_by_hand():
            assert list(tmp_path.iterdir())
            os.kill(os.getpid(), number)

    try:
        with pytest.raises(SystemExit) as ended:
            work()
        assert ended.value.code == 128 + number
        assert not list(tmp_path.iterdir())
        assert signal.getsignal(number) is before
    finally:
        signal.signal(number, inherited)
