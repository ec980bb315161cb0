"""Stands in for dbt's `adapter` when sqlfluff renders a model: a dispatched macro becomes a call of its name.

Read by sqlfluff alone (pyproject.toml, `library_path`); dbt itself never sees it.
"""

from collections.abc import Callable


def dispatch(macro: str) -> Callable[..., str]:
    """The call that a dispatched macro stands for, as text that parses like SQL."""
    return lambda *arguments: f"{macro}({', '.join(str(argument) for argument in arguments)})"
