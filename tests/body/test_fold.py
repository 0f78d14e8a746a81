"""How each piece of evidence is read, one fact a test."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from midback.body import fold_worth
from midback.body.evidence import Evidence
from midback.body.exposure import Bout
from midback.body.fold import Folder, fold

MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
Log = list[Evidence]


def minute(m: float) -> datetime:
    return MORNING + timedelta(minutes=m)


def point(at: float, source: str, **fields: object) -> Evidence:
    return Evidence(at=minute(at), source=source, **fields)  # type: ignore[arg-type]


def stretch(start: float, end: float, source: str, **fields: object) -> Evidence:
    return Evidence(at=minute(start), until=minute(end), source=source, **fields)  # type: ignore[arg-type]


def samples(start: float, end: float, *active: tuple[float, float], host: str = "") -> Log:
    """Samples every 30 s; inside the active stretches the last input is 2 s ago."""
    found: Log = []
    last = minute(start)
    at = minute(start)
    while at <= minute(end):
        m = (at - MORNING).total_seconds() / 60
        if any(a <= m <= b for a, b in active):
            last = at - timedelta(seconds=2)
        idle = (at - last).total_seconds()
        found.append(Evidence(at=at, source="input", idle_s=max(0.0, idle), host=host))
        at += timedelta(seconds=30)
    return found


def at(bouts: tuple[Bout, ...], m: float) -> Bout:
    return next(bout for bout in bouts if bout.start <= minute(m) < bout.end)


def activities(log: Log, *minutes: float) -> list[str]:
    bouts = fold(log)
    return [at(bouts, m).activity for m in minutes]


DESK = samples(0, 120, (0, 30), (90, 120))
"""Typing, an hour without input on a machine that is awake, typing."""
COFFEE = samples(0, 60, (0, 30), (38, 60))
"""Typing, eight minutes without input, typing."""


def test_typing_is_sitting_on_the_word_of_the_input() -> None:
    """Hands on the machine are sitting, surely but not certainly."""
    bout = at(fold(DESK), 15)
    assert (bout.activity, bout.evidence) == ("sitting", ("input",))
    assert 0.8 <= bout.confidence < 1


def test_an_hour_without_input_and_without_anything_else_is_unknown() -> None:
    """Nobody knows: neither away nor sitting, for the whole gap."""
    bout = at(fold(DESK), 60)
    assert (bout.activity, bout.evidence, bout.confidence) == ("unknown", (), 0.0)
    assert timedelta(minutes=59) < bout.end - bout.start < timedelta(minutes=61)


def test_a_short_gap_is_reading_and_less_sure_than_typing() -> None:
    """Eight minutes between two inputs are sitting with a lower confidence."""
    bouts = fold(COFFEE)
    assert {bout.activity for bout in bouts} == {"sitting"}
    typing = fold(samples(0, 60, (0, 60)))
    assert bouts[0].confidence < typing[0].confidence


def test_a_longer_gap_is_reading_among_other_gaps_of_reading() -> None:
    """Eighteen minutes untouched are one long page between pages, and unknown between typing."""
    pages = samples(0, 60, (0, 1), (9, 9.5), (13, 13.5), (31, 31.5), (37, 37.5), (44, 60))
    assert activities(pages, 22) == ["sitting"]
    typed = samples(0, 60, (0, 13), (31, 60))
    assert activities(typed, 22) == ["unknown"]


def test_a_hole_in_the_samples_is_unknown() -> None:
    """More than 3 minutes without a sample are unknown, less are not."""
    hole = [e for e in samples(0, 60, (0, 60)) if not minute(20) < e.at < minute(24)]
    assert activities(hole, 22) == ["unknown"]
    short = [e for e in samples(0, 60, (0, 60)) if not minute(20) < e.at < minute(22.9)]
    assert activities(short, 22) == ["sitting"]


def test_other_evidence_fills_a_hole_in_the_samples() -> None:
    """ActivityWatch, a call and the camera speak where our own samples stop."""
    hole = [e for e in samples(0, 60, (0, 60)) if not minute(20) < e.at < minute(40)]
    assert activities(hole, 30) == ["unknown"]
    assert activities([*hole, stretch(15, 45, "activitywatch", status="not-afk")], 30) == ["sitting"]
    assert activities([*hole, point(19, "call", on=True), point(41, "call", on=False)], 30) == ["sitting"]
    assert activities([*hole, point(25, "camera", seen="seated")], 30) == ["sitting"]


@pytest.mark.parametrize("source", ["call", "camera_in_use", "inhibitor"])
def test_a_call_and_a_film_are_sitting_without_input(source: str) -> None:
    """An hour of film or call without a key is sitting on its word."""
    log = [*DESK, point(30, source, on=True), point(90, source, on=False)]
    bout = at(fold(log), 60)
    assert bout.activity == "sitting"
    assert source in bout.evidence


def test_what_keeps_the_machine_awake_for_itself_is_no_presence() -> None:
    """A download or music inhibits idling too, and says nothing of anybody."""
    for reason in ("download", "Playing audio"):
        log = [*DESK, point(30, "inhibitor", on=True, reason=reason), point(90, "inhibitor", on=False)]
        assert activities(log, 60) == ["unknown"]


def test_an_empty_room_beats_a_film() -> None:
    """The camera that sees nobody beats the inhibitor; the film counts where it sees somebody."""
    film = [point(30, "inhibitor", on=True), point(90, "inhibitor", on=False)]
    looks = [point(35 + 5 * n, "camera", seen="seated" if n < 4 else "absent") for n in range(11)]
    assert activities([*DESK, *film, *looks], 40, 70) == ["sitting", "away"]


def test_a_film_that_is_stopped_for_a_moment_is_left() -> None:
    """Stopped by hand and gone on with by hand: what lies between is not sitting, even if it is short."""
    log = [
        *samples(0, 100, (0, 1), (40, 40.1), (48, 48.1), (90, 100)),
        point(1, "inhibitor", on=True, reason="video"),
        point(40, "inhibitor", on=False, reason="video"),
        point(48, "inhibitor", on=True, reason="video"),
        point(90, "inhibitor", on=False, reason="video"),
    ]
    assert activities(log, 20, 44, 70) == ["sitting", "unknown", "sitting"]


def test_nobody_watches_for_ever() -> None:
    """Without any input a film is believed for four hours."""
    log = [
        *samples(0, 700, (0, 10), (690, 700)),
        point(10, "inhibitor", on=True),
        point(690, "inhibitor", on=False),
    ]
    assert activities(log, 240, 300) == ["sitting", "unknown"]


def test_a_call_that_was_never_ended_is_off_after_a_suspend() -> None:
    """After a suspend a switch is off until it is heard of again."""
    log = [
        *samples(0, 40, (0, 30)),
        point(30, "call", on=True),
        point(40.5, "suspend"),
        point(60, "resume"),
        *samples(60.5, 200, (60, 61), (190, 200)),
    ]
    assert activities(log, 35, 50, 120) == ["sitting", "away", "unknown"]


def test_a_call_that_was_never_ended_is_forgotten_after_a_while() -> None:
    """Nobody told of the end of a call: hours later a lunch is no call."""
    log = [*samples(0, 300, (0, 30), (60, 200), (260, 300)), point(30, "call", on=True)]
    assert activities(log, 45, 230) == ["sitting", "unknown"]
    assert activities([*log, point(290, "call", on=False)], 230) == ["sitting"]


def test_full_screen_speaks_for_half_an_hour() -> None:
    """Slides of 25 minutes are sitting, an hour in full screen is unknown."""
    full = [point(29, "fullscreen", on=True), point(95, "fullscreen", on=False)]
    assert activities([*samples(0, 90, (0, 30), (55, 90)), *full], 45) == ["sitting"]
    assert activities([*DESK, *full], 60) == ["unknown"]


def test_a_meeting_is_sitting_with_low_confidence() -> None:
    """The calendar speaks where nothing better does; an entry of a whole day says nothing."""
    bouts = fold([*DESK, stretch(30, 90, "calendar", on=True)])
    meeting = at(bouts, 60)
    assert meeting.activity == "sitting"
    assert "calendar" in meeting.evidence
    assert (
        meeting.confidence
        < at(fold([*DESK, point(30, "call", on=True), point(90, "call", on=False)]), 60).confidence
    )
    assert activities([*DESK, stretch(-300, 900, "calendar", on=True)], 60) == ["unknown"]
    assert activities([*DESK, stretch(30, 90, "calendar", on=False)], 60) == ["unknown"]


def test_a_lock_is_away() -> None:
    """From the lock to its end nobody is at the machine."""
    log = [*DESK, point(30.1, "lock", on=True), point(89.9, "lock", on=False)]
    bout = at(fold(log), 60)
    assert (bout.activity, bout.evidence) == ("away", ("lock",))


def test_a_lock_that_came_by_itself_counts_from_the_last_input() -> None:
    """Locked after 10 idle minutes: the person had left by then, unless something speaks for their presence."""
    lock = [point(40, "lock", on=True), point(89.9, "lock", on=False)]
    assert activities([*DESK, *lock], 35, 60) == ["away", "away"]
    seen = [point(34, "camera", seen="seated"), point(38, "camera", seen="seated")]
    assert activities([*DESK, *lock, *seen], 35, 60) == ["sitting", "away"]
    call = [point(29, "call", on=True), point(39, "call", on=False)]
    assert activities([*DESK, *lock, *call], 35, 60) == ["sitting", "away"]


def test_a_lock_long_after_a_film_leaves_the_time_before_the_film_alone() -> None:
    """Who watched a film had not left before it began; they left when it was over."""
    film = [point(36, "inhibitor", on=True, reason="video"), point(80, "inhibitor", on=False)]
    for asleep in ("lock", "suspend"):
        switch = {"on": True} if asleep == "lock" else {}
        log = [*samples(0, 87, (0, 30)), *film, point(86, asleep, **switch)]
        assert activities(log, 33, 60, 83) == ["sitting", "sitting", "away"]


def test_a_lock_undone_at_once_startled_somebody_who_read() -> None:
    """The screen locked itself after 5 minutes and was unlocked within seconds: the person sat there."""
    log = [*samples(0, 60, (0, 30), (35.5, 60)), point(35, "lock", on=True), point(35.4, "lock", on=False)]
    assert activities(log, 33) == ["sitting"]


def test_typing_outlives_a_lock() -> None:
    """Hands on a machine contradict a lock whose end nobody told; a nudge of the mouse does not."""
    log = [*samples(0, 120, (0, 30), (60, 70), (77, 120)), point(30, "lock", on=True)]
    assert activities(log, 45, 65, 73) == ["away", "sitting", "sitting"]
    nudged = [
        *samples(0, 120, (0, 30), (60, 60.2), (90, 120)),
        point(30, "lock", on=True),
        point(90, "lock", on=False),
    ]
    assert activities(nudged, 45, 75) == ["away", "away"]


def test_a_locked_machine_says_nothing_of_the_other_one() -> None:
    """The desk is locked while somebody reads at the laptop, with or without the machines' names."""
    for desk, laptop in (("desk", "laptop"), ("", "")):
        log = [
            *samples(0, 120, (0, 30), (100, 120), host=desk),
            *samples(0, 120, (31, 40), (48, 60), (68, 99), host=laptop),
            point(30.2, "lock", on=True, host=desk),
            point(100, "lock", on=False, host=desk),
        ]
        assert activities(log, 35, 44, 64) == ["sitting"] * 3


