"""The two networks of a pose bundle, each as a function of one picture. In: a bundle. Out: raw numbers. Next:
detector, landmarker."""

import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from midback.errors import Unavailable

DETECTOR: Final = "pose_detector.tflite"
LANDMARKER: Final = "pose_landmarks_detector.tflite"
Tensor = NDArray[np.float32]


class Runtime(Protocol):
    """What is used of the runtime's interpreter, which carries no types of its own."""

    def allocate_tensors(self) -> None: ...
    def invoke(self) -> None: ...
    def get_input_details(self) -> list[dict[str, Any]]: ...
    def get_output_details(self) -> list[dict[str, Any]]: ...
    def set_tensor(self, index: int, value: Tensor) -> None: ...
    def get_tensor(self, index: int) -> Tensor: ...


class Network:
    """One network, ready to run on one picture after another."""

    def __init__(self, content: bytes, threads: int = 1) -> None:
        """Load the network of a TFLite file's bytes; raise Unavailable where the runtime cannot."""
        try:
            from ai_edge_litert.interpreter import Interpreter  # type: ignore[import-untyped]
        except ImportError as exc:
            raise Unavailable(
                "The runtime that looks for a body in a picture cannot be loaded here.",
                "The package ai-edge-litert is made for Linux on x86-64 and ARM, Windows on x86-64, and Macs with "
                "Apple silicon.",
                "Install midback anew on one of these; elsewhere the camera works in the browser only.",
            ) from exc
        with _without_chatter():
            self._runtime = cast(Runtime, Interpreter(model_content=content, num_threads=threads))
            self._runtime.allocate_tensors()
        self._input = int(self._runtime.get_input_details()[0]["index"])
        self._outputs = {str(o["name"]): int(o["index"]) for o in self._runtime.get_output_details()}

    def run(self, picture: Tensor) -> None:
        """Run the network on (1, N, N, 3)."""
        self._runtime.set_tensor(self._input, picture)
        self._runtime.invoke()

    def output(self, name: str) -> Tensor:
        """Return a copy of an output of the last run, without the axis of the batch."""
        return np.asarray(self._runtime.get_tensor(self._outputs[name])[0])


@contextmanager
def _without_chatter() -> Iterator[None]:
    """Keep off the terminal what the runtime writes past Python while it loads; what fails is raised all the same.

    It has no switch for its "INFO: Created ... delegate".
    """
    try:
        kept = os.dup(2)
    except OSError:  # no standard error, as in a windowed program
        yield
        return
    try:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def open_networks(bundle: Path, threads: int = 1) -> tuple[Network, Network]:
    """Return the detector and the landmarker of a `.task` bundle; raise Unavailable where it is damaged."""
    try:
        with zipfile.ZipFile(bundle) as members:
            return Network(members.read(DETECTOR), threads), Network(members.read(LANDMARKER), threads)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as exc:
        raise Unavailable(
            "The file {name} of the camera part cannot be read.",
            "It holds the two networks that find a body in a picture.",
            "Install midback anew.",
            values={"name": bundle.name},
        ) from exc
