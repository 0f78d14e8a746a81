"""The generated pages about the body model stand as they would be written now; the examples print what is shown."""

import pytest

from midback.body.working_posture import RANGES_DEG
from midback.catalogue.constants import load_constants
from scripts import ROOT, load_script

DOCS = ROOT / "docs"


def test_the_examples_print_what_stands_below_them() -> None:
    """Each block of docs/body.md runs, and its output is the one shown (else: tools/examples.py)."""
    text = (DOCS / "body.md").read_text("utf-8")
    assert text.count("```python") >= 8
    assert load_script("tools/examples.py").rerun(text) == text


def test_the_table_of_postures_has_the_ranges_that_are_checked() -> None:
    """Each angle's range stands in docs/body.md as the model has it, and so do the limits."""
    text = (DOCS / "body.md").read_text("utf-8")
    named = ("head_flexion", "trunk_flexion", "thoracic_flexion", "arms_forward", "elbow")
    for name, (low, high) in zip(named, RANGES_DEG.values(), strict=True):
        (row,) = [line for line in text.splitlines() if line.startswith(f"| `{name}` |")]
        assert row.endswith(f"| {low:g} to {high:g}° |")
    known = load_constants()
    head, trunk, arms = (known[f"{name}-limit"].value for name in ("head", "trunk", "arms"))
    assert f"head to {head:g}°, trunk and rounding together to {trunk:g}°, arms to {arms:g}°" in text


def test_a_changed_output_is_seen() -> None:
    """An output that is not what is printed is put right, and a block that fails is not passed over."""
    examples = load_script("tools/examples.py")
    page = "```python\nprint(1 + 1)\n```\n\n```text\n3\n```\n\nand\n\n```python\nx = 1\n```\n"
    assert examples.rerun(page) == page.replace("3", "2")
    with pytest.raises(ZeroDivisionError):
        examples.rerun("```python\n1 / 0\n```\n")


def test_every_constant_stands_on_its_page() -> None:
    """docs/numbers.md is what the catalogue gives now (else: tools/body_numbers.py)."""
    assert load_script("tools/body_numbers.py").page() == (DOCS / "numbers.md").read_text("utf-8")
