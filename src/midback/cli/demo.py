"""`midback demo`: four invented weeks on a folder of their own. In: app.demo. Out: data, a server on it."""

from midback.app.demo import build_demo, demo_settings
from midback.settings import read_settings

from .paper import line
from .server import has_screen, keep_one_heap
from .words import _, silence


def run_demo(port: int, browser: bool, build_only: bool) -> None:
    """Make the demo's data anew and serve it on a port of its own."""
    settings = read_settings()
    line(_("Four weeks of invented data are being made. Yours are not touched."))
    house = build_demo(settings)
    house.engine.dispose()
    ours = demo_settings(settings)
    line(_("The demo's data are in {folder}.").format(folder=ours.data_dir))
    if build_only:
        line(_("In the terminal: MIDBACK_DATA_DIR={folder} midback today").format(folder=ours.data_dir))
        return
    from midback.web.server import serve

    silence()
    keep_one_heap()
    serve(
        ours.model_copy(update={"port": port}),
        open_browser=browser and settings.open_browser and has_screen(),
    )
