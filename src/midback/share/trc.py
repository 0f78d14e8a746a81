"""Landmarks as a `.trc` file, which OpenSim and Pose2Sim read. In: Frames. Out: the file. Next: their programs.

Tab separated: the type of the file, names of the rates, their values, the markers, their axes, then a row a frame.
Metres about the middle of the hips, y up, z towards the camera: the trunk stays where it is while the person walks,
because one camera does not know how far away they are. What was not seen is NaN, as OpenSim refuses a row
whose last cell is empty. Markers bear the names that Pose2Sim gives the points of BlazePose.

References
----------
OpenSim documentation, "Marker (.trc) Files"; Pose2Sim documentation, "Pose estimation" with its list of skeletons.
"""

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

import numpy as np

from midback.beside import WrittenBeside, unwritable
from midback.movement.landmarks import LANDMARKS, Frame

_OWN_WORDS: Final = {
    "nose": "Nose",
    "mouth_left": "LMouth",
    "mouth_right": "RMouth",
    "left_foot_index": "LBigToe",
    "right_foot_index": "RBigToe",
}
_SIDE: Final = {"left": "L", "right": "R"}
# From x right, y down, z away: half a turn about x.
_AXES: Final = np.array([1.0, -1.0, -1.0])


def marker(point: str) -> str:
    """Return the marker of a point: ``LShoulder`` for ``left_shoulder``."""
    if point in _OWN_WORDS:
        return _OWN_WORDS[point]
    side, *words = point.split("_")
    return _SIDE[side] + "".join(word.capitalize() for word in words)


MARKERS: Final = tuple(marker(point) for point in LANDMARKS)


class TrcWriter(WrittenBeside):
    """Writes frames as they come; the file takes its place when it is closed without a fault.

    Raises Unavailable where the place cannot be written.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._first = self._last = 0.0
        self.frames = 0
        try:
            self._beside.open("xb").close()  # a name that cannot be is told before the work
            self._rows = tempfile.TemporaryFile("w+", encoding="ascii", dir=path.parent)  # noqa: SIM115
        except OSError as exc:
            raise unwritable(path, exc) from exc

    def add(self, frame: Frame) -> None:
        """Write one frame; raise Unavailable where the disk is full."""
        if not self.frames:
            self._first = frame.t
        self._last = frame.t
        self.frames += 1
        places = np.round(frame.world * _AXES, 5).ravel().tolist()
        cells = "\t".join(["NaN" if value != value else f"{value:.5f}" for value in places])
        try:
            self._rows.write(f"{self.frames}\t{frame.t:.5f}\t{cells}\n")
        except OSError as exc:
            raise unwritable(self._path, exc) from exc

    def close(self) -> None:
        """Put the head before the rows and the file in its place."""
        try:
            self._rows.seek(0)
            with self._beside.open("w", encoding="utf-8", newline="\n") as file:
                file.write(self._head())
                shutil.copyfileobj(self._rows, file)
            self._put()
        except OSError as exc:
            raise unwritable(self._path, exc) from exc
        finally:
            self.drop()

    def drop(self) -> None:
        """Leave nothing behind."""
        with suppress(OSError, ValueError):  # on a full disk the last rows cannot be written either
            self._rows.close()
        super().drop()

    def _head(self) -> str:
        seconds = self._last - self._first
        rate = f"{(self.frames - 1) / seconds if seconds > 0 else 1.0:.3f}"
        frames, count = str(self.frames), str(len(MARKERS))
        named = {
            "DataRate": rate,
            "CameraRate": rate,
            "NumFrames": frames,
            "NumMarkers": count,
            "Units": "m",
            "OrigDataRate": rate,
            "OrigDataStartFrame": "1",
            "OrigNumFrames": frames,
        }
        axes = [f"{axis}{number}" for number in range(1, len(MARKERS) + 1) for axis in "XYZ"]
        lines = (
            ["PathFileType", "4", "(X/Y/Z)", self._path.name.replace("\t", " ")],
            list(named),
            list(named.values()),
            ["Frame#", "Time", *(cell for name in MARKERS for cell in (name, "", ""))],
            ["", "", *axes],
        )
        return "".join("\t".join(line) + "\n" for line in lines)
