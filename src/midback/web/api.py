"""The JSON API: the same use cases as the pages, for programs. In: requests. Out: JSON. Next: whoever asks."""

from fastapi import APIRouter

router = APIRouter(prefix="/api", tags=["midback"])
