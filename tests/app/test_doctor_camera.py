"""The doctor says whether the camera's networks, runtime and reader are there."""

from midback.app.doctor_camera import examine_camera, say_parts
from midback.sense.pose.installed import Parts


def test_what_is_installed_is_well() -> None:
    """Networks as built are well, with the versions of runtime and reader beside them."""
    findings = examine_camera()
    assert [finding.ok for finding in findings] == [True] * 3
    assert findings[0].live


def test_a_spoilt_network_is_not_well() -> None:
    """A file that is not as built is named with what to do."""
    networks, *_rest = say_parts(Parts(("pose_full.task",), "2.3.0", "18.1.0"))
    assert not networks.ok
    assert "pose_full.task" in networks.says.said()
    assert networks.next_step.template


def test_a_missing_runtime_is_no_error() -> None:
    """Where there is no runtime for this kind of computer the browser still has its own."""
    _networks, runtime, pictures = say_parts(Parts((), None, None))
    assert runtime.ok
    assert not runtime.live
    assert not pictures.live
    assert "browser" in runtime.next_step.said()
