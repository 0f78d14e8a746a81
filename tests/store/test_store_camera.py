"""Permissions, calibrations and recordings of the camera come back as kept, belong to their person, and can go."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from sqlalchemy import Connection, update

from midback.app.camera_places import camera_orders_in
from midback.body.seated_calibration import Calibration, Numbers
from midback.errors import InputError
from midback.store import calibrations, camera_permissions, codec, landmark_recordings, people
from midback.store.calibrations import KeptCalibration
from midback.store.camera_permissions import CameraPermission
from midback.store.camera_tables import calibrations as table
from midback.store.landmark_recordings import LandmarkRecording
from seated_figure import FACING
from strategies import anything, texts

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
NUMBERS = Numbers(spread=0.02, samples=120, **FACING)


def test_a_permission_ends_when_it_is_taken_back(connection: Connection) -> None:
    """What was granted holds until it is revoked, at its place alone; the row stays."""
    for place in ("desk", "kitchen"):
        camera_permissions.add(connection, "me", CameraPermission(place=place, granted_at=NOW))
    held = camera_permissions.current(connection, "me", "desk")
    assert held is not None
    assert held.granted_at == NOW
    assert camera_permissions.revoke(connection, "me", "desk", NOW + timedelta(hours=1)) == 1
    assert camera_permissions.current(connection, "me", "desk") is None
    assert camera_permissions.current(connection, "me", "kitchen") is not None
    assert [one.revoked_at for one in camera_permissions.listed(connection, "me")] == [
        NOW + timedelta(hours=1),
        None,
    ]
    assert camera_permissions.revoke(connection, "me", None, NOW + timedelta(hours=2)) == 1
    assert camera_permissions.revoke(connection, "me", None, NOW + timedelta(hours=2)) == 0


def test_a_clock_set_back_closes_a_permission_all_the_same(connection: Connection) -> None:
    """Revoking at a time before the grant ends it at the grant."""
    camera_permissions.add(connection, "me", CameraPermission(place="desk", granted_at=NOW))
    assert camera_permissions.revoke(connection, "me", "desk", NOW - timedelta(days=3)) == 1
    assert camera_permissions.current(connection, "me", "desk") is None


def test_the_newest_calibration_counts_and_the_others_stay(connection: Connection) -> None:
    """Each place has its own, oldest first; a slump added later stands in the same row."""
    first = KeptCalibration(place="desk", made_at=NOW, calibration=Calibration(upright=NUMBERS), device="Cam")
    kept = calibrations.add(connection, "me", first)
    later = calibrations.add(
        connection,
        "me",
        KeptCalibration(
            place="desk", made_at=NOW + timedelta(days=1), calibration=Calibration(upright=NUMBERS)
        ),
    )
    assert [one.id for one in calibrations.listed(connection, "me", "desk")] == [kept.id, later.id]
    both = Calibration(upright=NUMBERS, slumped=NUMBERS)
    calibrations.change(connection, "me", later.id, both)
    newest = calibrations.current(connection, "me", "desk")
    assert newest is not None
    assert (newest.id, newest.calibration) == (later.id, both)
    assert calibrations.current(connection, "me", "kitchen") is None
    assert calibrations.remove(connection, "me", later.id)
    assert calibrations.clear(connection, "me") == 1


@given(calibration=anything(Calibration))
def test_every_calibration_comes_back(calibration: Calibration, scratch) -> None:  # type: ignore[no-untyped-def]
    """Whatever numbers a calibration has, they are read back the same."""
    with scratch() as connection:
        calibrations.add(
            connection, "me", KeptCalibration(place="desk", made_at=NOW, calibration=calibration)
        )
        found = calibrations.current(connection, "me", "desk")
        assert found is not None
        assert found.calibration == calibration


def test_a_calibration_of_nonsense_is_not_read(connection: Connection) -> None:
    """A file that was edited by hand may hold a ratio of zero: it is named, and forgetting it is still possible."""
    kept = calibrations.add(
        connection, "me", KeptCalibration(place="desk", made_at=NOW, calibration=Calibration(upright=NUMBERS))
    )
    numbers = codec.dump(Calibration(upright=NUMBERS))
    numbers["upright"]["ratio"] = 0
    connection.execute(update(table).where(table.c.id == kept.id).values(numbers=numbers))
    for read in (calibrations.current, calibrations.listed):
        with pytest.raises(InputError, match=r"desk cannot be used. upright: ratio of a calibration is 0"):
            read(connection, "me", "desk")
    assert camera_orders_in(connection, "me")["calibration"] is None
    assert calibrations.places(connection, "me") == {"desk"}
    assert calibrations.clear(connection, "me") == 1


@given(text=texts)
def test_a_recording_comes_back_and_can_go(text: str, scratch) -> None:  # type: ignore[no-untyped-def]
    """Its text is the same, its size is what it takes up, and nothing of it is left after."""
    with scratch() as connection:
        kept = landmark_recordings.add(connection, "me", LandmarkRecording(name="mine", made_at=NOW), text)
        assert landmark_recordings.text_of(connection, "me", kept.id) == text
        assert landmark_recordings.listed(connection, "me") == (kept,)
        assert kept.size > 0
        assert landmark_recordings.remove(connection, "me", kept.id)
        assert landmark_recordings.listed(connection, "me") == ()
        assert landmark_recordings.text_of(connection, "me", kept.id) is None


def test_a_recording_has_a_bound(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is too large is refused, and what is no recording is not read."""
    monkeypatch.setattr(landmark_recordings, "LARGEST", 10)
    with pytest.raises(InputError, match="At most"):
        landmark_recordings.add(
            connection, "me", LandmarkRecording(name="mine", made_at=NOW), "".join(map(str, range(99)))
        )
    for broken in (b"", b"no zlib", b"x\x9c\x03"):
        with pytest.raises(InputError):
            landmark_recordings.unpack(broken)


def test_one_persons_camera_is_not_anothers(connection: Connection) -> None:
    """Permissions, calibrations and recordings of another person are neither seen nor removed, and go with theirs."""
    people.ensure_person(connection, "other")
    camera_permissions.add(connection, "other", CameraPermission(place="desk", granted_at=NOW))
    calibrations.add(
        connection,
        "other",
        KeptCalibration(place="desk", made_at=NOW, calibration=Calibration(upright=NUMBERS)),
    )
    landmark_recordings.add(connection, "other", LandmarkRecording(name="theirs", made_at=NOW), "{}")
    assert camera_permissions.current(connection, "me", "desk") is None
    assert calibrations.clear(connection, "me") == 0
    assert landmark_recordings.clear(connection, "me") == 0
    assert len(landmark_recordings.listed(connection, "other")) == 1
    people.remove(connection, "other")
    assert landmark_recordings.listed(connection, "other") == ()
    assert camera_permissions.listed(connection, "other") == ()
    assert calibrations.listed(connection, "other") == ()
