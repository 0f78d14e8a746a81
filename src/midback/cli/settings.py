"""`midback settings`: show or change them. In: settings.toml and MIDBACK_*. Out: a table, JSON, a change."""

from midback.errors import InputError
from midback.locale import languages
from midback.settings import PAGE_FIELDS, read_settings, set_by_environment, write_settings

from .door import print_json
from .paper import line, table
from .words import _


def show_or_change(name: str | None, value: str | None, as_json: bool) -> None:
    """Print all settings, one, or change one."""
    if name is not None and name not in PAGE_FIELDS:
        raise InputError(
            "There is no setting {name!r} to change.",
            "There are: {known}.",
            values={"name": name, "known": ", ".join(PAGE_FIELDS)},
        )
    if name == "language" and value not in (None, "auto", *languages()):
        raise InputError(
            "There is no language {value!r} here yet.",
            "There are: {known}.",
            "Another language needs only files: CONTRIBUTING.md says which.",
            values={"value": value, "known": ", ".join(("auto", *languages()))},
        )
    if name is not None and value is not None:
        write_settings({name: int(value) if value.isdecimal() else value})
        if name in set_by_environment():
            line(_("Kept, but MIDBACK_{name} is set and wins.").format(name=name.upper()))
            return
    shown = read_settings().model_dump(mode="json")
    fixed = set_by_environment()
    names = [name] if name is not None else list(shown)
    if as_json:
        print_json({key: {"value": shown[key], "from_environment": key in fixed} for key in names})
        return
    rows = [(key, str(shown[key]), f"MIDBACK_{key.upper()}" if key in fixed else "") for key in names]
    table((_("setting"), _("value"), _("set by")), rows)
