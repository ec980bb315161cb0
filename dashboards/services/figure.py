"""One plain figure of a page. Indicators with a definition are cards (overview.py)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A figure as texts; `note` says what it is a part of."""

    name: str
    value: str
    unit: str = ""
    note: str = ""
