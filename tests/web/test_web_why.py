"""Why, without a browser: what the page says, that it works without scripts, what its sliders ask for."""

import re

import pytest
from web_rig import ME, Served

from midback.app.exposures import undo_last
from midback.app.intake import read_intake, save_intake
from midback.app.screening import answer_screen
from midback.body.working_posture import RANGES_DEG
from midback.plan.answers import Intake
from midback.web.why_sliders import (
    AS_IT_WAS,
    RANGES,
    UPRIGHT,
    Held,
    as_fields,
    held_as,
    read_held,
    say_value,
)

EVERY = ("head", "upper", "trunk", "arms", "arm_rest", "back_rest", "breaks")


def place_of(text: str, words: str) -> int:
    """Return where words stand in a page; they must."""
    assert words in text, words
    return text.index(words)


def test_sore_is_not_damaged_stands_before_any_number(served: Served) -> None:
    """The first heading after the title says so, before the first drawing and the first number of the model."""
    with served.client() as client:
        text = client.get("/why").text
    main = text[text.index("<main") :]
    first = place_of(main, "Sore is not damaged")
    assert first < place_of(main, "mb-chart-load")
    assert first < place_of(main, 'data-put="neck"')
    assert "right or wrong way to sit" in main[first : place_of(main, "mb-chart-load")]


def test_before_any_answer_the_page_says_what_will_be_there(served_empty: Served) -> None:
    """Nobody is shown a day of somebody else: one step leads on, and there are no sliders yet."""
    answer_screen(served_empty.house, ME, frozenset())
    with served_empty.client() as client:
        text = client.get("/why").text
    assert "Here you will see what your day asks of your mid-back" in text
    assert 'class="button" href="/intake"' in text
    assert 'type="range"' not in text


def test_answers_alone_are_enough(served_empty: Served) -> None:
    """Without a sensor and without a day entered, the hours come from the intake's usual day, and it is said."""
    answer_screen(served_empty.house, ME, frozenset())
    save_intake(served_empty.house, ME, Intake(sitting_h=7.0, driving_h=1.0))
    with served_empty.client() as client:
        text = client.get("/why").text
    assert "stand in" in text
    assert text.count('class="mb-still-') > 8
    assert "numbers for adults in general" in text
    assert 'href="/intake#s-health"' in text
    neck = text[text.index('data-put="neck-range"') :].split("</dd>")[0]
    assert "your size, sex and strength are not told" in neck
    assert 'href="/intake#s-health">Tell as much as you like' in neck


def test_a_range_of_the_neck_ends_at_its_whole_strength(served: Served) -> None:
    """Past all of its strength no percent is shown, and what is told needs no word on why a range is wide."""
    save_intake(
        served.house, ME, Intake(mass_kg=120.0, stature_m=1.7, sex="female", strength="low", sitting_h=7.0)
    )
    with served.client() as client:
        text = client.get("/why?head=75&trunk=45").text
    said = re.findall(r'data-put="neck-range">([^<]+)<', text)
    assert re.fullmatch(r"\d+\u00a0% up to its whole strength is likely", said[0])
    assert 'data-put="neck">100\u00a0%<' in text
    assert "are not told" not in text


def test_the_table_says_what_the_drawing_shows(served: Served) -> None:
    """Every drawn hour is a row; an hour of sitting as usual is 100 %."""
    with served.client() as client:
        text = client.get("/why").text
    wide = text[text.index("mb-chart-load") :]
    hours = wide[: wide.index("</svg>")].count("<title>") - 1
    table = text[text.index("<caption") : text.index("</table>")]
    assert hours == 3 * table.count('<tr><th scope="row">')
    assert "09:00–10:00" in table
    assert "<td>100\u00a0%</td>" in table


def test_nothing_on_the_page_is_red_or_a_score(served: Served) -> None:
    """No tint of pain or stop, no word of blame, no exclamation mark."""
    with served.client() as client:
        text = client.get("/why").text
    main = re.sub(r"<[^>]*>", " ", text[text.index("<main") : text.index("</main>")])
    assert "mb-fill-load" not in text
    assert "load-ink" not in text
    assert "!" not in main
    for word in ("bad posture", "wrong posture", "score", "you are safe", "damage adds up to"):
        assert word not in main.lower()


