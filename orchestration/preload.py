"""Loads in the background what takes seconds to load, while the sources are still being read.

Not here: when to begin (orchestration/pulls.py).
"""

from pathlib import Path
from threading import Thread

from expectations.compiled.judge import preload as preload_judge


def preload(home: Path) -> None:
    """Begin to load dbt with its project, then Great Expectations; what is not ready when it is needed is waited for."""
    Thread(target=_load, args=(home,), name="preload").start()


def _load(home: Path) -> None:
    from orchestration.warehouse.dbt_build import DbtParseError, load  # noqa: PLC0415 - this is what takes seconds
    from orchestration.warehouse.parsed import parsed_project  # noqa: PLC0415

    try:
        load(parsed_project(home))
    except DbtParseError:
        return  # the graph, which needs it, fails with the same words
    preload_judge()
