"""A table of diaries: what is read, and what is refused with its line, what was seen and what to do."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
import pytest

from midback.errors import InputError
from midback.trial.diary_file import read_diaries

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
HEADER = "person,date,pain,phase"
GOOD = ["a,2026-03-01,5,baseline", "a,2026-03-02,,baseline", "a,2026-03-04,3,programme"]


def read(*rows: str, header: str = HEADER) -> list:
    return read_diaries(iter(f"{row}\n" for row in (header, *rows)), NOW)


def test_a_day_without_an_answer_is_a_missing_row_or_an_empty_one() -> None:
    """Both are no answer, and the days in between count."""
    (diary,) = read(*GOOD)
    assert diary.first == date(2026, 3, 1)
    assert (diary.day.tolist(), diary.score.tolist()) == ([0, 3], [5.0, 3.0])
    assert (diary.baseline_days, diary.programme_days) == (3, 1)
    assert diary.on is None


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffperson;date;pain;phase\r\na;2026-03-01;5;baseline\r\na;2026-03-04;3;programme\r\n",
        "person\tdate\tpain\tphase\na\t2026-03-01\t5\tbaseline\na\t2026-03-04\t3\tprogramme",
        'Phase, Pain ,date,person,note\nbaseline,5.0,2026-03-01,a,"x, y"\n\nprogramme,3,2026-03-04,a,\n',
        "person,date,pain,phase\na,2026-03-04,3,Programme\na,2026-03-01,5,Baseline\na,2026-03-02,NA,baseline\n",
        "person,date,pain,phase\na,2026-03-01T23:30+01:00,5,baseline\na,2026-03-04T08:00+01:00,3,programme\n",
    ],
    ids=["semicolons", "tabs", "columns in another order", "rows in another order", "timestamps"],
)
def test_tables_as_programs_write_them_are_read(text: str) -> None:
    """Byte order mark, semicolons, tabs, CRLF, other orders, further columns and timestamps give the same diary."""
    (diary,) = read_diaries(text.splitlines(keepends=True), NOW)
    assert (diary.day.tolist(), diary.score.tolist(), diary.programme_from) == ([0, 3], [5.0, 3.0], 3)


def test_people_may_be_mixed() -> None:
    """Rows of several people in any order give each their own diary, in the order they first appear."""
    rows = ["b,2026-03-01,1,baseline", *GOOD, "b,2026-03-02,2,programme"]
    assert [(d.person, d.score.tolist()) for d in read(*rows)] == [("b", [1.0, 2.0]), ("a", [5.0, 3.0])]


def test_weeks_on_and_off_are_read() -> None:
    """A day without a row is as the day before it; the baseline is neither on nor off."""
    rows = ["a,2026-03-01,5,baseline,", "a,2026-03-02,4,programme,1", "a,2026-03-04,4,programme,0"]
    (diary,) = read(*rows, header=f"{HEADER},programme_on")
    np.testing.assert_array_equal(diary.on, [np.nan, 1, 1, 0])


REFUSED = {
    "a day twice": (
        [*GOOD, "a,2026-03-01,4,baseline"],
        "Line 5: a has 2026-03-01 twice; it is in line 2 too",
    ),
    "eleven": (["a,2026-03-01,11,baseline"], "Line 2: pain is '11'"),
    "a fraction": (["a,2026-03-01,3.7,baseline"], "Line 2: pain is '3.7'"),
    "a fraction with a comma": (['a,2026-03-01,"3,7",baseline'], "Line 2: pain is '3,7'"),
    "minus one": (["a,2026-03-01,-1,baseline"], "Line 2: pain is '-1'"),
    "words": (["a,2026-03-01,bad,baseline"], "Line 2: pain is 'bad'"),
    "infinite": (["a,2026-03-01,inf,baseline"], "Line 2: pain is 'inf'"),
    "the future": ([*GOOD, "a,2026-03-21,4,programme"], "Line 5: 2026-03-21 is in the future"),
    "no date": (["a,yesterday,4,programme"], "Line 2: date is 'yesterday'"),
    "no such date": (["a,2026-02-30,4,programme"], "Line 2: date is '2026-02-30'"),
    "two time zones": (
        ["a,2026-03-01T08:00+01:00,4,baseline", "a,2026-03-02T08:00-05:00,4,baseline"],
        "Line 3: a has days in two time zones, -0500 here and \\+0100 in line 2",
    ),
    "a zone and none": (
        ["a,2026-03-01T08:00Z,4,baseline", "a,2026-03-02,4,baseline"],
        "Line 3: a has days in two time zones, none here and \\+0000 in line 2",
    ),
    "an unknown phase": (["a,2026-03-01,4,washout"], "Line 2: phase is 'washout'"),
    "no phase": (["a,2026-03-01,4"], "Line 2: phase is empty"),
    "nobody": ([",2026-03-01,4,baseline"], "Line 2: person is empty"),
    "baseline after programme": (
        [*GOOD, "a,2026-03-05,4,baseline"],
        "Line 5: a has a day of the baseline after the programme began in line 4",
    ),
    "a diary of a century": (
        ["a,1926-03-01,4,baseline", "a,2026-03-02,4,programme"],
        "a has days from 1926-03-01 to 2026-03-02",
    ),
    "an open quotation mark": (['a,"2026-03-01,4,baseline'], "cannot be read"),
}


@pytest.mark.parametrize(("rows", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_wrong_is_refused_with_its_line(rows: list[str], said: str) -> None:
    """The error names the line and what stood there, gives the rule and the next step."""
    with pytest.raises(InputError, match=said) as caught:
        read(*rows)
    assert caught.value.rule
    assert caught.value.next_step


SWITCHED = {
    "two": (["a,2026-03-01,4,programme,2"], "Line 2: programme_on is '2'"),
    "yes": (["a,2026-03-01,4,programme,yes"], "Line 2: programme_on is 'yes'"),
    "on in the baseline": (["a,2026-03-01,4,baseline,1"], "Line 2: programme_on is '1'"),
    "gaps": (
        ["a,2026-03-01,4,programme,1", "a,2026-03-02,4,programme,"],
        "Line 3: programme_on is empty, and other days of a have it",
    ),
}


@pytest.mark.parametrize(("rows", "said"), SWITCHED.values(), ids=SWITCHED.keys())
def test_a_switch_is_on_or_off(rows: list[str], said: str) -> None:
    """1 or 0 on every answered day of the programme, nothing in the baseline."""
    with pytest.raises(InputError, match=said):
        read(*rows, header=f"{HEADER},programme_on")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "The file is empty"),
        (["\n", "\n"], "The file is empty"),
        ([f"{HEADER}\n"], "There is no day in the file"),
        (["person,day,pain,phase\n", "a,1,2,baseline\n"], "The first line has no column date"),
        (["person,date,pain,phase,pain\n"], "The column pain is there 2 times"),
    ],
)
def test_a_file_that_is_no_diary_is_refused(lines: list[str], said: str) -> None:
    """Nothing, only names, a name missing and a name twice."""
    with pytest.raises(InputError, match=said):
        read_diaries(lines, NOW)


def test_today_is_where_the_reader_is() -> None:
    """Just after midnight east of Greenwich, that day is no future."""
    east = datetime(2026, 3, 21, 0, 30, tzinfo=timezone(timedelta(hours=9)))
    rows = [f"{HEADER}\n", "a,2026-03-21,4,programme\n"]
    assert read_diaries(rows, east)[0].first == date(2026, 3, 21)


def test_a_table_is_taken_line_by_line() -> None:
    """Lines are asked for one after the other, and a wrong one ends it there: the rest is never read."""
    asked = 0

    def lines() -> Iterator[str]:
        nonlocal asked
        for line in (HEADER, *GOOD, "a,2026-03-05,12,programme", *GOOD):
            asked += 1
            yield f"{line}\n"

    with pytest.raises(InputError, match="Line 5"):
        read_diaries(lines(), NOW)
    assert asked == 5
