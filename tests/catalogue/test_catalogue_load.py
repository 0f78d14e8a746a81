"""Loading: one bad line is named by file, key and rule, and a person's own folder harms nothing."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from midback.catalogue import load_catalogue
from midback.catalogue.load import DATA, load_packaged, read_own
from midback.catalogue.reading import MAX_BYTES, read_tables
from midback.catalogue.refusal import FileRefused
from midback.errors import InputError

OWN = (
    (DATA / "exercises" / "cat-cow.toml")
    .read_text(encoding="utf-8")
    .replace('id = "cat-cow"', 'id = "my-cat"', 1)
)


@pytest.fixture
def own(tmp_path: Path) -> Callable[..., Path]:
    """Write an own exercise, a copy of cat-cow with some replacements, and return its path."""

    def write(*replacements: tuple[str, str], name: str = "my-cat.toml", folder: str = "own") -> Path:
        text = OWN
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_packaged_files_pass_every_check() -> None:
    """The quick way in and the way that checks every table lead to the same catalogue."""
    assert load_packaged(DATA, trusted=True) == load_packaged(DATA, trusted=False)


def test_the_packaged_part_is_read_once() -> None:
    """A second load gives the same value."""
    assert load_catalogue() is load_catalogue()


@pytest.mark.parametrize(
    ("old", "new", "key", "rule"),
    [
        ('family = "daily"', 'family = "weekly"', "family", "daily"),
        ('regions = ["mid-back"', 'regions = ["elbow"', "regions", "mid-back"),
        ("seconds = 30", "seconds = 3", "levels[0].seconds", "5"),
        ("seconds = 30", 'seconds = "soon"', "levels[0].seconds", "integer"),
        ("seconds = 45", "seconds = 20", "levels[1]", "grow"),
        ("range = 0.85", "range = 0.85\nresistance = 'light'", "levels[3]", "only one"),
        ("tempo_s = 4.0\n", "", "levels[0].repetitions", "tempo_s"),
        ('places = ["home-floor"]', 'places = ["moon"]', "variants[0].places[0]", "home-floor"),
        (
            'places = ["home-floor"]',
            'places = ["home-floor"]\ngear = [["anvil"]]',
            "variants[0].gear",
            "anvil",
        ),
        (
            'places = ["home-floor"]',
            'places = ["home-floor"]\nmovement = "x"',
            "variants[0].movement",
            "seated",
        ),
        ('needs = ["floor"', 'needs = ["wings"', "variants[0].needs", "kneel"),
        ('condition = "wrists"', 'condition = "toes"', "gates[0].condition", "osteoporosis"),
        ('variants = ["seated"]', 'variants = ["upside-down"]', "gates[0].variants", "floor, seated"),
        ('variants = ["seated"]\nsource', "variants = []\nsource", "gates[0].variants", "stay allowed"),
        ("range = 0.5", "range = 1.0", "gates[6].range", "below 1"),
        ('condition = "osteoporosis"', 'condition = "balance"', "gates", "osteoporosis"),
        ('condition = "wrists"', 'condition = "pregnancy"', "gates", "wrists"),
        ('claims = ["cat-cow"', 'claims = ["moon-cheese"', "claims", "moon-cheese"),
        (
            'round = "Breathe out, push the floor away, round your back."',
            'round = "one two three four five six seven eight nine ten eleven twelve thirteen"',
            "text.en.variants.floor.cues.round",
            "12 words",
        ),
        ('title = "Cat-cow"', 'title = " "', "text.en.title", "empty"),
        ('title = "Cat-cow"', 'titel = "Cat-cow"', "text.en.title", "required"),
        (
            'reason.de = "Im Sitzen bleiben deine Handgelenke',
            'reason.fr = "Im Sitzen',
            "gates[0].reason.fr",
            "de, en",
        ),
        ("[text.de.variants.seated.cues]", "[text.de.x.cues]", "text.de.variants.seated.cues", "required"),
        ("per_day = 1", "per_day = 99", "frequency.per_day", "24"),
        ("days_per_week = 7", "days_per_week = 0", "frequency.per_month", "month"),
        ("version = 1", "version = 1\nown = true", "own", "leave it out"),
        ("version = 1", "version = 1\ncolour = 'red'", "colour", "unexpected"),
        ("counts = true", "counts = true\nsides = true\nx", "", "TOML"),
        ("counts = true", "counts = inf", "counts", "number"),
        ("seconds = 30", "seconds = " + "9" * 30, "levels[0].seconds", "number"),
        ("seconds = 30", "seconds = " + "9" * 5000, "", "TOML"),
        ("[movements.floor]", "[movements.floor]\nbreath_s = 9e5", "movements.floor.breath_s", "120"),
        (
            "pose = {",
            "pose = { elbow_flexion = 5e3,",
            "movements.floor.keyframes[0].pose.elbow_flexion",
            "degrees",
        ),
        ('cue = "round"', 'cue = "fly"', "movements.floor.keyframes[1].cue", "fly"),
        (
            "[movements.floor]",
            "[movements.ceiling]\ncycle_s = 1.0\n\n[movements.floor]",
            "movements.ceiling",
            "floor, seated",
        ),
        ('title = "Cat-cow"', 'title = "Cat <b>cow</b>"', "text.en.title", "without markup"),
        ('title = "Cat-cow"', 'title = "Cat\\u0007cow"', "text.en.title", "control"),
        ('title = "Cat-cow"', 'title = "Cat\\u202Ecow"', "text.en.title", "U+202E"),
        ('title = "Cat-cow"', 'title = "' + "cat " * 2000 + '"', "text.en.title", "1200"),
    ],
)
def test_a_bad_file_is_named_with_key_and_rule(
    own: Callable[..., Path], old: str, new: str, key: str, rule: str
) -> None:
    """Each mistake is refused with the file, the key and a rule that helps."""
    path = own((old, new))
    with pytest.raises(FileRefused) as caught:
        read_own(path, load_catalogue())
    assert caught.value.file == "my-cat.toml"
    assert caught.value.key == key
    assert rule.lower() in caught.value.what_is_wrong.lower()
    assert str(caught.value).startswith("my-cat.toml:")
    refused = load_catalogue(path.parent).refused
    assert [(one.file, one.key) for one in refused] == [("my-cat.toml", key)]


def test_cues_of_sided_exercises_leave_the_side_to_the_voice(own: Callable[..., Path]) -> None:
    """ "Left" in a cue would be wrong on the other side."""
    path = own(
        ("counts = true", "counts = true\nsides = true"), ('round = "Breathe', 'round = "Left: breathe')
    )
    with pytest.raises(FileRefused, match="left or right"):
        read_own(path, load_catalogue())


def test_an_own_exercise_joins_the_library(own: Callable[..., Path]) -> None:
    """A good file of one's own is there beside the packaged ones and is marked as own."""
    catalogue = load_catalogue(own().parent)
    assert catalogue.refused == ()
    assert catalogue.exercises["my-cat"].own
    assert set(catalogue.exercises) == {*load_catalogue().exercises, "my-cat"}
    assert not any(exercise.own for key, exercise in catalogue.exercises.items() if key != "my-cat")


