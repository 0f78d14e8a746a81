"""`python -m midback` is `midback`."""

from midback.cli.main import run

if __name__ == "__main__":
    run()
