"""The camera at the desk from the terminal, with stills of a real person in place of a camera."""

import json
from typing import Any

from footage import Footage, footage

__all__ = ["footage"]

Midback = Any
FRONT = "seated_front/via_A"


def test_nothing_looks_without_a_yes(midback: Midback) -> None:
    """A look or a calibration by the camera is refused with the command that allows it."""
    for command in (("look",), ("calibrate",), ("look", "--place", "kitchen")):
        said = midback("camera", *command)
        assert said.code == 5
        assert "midback camera allow --place" in said.err
        assert said.err.count("\n") == 1


def test_a_yes_says_its_terms_and_can_be_taken_back(midback: Midback) -> None:
    """Allowing prints what is seen and kept; the state shows it; revoking ends it."""
    said = midback("camera", "allow", "--yes", "--place", "docking station", "--device", "camera:1")
    assert said.code == 0
    assert "No picture is written or sent" in said.out
    state = json.loads(midback("camera", "state", "--json").out)
    assert (state["place"], state["device"]) == ("docking station", "camera:1")
    assert state["places"][0]["allowed_at"] is not None
    assert "not calibrated" in midback("camera", "state").out
    assert "not look any more" in midback("camera", "revoke").out
    assert json.loads(midback("camera", "state", "--json").out)["places"][0]["allowed_at"] is None
    assert "not allowed there" in midback("camera", "revoke").out


def test_how_it_watches(midback: Midback) -> None:
    """It can be switched off, told how often, and has bounds; where no place is allowed it does not claim to look."""
    assert "no place is allowed yet" in midback("camera", "state").out
    assert "every 10 min" in midback("camera", "watch", "--every", "10", "--say").out
    midback("camera", "allow", "--yes")
    assert midback("camera", "watch").out.startswith("It looks every 10 min")
    assert "does not look by itself" in midback("camera", "watch", "--off").out
    assert json.loads(midback("camera", "state", "--json").out)["say"] is True
    assert midback("camera", "watch", "--every", "1").code == 2


def test_calibrated_on_upright_stills_it_knows_the_slouch(midback: Midback, footage: Footage) -> None:
    """Upright, then slump, then a look at each: called what the folders say; forgotten, it asks to calibrate."""
    upright, slumped = (str(footage(f"{FRONT}/{name}")) for name in ("notSlouching", "isSlouching"))
    said = midback("camera", "calibrate", "--from", upright)
    assert said.code == 0
    assert "Kept from 15 pictures" in said.out
    assert midback("camera", "calibrate", "--slumped", "--from", slumped).code == 0
    look = json.loads(midback("camera", "look", "--from", slumped, "--json").out)
    assert look["kind"] == "slumped"
    assert look["low"] < look["change"] < look["high"] < 0
    assert look["reasons"][0]["text"].startswith("You have sunk")
    assert "Upright." in midback("camera", "look", "--from", upright).out
    assert "Forgotten" in midback("camera", "forget").out
    assert "Calibrate again" in midback("camera", "look", "--from", upright).out


def test_what_is_no_film_is_one_line(midback: Midback, home: Any) -> None:
    """A file without pictures is refused in one line."""
    (home / "x.mp4").write_text("no film")
    said = midback("camera", "calibrate", "--from", str(home / "x.mp4"))
    assert (said.code, said.out) == (2, "")