def test_an_own_exercise_may_have_one_language(own: Callable[..., Path], tmp_path: Path) -> None:
    """An exercise in German alone is shown in German to everyone, without a gap."""
    start, german = OWN.index("[text.en]"), OWN.index("[text.de]")
    lines = (OWN[:start] + OWN[german:]).splitlines()
    kept = [line for line in lines if not line.startswith(("reason.en", "en ="))]
    path = own()
    path.write_text("\n".join(kept), encoding="utf-8")
    exercise = load_catalogue(path.parent).exercises["my-cat"]
    assert exercise.text["en"] == exercise.text["de"]
    assert exercise.gates[0].reason["en"] == exercise.gates[0].reason["de"]
    assert set(exercise.articles_dose) == {"en", "de"}


def test_an_own_file_does_not_replace_a_packaged_one(own: Callable[..., Path]) -> None:
    """A packaged id is refused with advice how to name one's own, and the packaged exercise stays."""
    path = own(('id = "my-cat"', 'id = "cat-cow"'), name="cat-cow.toml")
    catalogue = load_catalogue(path.parent)
    assert [refusal.key for refusal in catalogue.refused] == ["id"]
    assert "my-cat-cow" in catalogue.refused[0].rule
    assert catalogue.exercises["cat-cow"] == load_catalogue().exercises["cat-cow"]


