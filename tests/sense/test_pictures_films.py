"""Films as pictures: when each was taken, which way is up, how large; and files that are no films, or broken ones."""

import os
import struct
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from films import apart, card, film, sound
from hypothesis import given, settings
from hypothesis import strategies as st

from midback.errors import InputError
from midback.sense.pictures.clock import Clock
from midback.sense.pictures.picture import LONGEST
from midback.sense.pictures.port import open_pictures
from midback.sense.pictures.upright import turn_from, turned

CARDS = [card(number) for number in range(30)]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a second of film at 30 pictures a second."""
    return film(tmp_path_factory.mktemp("films") / "plain.mp4", CARDS)


@pytest.fixture(scope="module")
def noisy(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the bytes of a film of noise, in which damage hits pictures rather than the container."""
    rng = np.random.default_rng(3)
    pictures = [rng.integers(0, 256, (64, 96, 3)).astype(np.uint8) for _ in range(60)]
    return film(tmp_path_factory.mktemp("films") / "noisy.mkv", pictures, codec="mpeg4").read_bytes()


def test_every_picture_comes_in_its_time(plain: Path) -> None:
    """Thirty pictures at their thirtieths of a second, in order, as they were drawn."""
    with open_pictures(plain) as pictures:
        assert (pictures.name, pictures.size, pictures.fps) == ("plain.mp4", (96, 64), 30)
        assert pictures.count == 30
        assert pictures.duration_s == pytest.approx(1.0)
        seen = list(pictures)
        assert pictures.lost == 0
    assert [picture.t for picture in seen] == pytest.approx([n / 30 for n in range(30)])
    assert all(apart(picture.rgb, drawn) < 6 for picture, drawn in zip(seen, CARDS, strict=True))
    assert seen[0].rgb.shape == (64, 96, 3)


@pytest.mark.parametrize(("wanted", "count"), [(30, 30), (15, 15), (10, 10), (7, 7), (60, 30)])
def test_fewer_pictures_a_second_can_be_asked_for(plain: Path, wanted: float, count: int) -> None:
    """At most so many are handed out, evenly, with the times they were taken at."""
    with open_pictures(plain, fps=wanted) as pictures:
        times = [picture.t for picture in pictures]
    assert len(times) == count
    assert np.diff(times) == pytest.approx(np.full(count - 1, max(1 / wanted, 1 / 30)), abs=0.034)


def test_uneven_times_are_kept(tmp_path: Path) -> None:
    """A phone that films darkness slows down; each picture keeps its own time."""
    times = [0.0, 0.02, 0.1, 0.5, 0.533, 2.0, 2.04]
    path = film(tmp_path / "uneven.mkv", CARDS[:7], times=[1.5 + t for t in times])
    with open_pictures(path) as pictures:
        assert [picture.t for picture in pictures] == pytest.approx(times, abs=0.0011)


