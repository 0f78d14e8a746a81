"""Build hook. In: catalogues' sources, package-lock.json. Out: files that git does not keep. Next: what is built.

The work is in build_hooks/; ``artifacts`` in pyproject.toml makes its results part of what is built.
"""

import sys
from compileall import compile_dir
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Hatchling loads this file by its path, so the folder beside it is not on Python's own.
sys.path.insert(0, str(Path(__file__).resolve().parent))

from build_hooks.catalogues import compile_stale
from build_hooks.vendor import NotFilled, fill

LOCALE = Path("src", "midback", "locale")


class BuildHook(BuildHookInterface[Any]):
    """Makes what is missing or stale before a wheel, an sdist or an editable install is made."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the message catalogues; bring the camera's files; give sources that are run in place bytecode."""
        compile_stale(Path(self.root) / LOCALE)
        try:
            fill(Path(self.root))
        except NotFilled as exc:
            self.app.abort(str(exc))
        if version == "editable":
            # An installer compiles what is in a wheel. Where Python writes no bytecode, sources run in place would
            # be compiled at every start.
            compile_dir(Path(self.root) / "src", quiet=2)
