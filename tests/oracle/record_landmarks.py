"""Records what MediaPipe 0.10.21 says of the footage. In: footage beside the repository. Out: tests/fixtures/oracle.

MEDIAPIPE_PYTHON=<an environment with tests/oracle/mediapipe.txt>/bin/python python tests/oracle/record_landmarks.py
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from footage import FOLDER
from mediapipe_oracle import CLIPS, VARIABLE, oracle_python, said, write
from midback.vendored import MODELS


def main() -> None:
    """Record every clip with both models, or the clips that are named."""
    python = oracle_python()
    if python is None:
        sys.exit(f"Set {VARIABLE} to the Python of an environment with tests/oracle/mediapipe.txt.")
    for clip in CLIPS:
        for model in MODELS:
            if len(sys.argv) == 1 or clip.name in sys.argv[1:]:
                path = write(model, clip, said(python, model, clip, FOLDER))
                print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
