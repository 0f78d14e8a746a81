"""Texts keyed by language, in plain tables. In: tables, and a translation's tables. Next: load.

A text is a table with one entry per language: ``title = { en = "...", de = "..." }``, or, for exercises, the
whole table ``text`` with ``[text.en]`` and ``[text.de]``. A translation is a file of the same shape that
holds only texts, each as a plain string, lists of tables keyed by the id of their items.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from midback.catalogue.refusal import FileRefused

Table = dict[str, Any]
ID_KEYS = ("id", "condition", "code")


def is_text(value: object, languages: Sequence[str]) -> bool:
    """Say whether a value is a text: a table whose every key is a language."""
    return isinstance(value, dict) and bool(value) and all(key in languages for key in value)


def add_translation(
    file: str, tables: Table, translation: Mapping[str, Any], language: str, known: Sequence[str]
) -> None:
    """Put the texts of a translation into ``tables`` under ``language``.

    Raises
    ------
    FileRefused
        When the translation holds anything that is not a text of ``tables``.
    """
    for key, value, target in _pairs(file, "", tables, translation):
        if is_text(target, known):
            target[language] = value
        elif isinstance(target, dict) and isinstance(value, dict):
            add_translation(file, target, value, language, known)
        else:
            raise FileRefused(file, key, "A translation holds texts only.", "this is not a text.")


def _pairs(file: str, key: str, target: Any, value: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name, inner in value.items():
        if name not in target:
            raise FileRefused(
                file, f"{key}{name}", "A translation holds the keys of the file it translates.", "unknown."
            )
        if isinstance(target[name], list):
            items = {
                str(item.get(k)): item
                for item in target[name]
                if isinstance(item, dict)
                for k in ID_KEYS
                if k in item
            }
            if not isinstance(inner, dict):
                raise FileRefused(
                    file, f"{key}{name}", "Key translated lists by the id of their items.", "it is not."
                )
            yield from _pairs(file, f"{key}{name}.", items, inner)
        else:
            yield f"{key}{name}", inner, target[name]


def texts_in(value: Any, known: Sequence[str], key: str = "") -> Iterator[tuple[str, Table]]:
    """Yield every text of some tables with the key it stands at."""
    if is_text(value, known):
        yield key, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from texts_in(inner, known, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from texts_in(inner, known, f"{key}[{index}]")


def fill_languages(tables: Table, languages: Sequence[str]) -> None:
    """Give every text every language, taking the first one it has, so that readers never meet a gap."""
    for _, text in texts_in(tables, languages):
        spare = next(text[language] for language in languages if language in text)
        for language in languages:
            if language not in text:
                text[language] = spare
            elif isinstance(spare, dict) and isinstance(text[language], dict):
                text[language] = _over(spare, text[language])


def _over(below: Any, above: Any) -> Any:
    if isinstance(below, dict) and isinstance(above, dict):
        return {name: _over(below.get(name), above.get(name)) for name in {**below, **above}}
    return below if above is None else above


def untranslated(tables: Table, language: str, known: Sequence[str]) -> Iterator[str]:
    """Yield the key of every text, or part of one, that English has and ``language`` has not."""
    for key, text in texts_in(tables, known):
        yield from _gaps(f"{key} ({language})", text.get(known[0]), text.get(language))


def _gaps(key: str, written: Any, translated: Any) -> Iterator[str]:
    if isinstance(written, dict) and isinstance(translated, dict):
        for name, inner in written.items():
            yield from _gaps(f"{key}.{name}", inner, translated.get(name))
    elif not translated or (isinstance(written, list) and len(written) != len(translated)):
        yield key
