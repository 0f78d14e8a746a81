"""Sources, help, and what midback is and is not. In: the catalogue. Out: HTML. Next: the person."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from ..flash import flash
from ..render import house_of, render
from ..saying import grade_words, in_language

router = APIRouter(include_in_schema=False)
GRADES = ("A", "A-", "B", "B-", "C", "D", "X")


def _row_number(row: str) -> tuple[int, str]:
    digits = "".join(c for c in row if c.isdigit())
    return (int(digits) if digits else 999, row)


@router.get("/sources")
def sources(request: Request) -> Response:
    """Show every claim with its grade and what research says of it."""
    catalogue = house_of(request).catalogue
    claims = sorted(
        catalogue.claims.values(), key=lambda c: (GRADES.index(c.grade), _row_number(c.row), c.id)
    )
    used = {s for c in claims for s in c.sources}
    return render(
        request,
        "sources.html",
        grades=[(grade, grade_words(grade), [c for c in claims if c.grade == grade]) for grade in GRADES],
        sources=catalogue.sources,
        listed=sorted((s for s in catalogue.sources.values() if s.id in used), key=lambda s: s.citation),
        t=in_language,
        flash=flash(request),
    )


@router.get("/about")
def about(request: Request) -> Response:
    """Say what midback is, what it is not, and how it works."""
    return render(request, "about.html", data_dir=str(house_of(request).data_dir))