def test_a_suspend_is_away_until_it_is_told_or_seen_to_end() -> None:
    """Resume ends a suspend; without it the next sample does."""
    asleep = [e for e in DESK if not minute(30) < e.at < minute(90)]
    assert activities([*asleep, point(30.1, "suspend"), point(89.9, "resume")], 60, 100) == [
        "away",
        "sitting",
    ]
    assert activities([*asleep, point(30.1, "suspend")], 60, 100) == ["away", "sitting"]


def test_the_camera_tells_standing_at_work() -> None:
    """Typing in front of a camera that sees the person stand is standing, until it sees them sit."""
    log = [
        *samples(0, 60, (0, 60)),
        *(point(2 + 5 * n, "camera", seen="standing" if 3 <= n < 8 else "seated") for n in range(12)),
    ]
    assert activities(log, 5, 30, 55) == ["sitting", "standing", "sitting"]


def test_the_camera_says_nothing_against_hands_and_nothing_when_unclear() -> None:
    """Nobody in the picture while somebody types is the camera's mistake; unclear is silence."""
    log = [*DESK, point(15, "camera", seen="absent"), point(60, "camera", seen="unclear")]
    assert activities(log, 15, 60) == ["sitting", "unknown"]


def test_the_camera_explains_a_gap() -> None:
    """Seated without input is sitting, standing is standing, and an empty chair is away from the last input on."""
    for seen, activity in (("seated", "sitting"), ("standing", "standing"), ("absent", "away")):
        looks = [point(34 + 5 * n, "camera", seen=seen) for n in range(11)]
        assert activities([*DESK, *looks], 31, 60, 88) == [activity] * 3