def test_what_only_the_articles_say_is_marked_and_never_counted(served: Served) -> None:
    """Microtears and scar stand as theirs with grade X and with what research says; no other sentence has them."""
    with served.client() as client:
        text = client.get("/why").text
    theirs = text[text.index('id="claim-microtears"') :]
    theirs = theirs[: theirs.index("</li>")]
    assert "only the articles say" in theirs
    assert "Grade X" in theirs
    assert "Research:" in theirs
    rest = text[: text.index('aria-labelledby="theirs"')] + text[text.index('aria-labelledby="model"') :]
    assert not re.search(r"microtear|tiny tears|scar ", rest)


def test_without_scripts_the_form_is_answered_by_the_server(served: Served) -> None:
    """The sliders are fields of a form that sends itself to the page; the drawing and the numbers follow."""
    with served.client() as client:
        before, bent = client.get("/why").text, client.get("/why?head=60&arms=50&arm_rest=0&breaks=30").text
        upright = client.get("/why?from=upright&head=60").text
    for name in EVERY:
        assert f'name="{name}"' in before
    assert 'id="w-head" name="head" min="0" max="75" step="1" value="60"' in bent
    assert 'aria-valuetext="60° forward"' in bent
    assert 'value="0" aria-valuetext="upright"' in upright

    def neck(text: str) -> float:
        return float(re.findall(r'data-put="neck">([\d.]+)', text)[0])

    assert neck(bent) > neck(before) > neck(upright)
    assert "with a short break every 30 min" in bent


def test_odd_values_are_put_where_a_slider_can_stand(served: Served) -> None:
    """An address with nonsense still shows the page; nothing of it comes back unread."""
    with served.client() as client:
        page = client.get("/why?head=1e9&arms=nan&trunk=%3Cb%3E&breaks=-4&back_rest=33")
    assert page.status_code == 200
    assert 'name="back_rest" min="0" max="100" step="5" value="35"' in page.text
    assert "<b>&" not in page.text
    assert "nan" not in page.text.split("<main")[1]


@pytest.mark.parametrize("day", ["2026-03-05", "2011-01-01", "nope", "2026-13-01"])
def test_a_day_that_cannot_be_shown_is_refused(served: Served, day: str) -> None:
    """Tomorrow, long ago and what is no day come back as the page for what is not there."""
    with served.client() as client:
        assert client.get(f"/why/{day}").status_code == 404


def test_the_effect_of_a_slider_is_what_the_page_would_show(served: Served) -> None:
    """The answer to a step and the page opened at that step hold the same drawings and texts."""
    asked = {"head": 33, "upper": 12, "trunk": 4, "arms": 40, "arm_rest": 20, "back_rest": 0, "breaks": 25}
    with served.client() as client:
        effect = client.get("/api/why/effect", params={**asked, "elbow": 80, "day": "2026-03-04"}).json()
        page = client.get("/why", params={**asked, "elbow": 80}).text
    assert set(effect) == {"drawings", "texts", "said"}
    assert set(effect["drawings"]) == {"side", "back", "breaks", "breaks-narrow"}
    for drawing in effect["drawings"].values():
        assert drawing in page
    for name, words in effect["texts"].items():
        assert f'data-put="{name}">{words.replace(chr(39), "&#39;")}<' in page
    assert effect["said"].startswith("Neck:")


def test_a_back_rest_helps_who_leans_back_on_it_and_nobody_else(served: Served) -> None:
    """The trunk's slider goes backwards, and there alone a rest makes what presses on the lower levels less."""

    def lowest(trunk: int, rest: float) -> float:
        asked = {"trunk_flexion": trunk, "back_rest": rest}
        return float(
            client.get("/api/why/posture", params=asked).json()["levels"][-1]["compression_n"]["value"]
        )

    with served.client() as client:
        page = client.get("/why?trunk=-25").text
        assert lowest(-25, 1.0) < 0.8 * lowest(-25, 0.0)
        assert lowest(10, 1.0) == lowest(10, 0.0)
    assert 'aria-valuetext="leaning 25° back"' in page
    assert 'data-behind="leaning {n}° back"' in page


def test_a_slider_says_where_it_stands() -> None:
    """Below nothing, at nothing and above it; the middle of a slider that goes both ways is nothing."""
    trunk = next(one for one in RANGES if one.id == "trunk")
    said = [say_value(trunk, value) for value in (-30, -1, 0, 1, 45)]
    assert said == [
        "leaning 30° back",
        "leaning 1° back",
        "upright",
        "leaning 1° forward",
        "leaning 45° forward",
    ]


