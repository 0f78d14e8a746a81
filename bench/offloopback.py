"""What leaves the computer: Chromium's own network log while every page is opened."""

import ipaddress
import json
import re
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from browser import demo_page
from figures import Figure
from playwright.sync_api import Page

LINK = "Array.from(document.querySelectorAll('a[href]:not([download])'), a => a.href)"
NOT_PAGES = ("/settings/export",)  # files, which Chromium saves instead of showing
MOST_PAGES = 60


def is_loopback(host: str) -> bool:
    """Say whether a host is this computer."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def visit_all() -> tuple[str, list[str]]:
    """Follow every link inside the program once; return the network log and the addresses visited."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "net.json")
        with demo_page(f"--log-net-log={log}", "--net-log-capture-mode=Default") as (server, page):
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
        return log.read_text("utf-8"), [address.removeprefix(server.base) for address in seen]


def _play(base: str, page: Page) -> None:
    """Start a session and let it run for a moment."""
    page.goto(base + "/session", wait_until="load")
    page.locator("input[name=pain][value='2']").check(force=True)
    page.locator("form[action='/session'] button").last.click()
    page.wait_for_url(re.compile(r"/session/.+"))
    page.wait_for_timeout(3000)


def hosts_in(log: str) -> tuple[set[str], set[str]]:
    """Return the hosts that were asked for and the addresses that were connected to."""
    try:
        events = json.loads(log)["events"]
    except json.JSONDecodeError:
        # A log that was cut off at the end of the browser's life lacks its closing brackets.
        events = json.loads(log.rstrip().rstrip(",") + "]}")["events"]
    asked: set[str] = set()
    connected: set[str] = set()
    for event in events:
        given = event.get("params", {})
        if url := given.get("url"):
            parts = urlsplit(str(url))
            if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname:
                asked.add(parts.hostname)
        for address in (given.get("address"), *given.get("address_list", ())):
            if address and (found := re.match(r"\[?([0-9a-fA-F.:]+?)\]?:\d+$", str(address))):
                connected.add(found[1])
    return asked, connected


def measure() -> list[Figure]:
    """Visit, read the log, count what is not this computer."""
    log, visited = visit_all()
    asked, connected = hosts_in(log)
    if "127.0.0.1" not in asked or "127.0.0.1" not in connected:
        raise RuntimeError("the log does not even show this computer: it cannot be trusted")
    away = sorted(host for host in asked | connected if not is_loopback(host))
    return [
        Figure("hosts asked or connected off this computer", len(away), "", 0, away),
        Figure("pages opened", len(visited), "", None, visited),
    ]
