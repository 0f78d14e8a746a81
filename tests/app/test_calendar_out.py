"""The plan as a calendar: ids that last, changes that are told, and nothing that others need not know."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
import vobject

from ics_lines import read_lines
from midback.app.adverse import AdverseEvent, report
from midback.app.archive import export_text
from midback.app.archive_import import import_archive
from midback.app.archive_reading import parse_archive
from midback.app.calendar_out import calendar_text, write_calendar_file
from midback.app.calendar_wishes import (
    CalendarWishes,
    opened_by,
    read_key,
    read_wishes,
    renew_key,
    revoke_key,
    save_wishes,
)
from midback.app.care import Visit, add_visit, remove_visit
from midback.app.clock import SetClock, today_of
from midback.app.house import House, open_house
from midback.app.intake import save_intake
from midback.app.own_zone import UNNAMED, zone_of
from midback.app.pauses import start_pause
from midback.app.planning import current_plan, replan
from midback.app.screening import answer_screen
from midback.errors import InputError
from midback.plan.answers import Habit, Intake, Massage
from midback.settings import Settings
from midback.store.people import DEFAULT_PERSON as ME

BERLIN = ZoneInfo("Europe/Berlin")


def events(house: House, **more: object) -> dict[str, icalendar.Event]:
    """The calendar's entries by id, after two other readers took the same text."""
    text = calendar_text(house, ME, language="en", **({"weeks": 2} | more))
    read_lines(text.encode())
    found = {str(e["UID"]): e for e in icalendar.Calendar.from_ical(text).walk("VEVENT")}
    theirs = vobject.readOne(text)
    assert {e.uid.value for e in getattr(theirs, "vevent_list", ())} == set(found)
    return found


def here(found: dict[str, icalendar.Event]) -> dict[str, icalendar.Event]:
    """Those that are not cancelled."""
    return {uid: e for uid, e in found.items() if e["STATUS"] != "CANCELLED"}


def titled(found: dict[str, icalendar.Event], words: str) -> list[icalendar.Event]:
    """Those whose title begins so."""
    return [e for e in found.values() if str(e["SUMMARY"]).startswith(words)]


def test_sessions_stand_at_their_habits(settled: House) -> None:
    """The evening's session is at the habit it hangs on, in the person's zone, and busy; breaks are free time."""
    found = events(settled, full=True)
    evening = [e for e in titled(found, "Movement") if e["DTSTART"].dt.time().isoformat() == "20:15:00"]
    assert {e["DTSTART"].dt.date() for e in evening} >= {
        date(2026, 3, 2) + timedelta(days=n) for n in range(7)
    }
    assert {e["DTSTART"].params["TZID"] for e in evening} == {"Europe/Berlin"}
    assert {str(e["TRANSP"]) for e in evening} == {"OPAQUE"}
    breaks = titled(found, "Break")
    assert breaks
    assert {str(e["TRANSP"]) for e in breaks} == {"TRANSPARENT"}
    assert titled(found, "Lie on the towel")


def test_every_planned_movement_is_in_it(settled: House) -> None:
    """All of the week's items are named, each within the time of its entry."""
    found = here(events(settled, full=True))
    for item in current_plan(settled, ME).plan.items:
        title = settled.catalogue.exercise(item.exercise_id).text["en"].title
        at = datetime.combine(item.day, datetime.min.time(), BERLIN) + timedelta(minutes=item.minute)
        assert any(
            e["DTSTART"].dt <= at < e["DTEND"].dt and title in str(e.get("DESCRIPTION", ""))
            for e in found.values()
        ), item.id


def test_a_re_plan_keeps_the_ids_and_says_what_changed(
    settled: House, usual: Intake, clock: SetClock
) -> None:
    """Planned anew, the same things keep their ids; what moved is one further, what is gone is cancelled."""
    before = events(settled)
    assert {int(e["SEQUENCE"]) for e in before.values()} == {0}
    clock.advance(minutes=5)
    replan(settled, ME)
    again = events(settled)
    assert {uid: e.to_ical() for uid, e in again.items()} == {uid: e.to_ical() for uid, e in before.items()}
    moved = (usual.habits[0], Habit(id="show", label="The evening show", minute=1245))
    save_intake(settled, ME, replace(usual, habits=moved))
    after = events(settled)
    assert set(before) <= set(after)
    later = {
        uid for uid, e in after.items() if uid in before and e["DTSTART"].dt != before[uid]["DTSTART"].dt
    }
    assert later
    for uid, e in after.items():
        if uid not in before or uid in later:
            continue
        if int(e["SEQUENCE"]) == 0:
            assert e.to_ical() == before[uid].to_ical()
    for uid in later:
        assert int(after[uid]["SEQUENCE"]) == 1
        assert after[uid]["LAST-MODIFIED"].dt == clock.now()


