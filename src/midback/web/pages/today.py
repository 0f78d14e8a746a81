"""Today: the next movement and why, the day as a spine, one check-in. In: app.today. Out: HTML."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from ..render import render

router = APIRouter()


@router.get("/")
def today(request: Request) -> Response:
    """Show what to do next."""
    return render(request, "today.html")
