"""Settings: language, theme, sound, times, the figure, pauses, and the person's data.

In: forms. Next: settings.toml.
"""

from collections.abc import Callable

from fastapi import APIRouter, Request
from starlette.background import BackgroundTask
from starlette.responses import Response, StreamingResponse

from midback import locale
from midback.app.archive import export_text
from midback.app.backup import backup
from midback.app.clock import today_of
from midback.app.deletion import delete_everything
from midback.app.pauses import end_pause, list_pauses, start_pause
from midback.app.planning import replan
from midback.settings import PAGE_FIELDS, config_folder, set_by_environment

from ..api.library import keep_settings
from ..flash import flash, go
from ..forms import Form, local_path
from ..guard import identify
from ..i18n import _
from ..picture import look_named
from ..render import house_of, render
from .calendar import calendar_values

router = APIRouter(include_in_schema=False)
NUMBERS = {"ready_s": (0, 15), "change_s": (5, 10), "rest_s": (0, 60)}


def language_names() -> list[tuple[str, str]]:
    """Return the languages there are, each under its own name."""
    own = {"en": "English", "de": "Deutsch"}
    return [("auto", _("as the browser"))] + [(code, own.get(code, code)) for code in locale.languages()]


def look_names() -> dict[str, list[tuple[str, str]]]:
    """Return the choices of the figure's look: id and name."""
    return {
        "skin": [
            ("porcelain", _("porcelain")),
            ("sand", _("sand")),
            ("amber", _("amber")),
            ("umber", _("umber")),
            ("cocoa", _("cocoa")),
            ("ebony", _("ebony")),
        ],
        "hair": [
            ("short", _("short")),
            ("long", _("long")),
            ("bun", _("in a bun")),
            ("covered", _("covered")),
            ("none", _("none")),
            ("grey", _("grey")),
        ],
        "clothes": [
            ("sky", _("blue")),
            ("moss", _("green, with shorts")),
            ("plum", _("plum, long sleeves")),
            ("clay", _("clay")),
            ("stone", _("stone")),
        ],
    }


@router.get("/settings")
def settings(request: Request) -> Response:
    """Show what can be set, the pauses, and what can be done with the data."""
    house, person = house_of(request), identify(request)
    today = today_of(house.clock)
    pauses = list_pauses(house, person)
    why = {"illness": _("illness"), "flare": _("a flare"), "travel": _("travel")}
    return render(
        request,
        "settings.html",
        now=house.settings,
        languages=language_names(),
        looks=look_names(),
        preview=_preview(request, house.settings.skin, house.settings.hair, house.settings.clothes),
        fixed=set_by_environment(),
        file=str(config_folder() / "settings.toml"),
        data_dir=str(house.data_dir),
        whys=list(why.items()),
        pauses=[(p, why.get(p.why, p.why)) for p in reversed(pauses)][:5],
        current=next((p for p in pauses if p.start <= today and (p.end is None or today <= p.end)), None),
        today=today,
        calendar=calendar_values(request),
        flash=flash(request),
    )


@router.post("/settings")
def save(request: Request, form: Form) -> Response:
    """Keep the settings in settings.toml; what the environment fixes stays."""
    fixed = set_by_environment()
    changes: dict[str, object] = {}
    for field in PAGE_FIELDS:
        if field in fixed or field not in form.data:
            continue
        changes[field] = form.whole(field, *NUMBERS[field]) if field in NUMBERS else form.text(field, 40)
    keep_settings(request, {key: value for key, value in changes.items() if value is not None})
    return go(local_path(form.text("next", 200), "/settings"), "settings")


@router.get("/settings/figure.svg")
def preview(request: Request, skin: str = "", hair: str = "", clothes: str = "") -> Response:
    """Return the figure as it would look."""
    return Response(_preview(request, skin, hair, clothes), media_type="image/svg+xml")


def _preview(request: Request, skin: str, hair: str, clothes: str) -> str:
    from midback.share.figure import still

    exercises = house_of(request).catalogue.exercises
    shown = exercises.get("wall-opener") or exercises.get("cat-cow")
    if shown is None or shown.movement_of(shown.variants[0].id) is None:
        return ""
    return still(
        shown, shown.variants[0].id, look=look_named(skin, hair, clothes), title=_("How the figure looks")
    )


@router.post("/settings/pause")
def pause(request: Request, form: Form) -> Response:
    """Start a pause."""
    kept = start_pause(
        house_of(request), identify(request), form.text("why", 20), form.day("start"), form.day("end")
    )
    return go("/settings#pause", "paused", kept.id)


@router.post("/settings/resume")
def resume(request: Request, form: Form) -> Response:
    """End a pause."""
    end_pause(house_of(request), identify(request), form.text("id", 200))
    return go("/", "resumed")


@router.post("/settings/replan")
def plan_anew(request: Request) -> Response:
    """Plan the week anew."""
    replan(house_of(request), identify(request))
    return go("/", "replanned")


@router.get("/settings/export")
def export(request: Request) -> Response:
    """Download everything as one JSON archive."""
    house, person = house_of(request), identify(request)
    name = f"midback-{today_of(house.clock).isoformat()}.json"
    return StreamingResponse(
        export_text(house, person),
        media_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@router.post("/settings/backup")
def make_backup(request: Request) -> Response:
    """Copy the database into the data folder's backups."""
    made = backup(house_of(request))
    return go("/settings?file=" + made.path.name + "#data", "backup")


@router.get("/settings/delete")
def ask_delete(request: Request) -> Response:
    """Ask before deleting everything."""
    return render(request, "delete.html", data_dir=str(house_of(request).data_dir), wrong=False)


@router.post("/settings/delete")
def delete(request: Request, form: Form) -> Response:
    """Delete everything for good, then stop the server."""
    house = house_of(request)
    word = _("delete")
    if form.text("word", 40).casefold() != word.casefold():
        return render(request, "delete.html", 422, data_dir=str(house.data_dir), wrong=True)
    stop: Callable[[], None] | None = getattr(request.app.state, "stop", None)
    page = render(request, "deleted.html")
    delete_everything(house, own_exercises=form.ticked("own_exercises"), serving=True)
    if stop is not None:
        page.background = BackgroundTask(stop)
    return page
