"""Laws over every word of the packaged catalogue."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from midback.catalogue.load import DATA, WRITTEN
from midback.catalogue.overlay import texts_in

FILES = sorted(path for path in DATA.rglob("*.toml") if "text" not in path.relative_to(DATA).parts)
FORBIDDEN = {
    "en": r"\b(diagnos\w*|treat\w*|cure[sd]?|heal(s|ed|ing)?\b|guarantee\w*|you are safe|bad posture)",
    "de": r"\b(diagnos\w*|behand\w*|heilen|heilt|geheilt|heilung|garantier\w*|du bist sicher)",
}
CLAIMS_OF_GRADE_X = (
    r"micro-?tear|tiny tears|winzige Risse|scar tissue|Narbengewebe|new smoking|neue Rauchen|"
    r"back into place|zurück an ihren Platz|straighten your spine|immune|Abwehrkräfte"
)


def sentences(value: Any) -> Iterator[str]:
    """Yield every string inside some tables."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from sentences(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from sentences(inner)


def texts(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """Return the texts of one file with the key each stands at."""
    return list(texts_in(tomllib.loads(path.read_text(encoding="utf-8")), WRITTEN))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_text_is_there_in_both_languages(path: Path) -> None:
    """Every text of every packaged file is written in English and in German, and neither is empty."""
    for key, text in texts(path):
        assert set(text) == set(WRITTEN), key
        for language in WRITTEN:
            assert all(sentence.strip() for sentence in sentences(text[language])), (key, language)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_both_languages_say_as_much(path: Path) -> None:
    """Each text has as many sentences in both, and German is not English left standing."""
    for key, text in texts(path):
        english, german = list(sentences(text["en"])), list(sentences(text["de"]))
        assert len(english) == len(german), key
        for one, other in zip(english, german, strict=True):
            assert len(one) < 25 or one != other, (key, one)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_words_promise_nothing_and_shout_at_nobody(path: Path) -> None:
    """No text diagnoses, treats, cures, guarantees or exclaims."""
    for key, text in texts(path):
        for language, pattern in FORBIDDEN.items():
            for sentence in sentences(text[language]):
                assert not re.search(pattern, sentence, re.IGNORECASE), (key, sentence)
                assert "!" not in sentence, (key, sentence)


@pytest.mark.parametrize("path", [p for p in FILES if p.stem != "claims"], ids=lambda path: path.stem)
def test_unsupported_claims_stand_on_the_claims_page_only(path: Path) -> None:
    """What the articles claim without support is said nowhere else."""
    for key, text in texts(path):
        for sentence in sentences(text):
            assert not re.search(CLAIMS_OF_GRADE_X, sentence, re.IGNORECASE), (key, sentence)


def test_texts_of_a_tidy_length() -> None:
    """Short texts fit a card: a title at most 40 characters, a short line at most 110, a step at most 180."""
    for path in sorted((DATA / "exercises").glob("*.toml")):
        for language, text in tomllib.loads(path.read_text(encoding="utf-8"))["text"].items():
            assert len(text["title"]) <= 40, (path.stem, language)
            assert len(text["short"]) <= 110, (path.stem, language)
            for variant in text["variants"].values():
                assert all(len(step) <= 180 for step in variant["steps"]), (path.stem, language)
                assert len(variant["picture"]) <= 180, (path.stem, language)


def test_cues_have_the_same_names_in_both_languages() -> None:
    """A cue that a keyframe names can be spoken in either language."""
    for path in sorted((DATA / "exercises").glob("*.toml")):
        text = tomllib.loads(path.read_text(encoding="utf-8"))["text"]
        for variant_id, variant in text["en"]["variants"].items():
            assert list(variant["cues"]) == list(text["de"]["variants"][variant_id]["cues"]), path.stem


def test_german_is_spoken_to_a_friend() -> None:
    """German texts say "du", never the formal "Sie" or "Ihr" with its forms."""
    for path in FILES:
        for key, text in texts(path):
            for sentence in sentences(text["de"]):
                assert not re.search(r"(?<=[a-zäöüß,;] )(Sie|Ihnen|Ihr|Ihre|Ihren)\b", sentence), (
                    key,
                    sentence,
                )
