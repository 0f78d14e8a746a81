"""What the camera's pages are served: its files for good, its worker a policy of its own, the camera to few pages."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from web_rig import ME, Served, serving

from midback import web
from midback.app.house import open_house
from midback.app.intake import save_intake
from midback.app.screening import answer_screen
from midback.plan.answers import Intake
from midback.settings import Settings
from midback.vendored import FOLDER
from midback.web.guard import headers_for
from midback.web.vendor_files import vendor_base

STATIC = Path(web.__file__).parent / "static"

pytestmark = pytest.mark.skipif(
    not (FOLDER / "pose_lite.task").exists(), reason="The camera part is not built in."
)


@pytest.fixture(scope="module", name="client")
def a_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    house = open_house(Settings(data_dir=tmp_path_factory.mktemp("files"), port=0, language="en"))
    answer_screen(house, ME, frozenset())
    save_intake(house, ME, Intake(birth_year=1986))
    with serving(house) as running, running.client() as client:
        assert isinstance(running, Served)
        yield client
    house.engine.dispose()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("pose_lite.task", "application/octet-stream"),
        ("tasks-vision/vision_bundle.mjs", "text/javascript"),
        ("tasks-vision/wasm/vision_wasm_module_internal.wasm", "application/wasm"),
    ],
)
def test_vendored_files_are_kept_for_good_under_todays_mark(
    client: httpx.Client, name: str, kind: str
) -> None:
    """The whole file, its type, not compressed where that is no use; under another mark it is asked for anew."""
    answer = client.get(f"{vendor_base()}/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == kind
    assert len(answer.content) == (FOLDER / name).stat().st_size
    assert "immutable" in answer.headers["cache-control"]
    assert kind == "text/javascript" or "content-encoding" not in answer.headers
    assert client.get(f"/vendor/000000000000/{name}").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    [
        "/vendor/",
        "/vendor/x",
        "/vendor/x/",
        "/vendor/x/../vendored.py",
        "/vendor/x/%2e%2e/vendored.py",
        "/vendor/x/%2e%2e/%2e%2e/app/house.py",
        "/vendor/x/tasks-vision",
        "/vendor/x/STAMP",
        "/vendor/x//etc/passwd",
    ],
)
def test_nothing_else_is_served_there(client: httpx.Client, path: str) -> None:
    """No folder, no other file of ours, nothing above."""
    assert client.get(path).status_code == 404


def test_vendored_files_need_the_key(client: httpx.Client) -> None:
    """A page of another site cannot find out that midback runs by asking for its networks."""
    answer = httpx.get(f"{client.base_url}{vendor_base()}/pose_lite.task")
    assert answer.status_code == 403


def test_only_the_worker_may_compile_and_nobody_may_ask_beyond_this_address() -> None:
    """Pages run no WebAssembly; the worker may, and neither can reach another machine."""
    for path in ("/", "/session/abc", "/static/session.js", "/static/camera/worker.mjs", "/vendor/x/y.mjs"):
        policy = dict(
            one.strip().split(" ", 1) for one in headers_for(path)["Content-Security-Policy"].split(";")
        )
        assert policy["connect-src"] == "'self'"
        assert policy["worker-src"] == "'self'"
        assert policy["default-src"] == "'self'"
        worker = path.startswith("/static/camera/")
        assert policy["script-src"] == ("'self' 'wasm-unsafe-eval'" if worker else "'self'")


def test_only_the_cameras_own_pages_may_ask_for_it() -> None:
    """The player and the page of the camera; nothing else, also not below other addresses."""
    asked = {
        path: "camera=(self)" in headers_for(path)["Permissions-Policy"]
        for path in (
            "/",
            "/session",
            "/session/abc",
            "/session/abc/after",
            "/camera",
            "/settings",
            "/x/session/abc",
        )
    }
    assert asked == {
        "/": False,
        "/session": False,
        "/session/abc": True,
        "/session/abc/after": False,
        "/camera": True,
        "/settings": False,
        "/x/session/abc": False,
    }


def test_no_script_says_by_itself_that_the_line_is_open() -> None:
    """Behind a proxy with TLS the page is https, and a browser lets it have wss alone."""
    scripts = [*STATIC.glob("*.js"), *(STATIC / "camera").iterdir()]
    assert any("WebSocket(" in path.read_text() for path in scripts)
    assert [path.name for path in scripts if re.search(r"WebSocket\(\s*[\"'`]ws:", path.read_text())] == []
