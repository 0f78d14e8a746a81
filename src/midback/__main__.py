"""`python -m midback` is `midback`. `midback watch` alone takes the light way, without the command line library."""

import sys


def run() -> None:
    """Run the command line; the console script's entry."""
    if sys.argv[1:] == ["watch"]:
        from midback.cli.watch import watch_lightly

        watch_lightly()
    else:
        from midback.cli.run import run as run_command

        run_command()


if __name__ == "__main__":
    run()
