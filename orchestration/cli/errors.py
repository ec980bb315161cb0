"""Turns what can go wrong for a user into one line and exit code 1."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from ingestion.settings import SettingsError

EXPECTED = (SettingsError, FileNotFoundError, PermissionError, ValueError, OSError)


@contextmanager
def told_errors() -> Iterator[None]:
    """Print an expected error as one line; a second look stands in the documentation it names.

    Unexpected errors of ours are shown by their kind and place, without values, since a value may be a person's.
    """
    try:
        yield
    except EXPECTED as error:
        click.echo(f"yidang: {' '.join(str(error).split())}", err=True)
        sys.exit(1)
