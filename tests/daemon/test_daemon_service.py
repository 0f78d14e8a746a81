"""The service's files, for every kind of system on every system."""

import plistlib
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from midback.daemon.service.here import program_for, unit_for
from midback.daemon.service.launchd import property_list
from midback.daemon.service.systemd import quote, unit_text
from midback.daemon.service.task_scheduler import NAMESPACE, task_xml
from midback.daemon.service.unit import Program
from midback.errors import InputError

ODD = '/home/a b/100% "new" $HOME \\ ü & <x>\'/python'
PROGRAM = Program(
    words=(ODD, "-m", "midback.daemon", "/data/é %h"),
    environment={"MIDBACK_LANGUAGE": "de", "MIDBACK_X": "a b"},
)


def test_the_systemd_unit_quotes_odd_paths() -> None:
    """Spaces, quotes, percent and backslash signs are escaped as systemd reads them; dollars stay by the colon."""
    assert quote('a b"c\\d%e') == '"a b\\"c\\\\d%%e"'
    text = unit_text(PROGRAM)
    start = next(line for line in text.splitlines() if line.startswith("ExecStart="))
    assert start == (
        'ExecStart=:"/home/a b/100%% \\"new\\" $HOME \\\\ ü & <x>\'/python" "-m" "midback.daemon" "/data/é %%h"'
    )
    assert 'Environment="MIDBACK_X=a b"' in text
    assert "Restart=on-failure" in text


def test_systemd_itself_takes_the_unit(tmp_path: Path) -> None:
    """`systemd-analyze verify` finds nothing wrong with the unit, odd data folder and all."""
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not installed here")
    data = tmp_path / 'my $data 100% "x"'
    unit = unit_for(data, {"XDG_CONFIG_HOME": str(tmp_path / "config")}, tmp_path, platform="linux")
    [(path, content)] = unit.files.items()
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    (tmp_path / "run").mkdir()
    environment = {"XDG_RUNTIME_DIR": str(tmp_path / "run"), "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [analyze, "--user", "verify", str(path)], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_property_list_is_one() -> None:
    """launchd's file reads back with words and settings as they were given, and restarts after failures alone."""
    said = plistlib.loads(property_list(PROGRAM))
    assert said["ProgramArguments"] == list(PROGRAM.words)
    assert said["EnvironmentVariables"] == dict(PROGRAM.environment)
    assert said["KeepAlive"] == {"SuccessfulExit": False}


def test_the_task_is_xml_that_the_scheduler_reads() -> None:
    """The task's file parses in its declared encoding; command and arguments are quoted as Windows splits them."""
    program = Program(
        words=("C:\\Program Files\\a & b\\python.exe", "-m", "midback.daemon", "D:\\my data"), environment={}
    )
    root = ElementTree.fromstring(task_xml(program))  # noqa: S314 - our own text
    found = {child.tag.rpartition("}")[2]: child.text for child in root.iter() if child.text}
    assert root.tag == f"{{{NAMESPACE}}}Task"
    assert found["Command"] == "C:\\Program Files\\a & b\\pythonw.exe"
    assert found["Arguments"] == '-m midback.daemon "D:\\my data"'
    assert found["ExecutionTimeLimit"] == "PT0S"


def test_a_path_with_a_line_end_is_refused() -> None:
    """A control character could end a line of the unit, so such a path is refused with the rule."""
    with pytest.raises(InputError, match="control character"):
        program_for(Path("/data\nExecStart=/bin/false"), {})
    with pytest.raises(InputError, match="control character"):
        program_for(Path("/data\udcff"), {})  # a byte that is no letter


@pytest.mark.parametrize(
    ("platform", "system", "program"),
    [
        ("linux", "systemd", "systemctl"),
        ("darwin", "launchd", "launchctl"),
        ("win32", "Task Scheduler", "schtasks"),
    ],
)
def test_each_system_has_its_unit(tmp_path: Path, platform: str, system: str, program: str) -> None:
    """Files below the person's own folders, commands of the system's own program."""
    unit = unit_for(
        tmp_path / "data", {"MIDBACK_DATA_DIR": "/elsewhere"}, tmp_path, platform=platform, user_id=501
    )
    assert unit.system == system
    assert {command[0] for command in (*unit.start, *unit.stop, unit.running)} == {program}
    assert all(path.is_relative_to(tmp_path) for path in (*unit.files, *unit.links))
    assert b"elsewhere" not in b"".join(unit.files.values())