def test_what_is_gone_is_cancelled_and_may_come_back(settled: House, clock: SetClock) -> None:
    """A visit that was removed is cancelled under its id, free and without alarms; put back, it is one further."""
    visit = add_visit(
        settled, ME, Visit(day=date(2026, 3, 10), minute=600, minutes=60, done=False, place="Main Street 1")
    )
    before = events(settled)
    remove_visit(settled, ME, visit.id)
    gone = {uid: e for uid, e in events(settled).items() if e["STATUS"] == "CANCELLED"}
    ((uid, event),) = gone.items()
    assert uid in before
    assert int(event["SEQUENCE"]) == 1
    assert event["DTSTART"].dt == before[uid]["DTSTART"].dt
    assert event["TRANSP"] == "TRANSPARENT"
    assert not event.walk("VALARM")
    assert events(settled)[uid].to_ical() == event.to_ical()
    add_visit(settled, ME, visit)
    assert (events(settled)[uid]["STATUS"], int(events(settled)[uid]["SEQUENCE"])) == ("CONFIRMED", 2)
    clock.advance(days=10)
    answer_screen(settled, ME, frozenset())
    assert uid not in events(settled)


def test_a_shorter_calendar_cancels_nothing(settled: House) -> None:
    """One week asked for after four leaves what lies later as it was told."""
    long = events(settled)
    short = events(settled, weeks=1)
    assert not [e for e in short.values() if e["STATUS"] == "CANCELLED"]
    assert len(short) < len(long)
    assert {uid: e.to_ical() for uid, e in events(settled).items()} == {
        uid: e.to_ical() for uid, e in long.items()
    }


def test_titles_tell_nothing_unless_asked(settled: House, usual: Intake) -> None:
    """Where others may read along there is no movement, no place, no profession, no word of pain or back."""
    massage = Massage(wanted=True, monthly_budget=80.0)
    save_intake(settled, ME, replace(usual, massage=massage))
    day = today_of(settled.clock) + timedelta(days=3)
    add_visit(
        settled,
        ME,
        Visit(
            day=day,
            minute=600,
            kind="professional",
            profession="physiotherapist",
            place="Back practice",
            note="numb arm",
            done=False,
        ),
    )
    discreet = calendar_text(settled, ME, language="en").replace("\r\n ", "")
    words = {t.text["en"].title for t in settled.catalogue.exercises.values()} - {"Walk", "Breathing"}
    for word in (*words, "hysio", "practice", "numb", "back", "pain", "massage", "owel"):
        assert word.lower() not in discreet.replace("midback//midback", "").lower(), word
    assert "DESCRIPTION:Open" not in discreet
    full = events(settled, full=True)
    (seen,) = titled(full, "Appointment")
    assert str(seen["SUMMARY"]) == "Appointment: physiotherapist"
    assert str(seen["LOCATION"]) == "Back practice"
    # A note is for oneself, whatever the titles say.
    assert "numb" not in calendar_text(settled, ME, language="en", full=True)
    assert {str(e["CLASS"]) for e in full.values()} == {"PRIVATE"}


def test_a_visit_stands_at_its_time_and_takes_the_place_of_a_proposal(settled: House, usual: Intake) -> None:
    """Booked, with a time, it is busy; without one it is a day; a proposal is tentative and free."""
    save_intake(settled, ME, replace(usual, massage=Massage(wanted=True, monthly_budget=80.0)))
    (proposed,) = titled(here(events(settled, full=True, weeks=3)), "Massage")
    assert (proposed["STATUS"], proposed["TRANSP"]) == ("TENTATIVE", "TRANSPARENT")
    day = proposed["DTSTART"].dt.date()
    add_visit(settled, ME, Visit(day=day, minute=17 * 60 + 30, minutes=45, done=False))
    add_visit(settled, ME, Visit(day=day + timedelta(days=1), kind="professional", done=False))
    add_visit(settled, ME, Visit(day=day, minutes=60, done=True))
    found = here(events(settled, full=True, weeks=3))
    (booked,) = titled(found, "Massage")
    assert booked["DTSTART"].dt == datetime(day.year, day.month, day.day, 17, 30, tzinfo=BERLIN)
    assert booked["DTEND"].dt - booked["DTSTART"].dt == timedelta(minutes=45)
    assert (booked["STATUS"], booked["TRANSP"]) == ("CONFIRMED", "OPAQUE")
    (whole,) = titled(found, "Appointment")
    assert (whole["DTSTART"].dt, whole["TRANSP"]) == (day + timedelta(days=1), "TRANSPARENT")
    assert whole.walk("VALARM")[0]["TRIGGER"].dt == timedelta(hours=-6)


