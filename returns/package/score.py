"""How complete and how timely a returned item is, from 0 to 100."""

import polars as pl

from returns.package.item import Item
from returns.version import Version


def completeness(item: Item, rows: pl.DataFrame) -> float | None:
    """Percent of the cells that must be filled and are; null: there is no row."""
    if rows.is_empty():
        return None
    filled = rows.select(pl.col(list(item.must)).is_not_null().mean()).row(0)
    return round(100 * float(sum(filled)) / len(filled), 2)


def timeliness(item: Item, version: Version, age_days: int) -> float:
    """Percent of the item's sources that answered the last run; nothing when the version is older than the item may be."""
    if age_days > item.refresh_days:
        return 0.0
    answered = [source for source in item.sources if source not in version.stale_sources]
    return round(100 * len(answered) / len(item.sources), 2)
