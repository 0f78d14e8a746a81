"""Who may come in. In: every request. Out: refused, or passed on with safe headers. Next: pages and api.

The server listens on loopback, yet any page in the person's browser can send requests there. So the Host
must be ours (DNS rebinding), a changing request must come from our own pages, and every personal page needs
the cookie that only a one-time link gives.
"""

import re
from html import escape
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from midback.app.people import DEFAULT_PERSON

from .entry import COOKIE_LIFETIME_S, Door
from .problems import refuse

BODY_LIMIT = 1_000_000
UPLOAD_LIMIT = 200_000_000
UPLOADS = ("/settings/import", "/sensing/calendars", "/sensing/trips", "/sensing/activitywatch")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
OPEN_PATHS = ("/static/", "/favicon.ico")
# Opened by the key in its address alone, which the page behind it looks at: calendar programs have no cookie.
FEED = "/calendar.ics"
READING = frozenset({"GET", "HEAD"})
# A page that a one-time link may lead to, with what it is asked for: /session?exercise=cat-cow
OWN_PAGE = re.compile(r"/(?:[a-z0-9-]+(?:/[a-z0-9-]+)*)?(?:\?[a-z]+=[a-z0-9-]*(?:&[a-z]+=[a-z0-9-]*)*)?")

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "worker-src 'self'; "
    "media-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# The camera's worker runs the pose networks as WebAssembly; a worker has a policy of its own, pages stay without.
WORKERS = "/static/camera/"
WORKER_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
# The pages that may ask for the camera.
CAMERA_PAGES = re.compile(r"/session/[A-Za-z0-9_-]{1,64}|/camera(?:/[a-z-]+)*")
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), screen-wake-lock=(self), geolocation=(), microphone=(), payment=(), usb=()",
}


def identify(request: HTTPConnection) -> str:
    """Return the id of the person a request is for. The only place where a door learns it.

    The guard has let in nobody but the owner of this computer's account, so it is always that one person.
    """
    return DEFAULT_PERSON


def cookie_name(port: int) -> str:
    """Return the cookie's name; browsers share cookies between ports, so the port is part of it."""
    return f"midback-{port}"


def _port(scope: Scope) -> int:
    server = scope.get("server")
    return int(server[1]) if server and server[1] else 80


def host_is_ours(host: str, port: int) -> bool:
    """Whether a Host header names this computer and our port."""
    name, colon, given = host.lower().rpartition(":")
    if not colon or host.endswith("]"):
        name, given = host.lower(), "80"
    return name in LOOPBACK and given == str(port)


def comes_from_us(headers: Headers, port: int) -> bool:
    """Whether a changing request was sent by one of our own pages, or by no browser at all."""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    if origin is None:
        return True
    scheme, _sep, host = origin.partition("://")
    # Our own page's Origin repeats the Host it was loaded from, so another name of loopback is foreign too.
    return scheme == "http" and host_is_ours(host, port) and host.lower() == headers.get("host", "").lower()


def _cookie(headers: Headers, name: str) -> str:
    try:
        jar = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    return jar[name].value if name in jar else ""


