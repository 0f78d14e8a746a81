"""How this installation is set up. In: defaults < settings.toml < MIDBACK_* environment. Next: app and the doors.

The Settings page writes ``settings.toml``; an environment variable wins over it and the page says so.
"""

import json
import os
import tempfile
import tomllib
from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from midback.errors import InputError, MidbackError, Unavailable, misfit

DEFAULT_PORT = 8642
LOOK_ID = r"^[a-z0-9-]{1,40}$"


def config_folder() -> Path:
    """Return the folder of settings.toml: MIDBACK_CONFIG_DIR or the system's own place."""
    return Path(
        os.environ.get("MIDBACK_CONFIG_DIR") or platformdirs.user_config_path("midback", appauthor=False)
    )


def default_data_dir() -> Path:
    """Return the system's own place for a person's data."""
    return platformdirs.user_data_path("midback", appauthor=False)


class Settings(BaseSettings):
    """One flat table, so that page, file and environment name things alike."""

    model_config = SettingsConfigDict(env_prefix="MIDBACK_", extra="forbid", frozen=True)

    data_dir: Path = Field(default_factory=default_data_dir)
    database_url: str | None = None
    host: Literal["127.0.0.1", "::1"] = "127.0.0.1"
    port: int = Field(DEFAULT_PORT, ge=0, le=65535)
    open_browser: bool = True

    language: Literal["auto"] | str = Field("auto", pattern=r"^(auto|[a-z]{2,3}(-[A-Z]{2})?)$")
    timezone: str | None = None
    theme: Literal["auto", "light", "dark"] = "auto"

    sound: Literal["voice", "tones", "silent"] = "voice"
    ready_s: int = Field(5, ge=0, le=15)
    change_s: int = Field(7, ge=5, le=10)
    rest_s: int = Field(15, ge=0, le=60)
    reduced_motion: Literal["auto", "always"] = "auto"

    skin: str = Field("sand", pattern=LOOK_ID)
    hair: str = Field("short", pattern=LOOK_ID)
    clothes: str = Field("sky", pattern=LOOK_ID)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        toml = TomlConfigSettingsSource(settings_cls, config_folder() / "settings.toml")
        return (init_settings, env_settings, toml)


# What the Settings page may change; the rest is for the file and the environment.
PAGE_FIELDS = (
    "language",
    "theme",
    "sound",
    "ready_s",
    "change_s",
    "rest_s",
    "reduced_motion",
    "skin",
    "hair",
    "clothes",
)


def read_settings(**overrides: Any) -> Settings:
    """Read the settings; raise InputError that names the key, what was seen and where to mend it."""
    path = config_folder() / "settings.toml"
    try:
        return Settings(**overrides)
    except ValidationError as exc:
        first = exc.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise InputError(
            "The setting {key!r} is {given!r}: {rule}.",
            "Settings come from the environment (MIDBACK_*) and from settings.toml.",
            "Mend or remove it in {path} or in MIDBACK_{variable}.",
            values={
                "key": key,
                "given": first["input"],
                "rule": misfit(first),
                "path": path,
                "variable": key.upper(),
            },
        ) from exc
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError, OSError) as exc:
        raise _unreadable(path, exc) from exc


def _unreadable(path: Path, exc: Exception) -> MidbackError:
    """Say what is wrong with a settings.toml that cannot be read."""
    if isinstance(exc, OSError):
        return Unavailable(
            "{path} cannot be read: {fault}.",
            "",
            "Check the file's permissions.",
            values={"path": path, "fault": exc.strerror},
        )
    return InputError(
        "{path} is not valid TOML: {fault}.",
        "",
        "Mend the line, or move the file away.",
        values={"path": path, "fault": exc},
    )


def set_by_environment() -> frozenset[str]:
    """Name the settings that an environment variable fixes."""
    return frozenset(f for f in Settings.model_fields if f"MIDBACK_{f.upper()}" in os.environ)


def write_settings(changes: dict[str, Any]) -> Settings:
    """Check the changes, write them to settings.toml beside what stands there, and return the new settings.

    Raises InputError for a value that is not allowed or a file that is no TOML, Unavailable when it cannot be
    written; the file then stays as it was.
    """
    path = config_folder() / "settings.toml"
    try:
        stored: dict[str, Any] = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError, OSError) as exc:
        raise _unreadable(path, exc) from exc
    stored |= {key: value for key, value in changes.items() if key in PAGE_FIELDS}
    try:
        Settings(**stored)
    except ValidationError as exc:
        first = exc.errors()[0]
        raise InputError(
            "{key} cannot be {given!r}: {rule}.",
            "",
            "Choose another value.",
            values={"key": first["loc"][0], "given": first["input"], "rule": misfit(first)},
        ) from exc
    text = "".join(f"{key} = {_toml(value)}\n" for key, value in sorted(stored.items()) if value is not None)
    part: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as handle:
            part = Path(handle.name)
            handle.write(text)
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(path)
    except OSError as exc:
        if part is not None:
            part.unlink(missing_ok=True)
        raise Unavailable(
            "{path} cannot be written: {fault}.",
            "The settings stay as they were.",
            "Check the folder's permissions and the free space, then save again.",
            values={"path": path, "fault": exc.strerror},
        ) from exc
    return read_settings()


def _toml(value: object) -> str:
    """Write a value as TOML: like JSON, but for letters beyond 16 bits and the delete character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
