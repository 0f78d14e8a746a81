"""`midback` and `midback link`. In: settings. Out: the running server, or a new link to it. Next: web."""

from midback.settings import read_settings

from .words import silence


def serve(port: int | None, browser: bool) -> None:
    """Serve until stopped; open the browser where there is one and it is wanted."""
    from midback.web.server import serve as serve_pages

    silence()  # a browser started from here keeps its own language
    settings = read_settings(**({} if port is None else {"port": port}))
    serve_pages(settings, open_browser=browser and settings.open_browser)


def print_link() -> None:
    """Print a new one-time link."""
    from midback.web.server import fresh_link

    print(fresh_link(read_settings()))
