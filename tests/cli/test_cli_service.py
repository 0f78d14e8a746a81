"""`midback service` where the system's own programs are missing, refuse, or agree."""

import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the files are systemd's here")


@pytest.fixture
def systemctl(home: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that puts a stand-in systemctl with an exit code on the path, and its log."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "xdg"))
    folder, log = home / "bin", home / "log"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def put(code: int) -> Path:
        script = folder / "systemctl"
        script.write_text(
            f'#!/bin/sh\necho "$@" >> "{log}"\nif [ {code} != 0 ]; then echo "no bus" >&2; fi\nexit {code}\n'
        )
        script.chmod(0o700)
        return log

    return put


def files(home: Path) -> list[str]:
    """Return what lies in the person's settings of systemd."""
    return sorted(path.name for path in (home / "xdg").rglob("*") if path.is_file())


def test_install_status_and_remove(midback: Any, home: Path, systemctl: Any) -> None:
    """Set up twice is set up once; removing leaves nothing."""
    log = systemctl(0)
    for _ in range(2):
        said = midback("service", "install")
        assert (said.code, said.err) == (0, "")
        assert files(home) == ["midback.service", "midback.service"]
    assert "--user restart midback.service" in log.read_text()
    assert "It runs" in midback("service", "status").out
    assert midback("service", "remove").code == 0
    assert files(home) == []
    assert "was not set up" in midback("service", "remove").out


def test_without_a_running_systemd_the_error_says_what_to_do(
    midback: Any, home: Path, systemctl: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written is named, so is what to do, in one line with exit code 8."""
    systemctl(1)
    said = midback("service", "install")
    assert said.code == 8
    assert "Written:" in said.out
    assert "no bus" in said.err
    assert "systemctl --user restart midback.service" in said.err
    assert len(said.err.strip().splitlines()) == 1
    monkeypatch.setattr("midback.cli.service.BOOTED", home / "nowhere")
    plain = midback("service", "status").out
    assert "systemd does not run on this computer" in plain
    assert "no bus" in plain
    monkeypatch.setattr("midback.cli.service.BOOTED", home)
    other = midback("service", "status").out
    assert "It does not run as a service: systemctl says: no bus" in other
    midback("service", "remove")
    assert files(home) == []


def test_without_the_program_the_error_names_it(midback: Any, home: Path, systemctl: Any) -> None:
    """Where there is no systemctl at all, that is what is said; the status says what then starts midback."""
    status = midback("service", "status")
    assert status.code == 0
    assert "midback service install" in status.out
    assert "systemd is not on this computer" in status.out
    assert "midback watch" in status.out
    said = midback("service", "install")
    assert said.code == 8
    assert "systemctl is not on this computer" in said.err
    assert home.is_dir()
