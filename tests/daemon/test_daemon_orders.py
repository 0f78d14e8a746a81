"""Orders are read tolerantly: what is understood counts, the rest is as if it were not there."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midback.daemon.judge import Judge
from midback.daemon.orders import NO_ORDERS, Orders, read_orders, understand
from midback.plan.interruptions import BreakPreferences

FULL: dict[str, Any] = {
    "version": 1,
    "made_at": "2026-03-02T08:00:00+01:00",
    "language": "de",
    "timezone": "Europe/Berlin",
    "rule": {
        "after_s": 1500,
        "length_s": 60,
        "hourly_s": 300,
        "movements": [["stand-reach", "standing"]],
        "reasons": [["plan.break-default", {"after_min": 25}]],
        "rule_version": 2,
    },
    "preferences": {"off": ["call", "driving"], "pause_s": 20, "hours": {"0": [540, 1020]}, "sound": False},
    "movements": {"stand-reach": {"title": "Strecken", "cue": "Arme hoch."}},
    "texts": {"start": "Los"},
    "bouts": [["2026-03-02T07:00:00Z", "2026-03-02T08:00:00Z", "driving"]],
    "busy": [["2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z"]],
    "driving_since": "2026-03-02T07:00:00Z",
    "worn": {"exercise": "posture-band", "until": "2026-03-02T09:45:00Z", "text": "Band ab."},
    "quiet_until": "2026-03-02T08:30:00Z",
    "planned": [[600, "stand-reach", "standing"]],
}
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.floats()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from([1500, "call", "0"]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*FULL, "until", "0", "x"]), inner)
    ),
    max_leaves=12,
)


def test_full_orders_are_understood() -> None:
    """Every key of the agreement arrives; driving cannot be switched off."""
    orders = understand(FULL)
    assert orders.rule is not None
    assert (orders.rule.after_s, orders.rule.movements) == (1500, (("stand-reach", "standing"),))
    assert orders.rule.reasons[0].values == {"after_min": 25}
    assert orders.preferences == BreakPreferences(
        off=frozenset({"call"}), pause_s=20, hours={0: (540, 1020)}, sound=False
    )
    assert orders.made_at == datetime(2026, 3, 2, 7, tzinfo=UTC)
    assert orders.movements == {"stand-reach": ("Strecken", "Arme hoch.")}
    assert [bout.activity for bout in orders.bouts] == ["driving"]
    assert len(orders.busy) == len(orders.planned) == 1
    assert orders.worn is not None
    assert orders.driving_since is not None
    assert orders.quiet_until is not None


@given(st.dictionaries(st.sampled_from(list(FULL)), JSON))
def test_whatever_stands_there_is_no_crash(broken: dict[str, Any]) -> None:
    """Keys of the wrong kind give orders all the same, with a rule only where all of it is there."""
    orders = understand({**FULL, **broken})
    assert isinstance(orders, Orders)
    if "rule" in broken and not isinstance(broken["rule"], dict):
        assert orders.rule is None


@given(st.sampled_from(["after_s", "length_s", "hourly_s"]), st.sampled_from([None, "25", -1, 0, True, 1e99]))
def test_half_a_rule_is_no_rule(key: str, value: object) -> None:
    """A rule without one of its numbers says nothing."""
    assert understand({**FULL, "rule": {**FULL["rule"], key: value}}).rule is None


@given(st.binary(max_size=200))
def test_a_broken_file_is_no_orders_with_a_reason(data: bytes) -> None:
    """Whatever bytes the file has, there is no rule and the problem says why; a missing one is no problem."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "orders.json"
        assert read_orders(path) == NO_ORDERS
        path.write_bytes(data)
        assert read_orders(path).rule is None
        assert read_orders(path).problem != ""
        path.write_text(json.dumps(FULL))
        assert read_orders(path).problem == ""


@given(
    st.sampled_from(["9" * 4000, "-" + "9" * 4000, "1e999", "-1e999", "NaN"]),
    st.sampled_from(["rule", "planned", "preferences"]),
)
def test_a_number_without_bounds_is_none(number: str, where: str) -> None:
    """A number larger than any machine counts, or that is none, is not taken, and nothing fails."""
    import tempfile

    text = {
        "rule": f'{{"after_s": {number}, "length_s": 60, "hourly_s": 300, "movements": []}}',
        "planned": f'[[{number}, "walk", "slow"]]',
        "preferences": f'{{"later_s": {number}, "hours": {{"0": [{number}, 1020]}}}}',
    }[where]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "orders.json"
        path.write_text(f'{{"version": 1, "{where}": {text}}}')
        found = read_orders(path)
    assert (found.problem, found.rule, found.planned, found.preferences) == ("", None, (), BreakPreferences())


@given(st.sampled_from(["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "2200-12-31T23:59:59-23:59"]))
def test_instants_at_the_ends_of_the_calendar_lead_nowhere(at: str) -> None:
    """What no zone can tell the day of is no instant; the person's day can be told of every other."""
    judge = Judge()
    for zone in ("Europe/Berlin", "America/New_York", "Pacific/Kiritimati"):
        orders = understand(
            {
                **FULL,
                "timezone": zone,
                "made_at": at,
                "quiet_until": at,
                "driving_since": at,
                "worn": {"until": at},
            }
        )
        judge.obey(orders)
        judge.judge(datetime(2026, 3, 2, 9, tzinfo=UTC))
        assert orders.made_at is None or judge.local_day(orders.made_at) > "2200-12-30"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_a_pipe_or_a_device_is_no_orders(tmp_path: Path) -> None:
    """What never ends is not read."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/zero")
    for name in ("pipe", "link"):
        assert read_orders(tmp_path / name).problem == "not a file"
