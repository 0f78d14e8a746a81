"""Which way up a body is, from its points in space."""

import numpy as np
import pytest

from midback.body.orientation import orientation
from midback.movement.landmarks import POINT, nobody
from seated_figure import SIZE, sitting, turned


@pytest.mark.parametrize("lean", [-34, -12, 0, 27, 41])
@pytest.mark.parametrize("faces", [1, -1])
def test_whoever_sits_is_upright(lean, faces):
    """Reclined and hunched as far as people were seen to be, on either side."""
    assert orientation(sitting(0.0, lean, faces=faces)) == "upright"


@pytest.mark.parametrize("faces", [1, -1])
def test_lying_is_told_by_where_the_front_looks(faces):
    """On the back the front looks up, face down it looks down, on the side neither."""
    upright = sitting(0.0, 0, faces=faces)
    assert orientation(turned(upright, -90 * faces)) == "supine"
    assert orientation(turned(turned(upright, 90, "y"), 90)) == "side-lying"
    down = turned(upright, 90 * faces)
    assert orientation(down) in ("prone", "all-fours")


def test_face_down_on_limbs_is_all_fours_and_without_them_prone():
    """Hands and knees below shoulders and hips make the difference."""
    down = turned(sitting(0.0, 0), 90)
    image = down.image.copy()
    low = [POINT[f"{side}_{part}"] for side in ("left", "right") for part in ("knee", "wrist")]
    level = down.middle("hip")[1]
    image[low, 1] = level + 150
    fours = type(down)(**{name: getattr(down, name) for name in down.__slots__} | {"image": image})
    assert orientation(fours) == "all-fours"
    image = image.copy()
    image[low, 1] = level
    flat = type(down)(**{name: getattr(down, name) for name in down.__slots__} | {"image": image})
    assert orientation(flat) == "prone"


def test_what_is_not_seen_has_no_orientation():
    """Neither nobody nor points without a place in space."""
    assert orientation(nobody(0.0, SIZE)) is None
    seen = sitting(0.0, 0)
    unknown = type(seen)(
        **{name: getattr(seen, name) for name in seen.__slots__} | {"world": np.full((33, 3), np.nan)}
    )
    assert orientation(unknown) is None
