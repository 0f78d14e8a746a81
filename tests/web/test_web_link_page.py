"""A one-time link may lead to a page, such as the one that a notification's "Start" opens."""

from urllib.parse import quote

import httpx
import pytest
from web_rig import Served


@pytest.mark.parametrize(
    ("to", "page"),
    [
        ("/library/cat-cow", "/library/cat-cow"),
        ("/session?exercise=cat-cow&variant=floor", "/session?exercise=cat-cow&variant=floor"),
        ("/session?exercise=https://evil.example", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/a\r\nSet-Cookie: x", "/"),
    ],
)
def test_a_link_may_lead_to_a_page_of_ours_alone(served: Served, to: str, page: str) -> None:
    """The page that "Start" opens is one of ours; anything else leads to the first page."""
    answer = httpx.get(f"{served.link()}&to={quote(to)}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, page)
