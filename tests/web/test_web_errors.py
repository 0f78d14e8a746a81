"""What went wrong is said in the language of the page, to people and to programs."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from web_rig import serving

from midback.app.clock import SetClock
from midback.app.house import open_house
from midback.settings import Settings

GERMAN, ENGLISH = {"Accept-Language": "de-AT,de;q=0.9"}, {"Accept-Language": "en"}


@pytest.fixture
def client(tmp_path: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    """Yield a client of a midback that goes by the browser's language."""
    monkeypatch.setenv("MIDBACK_CONFIG_DIR", str(tmp_path / "config"))
    house = open_house(Settings(data_dir=tmp_path / "data", port=0, language="auto"), clock)
    with serving(house) as served, served.client() as client:
        client.headers["Origin"] = served.base
        yield client
    house.engine.dispose()


@pytest.mark.parametrize(
    ("path", "form", "english", "german"),
    [
        ("/settings", {"ready_s": "99"}, "a number from 0 to 15", "eine Zahl von 0 bis 15"),
        ("/settings", {"theme": "pink"}, "one of: auto, light, dark", "auto, light, dark"),
        ("/care", {"cost": "5"}, "The day is missing.", "Der Tag fehlt."),
    ],
)
def test_a_form_that_cannot_be_used_is_explained_in_the_page_s_language(
    client: httpx.Client, path: str, form: dict[str, str], english: str, german: str
) -> None:
    """What was seen, the rule and the next step are in one language, whichever it is."""
    said = client.post(path, data=form, headers=ENGLISH)
    assert (said.status_code, english in said.text) == (422, True), said.text
    gesagt = client.post(path, data=form, headers=GERMAN)
    assert (gesagt.status_code, german in gesagt.text) == (422, True), gesagt.text
    assert '<html lang="de">' in gesagt.text
    for left_english in ("cannot be", "It should", "Go back", "Choose", "missing"):
        assert left_english not in gesagt.text


def test_a_problem_document_is_said_in_the_language_asked_for(client: httpx.Client) -> None:
    """problem+json carries the translated parts; its title stays the error's own name."""
    body = client.get("/api/exercises/nix", headers=GERMAN).json()
    assert body["title"] == "NotFound"
    assert body["seen"] == "Eine Übung 'nix' gibt es nicht."
    assert body["detail"].startswith(body["seen"])
    assert client.get("/api/exercises/nix", headers=ENGLISH).json()["seen"].startswith("There is no exercise")