class Guard:
    """ASGI middleware: the checks in order, cheapest first."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self.app, self.door = app, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        response = self._refusal(scope)
        if response is not None:
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
                return
            await response(scope, receive, _with_headers(send, scope["path"], personal=True))
            return
        if scope["type"] == "websocket":
            await self.app(scope, receive, send)
            return
        limit = UPLOAD_LIMIT if scope["path"] in UPLOADS else BODY_LIMIT
        personal = not scope["path"].startswith(OPEN_PATHS)
        marked = _Started(_with_headers(send, scope["path"], personal=personal))
        try:
            await self.app(scope, _limited(receive, limit), marked)
        except Exception:
            # A fault of ours is answered here, so that its page carries the headers too; the server logs it.
            if not marked.started:
                answer = refuse(scope, 500, "fault")
                answer.headers["Connection"] = "close"  # the server hangs up after a fault
                await answer(scope, receive, marked)
            raise

    def _refusal(self, scope: Scope) -> Response | None:
        """Return the response that refuses a request or lets a link in; None when it may pass."""
        headers, port, path = Headers(scope=scope), _port(scope), scope["path"]
        socket = scope["type"] == "websocket"
        if not host_is_ours(headers.get("host", ""), port):
            return refuse(scope, 403, "host")
        changing = socket or scope["method"] not in SAFE_METHODS
        if changing and not comes_from_us(headers, port):
            return refuse(scope, 403, "foreign")
        if socket and "origin" not in headers:
            return refuse(scope, 403, "foreign")
        limit = UPLOAD_LIMIT if path in UPLOADS else BODY_LIMIT
        declared = headers.get("content-length", "0")
        if not declared.isdigit() or int(declared) > limit:
            return refuse(scope, 413, "too-large")
        if path.startswith(OPEN_PATHS):
            return None
        if path == FEED and scope["type"] == "http" and scope["method"] in READING:
            # No page of another site reads it, even with the key.
            foreign = headers.get("sec-fetch-site", "none") not in ("none", "same-origin")
            return refuse(scope, 403, "foreign") if foreign else None
        if path == "/enter":
            return self._enter(scope, headers, port)
        if not self.door.knows(_cookie(headers, cookie_name(port))):
            return refuse(scope, 403, "no-key")
        return None

    def _enter(self, scope: Scope, headers: Headers, port: int) -> Response:
        if scope["method"] != "GET":
            return refuse(scope, 405, "method")
        query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        token = query.get("token", [""])[0]
        # Only a page of ours, by letters that mean nothing else to a browser.
        to = query.get("to", ["/"])[0]
        to = to if OWN_PAGE.fullmatch(to) else "/"
        value = self.door.take(token)
        if value is None:
            if self.door.knows(_cookie(headers, cookie_name(port))):
                return RedirectResponse(to, 303)  # a bookmarked link in a browser that is already in
            return refuse(scope, 403, "spent")
        response: Response = RedirectResponse(to, 303)
        if headers.get("sec-fetch-site") == "cross-site":
            # A strict cookie is not sent along a redirect that began on another site; a page of ours starts
            # anew.
            there = escape(to)
            response = HTMLResponse(
                '<!doctype html><html lang="en"><meta charset="utf-8"><title>midback</title>'
                f'<meta http-equiv="refresh" content="0;url={there}"><p><a href="{there}">midback</a></p></html>'
            )
        response.set_cookie(
            cookie_name(port), value, max_age=COOKIE_LIFETIME_S, path="/", httponly=True, samesite="strict"
        )
        return response


class BodyTooLargeError(Exception):
    """A body without a declared length grew past the limit."""


class _Started:
    """Passes messages on and remembers whether an answer has begun."""

    def __init__(self, send: Send) -> None:
        self.send, self.started = send, False

    async def __call__(self, message: Message) -> None:
        self.started = True
        await self.send(message)


def _limited(receive: Receive, limit: int) -> Receive:
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise BodyTooLargeError
        return message

    return counted


def headers_for(path: str) -> dict[str, str]:
    """Return the safe headers of a path: all pages alike, but for the camera's own and its worker."""
    found = dict(HEADERS)
    if path.startswith(WORKERS):
        found["Content-Security-Policy"] = WORKER_POLICY
    if CAMERA_PAGES.fullmatch(path):
        found["Permissions-Policy"] = found["Permissions-Policy"].replace("camera=()", "camera=(self)")
    return found


def _with_headers(send: Send, path: str, *, personal: bool) -> Send:
    async def marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in headers_for(path).items():
                headers[name] = value
            if personal and "cache-control" not in headers:
                headers["Cache-Control"] = "no-store"
        await send(message)

    return marked
