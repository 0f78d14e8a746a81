"""API: exercises, progress, settings, export. In: JSON. Out: JSON. Next: programs."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import StreamingResponse

from midback.app.archive import export_text
from midback.app.library import LibraryEntry, list_exercises, show_exercise
from midback.app.progress import Progress, show_progress
from midback.catalogue.exercise import Grade, Place, Purpose
from midback.reasons import Reason
from midback.settings import LOOK_ID, PAGE_FIELDS, write_settings

from ..guard import identify
from ..render import house_of
from ..saying import text_of
from .problem import PROBLEMS

router = APIRouter(prefix="/api", tags=["library"], responses=PROBLEMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseLine:
    """One exercise in short. ``open``: ids of the variants the gates leave open."""

    id: str
    title: str
    short: str
    purpose: Purpose
    grade: Grade
    variants: tuple[str, ...]
    open: tuple[str, ...]
    reasons: tuple[Reason, ...]


class SettingsBody(BaseModel):
    """What the Settings page may change; what is left out stays."""

    model_config = ConfigDict(extra="forbid")
    language: str | None = Field(None, pattern=r"^(auto|[a-z]{2,3}(-[A-Z]{2})?)$")
    theme: Literal["auto", "light", "dark"] | None = None
    sound: Literal["voice", "tones", "silent"] | None = None
    ready_s: int | None = Field(None, ge=0, le=15)
    change_s: int | None = Field(None, ge=5, le=10)
    rest_s: int | None = Field(None, ge=0, le=60)
    reduced_motion: Literal["auto", "always"] | None = None
    skin: str | None = Field(None, pattern=LOOK_ID)
    hair: str | None = Field(None, pattern=LOOK_ID)
    clothes: str | None = Field(None, pattern=LOOK_ID)


@router.get("/exercises")
def exercises(
    request: Request,
    place: Place | None = None,
    purpose: Purpose | None = None,
    q: Annotated[str, Query(max_length=100)] = "",
) -> tuple[ExerciseLine, ...]:
    """Return the library in short, in the language of the request."""
    entries = list_exercises(house_of(request), identify(request), place=place, purpose=purpose, text=q)
    return tuple(
        ExerciseLine(
            id=entry.exercise.id,
            title=text_of(entry.exercise).title,
            short=text_of(entry.exercise).short,
            purpose=entry.exercise.purpose,
            grade=entry.exercise.grade,
            variants=tuple(v.id for v in entry.exercise.variants),
            open=tuple(v.id for v in entry.open),
            reasons=entry.reasons,
        )
        for entry in entries
    )


@router.get("/exercises/{exercise_id}")
def exercise(request: Request, exercise_id: str) -> LibraryEntry:
    """Return one exercise in full, with what the gates leave open."""
    return show_exercise(house_of(request), identify(request), exercise_id)


@router.get("/progress")
def progress(request: Request, days: Annotated[int, Query(ge=7, le=1830)] = 28) -> Progress:
    """Return a window of days: pain, minutes, sides, variety, habit, decisions."""
    return show_progress(house_of(request), identify(request), days)


@router.get("/settings")
def settings(request: Request) -> dict[str, Any]:
    """Return what the Settings page shows."""
    now = house_of(request).settings
    return {field: getattr(now, field) for field in PAGE_FIELDS}


@router.patch("/settings")
def change_settings(request: Request, body: Annotated[SettingsBody, Body()]) -> dict[str, Any]:
    """Change settings and return them all."""
    keep_settings(request, body.model_dump(exclude_none=True))
    return settings(request)


def keep_settings(request: Request, changes: dict[str, Any]) -> None:
    """Write settings and let the running server follow them."""
    kept = write_settings(changes)
    state = request.app.state
    # The data folder may have been named on the command line; only what the page sets is taken over.
    chosen = {field: getattr(kept, field) for field in PAGE_FIELDS}
    state.house = state.house.with_settings(state.house.settings.model_copy(update=chosen))


@router.get("/export", response_class=StreamingResponse)
def export(request: Request) -> StreamingResponse:
    """Return everything as one archive; its schema is published in the documentation."""
    archive = export_text(house_of(request), identify(request))
    return StreamingResponse(archive, media_type="application/json")
