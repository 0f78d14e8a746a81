"""A yes by place, one's own upright in 20 s, and what the background process is told of it."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from midback.app import calibrating, camera_places
from midback.app.archive import export_text
from midback.app.archive_import import import_archive
from midback.app.archive_reading import parse_archive
from midback.app.camera_state import camera_state, forget_place
from midback.app.clock import SetClock
from midback.app.house import House
from midback.app.orders import make_orders
from midback.app.session_camera import allow_session_camera
from midback.body.seated import Sample
from midback.body.seated_calibration import Calibration
from midback.daemon.orders import understand
from midback.errors import InputError
from midback.store import preferences
from midback.store.people import DEFAULT_PERSON as ME
from seated_figure import FACING

SAMPLE = Sample(t=0.0, quality=1.0, torso=False, **FACING)


def taken(ratio: float = 0.64, count: int = 150, **more: object) -> calibrating.Taken:
    """Return what twenty seconds of one posture give."""
    rng = np.random.default_rng(1)
    samples = tuple(
        replace(SAMPLE, t=0.125 * n, ratio=float(ratio + rng.normal(0, 0.01)), **more)  # type: ignore[arg-type]
        for n in range(count)
    )
    return calibrating.Taken(samples=samples, device="Cam")


def test_nothing_is_allowed_until_somebody_says_so(house: House) -> None:
    """A new house has no permission; the orders say no, and the background process reads that."""
    orders = make_orders(house, ME)
    assert orders["camera"]["allowed"] is False
    assert understand(orders).camera is None


def test_a_yes_holds_at_its_place_until_it_is_taken_back(house: House, clock: SetClock) -> None:
    """Granted at the desk it holds at the desk alone; twice is once; taken back it ends at once."""
    first = camera_places.grant(house, ME, "  desk ")
    clock.advance(minutes=5)
    assert camera_places.grant(house, ME, "desk") == first
    assert camera_places.permission_for(house, ME, "kitchen") is None
    calibrating.calibrate(house, ME, "desk", taken())
    told = understand(json.loads(json.dumps(make_orders(house, ME)))).camera
    assert told is not None
    assert (told.device, told.every_s, told.say) == ("camera", 300, False)
    assert told.calibration["model"] == "lite"
    assert camera_places.revoke(house, ME, "desk") == 1
    assert understand(make_orders(house, ME)).camera is None


def test_wishes_reach_the_background_process(house: House) -> None:
    """Switched off nothing may look; another place has its own yes; how often has bounds."""
    camera_places.grant(house, ME, "desk")
    wishes = camera_places.read_wishes(house, ME)
    camera_places.save_wishes(house, ME, replace(wishes, every_min=10, say=True))
    assert make_orders(house, ME)["camera"]["every_s"] == 600
    assert make_orders(house, ME)["camera"]["say"] is True
    camera_places.save_wishes(house, ME, replace(wishes, watch=False))
    assert make_orders(house, ME)["camera"]["allowed"] is False
    camera_places.save_wishes(house, ME, replace(wishes, place="kitchen"))
    assert make_orders(house, ME)["camera"]["allowed"] is False
    for wrong in (replace(wishes, every_min=1), replace(wishes, place=" "), replace(wishes, device="")):
        with pytest.raises(InputError):
            camera_places.save_wishes(house, ME, wrong)


def test_an_upright_is_kept_and_the_one_before_stays(house: House, clock: SetClock) -> None:
    """The newest counts, the history keeps both, and forgetting leaves none."""
    calibrating.calibrate(house, ME, "desk", taken())
    clock.advance(hours=1)
    kept = calibrating.calibrate(house, ME, "desk", taken(0.7))
    assert calibrating.current_calibration(house, ME, "desk") == kept
    assert kept.calibration.upright.ratio == pytest.approx(0.7, abs=0.005)
    assert kept.device == "Cam"
    state = camera_state(house, ME)
    assert (state.here.place, state.here.before, state.here.made_at) == ("desk", 1, clock.now())
    assert len(calibrating.history(house, ME, "desk")) == 2
    assert calibrating.forget(house, ME, "desk") == 2
    assert calibrating.current_calibration(house, ME, "desk") is None


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (calibrating.Taken(samples=()), "Only 0 pictures"),
        (replace(taken(count=20), misses=("dark",) * 80), "Turn up the light"),
        (replace(taken(count=60), misses=("shoulder-out",) * 90), "both shoulders"),
        (replace(taken(count=60), misses=("two-people",) * 90), "alone"),
        (replace(taken(), samples=(*taken(0.64, 75).samples, *taken(0.5, 75).samples)), "moved"),
    ],
)
def test_a_bad_calibration_is_refused_with_what_to_change(
    house: House, given: calibrating.Taken, says: str
) -> None:
    """Nothing is kept, and the message says what to do."""
    with pytest.raises(InputError, match=says):
        calibrating.calibrate(house, ME, "desk", given)
    assert calibrating.history(house, ME) == ()


def test_a_slump_belongs_to_an_upright(house: House) -> None:
    """Without an upright, too near to it, or before another camera it is refused; else it joins the upright."""
    with pytest.raises(InputError, match="Upright comes first"):
        calibrating.calibrate_slumped(house, ME, "desk", taken(0.5))
    calibrating.calibrate(house, ME, "desk", taken())
    with pytest.raises(InputError, match="cannot tell"):
        calibrating.calibrate_slumped(house, ME, "desk", taken(0.63))
    with pytest.raises(InputError, match="another camera"):
        calibrating.calibrate_slumped(house, ME, "desk", taken(0.5, aspect=16 / 9))
    kept = calibrating.calibrate_slumped(house, ME, "desk", taken(0.56))
    assert kept.calibration.slumped is not None
    assert kept.calibration.threshold == pytest.approx(0.0625, abs=0.005)
    assert len(calibrating.history(house, ME)) == 1
    assert calibrating.look_at(house, ME, "desk", taken(0.56, 14)).kind == "slumped"
    assert calibrating.look_at(house, ME, "desk", taken(0.64, 14)).kind == "upright"
    assert calibrating.look_at(house, ME, "kitchen", taken(0.64, 14)).kind == "calibrate-again"


def test_forgetting_a_place_takes_the_yes_too(house: House) -> None:
    """Nothing of the place is left."""
    camera_places.grant(house, ME, "kitchen")
    calibrating.calibrate(house, ME, "kitchen", taken())
    assert forget_place(house, ME, "kitchen") == 2
    assert camera_places.permission_for(house, ME, "kitchen") is None
    assert camera_state(house, ME).here.calibration is None


def test_a_yes_of_another_computer_does_not_hold_here(house: House, clock: SetClock) -> None:
    """After an import the calibration is there and the camera asks again; a new yes holds."""
    camera_places.grant(house, ME, "desk")
    kept = calibrating.calibrate(house, ME, "desk", taken())
    archive = parse_archive("".join(export_text(house, ME)).encode())
    clock.advance(minutes=1)
    import_archive(house, ME, archive, replace=True)
    assert camera_places.permission_for(house, ME, "desk") is None
    assert make_orders(house, ME)["camera"]["allowed"] is False
    assert calibrating.current_calibration(house, ME, "desk") == kept
    clock.at += timedelta(minutes=1)
    camera_places.grant(house, ME, "desk")
    assert camera_places.permission_for(house, ME, "desk") is not None
    assert make_orders(house, ME)["camera"]["calibration"]["upright"]["samples"] == 150


def test_a_yes_from_tomorrow_does_not_hold_here_either(house: House, clock: SetClock) -> None:
    """An archive whose yes is dated ahead of this clock allows nothing, now or when its day comes."""
    camera_places.grant(house, ME, "desk")
    archive = parse_archive("".join(export_text(house, ME)).encode())
    (held,) = archive.camera_permissions
    ahead = replace(archive, camera_permissions=(replace(held, granted_at=clock.now() + timedelta(days=1)),))
    import_archive(house, ME, ahead, replace=True)
    assert camera_places.permission_for(house, ME, "desk") is None
    clock.advance(hours=48)
    assert camera_places.permission_for(house, ME, "desk") is None


def test_the_yes_of_exercises_is_no_place(house: House) -> None:
    """It is told apart, no place can take its name, and the posture watch never goes by it."""
    allow_session_camera(house, ME, True)
    state = camera_state(house, ME)
    assert state.sessions_allowed
    assert [place.place for place in state.places] == ["desk"]
    assert camera_places.known_places(house, ME) == ("desk",)
    with pytest.raises(InputError, match="exercises"):
        camera_places.grant(house, ME, " session ")
    with house.engine.begin() as conn:
        preferences.write(conn, ME, camera_places.WISHES, {"place": camera_places.SESSIONS})
    assert make_orders(house, ME)["camera"]["allowed"] is False
    assert camera_places.revoke(house, ME) == 1
    assert not camera_state(house, ME).sessions_allowed


def test_a_file_that_is_no_picture_says_so(tmp_path: Path) -> None:
    """What stands in for the camera must hold pictures."""
    broken = tmp_path / "film.mp4"
    broken.write_bytes(b"not a film")
    with pytest.raises(InputError):
        calibrating.take(broken)


def test_old_wishes_that_make_no_sense_are_the_default(house: House) -> None:
    """A preference that cannot be read any more allows nothing by itself."""
    with house.engine.begin() as conn:
        preferences.write(conn, ME, camera_places.WISHES, {"place": 7})
    assert camera_places.read_wishes(house, ME) == camera_places.CameraWishes()
    assert isinstance(calibrating.calibrate(house, ME, "desk", taken()).calibration, Calibration)
