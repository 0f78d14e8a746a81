"""The interface is complete in every language there is, and a language is files only."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from midback import locale
from scripts import load_script

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted((ROOT / "src" / "midback" / "locale").glob("*/LC_MESSAGES/midback.po"))


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    """Return tools/messages.py as a module."""
    return load_script("tools/messages.py")


def test_german_is_there() -> None:
    """German has a catalogue."""
    assert "de" in [po.parent.parent.name for po in FILES]


@pytest.mark.parametrize("po", FILES, ids=lambda po: po.parent.parent.name)
def test_a_language_is_complete(po: Path, messages: ModuleType) -> None:
    """Every text of code and templates is translated, none is fuzzy, and no placeholder is lost."""
    catalogue = messages.updated(po, messages.extract())
    assert messages.problems(catalogue) == []


@pytest.mark.parametrize("po", FILES, ids=lambda po: po.parent.parent.name)
def test_a_catalogue_is_as_the_tool_writes_it(po: Path, messages: ModuleType) -> None:
    """`just messages` would change nothing: no text is behind the code, and none outlived it."""
    assert po.read_bytes() == messages.text_of(messages.updated(po, messages.extract()))


def test_the_template_is_up_to_date(messages: ModuleType) -> None:
    """midback.pot holds exactly the texts of the code."""
    template = ROOT / "src" / "midback" / "locale" / "midback.pot"
    assert template.read_bytes() == messages.text_of(messages.extract())


@pytest.mark.parametrize(
    ("translation", "problem"),
    [
        ('msgstr ""', "missing: 'Hello {name}'"),
        ('msgstr "Hallo"', "placeholders ['name'] became []: 'Hello {name}'"),
        ('msgstr "Hallo {nmae}"', "placeholders ['name'] became ['nmae']: 'Hello {name}'"),
        ('msgstr "Hallo {name}"', None),
    ],
)
def test_the_check_sees_what_is_wrong(
    tmp_path: Path, messages: ModuleType, translation: str, problem: str | None
) -> None:
    """A missing text, a lost placeholder and a misspelt one are each named."""
    package = tmp_path / "package"
    package.mkdir()
    (package / "page.py").write_text('_("Hello {name}")\n')
    po = tmp_path / "de" / "LC_MESSAGES" / "midback.po"
    po.parent.mkdir(parents=True)
    po.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        f'msgid "Hello {{name}}"\n{translation}\n'
    )
    found = messages.problems(messages.updated(po, messages.extract(package)))
    assert found == ([problem] if problem else [])


def test_the_check_sees_a_text_that_no_language_has(tmp_path: Path, messages: ModuleType) -> None:
    """A text in code, template or plural that a catalogue lacks is missing there."""
    package = tmp_path / "package"
    (package / "web" / "templates").mkdir(parents=True)
    (package / "room.py").write_text('ngettext("{n} day", "{n} days", n)\nMESSAGES = {"a": N_("Later")}\n')
    (package / "web" / "templates" / "page.html").write_text(
        "<p>{{ _('Good day') }}{% trans %}Bye{% endtrans %}</p>"
    )
    po = tmp_path / "de" / "LC_MESSAGES" / "midback.po"
    po.parent.mkdir(parents=True)
    po.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n')
    found = messages.problems(messages.updated(po, messages.extract(package)))
    assert sorted(found) == [
        "missing: 'Bye'",
        "missing: 'Good day'",
        "missing: 'Later'",
        "missing: '{n} day'",
    ]


# Texts of errors that are made elsewhere, by file and expression, each with its reason.
MADE_ELSEWHERE = {
    ("errors.py", "text"): "what the error was given",
    ("errors.py", "str(fault['msg']).lower()"): "a fault of pydantic's that has no words of ours",
    ("app/analysis_sitting.py", "exc.phrases[1]"): "the texts of the error that this one wraps",
    ("app/analysis_sitting.py", "exc.phrases[2]"): "the texts of the error that this one wraps",
    ("app/archive_import.py", "rule"): "the rule of the error that this one wraps",
    ("app/archive_evidence.py", "rule"): "the rule of the error that this one wraps",
    ("app/calibrating.py", "ADVICE[why]"): "what helps against that one reason",
    ("app/calibrating.py", "MESSAGES[f'seated.{why}']"): "the words of the reason there is no reading",
    (
        "app/calibrating.py",
        "MESSAGES[found.reasons[0].message_id]",
    ): "the words of the reason for what was found",
    ("app/calendars.py", "text"): "the texts of the error that was kept with the calendar",
    ("cli/why_asked.py", "rule"): "one of two phrases, for degrees or for a share",
    ("cli/plan.py", "seen"): "the texts of the error that this one wraps",
    ("cli/plan.py", "rule"): "the texts of the error that this one wraps",
    ("cli/watch.py", "name"): "the name of a sign that nobody has words for",
    ("daemon/lock.py", "seen"): "one of two phrases, by who watches",
    ("daemon/lock.py", "rule"): "one of two phrases, by who watches",
    ("daemon/lock.py", "step"): "one of two phrases, by who watches",
    ("sense/activitywatch.py", "next_step"): "the phrase of whoever reads it: a file has a next step",
    ("body/evidence.py", "rule"): "the phrase of the key's own rule",
    ("sense/activitywatch.py", "wrong"): "one phrase for both ways that JSON is wrong",
    ("sense/fetch.py", "rule"): "one phrase for all that is no address",
    ("sense/idle/choose.py", "' '.join((f'{{{name}}}' for name in names))"): "an error's texts in a row",
    ("sense/signs/port.py", "' '.join((f'{{{name}}}' for name in names))"): "several errors' texts in a row",
    ("sense/pictures/images.py", "said"): "one of two phrases, for a folder or for one picture",
    ("share/json_stream.py", "exc.msg"): "the parser's own word for where JSON breaks off",
    ("share/landmark_shape.py", "rule"): "the phrase of the rule that a frame breaks",
    ("plan/body_size.py", "rule"): "the phrase of mass or stature",
    ("plan/body_size.py", "step or Phrase('Change it and try again.')"): "one of two phrases",
    ("trial/diary_cell.py", "said"): "one of two phrases, for an empty cell or another",
    ("trial/diary_cell.py", "rule"): "the phrase of the column's own rule",
    ("trial/diary_cell.py", "step"): "the phrase of the column's own rule",
    ("store/calibrations.py", "rule"): "the texts of the error that this one wraps",
    ("store/codec.py", "rule"): "the phrase of what was read",
    ("store/codec.py", "step"): "the phrase of what was read",
    ("store/spool.py", "self.seen"): "what the error was given that was kept with the line",
    ("store/spool.py", "self.rule"): "what the error was given that was kept with the line",
    ("store/engine.py", "*refused.phrases"): "the very same error, taken out of its wrapping",
    ("store/faults.py", "seen"): "one of two phrases, with a detail or without",
    ("web/forms.py", "rule"): "the phrase of the field's own rule",
}
# Phrases that are kept without values: misfit() fills those for pydantic's faults, the background process or the
# orders fill what is said in a notice, and the state's own words what is said of it.
FILLED_LATER = ("errors.py", "app/watching_texts.py", "cli/watch.py")
# Values that come with the texts of MADE_ELSEWHERE, or are handed on.
HANDED_ON = (
    "values",
    "fault.values",
    "self.values",
    "dict(zip(names, parts, strict=True))",
    "dict(zip(names, phrases, strict=True))",
)


def test_no_error_is_made_with_words_that_cannot_be_translated(messages: ModuleType) -> None:
    """Every error's texts are plain constants or phrases: no f-string, no glued text, none said already."""
    made = {
        (file, ast.unparse(text))
        for file, call in messages.error_calls()
        for text in messages.texts_of_error(call)
        if not (isinstance(text, ast.Constant) and isinstance(text.value, str))
        and not (isinstance(text, ast.Call) and ast.unparse(text.func) == "Phrase")
    }
    assert made == set(MADE_ELSEWHERE)


