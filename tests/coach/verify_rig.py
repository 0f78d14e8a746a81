"""Films of landmarks to count: people recorded by our own pipeline, or a body at rest whose back is bent by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from midback.catalogue import load_catalogue
from midback.catalogue.check import Check
from midback.coach.verify.engine import Verifier
from midback.coach.verify.notes import Note
from midback.movement.dorsal import sagitta
from midback.movement.landmarks import LANDMARKS, STATIONS, Frame, Landmarks
from midback.share.landmark_file import read_landmarks

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "landmarks"
# What somebody who looked at the clip wrote down: a phase and the seconds it is held.
LABELS = (
    ("cow", 0.0, 0.9),
    ("cat", 1.3, 2.7),
    ("cow", 3.5, 4.8),
    ("cat", 5.3, 6.6),
    ("cow", 7.2, 8.2),
    ("cat", 8.7, 9.6),
)
ARCH = STATIONS * (1 - STATIONS)
MIRRORED = [
    LANDMARKS.index(
        name.replace("left", "\0").replace("right", "left").replace("\0", "right")
        if "left" in name or "right" in name
        else name
    )
    for name in LANDMARKS
]


@cache
def film(name: str) -> Landmarks:
    """Return one of the recorded films."""
    return read_landmarks(FIXTURES / f"{name}.json.gz")


@cache
def cat_cow() -> Check:
    """Return the catalogue's own check."""
    check = load_catalogue().exercises["cat-cow"].camera.check
    assert check is not None
    return check


def of(frames: Iterable[Frame], like: str = "cat-cow-left") -> Landmarks:
    """Return frames as a film of the size of another."""
    return Landmarks(frames=tuple(frames), size=film(like).size)


def bent(values: Sequence[float], fps: float = 15.0, t: float = 0.0) -> list[Frame]:
    """Return somebody on hands and knees who keeps still, with the back bent by so much in each frame."""
    at_rest = film("cat-cow-left").frames[8]
    unit = ARCH / sagitta(ARCH)
    return [replace(at_rest, t=t + n / fps, profile=0.2 + value * unit) for n, value in enumerate(values)]


def mirrored(frame: Frame) -> Frame:
    """Return the frame of a mirrored picture: left is right."""
    image, world = frame.image[MIRRORED].copy(), frame.world[MIRRORED].copy()
    image[:, 0] = frame.size[0] - image[:, 0]
    world[:, 0] = -world[:, 0]
    return replace(frame, image=image, world=world, visibility=frame.visibility[MIRRORED])


def moved(frame: Frame, right: float = 0.0, down: float = 0.0) -> Frame:
    """Return the frame with the body moved by parts of the picture's size."""
    return replace(frame, image=frame.image + np.array([right * frame.size[0], down * frame.size[1], 0.0]))


def live(frames: Iterable[Frame], check: Check | None = None) -> tuple[Verifier, list[Note]]:
    """Count frames as they come."""
    verifier, notes = Verifier(check or cat_cow()), list[Note]()
    for frame in frames:
        notes += verifier.step(frame)
    return verifier, [*notes, *verifier.finish()]
