"""Prints for people: headings, lines and tables. In: words. Out: the terminal. Next: nobody."""

from collections.abc import Iterable, Sequence
from functools import cache

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table


@cache
def paper() -> Console:
    """Return the terminal's console; colours and boxes only where the terminal has them."""
    return Console(highlight=False, soft_wrap=False)


def heading(words: str) -> None:
    """Print a heading."""
    paper().print(f"\n[bold]{escape(words)}[/bold]")


def line(words: str = "", *, indent: int = 0, dim: bool = False) -> None:
    """Print a line that wraps at the terminal's width, indented by so many columns."""
    text = f"[dim]{escape(words)}[/dim]" if dim else escape(words)
    paper().print(Padding(text, (0, 0, 0, indent), expand=False))


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], title: str = "") -> None:
    """Print a table; the last column takes the room that is left."""
    shown = Table(title=title or None, title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, column in enumerate(columns):
        last = number == len(columns) - 1
        shown.add_column(escape(column), ratio=1 if last else None, no_wrap=not last, overflow="fold")
    for row in rows:
        shown.add_row(*(escape(cell) for cell in row))
    paper().print(shown)
