"""How one sat, as it is drawn: a gap where there was no reading, and nothing that says good or bad."""

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from midback.share.spine import draw_across
from midback.share.spine_day import DaySpine, HourStep, Joint
from midback.share.spine_looks import FOOT, ZERO, LookPoint, draw_looks, runs

parse = ET.fromstring  # our own drawings, nothing untrusted
NS = "{http://www.w3.org/2000/svg}"
DAY = DaySpine(
    hours=tuple(HourStep(hour, 40.0, str(hour)) for hour in range(8, 18)),
    joints=(Joint(600, "Walk", True, "walked"),),
)
changes = st.none() | st.floats(-1, 1)


def point(minute: float, change: float | None, run: int = 0) -> LookPoint:
    """Return one look."""
    return LookPoint(minute, change, run, f"{minute:g} & {change}")


def drawn(looks: list[LookPoint]) -> ET.Element:
    """Draw looks and read the drawing."""
    return parse(draw_looks(DAY, looks, title="t", desc="d", upright="upright <", lower="lower"))


@given(given_changes=st.lists(changes, max_size=40))
def test_every_look_is_there_with_its_words(given_changes: list[float | None]) -> None:
    """A reading is a dot and a look without one a mark; both say what they are, and all stay inside the drawing."""
    looks = [point(500 + 5 * n, change) for n, change in enumerate(given_changes)]
    root = drawn(looks)
    dots = list(root.iter(f"{NS}circle"))
    marks = [line for line in root.iter(f"{NS}line") if line.find(f"{NS}title") is not None]
    told = [look for look in looks if look.change is not None]
    assert [dot.findtext(f"{NS}title") for dot in dots] == [look.says for look in told]
    assert len(marks) == len(looks) - len(told)
    assert all(0 < float(dot.get("cy", "nan")) <= FOOT for dot in dots)


def test_lower_is_lower() -> None:
    """Upright stands on the line, a lower head below it."""
    upright, sunk = drawn([point(500, 0.0), point(505, -0.1)]).iter(f"{NS}circle")
    assert float(upright.get("cy", "nan")) == ZERO
    assert float(sunk.get("cy", "nan")) > ZERO


def test_a_gap_parts_the_line() -> None:
    """A look without a reading, half an hour without looks and another stretch each end the line."""
    looks = [
        point(500, 0.0),
        point(505, -0.1),
        point(510, None),
        point(515, -0.1),
        point(545, 0.0),
        point(550, 0.0, 1),
    ]
    assert [len(run) for run in runs(looks)] == [2, 1, 1, 1]
    assert len(list(drawn(looks).iter(f"{NS}path"))) == 1


def test_it_stands_below_the_hours_of_the_day() -> None:
    """The same minute stands at the same place in the drawing above."""
    (dot,) = drawn([point(600, 0.0)]).iter(f"{NS}circle")
    (above,) = parse(draw_across(DAY, title="t", desc="d")).iter(f"{NS}circle")
    assert dot.get("cx") == above.get("cx")
