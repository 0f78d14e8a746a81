"""Nobody but the person's own browser gets in, and no other site can make it do anything."""

import stat

import httpx
import pytest
from starlette.datastructures import Headers
from web_rig import Served, serving

from midback.app.house import House
from midback.web.entry import COOKIE_LIFETIME_S, LINK_LIFETIME_S, Door, mint, new_link_token, read_key
from midback.web.guard import comes_from_us, host_is_ours

PAGES = ("/", "/progress", "/api/today", "/settings/export", "/figures/cat-cow/floor.json", "/session")


@pytest.mark.parametrize("path", PAGES)
def test_without_a_cookie_nothing_personal_is_shown(served: Served, path: str) -> None:
    """No key, no page: the answer says how to get one."""
    answer = httpx.get(served.base + path)
    assert answer.status_code == 403
    assert "midback link" in answer.text
    assert "set-cookie" not in answer.headers


def test_a_link_opens_once_and_says_so_afterwards(served: Served) -> None:
    """A one-time link turns into a strict, HTTP-only cookie; spent, it says how to get another."""
    link = served.link()
    first = httpx.get(link)
    assert first.status_code == 303
    cookie = first.headers["set-cookie"].lower()
    assert "samesite=strict" in cookie
    assert "httponly" in cookie
    again = httpx.get(link)
    assert again.status_code == 403
    assert "midback link" in again.text


@pytest.mark.parametrize("token", ["", "x", "1.2", "ü", "1-a.b", "9999999999999-x." + "A" * 43])
def test_a_made_up_token_opens_nothing(served: Served, token: str) -> None:
    """Tokens that the key did not sign are refused."""
    assert httpx.get(served.base + "/enter", params={"token": token}).status_code == 403


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1:1", "localhost.evil.example:{port}"]
)
def test_another_host_name_is_refused(served: Served, host: str) -> None:
    """A name that was rebound to loopback gets nothing, with or without the cookie."""
    port = served.base.rpartition(":")[2]
    with served.client() as client:
        for path in ("/", "/static/midback.css", "/api/today"):
            answer = client.get(path, headers={"Host": host.format(port=port)})
            assert answer.status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_site_changes_nothing(served: Served, headers: dict[str, str]) -> None:
    """A changing request that another site sent is refused although it carries the cookie."""
    with served.client() as client:
        before = client.get("/api/checkins").json()
        assert client.post("/checkin/now", data={"pain_now": "9"}, headers=headers).status_code == 403
        assert client.post("/api/checkins", json={"pain_now": 9}, headers=headers).status_code == 403
        assert client.get("/api/checkins").json() == before


def test_our_own_pages_may_change(served: Served) -> None:
    """The same request from our own page is taken."""
    with served.client() as client:
        headers = {"Origin": served.base, "Sec-Fetch-Site": "same-origin"}
        assert client.post("/checkin/now", data={"pain_now": "3"}, headers=headers).status_code == 200


def test_a_tab_survives_a_restart(house: House) -> None:
    """The cookie is signed with a key that stays, so a restarted server knows it.

    A spent link stays spent.
    """
    with serving(house) as first:
        link = first.link()
        answer = httpx.get(link)
        name, _eq, value = answer.headers["set-cookie"].partition(";")[0].partition("=")
        port = name.rpartition("-")[2]
    with serving(house) as second:
        assert second.base.rpartition(":")[2] != ""
        cookie = {"Cookie": f"midback-{second.base.rpartition(':')[2]}={value}"}
        assert httpx.get(second.base + "/about", headers=cookie).status_code == 200
        token = link.partition("token=")[2]
        assert httpx.get(second.base + "/enter", params={"token": token}).status_code == 403
    assert port.isdigit()


def test_the_key_is_for_its_owner_alone(house: House) -> None:
    """The signing key lies in the data folder, readable by nobody else."""
    read_key(house.data_dir)
    mode = stat.S_IMODE((house.data_dir / "door.key").stat().st_mode)
    assert mode == 0o600


def test_a_key_that_others_could_read_is_replaced(house: House) -> None:
    """A copy of the folder may have opened the key to everybody: cookies signed with it do not count."""
    old = read_key(house.data_dir)
    (house.data_dir / "door.key").chmod(0o644)
    new = read_key(house.data_dir)
    assert new != old
    assert stat.S_IMODE((house.data_dir / "door.key").stat().st_mode) == 0o600
    assert not Door(new).knows(mint(old, "cookie", 1_800_000_000.0))
    assert read_key(house.data_dir) == new


@pytest.mark.parametrize("path", ["/", "/nope", "/static/midback.css", "/api/today", "/enter"])
def test_every_answer_carries_the_headers(served: Served, path: str) -> None:
    """No inline script or style, no framing, no sniffing; personal pages are not kept."""
    with served.client() as client:
        answer = client.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    if not path.startswith("/static"):
        assert answer.headers["cache-control"] == "no-store"


def test_too_much_is_refused(served: Served) -> None:
    """A body over the limit is refused, whether its length is declared or not."""
    with served.client() as client:
        assert client.post("/checkin", content=b"x" * 1_100_000).status_code == 413
        pieces = (b"x" * 100_000 for _ in range(12))
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        assert client.post("/checkin", content=pieces, headers=headers).status_code == 413


def test_links_and_cookies_age(monkeypatch: pytest.MonkeyPatch) -> None:
    """A link is good for a quarter of an hour, a cookie for half a year, and neither is the other."""
    door = Door(b"k" * 32, opened_at=0.0)
    now = 1_800_000_000.0
    monkeypatch.setattr("midback.web.entry.time.time", lambda: now)
    assert door.take(mint(door.key, "link", now - LINK_LIFETIME_S - 1)) is None
    assert door.take(mint(door.key, "cookie", now)) is None
    cookie = door.take(mint(door.key, "link", now - LINK_LIFETIME_S + 1))
    assert cookie is not None
    assert door.knows(cookie)
    assert not door.knows(mint(door.key, "link", now))
    assert not door.knows(mint(door.key, "cookie", now - COOKIE_LIFETIME_S - 1))
    assert not door.knows(mint(b"x" * 32, "cookie", now))


def test_a_link_of_an_earlier_server_does_not_open(house: House) -> None:
    """What an earlier server may have seen spent is not taken by the next one."""
    token = new_link_token(house.data_dir)
    door = Door(read_key(house.data_dir))
    door.opened_at += 5
    assert door.take(token) is None


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("127.0.0.1:8642", True),
        ("localhost:8642", True),
        ("LOCALHOST:8642", True),
        ("[::1]:8642", True),
        ("[::1]", False),
        ("127.0.0.1", False),
        ("127.0.0.1.:8642", False),
        ("0.0.0.0:8642", False),
        ("", False),
        ("127.0.0.1:8642@evil.example", False),
    ],
)
def test_only_names_of_this_computer_are_ours(host: str, ours: bool) -> None:
    """The Host allow-list holds the three names of loopback with our port."""
    assert host_is_ours(host, 8642) is ours


def test_a_page_under_another_name_of_loopback_is_foreign() -> None:
    """A page on localhost may not post to 127.0.0.1: it was not loaded from there."""
    headers = Headers({"host": "127.0.0.1:8642", "origin": "http://localhost:8642"})
    assert not comes_from_us(headers, 8642)
