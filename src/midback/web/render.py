"""Turns a template and values into a page. In: pages. Out: HTML. Next: the browser.

Templates see ``_`` and ``ngettext``, the request, the settings, and the small words of ``i18n`` as filters.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse

from midback import __version__
from midback.app.clock import local
from midback.app.house import House

from . import i18n
from .vendor_files import vendor_base

HERE = Path(__file__).resolve().parent
STATIC_DIR = HERE / "static"


def house_of(request: HTTPConnection) -> House:
    """Return the house this server runs on, under the settings of the moment."""
    house: House = request.app.state.house
    return house


@lru_cache(maxsize=64)
def _fingerprint(name: str, changed_ns: int) -> str:
    return hashlib.sha256((STATIC_DIR / name).read_bytes()).hexdigest()[:12]


def static_url(name: str) -> str:
    """Return the address of a static file; it changes with the content, so browsers may keep it for good."""
    mark = fingerprint(name)
    return f"/static/{name}?v={mark}" if mark else f"/static/{name}"


def fingerprint(name: str) -> str:
    """Return a mark of a static file's content, or "" when there is no such file."""
    path = STATIC_DIR / name
    return _fingerprint(name, path.stat().st_mtime_ns) if path.exists() else ""


def _drawing(svg: str) -> Markup:
    """Mark an SVG of our own making as safe to put in the page as it is."""
    return Markup(svg)  # noqa: S704 - texts in it were escaped when it was drawn


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the one Jinja environment."""
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    install: Callable[..., None] = env.install_gettext_callables  # type: ignore[attr-defined]  # the extension adds it
    install(i18n._, i18n.ngettext, newstyle=True)
    env.filters |= {
        "clock": i18n.clock_words,
        "duration": i18n.duration_words,
        "day": i18n.day_words,
        "number": i18n.number_words,
        "drawing": _drawing,
    }
    env.globals |= {"static": static_url, "version": __version__, "query": urlencode, "vendor": vendor_base}
    return env


def render(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Render a page for a request."""
    house = house_of(request)

    def moment(at: datetime) -> datetime:
        return local(house.clock, at)

    text = (
        environment()
        .get_template(template)
        .render(
            request=request,
            path=request.url.path,
            lang=i18n.language(),
            settings=house.settings,
            demo=getattr(request.app.state, "demo", False),
            moment=moment,
            **values,
        )
    )
    return HTMLResponse(text, status)