def test_reminders_are_those_that_were_wished(settled: House, usual: Intake) -> None:
    """Sessions and appointments remind so long before; a break never; a band also when it comes off."""
    gear, wanted = usual.gear | {"posture-band"}, frozenset({"posture-band"})
    save_intake(settled, ME, replace(usual, gear=gear, wanted=wanted))
    save_wishes(settled, ME, CalendarWishes(full=True, session_before=15, visit_before=1440))
    add_visit(settled, ME, Visit(day=date(2026, 3, 10), minute=600, done=False))
    found = here(events(settled))
    (visit,) = titled(found, "Massage")
    assert [a["TRIGGER"].dt for a in visit.walk("VALARM")] == [timedelta(days=-1)]
    for event in titled(found, "Movement"):
        assert [a["TRIGGER"].dt for a in event.walk("VALARM")] == [timedelta(minutes=-15)]
    assert not [a for e in titled(found, "Break") for a in e.walk("VALARM")]
    band = titled(found, "Put it on")
    assert band
    for event in band:
        assert event["TRANSP"] == "TRANSPARENT"
        off = event.walk("VALARM")[1]
        assert (off["TRIGGER"].params["RELATED"], off["TRIGGER"].dt) == ("END", timedelta(0))
    save_wishes(settled, ME, CalendarWishes(session_before=None, visit_before=None))
    assert not [a for e in here(events(settled)).values() for a in e.walk("VALARM")]


def test_only_the_parts_that_were_wished_are_in_it(settled: House) -> None:
    """Without breaks there are none, and those told of before are taken back."""
    before = events(settled, full=True)
    save_wishes(settled, ME, CalendarWishes(full=True, parts=frozenset({"session"})))
    after = events(settled)
    assert not titled(here(after), "Break")
    assert {uid for uid, e in after.items() if e["STATUS"] == "CANCELLED"} == {
        uid for uid, e in before.items() if str(e["SUMMARY"]).startswith("Break")
    }


def test_looking_ahead_decides_nothing(settled: House, clock: SetClock) -> None:
    """Reading the calendar on a new day leaves the day's plan to be made when the person comes."""
    first = current_plan(settled, ME)
    clock.advance(days=1)
    assert events(settled)
    with settled.engine.connect() as conn:
        from midback.store import plans

        kept = plans.latest(conn, ME)
    assert kept is not None
    assert kept.at == first.made_at


def test_nothing_is_planned_for_whom_nothing_may_be(house: House, usual: Intake) -> None:
    """Before the questions, and once something got worse, only appointments stand in the calendar."""
    add_visit(house, ME, Visit(day=date(2026, 3, 10), minute=600, done=False))
    assert len(events(house)) == 1
    answer_screen(house, ME, frozenset())
    save_intake(house, ME, usual)
    assert len(here(events(house))) > 20
    report(house, ME, AdverseEvent(at=house.clock.now(), what="sharp"))
    assert len(here(events(house))) == 1
    answer_screen(house, ME, frozenset())
    assert len(here(events(house))) > 20
    answer_screen(house, ME, frozenset({"chest-pain"}))
    assert len(here(events(house))) == 1


def test_the_weekly_questions_do_not_empty_the_calendar(settled: House, clock: SetClock) -> None:
    """That a week has gone by is asked about when a session is opened; the calendar goes on."""
    clock.advance(days=8)
    assert len(here(events(settled))) > 20


def test_days_of_illness_are_empty(settled: House) -> None:
    """A pause for illness leaves no session and no reminder."""
    start_pause(settled, ME, "illness", date(2026, 3, 3), date(2026, 3, 5))
    days = {e["DTSTART"].dt.date() for e in here(events(settled)).values()}
    assert not days & {date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 5)}
    assert date(2026, 3, 6) in days


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
@pytest.mark.parametrize(
    "start", [date(2026, 3, 1), date(2026, 3, 23), date(2026, 10, 19), date(2026, 3, 30)]
)
def test_weeks_in_which_clocks_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, usual: Intake, zone: str, start: date
) -> None:
    """Through a change of clocks every evening is at 20:15, and nothing is lost or told twice."""
    monkeypatch.setenv("MIDBACK_CONFIG_DIR", str(tmp_path / "config"))
    noon = datetime(start.year, start.month, start.day, 12, tzinfo=ZoneInfo(zone))
    house = open_house(Settings(data_dir=tmp_path / "d"), SetClock(noon.astimezone(UTC), ZoneInfo(zone)))
    answer_screen(house, ME, frozenset())
    save_intake(house, ME, usual)
    text = calendar_text(house, ME, language="en", weeks=2, full=True)
    calendar = icalendar.Calendar.from_ical(text)
    for day in range(1, 14):
        on = start + timedelta(days=day)
        found = [e for e in recurring_ical_events.of(calendar).at(on) if e["SUMMARY"].startswith("Movement")]
        assert "20:15" in {e["DTSTART"].dt.strftime("%H:%M") for e in found}
        assert {e["DTSTART"].dt.tzinfo.utcoffset(e["DTSTART"].dt.replace(tzinfo=None)) for e in found} <= {
            datetime(on.year, on.month, on.day, h, tzinfo=ZoneInfo(zone)).utcoffset() for h in (0, 12, 23)
        }
    house.engine.dispose()


