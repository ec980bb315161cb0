"""Turns what can go wrong for a user into one line and exit code 1."""

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from ingestion.settings import SettingsError

EXPECTED = (SettingsError, FileNotFoundError, PermissionError, ValueError, OSError)

ADVICE = "this is a fault of ours: report it; YIDANG_DEBUG=1 shows all of it"


@contextmanager
def told_errors() -> Iterator[None]:
    """Print an expected error as one line; a second look stands in the documentation it names.

    Unexpected errors are told by their kind and place, without their message, since that may hold a person's value; the
    environment variable YIDANG_DEBUG=1 lets them through with all they say.
    """
    try:
        yield
    except EXPECTED as error:
        click.echo(f"yidang: {' '.join(str(error).split())}", err=True)
        sys.exit(1)
    except Exception as error:
        if os.environ.get("YIDANG_DEBUG"):
            raise
        place = traceback.extract_tb(error.__traceback__)[-1]
        click.echo(f"yidang: {type(error).__name__} in {Path(place.filename).name} line {place.lineno}; {ADVICE}", err=True)
        sys.exit(1)
