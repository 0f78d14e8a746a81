"""What --json prints has the shape that docs/cli.md shows."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "cli.md"
SHAPES = {
    name: json.loads(text)
    for name, text in re.findall(
        r"<!-- shape: ([^>]+?) -->\n```json\n(.*?)```", PAGE.read_text("utf-8"), re.S
    )
}
# Keyed by ids or names that differ from person to person: the values' shape counts, not the keys.
FREE = frozenset(
    {
        *("values", "seconds", "psfs", "tried", "work", "others", "signs"),
        *("share_of_load_by_activity_percent", "share_of_extra_percent"),
    }
)
COMMANDS = {
    "today": ["today", "--json"],
    "screen": ["screen", "--json"],
    "plan": ["plan", "--json"],
    "progress": ["progress", "--json"],
    "exercises": ["exercises", "--json"],
    "exercises ID": ["exercises", "thread-needle", "--json"],
    "doctor": ["doctor", "--json"],
    "settings": ["settings", "--json"],
    "camera state": ["camera", "state", "--json"],
    "why": ["why", "--json"],
    "why --day": ["why", "--day", "yesterday", "--json"],
    "watch --status": ["watch", "--status", "--json"],
}


def differences(shown: Any, got: Any, where: str = "$") -> list[str]:
    """Say where a value has another shape than the documented one; null stands for anything not known."""
    if shown is None or got is None:
        return []
    if isinstance(shown, dict) and isinstance(got, dict):
        if where.rpartition(".")[2] in FREE:
            first = None if where.endswith(".values") else next(iter(shown.values()), None)
            return [d for key, value in got.items() for d in differences(first, value, f"{where}.{key}")]
        wrong = [f"{where}.{key} is not documented" for key in sorted(set(got) - set(shown))]
        wrong += [f"{where}.{key} is missing" for key in sorted(set(shown) - set(got))]
        return wrong + [d for k in shown if k in got for d in differences(shown[k], got[k], f"{where}.{k}")]
    if isinstance(shown, list) and isinstance(got, list):
        return [d for value in got for d in differences(shown[0], value, f"{where}[]")] if shown else []
    kinds = [
        type(v) if not isinstance(v, int | float) or isinstance(v, bool) else float for v in (shown, got)
    ]
    return [] if kinds[0] is kinds[1] else [f"{where} is {kinds[1].__name__}, documented {kinds[0].__name__}"]


def test_every_read_command_is_documented() -> None:
    """The page has a shape for each command that takes --json."""
    assert set(SHAPES) - {"answers"} == set(COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_prints_the_documented_shape(name: str, demo: Any) -> None:
    """Keys and kinds of values are those of the documentation, on four weeks of data."""
    said = demo(*COMMANDS[name])
    assert (said.code, said.err) == (0, "")
    assert differences(SHAPES[name], json.loads(said.out)) == []


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"plan"}))
def test_an_empty_house_prints_the_same_shape(name: str, midback: Any) -> None:
    """Before the first screen the keys are the same."""
    said = midback(*COMMANDS[name])
    assert (said.code, said.err) == (0, "")
    assert differences(SHAPES[name], json.loads(said.out)) == []


def test_the_comparison_sees_each_kind_of_difference() -> None:
    """A key too many, one missing, another kind of value and a wrong element are each named."""
    shown = {"a": 1, "b": [{"c": "x"}], "seconds": {"n": 1}}
    assert differences(shown, {"a": 2.5, "b": [], "seconds": {"other": 3}}) == []
    assert differences(shown, {"a": True, "b": [{"c": 1}], "x": 0, "seconds": {"o": "s"}}) == [
        "$.x is not documented",
        "$.a is bool, documented float",
        "$.b[].c is float, documented str",
        "$.seconds.o is str, documented float",
    ]
    assert differences(shown, {"a": 1, "seconds": {}}) == ["$.b is missing"]
