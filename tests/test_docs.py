"""What the documentation says is what the program does, where a test can tell."""

import re
from pathlib import Path

import pytest

from scripts import load_script
from test_imports import TABLE

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"


def test_the_import_table_in_the_docs_is_the_one_that_is_checked() -> None:
    """docs/architecture.md and tests/test_imports.py show the same table."""
    text = (DOCS / "architecture.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", text, re.MULTILINE)
    shown = {room: tuple(re.findall(r"`(\w+)`", may)) for room, may in rows}
    assert shown == {room: may for room, may in TABLE.items() if not room.startswith("__")}


def test_the_readme_has_both_commands() -> None:
    """The two commands of the README stand there as they are run."""
    text = (ROOT / "README.md").read_text("utf-8")
    assert "\n    pip install uv && uv run midback\n" in text
    assert "\n    pip install uv && uv run --group test pytest\n" in text
    assert "pipx install uv" in text


def test_ci_runs_the_readme_s_tests() -> None:
    """CI runs the same test command, and fails when browser tests were skipped."""
    text = (ROOT / ".ci" / "run").read_text("utf-8")
    assert text.rstrip().endswith("uv run --group test pytest")
    assert "BROWSER_TESTS=required" in text


@pytest.mark.parametrize(
    "page",
    [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_links_inside_the_repository_lead_somewhere(page: Path) -> None:
    """A relative link or picture names a file that is there."""
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_page_tells_of_people_not_machines() -> None:
    """No page of the repository holds a path of somebody's machine."""
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")]
    assert [
        p.name for p in pages if re.search(r"(/home/|/root/|/work/|C:\\\\Users)", p.read_text("utf-8"))
    ] == []


def test_a_changelog_fragment_is_one_sentence() -> None:
    """Every fragment has a kind in its name and one sentence in it."""
    changelog = load_script("tools/changelog.py")
    files = changelog.fragments(ROOT / "changelog.d")
    assert files
    assert [found for file in files if (found := changelog.fault(file))] == []


@pytest.mark.parametrize(
    ("name", "text", "fine"),
    [
        ("a.added.md", "One sentence, with version 1.2 in it.", True),
        ("a.added.md", "One. Two.", False),
        ("a.added.md", "No full stop", False),
        ("a.new.md", "A kind that is none.", False),
        ("a.fixed.md", "Two\nlines.", False),
    ],
)
def test_the_fragment_check_sees_what_is_wrong(tmp_path: Path, name: str, text: str, fine: bool) -> None:
    """Two sentences, no full stop, two lines and an unknown kind are each refused."""
    path = tmp_path / name
    path.write_text(text + "\n")
    assert (load_script("tools/changelog.py").fault(path) is None) == fine


def test_a_release_gathers_the_fragments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A release moves each sentence under its kind, newest version first, and removes the files."""
    changelog = load_script("tools/changelog.py")
    monkeypatch.setattr(changelog, "ROOT", tmp_path)
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n<!-- releases -->\n\n## 0.1.0 (2026-01-01)\n")
    (tmp_path / "changelog.d").mkdir()
    (tmp_path / "changelog.d" / "x.fixed.md").write_text("Mended.\n")
    (tmp_path / "changelog.d" / "y.added.md").write_text("New.\n")
    monkeypatch.setattr("sys.argv", ["changelog.py", "0.2.0"])
    changelog.main()
    text = (tmp_path / "CHANGELOG.md").read_text()
    assert text.index("## 0.2.0") < text.index("- New.") < text.index("- Mended.") < text.index("## 0.1.0")
    assert list((tmp_path / "changelog.d").iterdir()) == []
