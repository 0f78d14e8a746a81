"""What went wrong, said once. In: exceptions. Out: problem+json for the API, a kind page for people.

Next: the browser. A MidbackError says what was seen, the rule and the next step; nothing else is shown of
an error.
"""

from http import HTTPStatus
from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Scope

from midback.errors import Infeasible, MidbackError, SafetyStop, misfit

from . import i18n
from .forms import local_path
from .i18n import _
from .render import environment, house_of


def _wants_json(path: str) -> bool:
    return path == "/api" or path.startswith("/api/")


def problem(
    status: int, title: str, seen: str, rule: str = "", next_step: str = "", **more: object
) -> JSONResponse:
    """Return an RFC 9457 problem document: what was seen, the rule, the next step, and all as one detail."""
    body: dict[str, object] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": " ".join(part for part in (seen, rule, next_step) if part),
        "seen": seen,
        "rule": rule,
        "next": next_step,
    }
    return JSONResponse(body | more, status, media_type="application/problem+json")


def _page(
    status: int, title: str, says: str, rule: str, next_step: str, request: Request | None = None
) -> Response:
    """Return a page that says what went wrong; with a request that was let in, the way on and back too."""
    text = (
        environment()
        .get_template("problem.html")
        .render(
            lang=i18n.language(),
            title=title,
            says=says,
            rule=rule,
            next_step=next_step,
            status=status,
            path=request.url.path if request else "",
            theme=house_of(request).settings.theme if request else "auto",
            back=_form_of(request) if request else "",
        )
    )
    return Response(text, status, media_type="text/html")


def _form_of(request: Request) -> str:
    """Return the path of our own page that a form was sent from, "" where it is not known."""
    if request.method != "POST":
        return ""
    came = urlsplit(request.headers.get("referer", "")[:2000])
    here = request.url
    return local_path(came.path, "") if (came.scheme, came.netloc) == (here.scheme, here.netloc) else ""


def refuse(scope: Scope, status: int, why: str) -> Response:
    """Return the guard's refusal of a request in the words for ``why``."""
    again = _("Open midback with a new link: run `midback` again, or `midback link` while it is running.")
    title, says, rule, next_step = {
        "host": (
            _("This address is not midback's"),
            _("The request came under a name that is not this computer's own."),
            _("midback answers only as 127.0.0.1 or localhost, so that other sites cannot read your data."),
            _("Open the address that `midback` printed when it started."),
        ),
        "foreign": (
            _("Another site tried to change something"),
            _("The request did not come from one of midback's own pages."),
            _("Only midback's own pages may change what it keeps."),
            _("If you meant to do this, go to Today and do it there."),
        ),
        "no-key": (
            _("This browser has no key yet"),
            _("midback keeps your answers on this computer and shows them only to you."),
            _("A link with a one-time key lets a browser in, and it stays in after that."),
            again,
        ),
        "spent": (
            _("This link does not open any more"),
            _("Each link opens once, within a quarter of an hour."),
            _("It was used already, is too old, or is not complete."),
            again,
        ),
        "too-large": (
            _("That is too much at once"),
            _("The request is larger than this page takes."),
            "",
            _("Send less, or use `midback import` for a large archive."),
        ),
        "method": (_("That does not work here"), _("This address only answers to being opened."), "", again),
        "no-calendar": (
            _("There is no such page"),
            _("Nothing lives at this address."),
            "",
            _("The address of your calendar stands in Settings, if you have one."),
        ),
        # The server prints where it comes from; the person learns that nothing of theirs is lost.
        "fault": (
            _("Something went wrong here"),
            _("This is a fault of midback. What you had kept is still there."),
            "",
            _("Go back to Today. `midback doctor` looks for the cause."),
        ),
    }[why]
    if _wants_json(scope["path"]):
        return problem(status, title, says, rule, next_step)
    return _page(status, title, says, rule, next_step)


def install(app: FastAPI) -> None:
    """Register the one translation of each kind of error."""

    @app.exception_handler(MidbackError)
    def told(request: Request, exc: Exception) -> Response:
        assert isinstance(exc, MidbackError)  # noqa: S101 - the registration above says so
        name, (seen, rule, next_step) = type(exc).__name__, exc.said(_)
        if _wants_json(request.url.path):
            more = {"constraints": list(exc.constraints)} if isinstance(exc, Infeasible) else {}
            return problem(exc.http_status, name, seen, rule, next_step, **more)
        if isinstance(exc, SafetyStop):
            title = _("Please see a professional first")
        elif exc.http_status == 404:
            title = _("Nothing by that name")
        elif exc.http_status == 422:
            title = _("That cannot be used as it is")
        elif exc.http_status == 409:
            title = _("Something changed in the meantime")
        else:
            title = _("That did not work")
        return _page(exc.http_status, title, seen, rule, next_step, request)

    @app.exception_handler(HTTPException)
    def plain(request: Request, exc: Exception) -> Response:
        assert isinstance(exc, HTTPException)  # noqa: S101 - it is registered for these only
        if _wants_json(request.url.path):
            return problem(
                exc.status_code,
                HTTPStatus(exc.status_code).phrase,
                str(exc.detail),
                _("The API answers at the addresses and with the methods of its description."),
                _("See /api/openapi.json."),
            )
        if exc.status_code == 404:
            return _page(
                404,
                _("There is no such page"),
                _("Nothing lives at this address."),
                "",
                _("Today is a good start."),
                request,
            )
        return _page(
            exc.status_code,
            _("That does not work here"),
            str(exc.detail),
            "",
            _("Go back to Today."),
            request,
        )

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, exc: Exception) -> Response:
        assert isinstance(exc, RequestValidationError)  # noqa: S101 - as above
        faults = [
            {"field": ".".join(str(part) for part in fault["loc"]), "problem": misfit(fault).said(_)}
            for fault in exc.errors()
        ]
        if _wants_json(request.url.path):
            return problem(
                422,
                "InputError",
                _("The request does not fit."),
                _("What each field may hold stands in the API's description."),
                _("Correct the fields named under errors; see /api/openapi.json."),
                errors=faults,
            )
        first = faults[0] if faults else {"field": "", "problem": ""}
        return _page(
            422,
            _("That cannot be used as it is"),
            f"{first['field']}: {first['problem']}",
            "",
            _("Go back and try again."),
            request,
        )
