"""`midback why` says first that sore is not damaged, works on a fresh machine, and refuses what cannot be."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from midback.body.subject import make_subject
from midback.body.uncertainty import spread_of
from midback.body.working_posture import RANGES_DEG, in_degrees

BENT = ("--head-flexion", "45", "--trunk-flexion", "10", "--thoracic-flexion", "10", "--arms-forward", "30")


def test_a_fresh_machine_stays_as_it_is(midback: Any, home: Path) -> None:
    """Without a database the numbers are those of adults in general, and none is made."""
    said = midback("why")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Sore is not damaged.")
    assert "adults in general" in said.out
    assert "a common office day stands in" in midback("why", "--day", "yesterday").out
    assert not (home / "data").exists()


def test_a_posture_in_numbers(midback: Any) -> None:
    """Levels are C7 and T1 to T12; each number has its interval; the same question has the same answer."""
    asked = ("why", *BENT, "--mass", "70", "--stature", "1.75", "--sex", "f", "--json")
    said = json.loads(midback(*asked).out)
    assert said == json.loads(midback(*asked).out)
    assert said["subject"] == {"mass_kg": 70, "stature_m": 1.75, "sex": "female", "strength": None}
    assert said["posture"]["head_flexion_deg"] == 45
    assert [level["level"] for level in said["levels"]] == ["C7", *(f"T{n}" for n in range(1, 13))]
    rows = [said, *said["levels"]]
    for row in rows:
        for key in [key for key in row if f"{key}_low" in row]:
            assert row[f"{key}_low"] <= row[key] <= row[f"{key}_high"]
    assert 5 < said["neck_percent_mvc"] < 60
    assert said["interval"] == "90 %"


def test_json_has_the_body_s_numbers_in_the_units_of_its_keys(midback: Any) -> None:
    """Percent of strength, newton metres, newtons and times upright, with both ends of each interval."""
    asked = ("why", *BENT, "--mass", "70", "--stature", "1.75", "--sex", "f", "--json")
    said = json.loads(midback(*asked).out)
    person = make_subject(70, 1.75, "f")
    posture = in_degrees(head_flexion=45, trunk_flexion=10, thoracic_flexion=10, arms_forward=30)
    sure = spread_of(person, posture)

    def ends(row: dict[str, Any], key: str) -> list[float]:
        return [row[f"{key}_low"], row[key], row[f"{key}_high"]]

    def of(name: str, place: int) -> list[float]:
        return [float(end[place]) for end in (sure[name].low, sure[name].middle, sure[name].high)]

    neck = sure["neck_fraction"]
    assert ends(said, "neck_percent_mvc") == pytest.approx(
        [100 * float(end) for end in (neck.low, neck.middle, neck.high)], abs=1e-3
    )
    for place, row in enumerate(said["levels"]):
        for key, name in (
            ("moment_n_m", "moment"),
            ("extensor_force_n", "extensor_force"),
            ("compression_n", "compression"),
            ("relative_load", "relative_load"),
        ):
            assert ends(row, key) == pytest.approx(of(name, place), abs=1e-3), (row["level"], key)
    assert ends(said, "neck_moment_n_m") == pytest.approx(of("moment", 0), abs=1e-3)
    assert ends(said, "neck_compression_n") == pytest.approx(of("compression", 0), abs=1e-3)


def test_the_table_is_for_people(midback: Any) -> None:
    """The mid-back's levels stand against upright; sources come on request only."""
    said = midback("why", *BENT)
    assert all(f"\n{level} " in said.out for level in ("neck", "T4", "T5", "T6", "T7", "T8"))
    assert "Longer than upright: rhomboids" in said.out
    assert "Vasavada" not in said.out
    assert "Vasavada" in midback("why", *BENT, "--sources").out


def test_a_range_that_frightens_nobody(midback: Any) -> None:
    """Of nobody known the range says why it is wide and what narrows it; no words go past a whole strength."""
    deep = ("why", "--head-flexion", "75", "--trunk-flexion", "45")
    said = " ".join(midback(*deep).out.split())
    assert "your size, sex and strength are not told" in said
    assert "--stature, --sex and --strength, or tell them once with: midback screen" in said
    assert "Your sex is not told." in said
    assert said.count("up to its whole strength") == 2
    assert json.loads(midback(*deep, "--json").out)["neck_percent_mvc_high"] > 100
    known = " ".join(midback(*deep, "--mass", "70", "--stature", "1.75", "--sex", "m").out.split())
    assert "are not told" not in known


