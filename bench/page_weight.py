"""What Today weighs: every response it needs, as sent, with an empty cache."""

from browser import demo_page
from figures import Figure


def measure() -> list[Figure]:
    """Open Today with the cache off and add up."""
    with demo_page() as (server, page):
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        urls: dict[str, str] = {}
        sizes: dict[str, float] = {}
        session.on(
            "Network.responseReceived", lambda e: urls.__setitem__(e["requestId"], e["response"]["url"])
        )
        session.on(
            "Network.loadingFinished", lambda e: sizes.__setitem__(e["requestId"], e["encodedDataLength"])
        )
        page.goto(server.base + "/", wait_until="networkidle")
        page.wait_for_timeout(500)
    raw = [
        f"{urls[key].removeprefix(server.base)}={round(size)}"
        for key, size in sorted(sizes.items(), key=lambda pair: -pair[1])
        if key in urls
    ]
    return [
        Figure("Today, all responses as sent", sum(sizes.values()) / 1000, "kB", 150, raw),
        Figure("Today, responses", len(sizes), "", None),
    ]
