"""settings.toml is read whole or refused with the place, and written whole or left as it was."""

import errno
from pathlib import Path

import pytest

from midback.errors import InputError, MidbackError, Unavailable
from midback.settings import read_settings, write_settings


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The place of settings.toml, in a folder that is not there yet."""
    monkeypatch.setenv("MIDBACK_CONFIG_DIR", str(tmp_path / "config"))
    return tmp_path / "config" / "settings.toml"


GARBAGE = [
    b"\xff\xfe\x00",
    b"theme = ",
    b'theme = "dark"\ntheme = "light"\n',
    b"a = " + b"[" * 3000,
    b"[theme]\nx = 1\n",
    b"theme = 9999999999999999999999\n",
    b"ready_s = 1e400\n",
    b"nothing_of_ours = 1\n",
    b"timezone = 1979-05-27\n",
]


@pytest.mark.parametrize("content", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_is_refused_and_left_alone(file: Path, content: bytes) -> None:
    """Reading and writing name the file or the key, and the file stays as it is."""
    file.parent.mkdir()
    file.write_bytes(content)
    with pytest.raises(InputError) as read:
        read_settings()
    assert "settings.toml" in str(read.value)
    with pytest.raises(InputError):
        write_settings({"sound": "tones"})
    assert file.read_bytes() == content


@pytest.mark.parametrize("folder", ["plain", "zoë", "\U0001f600", 'quote"back\\slash', "del\x7f"])
def test_what_stands_in_the_file_survives_a_change(file: Path, folder: str) -> None:
    """A data folder of any name is written back so that it can be read again."""
    write_settings({"theme": "dark"})
    with file.open("a", encoding="utf-8") as handle:
        quoted = folder.replace("\\", "\\\\").replace('"', '\\"').replace("\x7f", "\\u007f")
        handle.write(f'data_dir = "/tmp/{quoted}"\n')
    write_settings({"theme": "light"})
    kept = read_settings()
    assert kept.theme == "light"
    assert "data_dir" in file.read_text("utf-8")


def test_a_disk_that_takes_nothing_leaves_the_file_whole(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to do; no piece is left beside the file, and what stood there stands."""
    write_settings({"theme": "dark"})
    before = file.read_bytes()

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("midback.settings.os.fsync", full)
    with pytest.raises(Unavailable) as refused:
        write_settings({"theme": "light"})
    assert "free space" in str(refused.value)
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


def test_a_folder_in_the_place_of_the_file_is_an_error_that_names_it(file: Path) -> None:
    """What cannot be opened is named, whatever it is."""
    file.mkdir(parents=True)
    with pytest.raises(MidbackError) as refused:
        write_settings({"theme": "dark"})
    assert "settings.toml" in str(refused.value)


def test_the_port_is_the_same_every_time() -> None:
    """Without a word about it midback listens on 127.0.0.1:8642, so that a bookmark keeps working."""
    settings = read_settings()
    assert (settings.host, settings.port) == ("127.0.0.1", 8642)
