"""Whatever stands in a file of one's own, it is taken or refused, and nothing else happens."""

import copy
import tomllib
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from midback.catalogue import load_catalogue
from midback.catalogue.load import DATA, accept_own
from midback.catalogue.reading import parse_tables
from midback.errors import InputError

BASE = tomllib.loads((DATA / "exercises" / "towel-extension.toml").read_text(encoding="utf-8"))
BASE["id"] = "mine"
CATALOGUE = load_catalogue()

leaves = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates() | st.times()
    | st.sampled_from(["en", "de", "floor", "bed", "cat-cow", "osteoporosis", "variant", "range", "none"])
)  # fmt: skip
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def take(tables: dict[str, Any]) -> None:
    """Accept or refuse; an accepted exercise has its texts in every language."""
    try:
        exercise = accept_own("mine.toml", tables, CATALOGUE)
    except InputError:
        return
    assert exercise.own
    assert set(exercise.text) == set(CATALOGUE.languages)
    assert exercise.id not in CATALOGUE.exercises


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every value inside some tables."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, one in inner for found in paths(one, (*path, key)))]


PATHS = [path for path in paths({k: v for k, v in BASE.items() if k != "movements"}) if path]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_arbitrary_bytes_are_taken_or_refused(raw: bytes) -> None:
    """No bytes make the reader raise anything but an input error."""
    try:
        tables = parse_tables("mine.toml", raw)
    except InputError:
        return
    take(tables)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(BASE)) | st.text(max_size=8), values, max_size=6))
def test_arbitrary_tables_are_taken_or_refused(tables: dict[str, Any]) -> None:
    """No tables make the checks raise anything but an input error."""
    take(tables)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_one_changed_value_is_taken_or_refused(data: st.DataObject) -> None:
    """A good exercise with one value changed or removed anywhere is taken or refused."""
    tables = copy.deepcopy(BASE)
    way = data.draw(st.sampled_from(PATHS))
    parent: Any = tables
    for key in way[:-1]:
        parent = parent[key]
    if data.draw(st.booleans()):
        parent[way[-1]] = data.draw(values)
    else:
        del parent[way[-1]]
    take(tables)
