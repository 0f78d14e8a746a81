"""`midback replay`: a log of any size and kind, without a database."""

import io
import json
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from midback.app import replaying
from midback.body.exposure import ACTIVITIES
from midback.catalogue.load import load_catalogue

LIBRARY = load_catalogue().exercises
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
PAGE = Path(__file__).resolve().parents[2] / "docs" / "cli.md"


def sample(minute: int, idle_s: float) -> str:
    at = (NINE + timedelta(minutes=minute)).isoformat()
    return json.dumps({"at": at, "source": "input", "idle_s": idle_s})


@pytest.fixture
def morning() -> list[str]:
    """Typing for 40 minutes, reading for five, typing again to the hour."""
    return [sample(minute, 45 if 40 <= minute < 45 else 3) for minute in range(61)]


def write(folder: Path, lines: list[str], name: str = "log.jsonl") -> str:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return str(path)


def keys(shape: Any) -> Any:
    """Return the keys of a shape, those of a list's first element for the list."""
    if isinstance(shape, dict):
        return {key: keys(value) for key, value in shape.items()}
    return [keys(shape[0])] if isinstance(shape, list) and shape else type(shape).__name__


def test_a_log_is_answered_as_published(midback: Any, tmp_path: Path, morning: list[str]) -> None:
    """Bouts tile the log, all six activities have minutes, one prompt comes at the pause, typing held it."""
    said = midback("replay", write(tmp_path, [*morning, "not a line"]), "--json")
    assert (said.code, said.err) == (0, "")
    found = json.loads(said.out)
    shown = re.search(r"<!-- replay -->\n```json\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    assert shown is not None
    assert keys(found) == keys(json.loads(shown[1]))
    assert set(found["minutes"]) == set(ACTIVITIES)
    assert found["bouts"][0]["start"] == "2026-03-02T09:00:00Z"
    assert found["bouts"][-1]["end"] == "2026-03-02T10:00:00Z"
    assert all(a["end"] == b["start"] for a, b in zip(found["bouts"], found["bouts"][1:], strict=False))
    assert sum(found["minutes"].values()) == pytest.approx(60, abs=0.05)
    assert found["prompts"] == [
        {
            "at": "2026-03-02T09:40:00Z",
            "movement": "stand-reach",
            "because": "You have been sitting for 40 min without a break.",
        }
    ]
    assert found["held"][0] == {
        "from": "2026-03-02T09:30:00Z",
        "until": "2026-03-02T09:40:00Z",
        "because": "typing",
    }
    assert found["refused"] == [{"line": 62, "why": "The line is not JSON. One JSON object a line."}]


def test_no_database_is_made(midback: Any, home: Path, tmp_path: Path, morning: list[str]) -> None:
    """Nobody needs to have answered anything, and nothing is left behind."""
    assert midback("replay", write(tmp_path, morning)).code == 0
    assert not (home / "data").exists()


def test_the_order_of_the_lines_does_not_matter(midback: Any, tmp_path: Path, morning: list[str]) -> None:
    """A log read backwards says the same."""
    forward = midback("replay", write(tmp_path, morning), "--json")
    backward = midback("replay", write(tmp_path, morning[::-1], "back.jsonl"), "--json")
    assert forward.out == backward.out


def test_times_are_told_in_the_zone_asked_for(midback: Any, tmp_path: Path, morning: list[str]) -> None:
    """An offset instead of Z; a zone nobody knows is refused."""
    path = write(tmp_path, morning)
    found = json.loads(midback("replay", path, "--json", "--timezone", "Europe/Berlin").out)
    assert found["bouts"][0]["start"] == "2026-03-02T10:00:00+01:00"
    assert midback("replay", path, "--timezone", "Nowhere").code == 2


def test_people_get_tables(midback: Any, tmp_path: Path, morning: list[str]) -> None:
    """The same in words: the exercise by its name, what held it as a sentence."""
    said = midback("replay", write(tmp_path, [*morning, "{}"]))
    assert said.code == 0
    for words in (LIBRARY["stand-reach"].text["en"].title, "You were typing.", "sitting", "09:40", "62"):
        assert words in said.out


def test_standard_input_is_read_too(
    midback: Any, tmp_path: Path, morning: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pipe cannot be read twice, and says the same all the same."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation("a pipe")

    from_file = midback("replay", write(tmp_path, morning), "--json")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Pipe("\n".join(morning).encode())))
    assert midback("replay", "-", "--json").out == from_file.out


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\x00\xff\xfe\n" * 5, b"[1]\n", b"x" * 200_000])
def test_nothing_of_use_is_exit_code_2(midback: Any, tmp_path: Path, content: bytes) -> None:
    """Empty, binary, other JSON, or one endless line: one sentence and exit code 2."""
    path = tmp_path / "log.jsonl"
    path.write_bytes(content)
    said = midback("replay", str(path), "--json")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("midback: Nothing in this log can be used.")


