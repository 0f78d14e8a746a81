"""The command line. In: words typed. Out: words printed, or the server started. Next: app does the work."""

import typer

app = typer.Typer(no_args_is_help=False, add_completion=False)


@app.callback(invoke_without_command=True)
def serve() -> None:
    """Coach a sore mid-back, on this computer only."""


def run() -> None:
    """Run the command line; the console script's entry."""
    app()
