"""What every test rests on: no one's real data is touched, and what CI requires is not skipped in silence.

BROWSER_TESTS, DATABASE_TESTS, DESKTOP_TESTS and ORACLE_TESTS=required (set by .ci/run) turn a skipped test of that
mark into a failure.
"""

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from backends import NoCluster, Postgresql, Sqlite, private_cluster

ROOT = Path(__file__).resolve().parent.parent

# A shared or busy machine is not a slow program: time is measured in bench/, never here.
settings.register_profile("midback", deadline=None)
settings.load_profile("midback")


@pytest.fixture(autouse=True, scope="session")
def away_from_real_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Point settings and data at a folder of the test run, without the machine's MIDBACK_* variables and desktop."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("MIDBACK_")]:
            patch.delenv(name)
        for name in ("DISPLAY", "WAYLAND_DISPLAY"):
            patch.delenv(name, raising=False)
        patch.setenv("MIDBACK_CONFIG_DIR", str(folder / "config"))
        patch.setenv("MIDBACK_DATA_DIR", str(folder / "data"))
        patch.setenv("LC_ALL", "C.UTF-8")
        yield folder


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    """Start a PostgreSQL of the test run's own; mark what asks for it with ``database``."""
    try:
        with private_cluster() as cluster:
            yield cluster
    except NoCluster as exc:
        pytest.skip(str(exc))


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.database)])
def backend(request: pytest.FixtureRequest) -> Sqlite | Postgresql:
    """Run the test once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        return Sqlite()
    cluster: Postgresql = request.getfixturevalue("postgresql")
    return cluster


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that was skipped although it is required."""
    report = yield
    for mark in ("browser", "database", "desktop", "oracle"):
        required = os.environ.get(f"{mark.upper()}_TESTS") == "required"
        if required and report.skipped and item.get_closest_marker(mark):
            report.outcome = "failed"
            report.longrepr = f"A {mark} test was skipped: {report.longrepr}"
    return report


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Fail a whole module of browser tests that skipped itself."""
    if os.environ.get("BROWSER_TESTS") != "required" or not report.skipped:
        return
    module = ROOT / report.nodeid.partition("::")[0]
    if module.is_file() and "pytest.mark.browser" in module.read_text("utf-8"):
        report.outcome = "failed"
        report.longrepr = f"Browser tests were skipped: {report.longrepr}"