def test_an_empty_chair_before_one_machine_says_nothing_of_the_other() -> None:
    """The camera of the desk sees nobody while somebody reads at the laptop."""
    log = [*samples(0, 60, (0, 30), (38, 60), host="laptop"), point(34, "camera", seen="absent", host="desk")]
    assert activities(log, 34) == ["sitting"]
    assert activities([*log, point(35, "camera", seen="absent", host="laptop")], 34) == ["away"]


def test_activitywatch_active_is_sitting_and_afk_is_not_away() -> None:
    """not-afk is input all along; afk is no input, which is reading when short and unknown when long."""
    log = [
        stretch(0, 30, "activitywatch", status="not-afk"),
        stretch(30.001, 38, "activitywatch", status="afk"),
        stretch(38, 60, "activitywatch", status="not-afk"),
        stretch(60.001, 100, "activitywatch", status="afk"),
        stretch(100, 120, "activitywatch", status="not-afk"),
    ]
    assert activities(log, 15, 34, 80, 110) == ["sitting", "sitting", "unknown", "sitting"]
    assert at(fold(log), 15).evidence == ("activitywatch",)


def test_a_drive_is_driving_through_lights_and_not_through_stops() -> None:
    """A halt under 5 min belongs to the drive; a longer one is no driving."""
    drive = [
        stretch(40, 50, "trip", speed_kmh=60),
        stretch(50, 53, "trip", speed_kmh=0),
        stretch(53, 60, "trip", speed_kmh=50),
        stretch(60, 72, "trip", speed_kmh=0),
        stretch(72, 80, "trip", speed_kmh=90),
    ]
    assert activities([*DESK, *drive], 45, 51, 58, 65, 75) == [
        "driving",
        "driving",
        "driving",
        "unknown",
        "driving",
    ]


