"""Loads what the first page needs while its reader still types the password. Not here: the pages themselves."""

import importlib
import threading
from functools import cache

_NEEDED = ("polars", "pyarrow", "duckdb", "dashboards.components.board")


@cache
def warm_up() -> None:
    """Begin once a process, beside whoever is served."""
    threading.Thread(target=_load, name="warm", daemon=True).start()


def _load() -> None:
    for name in _NEEDED:
        importlib.import_module(name)
