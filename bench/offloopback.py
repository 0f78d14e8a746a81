"""What leaves the computer: Chromium's own network log while every page is opened and a session runs.

Chromium asks a few hosts of its maker by itself, whatever page it shows. They are listed in the raw figures
and not counted; a second count, of the requests that the pages themselves made, has no exceptions.
"""

import ipaddress
import json
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from browser import demo_page
from figures import Figure
from playwright.sync_api import Page

LINK = "Array.from(document.querySelectorAll('a[href]:not([download])'), a => a.href)"
NOT_PAGES = ("/settings/export",)  # files, which Chromium saves instead of showing
MOST_PAGES = 60
BROWSERS_OWN = re.compile(
    r"^((accounts|clients\d|redirector|update|android\.clients|www)\.google(apis)?\.com"
    r"|(content-autofill|update|optimizationguide-pa|safebrowsing|mtalk)\.google(apis)?\.com)$"
)


@dataclass(frozen=True, slots=True)
class Visit:
    """What one visit to all pages left behind."""

    log: str
    pages: list[str]
    requested: set[str]


def is_loopback(host: str) -> bool:
    """Say whether a host is this computer."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def visit_all() -> Visit:
    """Follow every link inside the program once, then play a session for a moment."""
    requested: set[str] = set()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "net.json")
        with demo_page(f"--log-net-log={file}", "--net-log-capture-mode=Default") as (server, page):
            page.context.on("request", lambda request: requested.add(urlsplit(request.url).hostname or ""))
            waiting, seen = [server.base + "/"], []
            while waiting and len(seen) < MOST_PAGES:
                address = waiting.pop(0)
                seen.append(address)
                page.goto(address, wait_until="load")
                page.wait_for_timeout(150)
                for link in page.evaluate(LINK):
                    plain = link.partition("#")[0]
                    ours = plain.startswith(server.base) and not plain.endswith(NOT_PAGES)
                    if ours and plain not in seen and plain not in waiting:
                        waiting.append(plain)
            _play(server.base, page)
            seen.append(page.url)
        return Visit(file.read_text("utf-8"), [url.removeprefix(server.base) for url in seen], requested)


def _play(base: str, page: Page) -> None:
    """Start a session and let it run for a moment."""
    page.goto(base + "/session", wait_until="load")
    page.locator("input[name=pain][value='2']").check(force=True)
    page.locator("form[action='/session'] button").last.click()
    page.wait_for_url(re.compile(r"/session/.+"))
    page.wait_for_timeout(3000)


def hosts_in(log: str) -> tuple[set[str], set[str]]:
    """Return the hosts of all requests and the addresses of all TCP connections in a network log."""
    try:
        noted = json.loads(log)
    except json.JSONDecodeError:
        # A log that was cut off at the end of the browser's life lacks its closing brackets.
        noted = json.loads(log.rstrip().rstrip(",") + "]}")
    tcp = {
        code for name, code in noted["constants"]["logEventTypes"].items() if name.startswith("TCP_CONNECT")
    }
    asked: set[str] = set()
    connected: set[str] = set()
    for event in noted["events"]:
        given = event.get("params", {})
        parts = urlsplit(str(given.get("url", "")))
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname:
            asked.add(parts.hostname)
        if event["type"] in tcp:
            for address in (
                given.get("address"),
                given.get("remote_address"),
                *given.get("address_list", ()),
            ):
                if address and (found := re.match(r"\[?([0-9a-fA-F.:]+?)\]?:\d+$", str(address))):
                    connected.add(found[1])
    return asked, connected


def measure() -> list[Figure]:
    """Visit, read the log, count what is not this computer."""
    visit = visit_all()
    asked, connected = hosts_in(visit.log)
    if not {"127.0.0.1"} <= asked & connected & visit.requested:
        raise RuntimeError("the log does not even show this computer: it cannot be trusted")
    away = sorted(host for host in asked if not is_loopback(host))
    ours = [host for host in away if not BROWSERS_OWN.match(host)]
    connected_away = sorted(address for address in connected if not is_loopback(address))
    from_pages = sorted(host for host in visit.requested if host and not is_loopback(host))
    return [
        Figure("hosts asked off this computer, network log", len(ours), "", 0, ours),
        Figure("hosts asked by the pages themselves", len(from_pages), "", 0, from_pages),
        Figure(
            "Chromium's own hosts (not counted)", len(away) - len(ours), "", None, sorted({*away} - {*ours})
        ),
        Figure("TCP connections off this computer", len(connected_away), "", 0, connected_away),
        Figure("pages opened", len(visit.pages), "", None, visit.pages),
    ]