def test_programs_get_numbers_with_their_intervals(served: Served) -> None:
    """A posture and a day come as values: the interval holds the value, more head forward is more for the neck."""
    with served.client() as client:
        bent, upright = (
            client.get("/api/why/posture", params={"head_flexion": angle}).json()["neck_fraction"]
            for angle in (45, 0)
        )
        day = client.get("/api/why/days/2026-03-04").json()
        refused = client.get("/api/why/posture", params={"head_flexion": 500})
    assert bent["low"] < bent["value"] < bent["high"]
    assert bent["value"] > upright["value"]
    assert day["day"] == "2026-03-04"
    assert len(day["hours"]) == 24
    assert refused.status_code == 422


def test_a_day_changed_meanwhile_is_read_anew_when_the_page_is_opened(served: Served) -> None:
    """What a slider answers may be of a moment ago; opening the page is not."""
    with served.client() as client:
        before = client.get("/why").text
        undo_last(served.house, ME)
        after = client.get("/why").text
    assert "11:10 to 16:30" in before
    assert "11:10 to 16:30" not in after


def test_size_told_makes_the_page_speak_of_the_person(served: Served) -> None:
    """Mass, height and sex are named, and the quiet link to them is gone."""
    intake = read_intake(served.house, ME)
    assert intake is not None
    with served.client() as client:
        assert "Add your height and weight" in client.get("/why").text
        body = {"mass_kg": 68.0, "stature_m": 1.72, "sex": "female"}
        save_intake(served.house, ME, Intake(**{**{f: getattr(intake, f) for f in intake.__slots__}, **body}))
        text = client.get("/why").text
    assert "1.72\u00a0m tall" in text or "1.72 m tall" in text
    assert "Add your height and weight" not in text


def test_every_slider_stays_inside_what_a_body_can_do() -> None:
    """Each end of each slider is a posture the model takes, and reading a position back gives it again."""
    names = {
        "head": "head_flexion",
        "upper": "thoracic_flexion",
        "trunk": "trunk_flexion",
        "arms": "shoulder_flexion",
    }
    for one in RANGES:
        low, high = RANGES_DEG[names[one.id]] if one.id in names else (0.0, 100.0)
        assert low <= one.low < one.high <= high
    held = Held(head=30, upper=8, trunk=-3, arms=20, arm_rest=50, back_rest=25, elbow=70, breaks=40)
    assert held_as(held.angles, held.breaks) == held
    fields = {name: str(value) for name, value in as_fields(held).items()}
    assert read_held(fields, {"usual": UPRIGHT}) == held
    assert read_held({}, {"usual": held}) == held
    assert Held(breaks=AS_IT_WAS).spacing_min is None


def test_movements_are_told_apart_by_place_and_number(served: Served) -> None:
    """At a desk and at home, the one that rests the mid-back most first, and what each does to the bands."""
    with served.client() as client:
        text = client.get("/why").text
    table = text[text.index('<table class="why-eases">') :].split("</table>")[0]
    desk, home = table.split("<tbody>")[1:]
    assert "At a desk" in desk
    assert "At home, on the floor or in bed" in home
    for part in (desk, home):
        rows = part.split('<th scope="row">')[1:]
        rests = [int(found) if (found := re.findall(r"<td>(\d+)?", row)[0]) else 0 for row in rows]
        assert len(rests) > 3
        assert rests == sorted(rests, reverse=True)
    said = re.findall(r'<tr class="why-to"><td[^>]*>([^<]+)<', desk)
    assert len(set(said)) > len(said) / 2
    assert "?variant=seated" in desk
    assert "?variant=floor" in home


def test_the_bands_of_the_picture_are_named_by_number(served: Served) -> None:
    """The list beside the picture has every band with its change, and a slider's answer carries the same."""
    with served.client() as client:
        text = client.get("/why?head=50&upper=20").text
        texts = client.get("/api/why/effect?head=50&upper=20").json()["texts"]
    names = text[text.index('<ol class="why-names"') :].split("</ol>")[0]
    told = re.findall(r'<i>(\d)</i><span>([^<]+)</span><span data-put="(band-[a-z-]+)">([^<]+)<', names)
    assert [int(number) for number, _name, _key, _change in told] == list(range(1, 9))
    assert len({name for _number, name, _key, _change in told}) == 8
    assert all(texts[key] == change for _number, _name, key, change in told)
