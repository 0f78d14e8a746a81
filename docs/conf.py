"""Sphinx: `just docs` builds with warnings as errors."""

project = "midback"
author = "the midback authors"
copyright = "2026, the midback authors"  # noqa: A001 - the name Sphinx reads
extensions = ["myst_parser"]
myst_enable_extensions = ["deflist", "colon_fence"]
myst_heading_anchors = 3
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "decisions/README.md"]
html_theme = "furo"
html_title = "midback"
html_static_path: list[str] = []
# The pages work from a file and ask no other machine for anything.
html_use_index = False
html_show_sphinx = False
