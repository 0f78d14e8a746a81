# Every recipe works without just, too: copy the line.

# list the recipes
default:
    @just --list

# start midback
run *ARGS:
    uv run midback {{ARGS}}

# the tests
test *ARGS:
    uv run --group test pytest {{ARGS}}

# style and types
lint:
    uv run --group lint ruff check .
    uv run --group lint ruff format --check .
    uv run --group lint mypy

# put code into its format
format:
    uv run --group lint ruff format .
    uv run --group lint ruff check --fix .

# the documentation, as HTML in docs/_build
docs:
    uv run --group docs sphinx-build -W --keep-going -b html docs docs/_build/html

# write the pages about the body model: its numbers, its examples, its validation
body-pages:
    uv run --group test python tools/body_numbers.py
    uv run --group test python tools/examples.py
    uv run --group test python tools/validation.py

# bring the message catalogues in step with the code
messages:
    uv run --group test python tools/messages.py

# compile the message catalogues in the working tree
compile:
    uv run --group test python tools/messages.py compile

# write exact pins into pyproject.toml
lock:
    uv run --no-project --python ">=3.11" python tools/lock.py

# raw benchmark figures
bench *ARGS:
    uv run --group test --group bench python bench/run.py {{ARGS}}

# gather changelog.d into CHANGELOG.md; without a version only print
changelog *VERSION:
    uv run --no-project --python ">=3.11" python tools/changelog.py {{VERSION}}

# take README's pictures from the demo
screenshots:
    uv run --group test python tools/screenshots.py

# what CI runs
ci:
    bash .ci/run
