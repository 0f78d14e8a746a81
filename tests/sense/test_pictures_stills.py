"""Still pictures: their order, which way is up, and what cannot be read."""

import os
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from films import apart, card
from PIL import Image

from midback.errors import InputError
from midback.sense.pictures.images import Stills
from midback.sense.pictures.picture import LONGEST
from midback.sense.pictures.port import open_pictures


def test_a_folder_is_read_as_a_person_would(tmp_path: Path) -> None:
    """sit-2 comes before sit-10; hidden files, notes and folders are no pictures; each keeps its name and place."""
    for number in (10, 2, 1):
        Image.fromarray(card(number)).save(tmp_path / f"sit-{number}.png")
    (tmp_path / "notes.txt").write_text("2 is the best")
    (tmp_path / ".sit-3.png").write_bytes(b"")
    (tmp_path / "more.png").mkdir()
    with open_pictures(tmp_path) as pictures:
        seen = list(pictures)
        assert (pictures.count, pictures.lost, pictures.size) == (3, 0, (96, 64))
    assert [picture.name for picture in seen] == ["sit-1.png", "sit-2.png", "sit-10.png"]
    assert [picture.t for picture in seen] == [0, 1, 2]
    assert apart(seen[2].rgb, card(10)) == 0


def test_one_picture_is_a_source_too(tmp_path: Path) -> None:
    """A single file is a folder of one; a large one is scaled down."""
    Image.fromarray(card(1, 3000, 2000)).save(tmp_path / "one.jpg")
    with open_pictures(tmp_path / "one.jpg") as pictures:
        (only,) = pictures
        assert pictures.size == (LONGEST, 640)
    assert apart(only.rgb, card(1, LONGEST, 640)) < 3


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_held_askew_comes_upright(tmp_path: Path, orientation: int) -> None:
    """Each of the eight ways a camera writes down how it was held."""
    swapped, mirrored = orientation >= 5, orientation in (2, 4, 5, 7)
    turn = {1: 0, 2: 0, 3: 2, 4: 2, 5: 3, 6: 1, 7: 1, 8: 3}[orientation]
    lying = np.rot90(card(3), turn)
    if mirrored:
        lying = lying[:, ::-1]
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(np.ascontiguousarray(lying)).save(tmp_path / "photo.png", exif=exif)
    assert lying.shape[:2] == ((96, 64) if swapped else (64, 96))
    (photo,) = Stills(tmp_path / "photo.png")
    assert apart(photo.rgb, card(3)) == 0


def test_colours_of_any_kind_become_red_green_and_blue(tmp_path: Path) -> None:
    """Grey of 8 and 16 bits, a palette, transparency and CMYK are read as they look."""
    grey = Image.fromarray(card(5)).convert("L")
    levels = np.asarray(grey)
    grey.save(tmp_path / "1.png")
    Image.fromarray(levels.astype(np.uint16) * 257).save(tmp_path / "2.png")
    Image.fromarray(card(5)).quantize(8).save(tmp_path / "3.png")
    Image.fromarray(card(5)).convert("RGBA").save(tmp_path / "4.png")
    Image.fromarray(card(5)).convert("CMYK").save(tmp_path / "5.tif")
    shown = [picture.rgb for picture in Stills(tmp_path)]
    for rgb in shown[:2]:
        assert apart(rgb, np.repeat(levels[..., None], 3, axis=2)) <= 1
    for rgb in shown[2:]:
        assert apart(rgb, card(5)) < 3


def vast() -> bytes:
    """Return a PNG of a few bytes that says it is 100,000 pixels wide and high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


def test_what_cannot_be_read_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    """A cut file, a text, a vast picture and a kind without a reader are refused by name, in their places."""
    for number in (1, 6):
        Image.fromarray(card(number)).save(tmp_path / f"{number}.jpg")
    whole = (tmp_path / "1.jpg").read_bytes()
    (tmp_path / "2.jpg").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "3.png").write_text("not a picture")
    (tmp_path / "4.png").write_bytes(vast())
    (tmp_path / "5.heic").write_bytes(b"\0\0\0\x18ftypheic")
    with Stills(tmp_path) as pictures:
        assert [(picture.t, picture.name) for picture in pictures] == [(0, "1.jpg"), (5, "6.jpg")]
        assert pictures.refused == ["2.jpg", "3.png", "4.png", "5.heic"]
        assert pictures.lost == 4


def test_without_a_picture_there_is_nothing_to_look_at(tmp_path: Path) -> None:
    """An empty folder, one of bad pictures, and a bad picture each say what a picture is."""
    with pytest.raises(InputError, match="no picture in"):
        open_pictures(tmp_path)
    (tmp_path / "a.png").write_bytes(vast())
    with pytest.raises(InputError, match="No picture in"):
        open_pictures(tmp_path)
    with pytest.raises(InputError, match=r"a\.png is not a picture"):
        open_pictures(tmp_path / "a.png")


def test_a_pipe_in_the_folder_is_not_waited_for(tmp_path: Path) -> None:
    """A pipe by the name of a picture is no picture."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes by name here")
    os.mkfifo(tmp_path / "pipe.png")
    with pytest.raises(InputError, match="no picture in"):
        open_pictures(tmp_path)
