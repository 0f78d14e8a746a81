"""A camera, played by a test pattern: which device, what stands in the way, and the newest picture alone."""

import errno
import threading
from collections.abc import Mapping
from itertools import pairwise

import av
import pytest
from av.container import InputContainer

from midback.errors import InputError, Unavailable
from midback.sense.pictures.camera import Camera, devices_of
from midback.sense.pictures.naming import names_a_camera
from midback.sense.pictures.port import open_pictures


def pattern(device: str, form: str, wish: Mapping[str, str]) -> InputContainer:
    """Play a camera that sends pictures as fast as they are read."""
    return av.open("testsrc2=size=640x480:rate=30", format="lavfi")


def short(device: str, form: str, wish: Mapping[str, str]) -> InputContainer:
    """Play a camera that is unplugged after three pictures."""
    return av.open("testsrc2=size=640x480:rate=30:duration=0.1", format="lavfi")


def failing(number: int) -> Camera:
    """Open a camera whose driver answers with an error of the system."""

    def refuse(device: str, form: str, wish: Mapping[str, str]) -> InputContainer:
        raise OSError(number, "as the driver says")

    return Camera("camera:0", system="linux", opener=refuse)


def test_what_is_a_camera_and_what_a_file() -> None:
    """Only the names of cameras are; files and addresses are not."""
    for name in ("camera", "camera:0", "camera:12", "/dev/video0", "/dev/video21"):
        assert names_a_camera(name)
    for name in (
        "camera.mp4",
        "./camera",
        "camera:",
        "camera:x",
        "/dev/video",
        "/dev/video0/../mem",
        "/dev/mem",
    ):
        assert not names_a_camera(name)


def test_each_system_has_its_own_names() -> None:
    """On Linux any of the first devices will do unless one is asked for; macOS counts; elsewhere there is no way."""
    assert devices_of("camera", "linux")[:2] == ("/dev/video0", "/dev/video1")
    assert devices_of("camera:3", "linux") == ("/dev/video3",)
    assert devices_of("/dev/video2", "linux") == ("/dev/video2",)
    assert devices_of("camera:1", "darwin") == ("1:none",)
    with pytest.raises(Unavailable, match="no way to a camera"):
        devices_of("camera", "haiku")
    with pytest.raises(InputError, match="not the name"):
        devices_of("/dev/video2", "darwin")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOENT, "There is no camera camera:0"),
        (errno.ENODEV, "There is no camera camera:0"),
        (errno.EACCES, "may not use the camera"),
        (errno.EBUSY, "Another program is using"),
        (errno.EINVAL, "sends no pictures midback can read"),
        (errno.EIO, "sends no pictures midback can read"),
    ],
)
def test_what_stands_in_the_way_is_said(number: int, said: str) -> None:
    """No camera, no permission, busy and strange: each has its words and a next step."""
    with pytest.raises(Unavailable, match=said) as caught:
        failing(number)
    assert caught.value.next_step


def test_a_wish_that_cannot_be_met_is_given_up() -> None:
    """A camera without 640 x 480 is taken as it is."""
    asked: list[Mapping[str, str]] = []

    def choosy(device: str, form: str, wish: Mapping[str, str]) -> InputContainer:
        asked.append(wish)
        if wish:
            raise OSError(errno.EINVAL, "not that size")
        return pattern(device, form, wish)

    with Camera("camera:0", system="linux", opener=choosy) as camera:
        assert camera.size == (640, 480)
    assert asked[0] == {"video_size": "640x480", "framerate": "30"}
    assert asked[-1] == {}


def test_a_device_without_pictures_is_passed_over() -> None:
    """A webcam's second device tells about its pictures and sends none: the one that does is taken."""
    tried: list[str] = []

    def second(device: str, form: str, wish: Mapping[str, str]) -> InputContainer:
        tried.append(device)
        if device != "/dev/video2":
            raise OSError(errno.ENOTTY if device == "/dev/video0" else errno.ENOENT, "no")
        return pattern(device, form, wish)

    with Camera("camera", system="linux", opener=second) as camera:
        assert next(iter(camera)).rgb.shape == (480, 640, 3)
    assert tried == ["/dev/video0", "/dev/video1", "/dev/video2"]


def test_the_first_refusal_that_tells_something_is_told() -> None:
    """When one device is busy and the others are missing, the person hears of the busy one."""

    def busy(device: str, form: str, wish: Mapping[str, str]) -> InputContainer:
        raise OSError(errno.EBUSY if device == "/dev/video1" else errno.ENOENT, "no")

    with pytest.raises(Unavailable, match="Another program"):
        Camera("camera", system="linux", opener=busy)


def test_pictures_are_the_newest_and_their_times_grow() -> None:
    """Whoever looks gets one picture at a time, each later than the last, and as many a second as asked."""
    with Camera("camera", system="linux", opener=pattern, fps=50) as camera:
        pictures = iter(camera)
        times = [next(pictures).t for _ in range(4)]
    assert times[0] == 0
    assert all(later - earlier >= 0.9 / 50 for earlier, later in pairwise(times))


def test_the_camera_is_free_after_the_look() -> None:
    """With the source closed no thread reads on."""
    camera = Camera("camera", system="linux", opener=pattern)
    next(iter(camera))
    camera.close()
    assert [thread for thread in threading.enumerate() if thread.name == "camera"] == []


def test_a_camera_that_goes_away_is_said() -> None:
    """Unplugged in the middle, the source ends with a reason rather than in silence."""
    with (
        Camera("camera", system="linux", opener=short) as camera,
        pytest.raises(Unavailable, match="stopped"),
    ):
        for _ in camera:
            pass


def test_without_a_camera_there_is_a_next_step() -> None:
    """A number no machine has is answered with what to do."""
    with pytest.raises(Unavailable) as caught:
        open_pictures("camera:999")
    assert caught.value.next_step