def test_the_words_are_those_of_the_language(settled: House) -> None:
    """The movements have their names in German, under the same ids, without counting as a change."""
    english = events(settled, full=True)
    german = icalendar.Calendar.from_ical(calendar_text(settled, ME, language="de", weeks=2, full=True)).walk(
        "VEVENT"
    )
    assert {(str(e["UID"]), int(e["SEQUENCE"])) for e in german} == {
        (uid, int(e["SEQUENCE"])) for uid, e in english.items()
    }
    assert any("Katze" in str(e.get("DESCRIPTION", "")) for e in german)


def test_a_file_is_written_in_the_place_of_the_one_before(settled: House, tmp_path: Path) -> None:
    """The same name is written again, whole; weeks that cannot be are refused."""
    file = tmp_path / "midback.ics"
    for _again in range(2):
        assert write_calendar_file(settled, ME, file, language="en").stat().st_size > 1000
    read_lines(file.read_bytes())
    for weeks in (0, 27):
        with pytest.raises(InputError, match="weeks"):
            calendar_text(settled, ME, language="en", weeks=weeks)


def test_a_key_opens_until_it_is_renewed_or_revoked(settled: House) -> None:
    """One key at a time; what is no key opens nothing."""
    assert opened_by(settled, "") is None
    first = renew_key(settled, ME, "de")
    assert len(first.token) >= 43
    assert opened_by(settled, first.token) == (ME, first)
    for wrong in ("", first.token[:-1], first.token + "x", "ü", "\udcff", "x" * 43):
        assert opened_by(settled, wrong) is None
    second = renew_key(settled, ME, "en")
    assert opened_by(settled, first.token) is None
    assert opened_by(settled, second.token) == (ME, second)
    revoke_key(settled, ME)
    assert opened_by(settled, second.token) is None
    assert read_key(settled, ME) is None


def test_every_key_is_compared_alike(settled: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A right key, a near one, a wrong one and one where there is none: the same comparisons of the same length."""
    from midback.app import calendar_wishes

    seen: list[tuple[int, int]] = []

    def counted(one: bytes, two: bytes) -> bool:
        seen.append((len(one), len(two)))
        return one == two

    monkeypatch.setattr(calendar_wishes.hmac, "compare_digest", counted)
    key = renew_key(settled, ME, "en")
    for given in (key.token, key.token[:-1], "x", ""):
        opened_by(settled, given)
    revoke_key(settled, ME)
    opened_by(settled, key.token)
    assert seen == [(32, 32)] * 5


def test_an_archive_holds_the_calendar_s_id_and_no_key(settled: House) -> None:
    """Elsewhere the entries keep their ids; the key stays at home, and one written into an archive opens nothing."""
    key = renew_key(settled, ME, "en")
    before = set(events(settled))
    text = "".join(export_text(settled, ME))
    assert key.token not in text
    archive = json.loads(text)
    archive["preferences"]["calendar-key"] = {"token": "x" * 43, "language": "en"}
    import_archive(settled, ME, parse_archive(json.dumps(archive).encode()), replace=True)
    assert opened_by(settled, "x" * 43) is None
    answer_screen(settled, ME, frozenset())
    assert set(events(settled)) == before


def test_wishes_that_cannot_be_are_refused(settled: House) -> None:
    """A part or a number of minutes that is not offered changes nothing."""
    for wrong in (CalendarWishes(parts=frozenset({"pain"})), CalendarWishes(session_before=7)):
        with pytest.raises(InputError):
            save_wishes(settled, ME, wrong)
    assert read_wishes(settled, ME) == CalendarWishes()


def test_the_zone_has_a_name_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A zone that was set, the machine's by its name, or a zone of no name."""
    at = datetime(2026, 3, 2, 7, tzinfo=UTC)
    assert zone_of(SetClock(at, BERLIN)) == (BERLIN, "Europe/Berlin")
    assert zone_of(SetClock(at, UTC)) == (UTC, "Etc/UTC")
    monkeypatch.setattr("midback.app.own_zone._candidates", lambda: ["No/Where", "Asia/Kathmandu"])
    monkeypatch.setattr("midback.app.own_zone._agrees", lambda zone, _now: zone.key == "Asia/Kathmandu")
    assert zone_of(SetClock(at, None))[1] == "Asia/Kathmandu"
    monkeypatch.setattr("midback.app.own_zone._agrees", lambda _zone, _now: False)
    assert zone_of(SetClock(at, None)) == (None, UNNAMED)