def test_every_place_in_an_error_is_filled_and_nothing_is_left_over(messages: ModuleType) -> None:
    """The places of an error's texts and the names of its values are the same."""
    seen = 0
    for file, call in messages.error_calls():
        texts = [t.value for t in messages.texts_of_error(call) if isinstance(t, ast.Constant)]
        places = {name for text in texts for name in messages.placeholders(text)}
        held = [word.value for word in call.keywords if word.arg == "values"]
        if ast.unparse(call.func) == "Phrase":
            held += call.args[1:2]
        names: set[str] = set()
        for values in held:
            if ast.unparse(values) in HANDED_ON:
                continue
            assert isinstance(values, ast.Dict), f"{file}: {ast.unparse(call)}"
            names = {key.value for key in values.keys if isinstance(key, ast.Constant)}
        if file in FILLED_LATER:
            continue
        assert places == names, f"{file}: {ast.unparse(call)}"
        seen += len(names)
    assert seen > 100


def test_the_texts_of_errors_are_collected(tmp_path: Path, messages: ModuleType) -> None:
    """An error's three texts and a phrase's template are texts to translate; its other arguments are not."""
    (tmp_path / "room.py").write_text(
        'raise Infeasible("Seen {x}.", "Rule.", "Step.", ("not.this",), values={"x": Phrase("a word")})\n'
        'raise NotFound("Gone.", "", next_step="Look.")\n'
        'raise TypeError("Not this.")\n'
    )
    found = {message.id for message in messages.extract(tmp_path) if message.id}
    assert found == {"Seen {x}.", "Rule.", "Step.", "a word", "Gone.", "Look."}


def test_a_third_language_needs_only_files(tmp_path: Path) -> None:
    """A folder with a catalogue is a language: the command line speaks it without any other change."""
    package = tmp_path / "midback"
    shutil.copytree(ROOT / "src" / "midback", package, ignore=shutil.ignore_patterns("__pycache__"))
    po = package / "locale" / "eo" / "LC_MESSAGES" / "midback.po"
    po.parent.mkdir(parents=True)
    po.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\nLanguage: eo\\n"\n\n'
        'msgid "Show what today holds, and why."\nmsgstr "Montri la tagon, kaj kial."\n'
    )
    load_script("hatch_build.py").compile_stale(package / "locale")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "MIDBACK_LANGUAGE": "eo"}
    done = subprocess.run(
        [sys.executable, "-m", "midback", "--help"],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert "Montri la tagon, kaj kial." in done.stdout
    listing = "import midback, midback.locale as l; print(midback.__file__, l.languages())"
    known = subprocess.run(
        [sys.executable, "-c", listing],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert str(tmp_path) in known
    assert "'eo'" in known


@pytest.mark.parametrize(
    ("wanted", "best"),
    [("de-AT", "de"), ("de_DE", "de"), ("DE", "de"), ("xx", "en"), ("", "en"), ("en-GB", "en")],
)
def test_the_nearest_language_is_spoken(wanted: str, best: str) -> None:
    """A regional wish gets its language, an unknown one English."""
    assert locale.best(wanted) == best