def test_numbers_have_the_language_s_decimal_sign(midback: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """In German no number of a table or sentence keeps a point; JSON is for programs and does."""
    monkeypatch.setenv("MIDBACK_LANGUAGE", "de")
    said = midback("why", *BENT).out
    assert re.search(r"T8 +\d,\d\d\b", said)
    assert not re.search(r"\d\.\d", said)
    assert isinstance(json.loads(midback("why", *BENT, "--json").out)["levels"][0]["moment_n_m"], float)


def test_the_person_of_the_intake_is_meant(demo: Any) -> None:
    """What the intake tells holds until an option says otherwise."""
    told = json.loads(demo("why", "--json").out)["subject"]
    assert told == {"mass_kg": 68.0, "stature_m": 1.72, "sex": "female", "strength": None}
    other = json.loads(demo("why", "--sex", "m", "--strength", "high", "--json").out)["subject"]
    assert other == {"mass_kg": 68.0, "stature_m": 1.72, "sex": "male", "strength": "high"}


def test_a_day_in_words(demo: Any) -> None:
    """A day names its longest stretch, what added most, and its hours."""
    said = demo("why", "--day", "yesterday")
    assert said.code == 0
    assert said.out.startswith("Sore is not damaged.")
    for words in ("The longest stretch was", "Hour by hour", "What added most", "model's word"):
        assert words in said.out


def test_help_names_the_ranges(midback: Any) -> None:
    """Every angle's range stands in the help, as the model has it."""
    said = midback("why", "--help").out
    options = ("head-flexion", "trunk-flexion", "thoracic-flexion", "arms-forward", "elbow")
    for option, (low, high) in zip(options, RANGES_DEG.values(), strict=True):
        assert f"--{option} {low:g}..{high:g}°" in said


def test_a_degree_sign_is_a_number_s_own(midback: Any) -> None:
    """45° is 45, and -20 leans back."""
    said = json.loads(midback("why", "--head-flexion", "45°", "--trunk-flexion", "-20", "--json").out)
    assert (said["posture"]["head_flexion_deg"], said["posture"]["trunk_flexion_deg"]) == (45, -20)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--head-flexion", "120"), ("120", "-60", "90")),
        (("--head-flexion", "nan"), ("nan", "90")),
        (("--trunk-flexion", "inf"), ("inf", "90")),
        (("--head-flexion", "far"), ("--head-flexion", "far", "degrees")),
        (("--arm-support", "50"), ("50", "from 0 to 1")),
        (("--back-rest", "half"), ("--back-rest", "half", "from 0 to 1")),
        (("--mass", "-70"), ("-70", "25 to 300")),
        (("--mass", "nan"), ("nan", "25 to 300")),
        (("--mass", "154 lb"), ("154 lb", "69.9 kg")),
        (("--stature", "175"), ("175", "1 to 2.5", "1.75 m")),
        (("--stature", "0"), ("0", "1 to 2.5")),
        (("--sex", "x"), ("x", "female, m, male")),
        (("--strength", "huge"), ("huge", "low, average, high")),
        (("--day", "soon"), ("soon", "2026-03-31")),
        (("--day", "today", "--head-flexion", "20"), ("--day",)),
    ],
)
def test_what_cannot_be_is_refused(midback: Any, words: tuple[str, ...], told: tuple[str, ...]) -> None:
    """Exit code 2, one line that names the value and what it may be, and nothing on standard output."""
    said = midback("why", *words)
    assert (said.code, said.out) == (2, "")
    assert len(said.err.splitlines()) == 1
    assert all(part in said.err for part in told)


def test_a_day_that_is_no_day_is_refused(midback: Any) -> None:
    """Nothing between the quotes is no day either, the first day there can be is a slip, and no echo is long."""
    for text in ("", "٤٥", "2026-02-29", "0001-01-01", "1" * 5000):
        said = midback("why", "--day", text)
        assert (said.code, said.out) == (2, ""), text
        assert len(said.err) < 200


def test_a_folder_of_somebody_else_is_named(
    midback: Any, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where not even looking is allowed the refusal says so in words, and no stranger's numbers are shown."""
    looked = Path.exists

    def closed(path: Path, **given: Any) -> bool:
        if path.name == "midback.db":
            raise PermissionError(13, "Permission denied", str(path))
        return looked(path, **given)

    (home / "data").write_text("no folder")  # nobody can open a database in there, the super-user neither
    monkeypatch.setattr(Path, "exists", closed)
    said = midback("why")
    assert said.code != 0
    assert said.out == ""
    assert "mistake in midback" not in said.err


def test_a_day_off_does_not_say_how_somebody_was_held(midback: Any) -> None:
    """On a Sunday of nobody no posture added most; what is shown is called a usual way to sit."""
    said = midback("why", "--day", "2026-03-01")
    assert "A usual way to sit" in said.out
    assert "How you were held in what added most" not in said.out