def test_the_file_is_named_after_its_id(own: Callable[..., Path]) -> None:
    """A file under another name is refused, so that two files never claim one id."""
    with pytest.raises(FileRefused, match=r"my-cat\.toml"):
        read_own(own(name="other.toml"), load_catalogue())


def test_a_bad_file_harms_nothing_else(own: Callable[..., Path]) -> None:
    """Every good file loads beside every bad one."""
    own()
    own(('family = "daily"', 'family = "odd"'), ('id = "my-cat"', 'id = "bad"'), name="bad.toml")
    folder = own(('id = "my-cat"', 'id = "my-dog"'), name="my-dog.toml").parent
    (folder / "latin.toml").write_bytes('id = "Übung"'.encode("latin-1"))
    (folder / "big.toml").write_bytes(b"#" * (MAX_BYTES + 1))
    (folder / "deep.toml").write_bytes(b"a = " + b"[" * 20_000)
    (folder / "dots.toml").write_bytes(b".".join([b"a"] * 500) + b" = 1")
    (folder / "empty.toml").write_bytes(b"")
    (folder / "folder.toml").mkdir()
    (folder / "notes.txt").write_text("not an exercise")
    catalogue = load_catalogue(folder)
    assert {"my-cat", "my-dog"} <= set(catalogue.exercises)
    assert len(catalogue.exercises) == len(load_catalogue().exercises) + 2
    refused = {refusal.file: refusal.rule for refusal in catalogue.refused}
    assert set(refused) == {
        "bad.toml", "latin.toml", "big.toml", "deep.toml", "dots.toml", "empty.toml", "folder.toml",
    }  # fmt: skip
    assert "UTF-8" in refused["latin.toml"]
    assert "256 kB" in refused["big.toml"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no symlinks and pipes to try")
def test_links_in_a_circle_and_pipes_are_refused(own: Callable[..., Path]) -> None:
    """A symlink to itself ends in a refusal, and a pipe is not waited for."""
    folder = own().parent
    (folder / "loop.toml").symlink_to(folder / "loop.toml")
    (folder / "gone.toml").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "pipe.toml")
    catalogue = load_catalogue(folder)
    assert {refusal.file for refusal in catalogue.refused} == {"loop.toml", "gone.toml", "pipe.toml"}
    assert "my-cat" in catalogue.exercises


def test_a_missing_folder_is_no_trouble(tmp_path: Path) -> None:
    """Without a folder of one's own the packaged catalogue is all there is."""
    assert load_catalogue(tmp_path / "nowhere") is load_catalogue()


def test_a_bad_packaged_file_raises(tmp_path: Path) -> None:
    """The packaged part does not start with a file that breaks a rule."""
    copy_data(
        tmp_path,
        lambda name, text: text.replace("seconds = 30", "seconds = 1") if "cat-cow" in name else text,
    )
    with pytest.raises(InputError, match=r"cat-cow\.toml: levels\[0\]\.seconds"):
        load_packaged(tmp_path)


def test_a_packaged_exercise_has_both_languages(tmp_path: Path) -> None:
    """A packaged file without German does not load."""

    def drop_german(name: str, text: str) -> str:
        return text[: text.index("[text.de]")] if name == "walk.toml" else text

    copy_data(tmp_path, drop_german)
    with pytest.raises(FileRefused, match=r"walk\.toml: text\.de"):
        load_packaged(tmp_path)


def test_a_link_to_nowhere_is_named(tmp_path: Path) -> None:
    """A claim that names a source that is not there is refused by name."""
    copy_data(
        tmp_path,
        lambda name, text: text.replace('"cho-2017"', '"cho-1917"') if name == "claims.toml" else text,
    )
    with pytest.raises(FileRefused, match="cho-1917"):
        load_packaged(tmp_path)


def copy_data(target: Path, change: Callable[[str, str], str]) -> None:
    """Copy the packaged data, each file through ``change``."""
    for path in DATA.rglob("*.toml"):
        copy = target / path.relative_to(DATA)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(change(path.name, path.read_text(encoding="utf-8")), encoding="utf-8")


def test_reading_gives_plain_tables(tmp_path: Path) -> None:
    """A file with a byte-order mark and umlauts is read as it stands."""
    path = tmp_path / "a.toml"
    path.write_bytes("\ufefftitle = 'Übung'".encode())
    tables: dict[str, Any] = read_tables(path)
    assert tables == {"title": "Übung"}