def test_driving_beats_everything_but_the_persons_word() -> None:
    """A lock, a camera and typing do not make a drive into something else."""
    log = [
        *samples(0, 120, (0, 120)),
        stretch(40, 80, "trip", speed_kmh=60),
        point(41, "lock", on=True),
        point(50, "camera", seen="seated"),
    ]
    assert activities(log, 60) == ["driving"]
    assert activities([*log, stretch(55, 65, "person", activity="sitting")], 60, 70) == ["sitting", "driving"]


def test_a_way_on_foot_is_moving() -> None:
    """Walking speed in a gap is moving, also during a call; a phone that wanders on a desk is not."""
    call = [point(30, "call", on=True), point(60, "call", on=False)]
    log = [*samples(0, 90, (0, 30), (60, 90)), *call, stretch(32, 58, "trip", speed_kmh=4.5)]
    assert activities(log, 45) == ["moving"]
    wandering = [stretch(30 + n, 30.2 + n, "trip", speed_kmh=2.5) for n in range(30)]
    assert activities([*COFFEE, *wandering], 34) == ["sitting"]


def test_a_walk_to_the_car_is_no_driving() -> None:
    """The slow ends of a driven way are walked."""
    way = [stretch(40, 44, "trip", speed_kmh=5), stretch(44, 70, "trip", speed_kmh=70)]
    assert activities([*DESK, *way], 42, 60) == ["moving", "driving"]


def test_the_persons_word_wins_and_of_two_words_the_later_start() -> None:
    """What the person says stands, whatever the sensors and in whatever order it was said."""
    words = [stretch(10, 50, "person", activity="moving"), stretch(20, 30, "person", activity="standing")]
    for log in ([*DESK, *words], [*reversed(words), *DESK]):
        assert activities(log, 15, 25, 40) == ["moving", "standing", "moving"]
    assert at(fold([*DESK, *words]), 25).confidence == 1.0
    assert "person" in at(fold([*DESK, *words]), 25).evidence


def test_a_clock_set_back_counts_its_half_hour_once() -> None:
    """Samples that come again after the clock was set back do not make more time."""
    log = [*samples(0, 60, (0, 60)), *samples(30, 90, (30, 90))]
    sitting = sum((b.end - b.start for b in fold(log) if b.activity == "sitting"), timedelta())
    assert timedelta(minutes=89.5) < sitting <= timedelta(minutes=90)


def test_the_present_gap_is_reading_until_it_is_too_long() -> None:
    """While nobody knows how the gap ends it is read as short, and taken back when it was not."""
    folder = Folder()
    for piece in samples(0, 70, (0, 30)):
        folder.add(piece)
        if piece.at == minute(38):
            assert at(folder.bouts(), 35).activity == "sitting"
    assert at(folder.bouts(), 35).activity == "unknown"


def test_forgotten_evidence_does_not_come_back() -> None:
    """What lies before the forgotten time is not taken in again."""
    folder = Folder()
    for piece in DESK:
        folder.add(piece)
    folder.forget(minute(60))
    folder.add(point(10, "camera", seen="standing"))
    assert folder.bouts()[0].start == minute(60)


def test_the_documentation_shows_the_confidences_of_the_fold() -> None:
    """docs/sensing.md lists every confidence there is."""
    page = (Path(__file__).parents[2] / "docs" / "sensing.md").read_text("utf-8")
    table = page.split("## How sure")[1].split("## What")[0]
    shown = {float(number) for number in re.findall(r"\| (\d\.\d+) \|", table)}
    sure = [getattr(fold_worth, name) for name in dir(fold_worth) if name.endswith("_SURE")]
    numbers = {number for number in sure if isinstance(number, float)}
    assert shown == numbers | set(fold_worth.SWITCH_SURE.values()) | {0.0}
