"""Words the NOTICE that lies beside third-party files. In: what was taken, sha-256. Out: text. Next: vendor."""

from collections.abc import Mapping
from dataclasses import dataclass

HEAD = """\
Third-party files
=================

midback's own licence does not cover the files of this folder. They come from the packages below, which are published
by the MediaPipe authors under the Apache License, Version 2.0 (LICENSE-Apache-2.0.txt beside this file):

    Copyright The MediaPipe Authors

The packages were fetched by npm in exactly these versions and checked against these hashes.

"""
CHANGES = """\
What was changed
----------------

tasks-vision/ holds the package's files as they are.

pose_lite.task and pose_full.task were put together from the networks of @mediapipe/pose: the detector, which is
pose_solution_packed_assets.data, and pose_landmark_lite.tflite or pose_landmark_full.tflite. Each network is kept byte
for byte at the end of its member; in front of it stands a new root table and metadata that says how a pixel becomes its
input.

sha-256 of the networks as published
------------------------------------

"""


@dataclass(frozen=True, slots=True)
class Package:
    """One package as it was locked: name, version and npm's integrity hash."""

    name: str
    version: str
    integrity: str


def notice(packages: tuple[Package, ...], networks: Mapping[str, str], files: Mapping[str, str]) -> str:
    """Return the text; networks and files are names with their sha-256."""
    parts = [HEAD]
    parts += [f"    {p.name} {p.version}\n    {p.integrity}\n\n" for p in packages]
    parts += [CHANGES, _listed(networks)]
    parts += ["\nsha-256 of the files here\n-------------------------\n\n", _listed(files)]
    return "".join(parts)


def _listed(hashes: Mapping[str, str]) -> str:
    return "".join(f"    {digest}  {name}\n" for name, digest in sorted(hashes.items()))
