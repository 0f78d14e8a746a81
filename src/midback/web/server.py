"""Puts the web door together and runs it. In: a House. Out: an ASGI app on loopback. Next: the browser."""

import socket
import sys
import threading
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from os import PathLike, stat_result

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI, Request
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from midback import __version__, locale
from midback.app.demo import is_demo
from midback.app.house import House, open_house
from midback.errors import Conflict, NotFound, Unavailable
from midback.settings import Settings

from . import i18n, problems
from .entry import Door, new_link_token, read_key
from .guard import BodyTooLargeError, Guard
from .i18n import _
from .render import STATIC_DIR
from .sockets import socket_settings
from .vendor_files import UNCOMPRESSED, VendorFiles

THREADS = 6


class Tongues:
    """ASGI middleware: each request speaks the language of the settings or of its browser."""

    def __init__(self, app: ASGIApp, state: FastAPI) -> None:
        self.app, self.state = app, state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            wishes = dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1")
            i18n.speak(i18n.choose(self.state.state.house.settings.language, wishes))
        await self.app(scope, receive, send)


class KeptStatic(StaticFiles):
    """Static files: those asked for by their fingerprint may be kept for good."""

    def file_response(
        self, full_path: str | PathLike[str], stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Answer with the file and how long it may be kept."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        kept = b"v=" in scope.get("query_string", b"")
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if kept else "no-cache"
        return response


def create_app(house: House, *, launch_token: str | None = None) -> FastAPI:
    """Return the web door of a house.

    launch_token : a one-time token for /enter; ``entry.new_link_token`` makes further ones at any time
    """
    from . import api, camera_routes, pages, session_routes

    @asynccontextmanager
    async def few_threads(_app: FastAPI) -> AsyncIterator[None]:
        # One person is served: more threads only cost memory.
        current_default_thread_limiter().total_tokens = THREADS
        yield

    app = FastAPI(
        lifespan=few_threads,
        title="midback",
        version=__version__,
        description="The JSON API of midback, a coach for the sore mid-back that runs on your own computer.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.house = house
    app.state.demo = is_demo(house.data_dir)
    app.state.cameras = {}
    problems.install(app)

    @app.exception_handler(BodyTooLargeError)
    def too_large(request: Request, _exc: Exception) -> Response:
        return problems.refuse(request.scope, 413, "too-large")

    # Taken over as they are: `include_router` would build the models of every route a second time.
    for router in (*pages.routers, *api.routers, session_routes.router, camera_routes.router):
        app.router.routes += router.routes
    app.mount("/static", KeptStatic(directory=STATIC_DIR))
    app.mount("/vendor", VendorFiles())
    app.add_middleware(
        GZipMiddleware,
        minimum_size=1500,
        compresslevel=5,
        exclude_content_types=(*DEFAULT_EXCLUDED_CONTENT_TYPES, *UNCOMPRESSED),
    )
    app.add_middleware(Guard, door=Door(read_key(house.data_dir), launch_token))
    app.add_middleware(Tongues, state=app)
    return app


def listen(settings: Settings) -> socket.socket:
    """Bind the door's socket; raise Conflict when the port is taken."""
    family = socket.AF_INET6 if settings.host == "::1" else socket.AF_INET
    # With the protocol named, answers are not held back for 40 ms until the browser has acknowledged their heads.
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((settings.host, settings.port))
        # From here on a browser that is quicker than the server waits instead of being refused.
        sock.listen(128)
    except OSError as exc:
        sock.close()
        raise Conflict(
            "Port {port} cannot be used: {fault}.",
            "midback needs one free port of its own on this computer.",
            "Stop the other program, or choose another port: MIDBACK_PORT=8643 midback.",
            values={"port": settings.port, "fault": exc.strerror},
        ) from exc
    sock.set_inheritable(True)
    return sock


def address(settings: Settings, port: int) -> str:
    """Return the address people see."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{port}"


def fresh_link(settings: Settings) -> str:
    """Return a new one-time link to the server that runs on this data folder.

    Raise NotFound when none does.
    """
    from midback.app.serving import running_server

    holder = running_server(settings.data_dir)
    if holder is None or not holder.address:
        raise NotFound(
            "No midback is running on this data folder.",
            "A link opens a server that runs.",
            "Start it: run `midback`.",
        )
    return f"{holder.address}/enter?token={new_link_token(settings.data_dir)}"


def serve(settings: Settings, *, open_browser: bool) -> None:
    """Serve until stopped; print the address with its one-time key, and open it where there is a browser.

    Raises
    ------
    Conflict : the port is taken, or another server uses this database
    Unavailable : the data folder or the database cannot be used
    """
    import uvicorn

    from midback.app.orders import orders_changed
    from midback.app.people import DEFAULT_PERSON
    from midback.app.serving import hold_server_lock

    sock = listen(settings)
    port = int(sock.getsockname()[1])
    with hold_server_lock(settings.data_dir, address(settings, port)):
        house = open_house(settings, on_change=orders_changed)
        orders_changed(house, DEFAULT_PERSON)
        app = create_app(house)
        # Made after the app, because a link opens only a server that was there before it.
        link = f"{address(settings, port)}/enter?token={new_link_token(settings.data_dir)}"
        i18n.speak(locale.chosen(settings.language))  # each request then speaks for itself
        print(_("midback is at {link}").format(link=link), flush=True)
        print(_("The link opens once; `midback link` makes another. Stop with Ctrl+C."), flush=True)
        if open_browser:
            threading.Thread(target=webbrowser.open, args=(link,), daemon=True).start()
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=2,
            **socket_settings(),
        )
        server = uvicorn.Server(config)

        def stop() -> None:
            server.should_exit = True

        app.state.stop = stop
        # Open streams end by themselves before the server loses its patience with them.
        app.state.stopping = lambda: server.should_exit
        try:
            server.run(sockets=[sock])
        except OSError as exc:
            raise Unavailable(
                "The server could not run: {fault}.",
                "",
                "Start midback again.",
                values={"fault": exc.strerror},
            ) from exc
        finally:
            sock.close()