@pytest.mark.parametrize(
    ("turn", "mirror"), [(0, True), *((turn, mirror) for turn in (90, 180, 270) for mirror in (False, True))]
)
def test_a_film_held_askew_comes_upright(tmp_path: Path, turn: int, mirror: bool) -> None:
    """Pictures are turned and mirrored as the file says, and the size is that of the upright picture."""
    # As it lies on the chip: what becomes the drawn card when it is turned and then mirrored.
    lying = [np.rot90(picture[:, ::-1] if mirror else picture, -turn // 90) for picture in CARDS[:3]]
    path = film(tmp_path / "askew.mp4", lying, turn=turn, mirror=mirror)
    with open_pictures(path) as pictures:
        assert pictures.size == (96, 64)
        for picture, drawn in zip(pictures, CARDS, strict=False):
            assert picture.rgb.shape == drawn.shape
            assert apart(picture.rgb, drawn) < 6


@given(st.booleans(), st.booleans(), st.booleans())
def test_a_turn_undoes_itself_as_its_matrix_says(swap: bool, mirror: bool, flip: bool) -> None:
    """Each of the eight ways to lie moves the corner of the picture to where the matrix sends it."""
    across, down = (-1 if mirror else 1), (-1 if flip else 1)
    matrix = (0, down, across, 0) if swap else (across, 0, 0, down)
    assert turn_from(*matrix) == (swap, mirror, flip)
    picture = np.zeros((2, 3, 1), np.uint8)
    picture[0, 0] = 1
    result = turned(picture, (swap, mirror, flip))
    assert result.shape == ((3, 2, 1) if swap else (2, 3, 1))
    assert result[-1 if flip else 0, -1 if mirror else 0, 0] == 1


def test_ten_bits_and_oblong_pixels_make_no_difference(tmp_path: Path) -> None:
    """Ten bits a colour become eight; pixels half as wide as high again are made square."""
    deep = film(tmp_path / "deep.mkv", CARDS[:3], codec="ffv1", pixels="yuv420p10le")
    with open_pictures(deep) as pictures:
        assert apart(next(iter(pictures)).rgb, CARDS[0]) < 6
    oblong = film(tmp_path / "oblong.mp4", CARDS[:3], oblong=Fraction(3, 2))
    with open_pictures(oblong) as pictures:
        assert pictures.size == (144, 64)
        assert next(iter(pictures)).rgb.shape == (64, 144, 3)


def test_four_thousand_pixels_are_scaled_down(tmp_path: Path) -> None:
    """A film of 3840 x 2160 is handed out with its longer side at the most that is of use."""
    path = film(tmp_path / "4k.mp4", [card(0, 3840, 2160)] * 2, codec="mpeg4")
    with open_pictures(path) as pictures:
        assert pictures.size == (LONGEST, 540)
        assert apart(next(iter(pictures)).rgb, card(0, LONGEST, 540)) < 8


def test_a_file_cut_short_gives_what_it_holds(noisy: bytes, tmp_path: Path) -> None:
    """Of a film whose end is missing the beginning is looked at."""
    path = tmp_path / "short.mkv"
    path.write_bytes(noisy[: len(noisy) // 2])
    with open_pictures(path) as pictures:
        times = [picture.t for picture in pictures]
    assert 20 <= len(times) < 40
    assert (np.diff(times) > 0).all()


def test_a_count_that_was_promised_is_held_against_what_came(tmp_path: Path) -> None:
    """When a file says how many pictures it has and its end is missing, the missing ones are lost."""
    whole = film(tmp_path / "whole.avi", CARDS, codec="ffv1", pixels="yuv420p")
    data = whole.read_bytes()
    short = tmp_path / "short.avi"
    short.write_bytes(data[: len(data) * 6 // 10])
    with open_pictures(short) as pictures:
        handed = len(list(pictures))
        assert pictures.count == 30
        assert 10 < handed < 25
        assert pictures.lost == 30 - handed


def test_damage_is_passed_over_and_counted(noisy: bytes, tmp_path: Path) -> None:
    """With a stretch in the middle spoilt, the pictures before and behind it are handed out."""
    spoilt = bytearray(noisy)
    middle = len(spoilt) // 2
    spoilt[middle : middle + 9000] = bytes(9000)
    path = tmp_path / "spoilt.mkv"
    path.write_bytes(spoilt)
    with open_pictures(path) as pictures:
        times = [picture.t for picture in pictures]
    assert 40 <= len(times) < 60
    assert times[-1] == pytest.approx(59 / 30, abs=0.01)


def refused(path: Path | str) -> InputError:
    """Return how a source is refused."""
    with pytest.raises(InputError) as caught:
        open_pictures(path)
    return caught.value


def test_what_is_no_film_is_refused(plain: Path, tmp_path: Path) -> None:
    """Nothing, text, noise, sound alone and the half of a film whose table is at its end: each says what it is not."""
    data = plain.read_bytes()
    contents = {
        "nothing.mp4": b"",
        "text.mp4": b"Dear diary, today I sat up straight.\n" * 50,
        "noise.mp4": np.random.default_rng(4).bytes(20_000),
        "half.mp4": data[: len(data) // 2],
        "head.mkv": b"\x1aE\xdf\xa3" + bytes(400),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
        assert name in refused(tmp_path / name).seen
    assert "no moving pictures" in refused(sound(tmp_path / "sound.mp4")).seen
    assert "no file or folder" in refused(tmp_path / "missing.mp4").seen
    assert "no file or folder" in refused("https://example.org/film.mp4").seen


def test_a_list_of_other_files_is_not_followed(plain: Path, tmp_path: Path) -> None:
    """Playlists and scripts that point at a good film, under whatever name, are refused themselves."""
    lists = {
        "list.m3u8": f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:{plain}\n#EXT-X-ENDLIST\n",
        "joined.txt": f"ffconcat version 1.0\nfile '{plain}'\n",
        "described.sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 9 RTP/AVP 96\n"
        "a=rtpmap:96 H264/90000\n",
        "dash.mpd": '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static">'
        f"<Period><AdaptationSet mimeType='video/mp4'><Representation id='1' bandwidth='1'><BaseURL>{plain}</BaseURL>"
        "</Representation></AdaptationSet></Period></MPD>",
    }
    for name, content in lists.items():
        for disguise in (name, f"{name}.mp4"):
            (tmp_path / disguise).write_text(content)
            assert "not a video" in refused(tmp_path / disguise).seen
    assert "no file or folder" in refused(f"concat:{plain}|{plain}").seen


def test_a_vast_picture_is_refused_unseen(tmp_path: Path) -> None:
    """A few bytes that promise thousands of millions of pixels ask for no memory."""
    raw = tmp_path / "vast.y4m"
    raw.write_bytes(b"YUV4MPEG2 W60000 H60000 F30:1 Ip A1:1 C420\nFRAME\n" + bytes(1000))
    image = tmp_path / "vast.gif"
    image.write_bytes(
        b"GIF89a"
        + struct.pack("<HHBBB", 65535, 65535, 0x80, 0, 0)
        + bytes(6)
        + b","
        + struct.pack("<HHHHB", 0, 0, 65535, 65535, 0)
        + b"\x02\x02\x4c\x01\x00;"
    )
    for path in (raw, image):
        refused(path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """What is no file is no film: nobody waits for the other end of a pipe."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes by name here")
    os.mkfifo(tmp_path / "pipe.mp4")
    refused(tmp_path / "pipe.mp4")


@settings(max_examples=40)
@given(st.data())
def test_whatever_was_changed_it_ends_in_pictures_or_a_refusal(
    noisy: bytes, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Bytes changed anywhere in a film never end in another error, and times keep growing."""
    changed = bytearray(noisy)
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(changed) - 1) | st.integers(0, 600))
        changed[place] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("changed") / "changed.mkv"
    path.write_bytes(changed)
    try:
        with open_pictures(path) as pictures:
            times = [picture.t for picture in pictures]
    except InputError:
        return
    finally:
        path.unlink()
    assert (np.diff(times) > 0).all()


def test_a_coding_that_nothing_knows_is_refused(tmp_path: Path, plain: Path) -> None:
    """A film whose pictures are coded in a way nobody has heard of is refused in words."""
    path = tmp_path / "unknown.mp4"
    path.write_bytes(plain.read_bytes().replace(b"avc1", b"zzzz"))
    with pytest.raises(InputError, match="no moving pictures"):
        open_pictures(path)


told = st.none() | st.floats(-1e6, 1e6)


@given(st.lists(told, min_size=1, max_size=30))
def test_times_grow_whatever_a_file_says(said: list[float | None]) -> None:
    """Missing, repeated and backward times never stop the clock from growing."""
    clock = Clock()
    times = [t for t in map(clock.step, said) if t is not None]
    assert times[0] == 0
    assert (np.diff(times) > 0).all()


def test_a_clock_that_begins_anew_goes_on() -> None:
    """Where two recordings were joined, time goes on; a missing time is a usual step; a repeated one is dropped."""
    clock = Clock(0.1)
    times = [clock.step(t) for t in (50.0, 50.1, None, 50.1, 50.3)]
    assert times == [0, pytest.approx(0.1), pytest.approx(0.2), None, pytest.approx(0.3)]
    assert clock.step(2.0) == pytest.approx(0.4)
    assert clock.step(2.1) == pytest.approx(0.5)
