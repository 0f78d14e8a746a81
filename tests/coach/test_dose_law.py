"""Figure and verifier cannot disagree: what the keyframes act, a camera counts, exactly."""

import itertools
from dataclasses import replace

import pytest
from acted import (
    CASES,
    doses,
    every_movement,
    frames_a_second,
    part,
    seen_by,
    small_part,
    some_work,
    watch,
    wrong,
)

from midback.catalogue import load_catalogue
from midback.movement.acting import Pace, Part, act
from midback.movement.synthetic import STILL

MOVEMENTS = every_movement()
# Both are lying on the back with the arms out; what is under the back is hidden by it.
LOOK_ALIKE = {"towel-extension", "wedge"}

every = pytest.mark.parametrize("name", CASES)


@every
def test_the_dose_of_every_level_is_counted_exactly(name: str) -> None:
    """Every level, side and declared camera side gives the prescribed repetitions or hold, live and afterwards."""
    case, numbers, faults = CASES[name], itertools.count(), []
    for dose, side in itertools.product(doses(case.exercise), case.sides):
        one = part(case, dose, side)
        number = next(numbers)
        for view, azimuth in enumerate(case.check.views):
            fps = frames_a_second(dose.seconds, number + view)
            done = act(case.movement, [one], fps=fps, range_scale=dose.range)
            film = seen_by(done, azimuth, seed=next(numbers))
            fault = wrong(case, done, [one], *watch(film, case.check))
            if fault:
                how = (
                    f"{dose.seconds} s, {dose.repetitions}, range {dose.range}, {side}, {azimuth}, {fps} fps"
                )
                faults.append(f"{how}: {fault}")
    assert faults == []


@pytest.mark.parametrize("name", MOVEMENTS)
def test_another_exercise_counts_nothing(name: str) -> None:
    """Somebody who does one exercise is never counted for another, from any side that other may be seen from."""
    exercise, movement = MOVEMENTS[name]
    done, films, found = act(movement, [some_work(exercise, movement, 14.0)], fps=8), {}, []
    for other in {case.exercise.id: case for case in CASES.values()}.values():
        same = other.exercise is exercise and exercise.camera.can_check(name.partition("/")[2])
        if same or {exercise.id, other.exercise.id} == LOOK_ALIKE:
            continue
        for azimuth in other.check.views[::2] if len(other.check.views) > 3 else other.check.views:
            films.setdefault(azimuth, seen_by(done, azimuth, seed=3))
            recording, verified = watch(films[azimuth], other.check)
            if recording.live.count or verified.repetitions or verified.holds:
                found.append(f"{other.exercise.id} from {azimuth}: {verified.repetitions}, {verified.holds}")
    assert found == []


def test_what_lies_under_a_back_cannot_be_told() -> None:
    """A towel and a wedge look the same to a camera: the one exemption above is a real one."""
    towel, wedge = CASES["towel-extension/lengthwise"], CASES["wedge/floor"]
    done = act(towel.movement, [Part(hold_s=20, settled=True)], fps=10)
    assert len(watch(seen_by(done, 90.0, seed=1), wedge.check)[1].holds) == 1


@every
def test_getting_up_in_between_adds_nothing_and_takes_nothing(name: str) -> None:
    """Two sets with getting up between them, sides changed where there are sides, are two sets and no more."""
    case = CASES[name]
    parts = [replace(small_part(case, side), side=side) for side in (case.sides * 2)[:2]]
    done = act(case.movement, parts, fps=12, pace=Pace(rise=True))
    for azimuth in case.check.views[:2]:
        assert not wrong(case, done, parts, *watch(seen_by(done, azimuth, seed=5), case.check)), azimuth


@every
def test_frames_that_never_come_change_nothing(name: str) -> None:
    """With one frame in five missing and one in thirty without a pose, the dose is the same."""
    case = CASES[name]
    parts = [small_part(case, case.sides[-1])]
    done = act(case.movement, parts, fps=15)
    film = seen_by(done, case.check.views[-1], seed=6, noise=replace(STILL, dropped=0.2, lost=0.03))
    assert len(film.frames) < 0.9 * len(done.t)
    assert not wrong(case, done, parts, *watch(film, case.check))


@every
def test_a_camera_that_is_not_level_counts_the_same(name: str) -> None:
    """Ten degrees of roll, a lower and a nearer camera: the same dose."""
    case = CASES[name]
    parts = [small_part(case, case.sides[0])]
    done = act(case.movement, parts, fps=10)
    for how in ({"roll_deg": 10.0}, {"roll_deg": -10.0}, {"height_m": 0.4, "distance_m": 2.7}):
        film = seen_by(done, case.check.views[0], seed=8, **how)
        assert not wrong(case, done, parts, *watch(film, case.check)), how


@every
def test_the_law_notices_a_check_that_disagrees_with_the_figure(name: str) -> None:
    """With thresholds that the keyframes do not reach, the same law fails."""
    case = CASES[name]
    check = replace(case.check, high=case.check.high + 1.0, low=case.check.low - (case.check.kind != "hold"))
    deaf = replace(case, check=check)
    parts = [small_part(case, case.sides[0])]
    done = act(case.movement, parts, fps=8)
    assert wrong(deaf, done, parts, *watch(seen_by(done, check.views[0], seed=9), check))


def test_only_what_was_seen_on_real_people_is_called_validated() -> None:
    """Cat-cow on the floor was tried on recordings; every other signal says that it was not."""
    checked = {case.exercise.id: case.exercise.camera.validated for case in CASES.values()}
    assert {name for name, validated in checked.items() if validated} == {"cat-cow"}
    assert set(checked) == {
        *("cat-cow", "thread-needle", "wall-opener", "ball-roll", "towel-extension", "wedge"),
        *("band-row", "stand-reach"),
    }


def test_what_one_camera_cannot_see_is_not_checkable() -> None:
    """Shoulder blades, a turn on a chair, a bend of the upper back, breath: no signal is declared."""
    exercises = load_catalogue().exercises
    for name in (
        "blade-squeeze",
        "seated-rotation",
        "chair-extension",
        "breathing",
        "wobble-disc",
        "posture-band",
    ):
        assert exercises[name].camera.signal == "none"
        assert exercises[name].camera.check is None
    assert not exercises["cat-cow"].camera.can_check("seated")
    assert not exercises["thread-needle"].camera.can_check("seated")
    assert not exercises["ball-roll"].camera.can_check("floor")
