"""The care page: an appointment with time and place, changed later; how often; what else; what was tried."""

from web_rig import Served

OUR_PAGE = {"Sec-Fetch-Site": "same-origin"}


def test_an_appointment_is_booked_and_then_it_has_been(served: Served) -> None:
    """Time, place and profession are shown; changed under the same id, pain and cost come with it."""
    booked = {
        "kind": "professional",
        "profession": "physiotherapist",
        "done": "no",
        "day": "2026-03-04",
        "time": "17:30",
        "place": "Main Street <1>",
        "minutes": "45",
    }
    with served.client() as client:
        page = client.post("/care", data=booked, headers=OUR_PAGE)
        assert page.status_code == 200
        assert "17:30" in page.text
        assert "Main Street &lt;1&gt;" in page.text
        (visit,) = client.get("/api/care").json()["visits"]
        form = client.get(f"/care?visit={visit['id']}").text
        assert 'value="17:30"' in form
        change = booked | {
            "id": visit["id"],
            "done": "yes",
            "pain_before": "5",
            "pain_after": "3",
            "cost": "40,50",
        }
        client.post("/care", data=change, headers=OUR_PAGE)
        (kept,) = client.get("/api/care").json()["visits"]
        assert kept["id"] == visit["id"]
        assert (kept["done"], kept["pain_before"], kept["cost"], kept["minute"]) == (True, 5, 40.5, 1050)
        wrong = client.post("/care", data=booked | {"profession": "wizard"}, headers=OUR_PAGE)
        assert wrong.status_code == 422


def test_how_often_and_what_else_stand_side_by_side(served: Served) -> None:
    """The cadence at the last cost, and what the person named, with what research says and no winner."""
    with served.client() as client:
        visit = {"day": "2026-02-20", "cost": "60", "done": "yes", "kind": "massage"}
        client.post("/care", data=visit, headers=OUR_PAGE)
        wishes = {"every_weeks": "2", "other": ["gym", ""], "other_cost": ["35,50", ""]}
        page = client.post("/care/wishes", data=wishes, headers=OUR_PAGE).text
        assert "130 EUR" in page
        assert "gym" in page
        assert "35.50 EUR" in page
        assert "480 EUR" in page
        assert "Monthly massage has not been tested" in page
        assert "Grade D" in page
        week = client.get("/week").text
        assert "every 2 weeks" in week
        assert client.post("/care/wishes", data={"every_weeks": "99"}, headers=OUR_PAGE).status_code == 422
        assert (
            client.post("/care/wishes", data={"other": "x", "other_cost": "y"}, headers=OUR_PAGE).status_code
            == 422
        )