def test_a_log_that_is_not_there_is_exit_code_2(midback: Any, tmp_path: Path) -> None:
    """So is a folder in its place."""
    for path in (tmp_path / "none.jsonl", tmp_path):
        said = midback("replay", str(path))
        assert said.code == 2
        assert str(path) in said.err


def test_bad_lines_are_refused_one_by_one(midback: Any, tmp_path: Path, morning: list[str]) -> None:
    """Endless, binary, nested and wrong lines are named by number, and the lines after them still count."""
    bad = [
        b"x" * 5_000_000,
        b"\x80\x81",
        b"[" * 9_000,
        b'{"at": "2026-03-02T09:00:00", "source": "input", "idle_s": 1}',
        b'{"at": "2026-03-02T09:00:00Z", "source": "input", "idle_s": NaN}',
        b'{"at": "2026-03-02T09:00:00Z", "source": "rumour"}',
    ]
    path = tmp_path / "log.jsonl"
    path.write_bytes(b"\n".join([*bad, *(line.encode() for line in morning)]) + b"\n")
    found = json.loads(midback("replay", str(path), "--json").out)
    assert [refused["line"] for refused in found["refused"]] == [1, 2, 3, 4, 5, 6]
    assert all(refused["why"] for refused in found["refused"])
    assert len(found["prompts"]) == 1


def test_only_so_many_refusals_are_listed(midback: Any, tmp_path: Path, morning: list[str]) -> None:
    """A thousand, and how many more there were."""
    found = json.loads(midback("replay", write(tmp_path, ["?"] * 1500 + morning), "--json").out)
    assert (len(found["refused"]), found["refused_more"]) == (1000, 500)
    assert len(found["prompts"]) == 1


def test_a_log_beyond_all_size_is_read_up_to_a_limit(
    tmp_path: Path, morning: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes after the last line that is taken is refused with the reason."""
    monkeypatch.setattr(replaying, "MOST_LINES", 30)
    found = replaying.replay_log(io.BytesIO("\n".join(morning).encode()))
    assert found.replay.bouts[-1].end == NINE + timedelta(minutes=29)
    assert [number for number, _ in found.refused] == [31]


@pytest.mark.parametrize("seekable", [True, False])
@pytest.mark.parametrize("endless", [b"\0", b"?\n"])
def test_what_has_no_end_is_read_up_to_a_limit(
    morning: list[str], monkeypatch: pytest.MonkeyPatch, endless: bytes, seekable: bool
) -> None:
    """A device, or a pipe, that goes on for ever is left at so many bytes or lines, which is said."""
    monkeypatch.setattr(replaying, "MOST_BYTES", 3 * replaying.CHUNK)
    monkeypatch.setattr(replaying, "MOST_LINES", 10_000)
    first = ("\n".join(morning) + "\n").encode()

    class Endless(io.RawIOBase):
        """A log, and the same bytes again and again behind it."""

        place = 0

        def readable(self) -> bool:
            return True

        def seekable(self) -> bool:
            return seekable

        def tell(self) -> int:
            return self.place

        def seek(self, offset: int, whence: int = 0) -> int:
            self.place = offset if whence == 0 else len(first)
            return self.place

        def readinto(self, buffer: Any) -> int:
            data = first[self.place : self.place + len(buffer)] or endless * (len(buffer) // len(endless))
            buffer[: len(data)] = data
            self.place += len(data)
            return len(data)

    stream = Endless()
    found = replaying.replay_log(io.BufferedReader(stream))
    assert found.replay.bouts[-1].end == NINE + timedelta(hours=1)
    assert stream.place <= 5 * replaying.CHUNK
    assert (
        "more than" in str(found.refused[-1][1])
        or "larger than" in str(found.refused[-1][1])
        or found.refused_more
    )


def test_a_closed_input_is_an_error_and_no_fault(midback: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Started with its input closed, midback says that nothing can be read."""
    monkeypatch.setattr(sys, "stdin", None)
    said = midback("replay", "-")
    assert said.code == 2
    assert "cannot be read" in said.err


def test_how_far_it_is_can_be_told(morning: list[str]) -> None:
    """The share done never goes back and stays between nothing and all."""
    shares: list[float] = []
    many = "\n".join(sample(minute, 3) for minute in range(6000)).encode()
    replaying.replay_log(io.BytesIO(many), progress=shares.append)
    assert len(shares) > 3
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] <= 1
