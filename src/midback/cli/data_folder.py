"""Where the data are, read lightly. In: MIDBACK_DATA_DIR, settings.toml, the system. Out: a folder. Next: watch.

``midback.settings`` checks every setting in full and costs what it loads; the background process needs this one.
"""

import os
import tomllib
from pathlib import Path

from midback.errors import InputError


def data_folder() -> Path:
    """Return the data folder; raise InputError where settings.toml cannot be read as one."""
    if given := os.environ.get("MIDBACK_DATA_DIR"):
        return Path(given)
    folder = os.environ.get("MIDBACK_CONFIG_DIR")
    if folder is None:
        from platformdirs import user_config_path

        folder = str(user_config_path("midback", appauthor=False))
    path = Path(folder, "settings.toml")
    try:
        value = tomllib.loads(path.read_text("utf-8")).get("data_dir")
    except FileNotFoundError:
        value = None
    except (OSError, ValueError) as exc:
        raise InputError(
            "{path} is not valid TOML: {fault}.",
            "",
            "Mend the line, or move the file away.",
            values={"path": path, "fault": exc},
        ) from exc
    if isinstance(value, str) and value:
        return Path(value)
    from platformdirs import user_data_path

    return user_data_path("midback", appauthor=False)
