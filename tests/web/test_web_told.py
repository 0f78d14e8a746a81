"""What pages tell and keep: every claim with its grade, and a whole check-in."""

import html

from web_rig import ME, Served

from midback.app.checkins import checkins_of_today


def test_every_claim_stands_on_the_sources_page_under_its_grade(served: Served) -> None:
    """Each claim of articles and program is shown once, with who says it, in the section of its grade."""
    with served.client() as client:
        page = html.unescape(client.get("/sources").text)
    sections = {part[0]: part for part in page.split('id="grade-')[1:] if part[1] == '"'}
    sections |= {part[:2]: part for part in page.split('id="grade-')[1:] if part[1] == "-"}
    claims = served.house.catalogue.claims
    for claim in claims.values():
        words = claim.text["en"]
        assert page.count(words) >= 1, claim.id
        assert words in sections[claim.grade], claim.id
    said = {True: "the articles say", False: "the program says"}
    for grade, section in sections.items():
        ours = [c for c in claims.values() if c.grade == grade]
        shown = section.split("</section>")[0]
        for by_articles, words in said.items():
            assert shown.count(words) == sum((c.said_by == "articles") is by_articles for c in ours), grade


def test_a_whole_check_in_is_kept_as_it_was_given(served: Served) -> None:
    """Pain now, average and worst, symptoms, places on the body, and the person's own activities."""
    before = len(checkins_of_today(served.house, ME))
    given = {
        "pain_now": "3", "pain_average": "4", "pain_worst": "6", "symptoms": ["stiffness", "tightness"],
        "regions": ["mid-back", "neck"], "psfs-0": "7", "note": "after a long day",
    }  # fmt: skip
    with served.client() as client:
        assert client.post("/checkin", data=given).url.path == "/"
    kept = checkins_of_today(served.house, ME)[before]
    assert (kept.pain_now, kept.pain_average, kept.pain_worst) == (3, 4, 6)
    assert kept.symptoms == {"stiffness", "tightness"}
    assert kept.regions == {"mid-back", "neck"}
    assert kept.psfs == {"sitting through a meeting": 7}
    assert kept.note == "after a long day"


def test_a_question_of_the_check_in_that_was_left_out_stays_out(served: Served) -> None:
    """Nothing but what was answered is kept: no zero stands for silence."""
    before = len(checkins_of_today(served.house, ME))
    with served.client() as client:
        client.post("/checkin", data={"pain_now": "2"})
    kept = checkins_of_today(served.house, ME)[before]
    assert (kept.pain_now, kept.pain_average, kept.pain_worst) == (2, None, None)
    assert (kept.symptoms, kept.regions, dict(kept.psfs)) == (frozenset(), frozenset(), {})
