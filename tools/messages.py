"""Keep the message catalogues in step with the code. In: *.py and templates. Out: midback.pot, midback.po.

Marked texts are collected, and those that errors and phrases are made with, which need no mark.

`just messages` rewrites the template and adds new texts to every language, untranslated; the texts that went
are dropped; nothing is guessed (no fuzzy matches). `tools/messages.py check` writes nothing and fails when a
language is behind. `tools/messages.py new nl` starts a language; `compile` makes a working tree's .mo files.
"""

import ast
import io
import re
import string
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "midback"
LOCALE = PACKAGE / "locale"
METHODS = [("**.py", "python"), ("web/templates/**.html", "jinja2.ext:babel_extract")]
OPTIONS = {"web/templates/**.html": {"encoding": "utf-8", "silent": "false", "trimmed": "true"}}
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "N_n": (1, 2),
}
# The catalogues change only when a text does: no dates, no line numbers.
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def extract(package: Path = PACKAGE) -> Catalog:
    """Collect every marked text of the package, templates included."""
    catalogue = Catalog(
        project="midback", charset="utf-8", creation_date=EPOCH, revision_date=EPOCH, fuzzy=False
    )
    catalogue.header_comment = "# The texts of midback's interface, written by `just messages`."
    found = extract_from_dir(
        package, METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=("NOTE:",), strip_comment_tags=True
    )
    for filename, _line, message, comments, context in found:
        catalogue.add(message, None, [(filename, 0)], auto_comments=comments, context=context)
    for filename, call in error_calls(package):
        for text in texts_of_error(call):
            if isinstance(text, ast.Constant) and isinstance(text.value, str) and text.value:
                catalogue.add(text.value, None, [(filename, 0)])
    return catalogue


def error_names() -> frozenset[str]:
    """Name the classes whose first texts are said to people: the errors, and phrases."""
    tree = ast.parse((PACKAGE / "errors.py").read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.ClassDef))


def error_calls(package: Path = PACKAGE) -> Iterator[tuple[str, ast.Call]]:
    """Yield each call that makes an error or a phrase, with its file."""
    names = error_names()
    for path in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                yield path.relative_to(package).as_posix(), node


def texts_of_error(call: ast.Call) -> list[ast.expr]:
    """Return the expressions of what was seen, the rule and the next step; of a phrase its template."""
    only_one = isinstance(call.func, ast.Name) and call.func.id == "Phrase"
    named = [word.value for word in call.keywords if word.arg in ("seen", "rule", "next_step", "template")]
    return [*call.args[: 1 if only_one else 3], *named]


def updated(po: Path, template: Catalog) -> Catalog:
    """Return a language's catalogue with the template's texts, keeping the translations it has."""
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parent.parent.name, abort_invalid=True)
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    catalogue.creation_date = catalogue.revision_date = EPOCH
    return catalogue


def text_of(catalogue: Catalog) -> bytes:
    """Return a catalogue as it is written to its file."""
    sink = io.BytesIO()
    write_po(sink, catalogue, width=110, sort_output=True, include_lineno=False, ignore_obsolete=True)
    skip = (
        b'"POT-Creation-Date',
        b'"PO-Revision-Date',
        b'"Generated-By',
        b'"Language-Team',
        b'"Report-Msgid',
        b'"Project-Id',
        b'"Last-Translator',
    )
    return b"".join(line for line in sink.getvalue().splitlines(keepends=True) if not line.startswith(skip))


def problems(catalogue: Catalog) -> list[str]:
    """Say what is missing, unsure or inconsistent in a language's catalogue."""
    found = []
    for message in catalogue:
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
        texts = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        if not all(texts):
            found.append(f"missing: {ids[0]!r}")
            continue
        if message.fuzzy:
            found.append(f"fuzzy: {ids[0]!r}")
        wanted = {name for text in ids for name in placeholders(text)}
        for text in texts:
            got = placeholders(text)
            # A plural form may leave the number out ("one day"); nothing may be added or misspelt.
            if got - wanted or (len(ids) == 1 and got != wanted):
                found.append(f"placeholders {sorted(wanted)} became {sorted(got)}: {ids[0]!r}")
    return found


def placeholders(text: str) -> set[str]:
    """Name the placeholders of a text, written {name} or %(name)s."""
    percent = set(re.findall(r"%\((\w+)\)[a-z]", text))
    try:
        braces = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        braces = set()
    return percent | braces


def main() -> None:
    """Do what the first argument says: update (default), check, compile, or new CODE."""
    command, *rest = sys.argv[1:] or ["update"]
    if command == "compile":
        sys.path.insert(0, str(ROOT))
        from hatch_build import compile_stale

        print(*compile_stale(LOCALE), sep="\n")
        return
    template = extract()
    if command == "new":
        target = LOCALE / rest[0] / "LC_MESSAGES" / "midback.po"
        target.parent.mkdir(parents=True, exist_ok=False)
        fresh = Catalog(rest[0], project="midback", creation_date=EPOCH, revision_date=EPOCH, fuzzy=False)
        fresh.header_comment = f"# The texts of midback's interface in {rest[0]}."
        target.write_bytes(text_of(fresh))
    files = sorted(LOCALE.glob("*/LC_MESSAGES/midback.po"))
    if command == "check":
        wrong = {po.parent.parent.name: problems(updated(po, template)) for po in files}
        for language, lines in wrong.items():
            print(f"{language}: {len(lines)} of {len(template)} texts need work")
            print("".join(f"  {line}\n" for line in lines), end="")
        sys.exit(any(wrong.values()))
    (LOCALE / "midback.pot").write_bytes(text_of(template))
    for po in files:
        catalogue = updated(po, template)
        po.write_bytes(text_of(catalogue))
        print(f"{po.parent.parent.name}: {len(problems(catalogue))} of {len(template)} texts need work")


if __name__ == "__main__":
    main()
