"""The set-up check for desk, sofa and driver's seat.

In: app.setup_check. Out: HTML. Next: a second look after a week.
"""

from fastapi import APIRouter, Request
from starlette.responses import Response

from midback.app.setup_check import save_look, show_setup

from ..flash import flash, go
from ..forms import Form
from ..guard import identify
from ..render import house_of, render
from ..saying import in_language
from ..seatpicture import draw_seat

router = APIRouter(include_in_schema=False)


@router.get("/setup")
def setup(request: Request) -> Response:
    """Show the three checks with what to change first."""
    house = house_of(request)
    views = show_setup(house, identify(request))
    return render(
        request,
        "setup.html",
        views=[(view, draw_seat(view.check.id)) for view in views],
        t=in_language,
        flash=flash(request),
    )


@router.post("/setup/{check_id}")
def look(request: Request, check_id: str, form: Form) -> Response:
    """Keep one look: what is fine, and what is not."""
    house = house_of(request)
    check = house.catalogue.setup.get(check_id)
    items = check.items if check else ()
    answers = {item.id: form.text(f"i-{item.id}", 10) for item in items}
    fine = {key: value == "fine" for key, value in answers.items() if value in ("fine", "change")}
    kept = save_look(house, identify(request), check_id, fine)
    return go(f"/setup#{check_id}", "setup" if kept.to_change else "setup-fine")
