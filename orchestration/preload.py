"""Loads what takes seconds to load while other threads still read the sources.

In the thread that asks, never in one of its own: two threads that load the same libraries at once have been seen to find
one of them half made. Not here: when to load (orchestration/assets/landing.py), or Great Expectations, which is loaded in
the process beside (orchestration/assets/inputs.py).
"""

import contextlib
from functools import cache
from pathlib import Path


@cache
def preload(home: Path) -> None:
    """Load dbt with its project; once a process."""
    from orchestration.warehouse.dbt_build import DbtParseError, load  # noqa: PLC0415 - this is what takes seconds
    from orchestration.warehouse.parsed import parsed_project  # noqa: PLC0415

    with contextlib.suppress(DbtParseError):  # the graph, which needs it, fails with the same words
        load(parsed_project(home))
