"""Keys and level of a parsed address. Not here: which dwelling the key means (dbt)."""

import polars as pl

_SLOTS = ("lane", "sublane", "gate", "block", "unit", "room", "part")


def address_key(anchor: str, gate: pl.Expr | None = None) -> pl.Expr:
    """Gives ``anchor|lane|sublane|gate|block|unit|room|part`` with empty slots kept; null without an anchor.

    Args:
        anchor: Column with the road's or the estate's canonical name.
        gate: What stands in the slot of the gate, where it is not the column `gate`.
    """
    slots = [pl.col(slot).fill_null("") if slot != "gate" or gate is None else gate.fill_null("") for slot in _SLOTS]
    return pl.concat_str([pl.col(anchor), *slots], separator="|")


def estate_gate(is_plot: pl.Expr) -> pl.Expr:
    """Gives the gate in an estate's key: a 号 of the road outside (`is_plot`) is left out where a block tells the building."""
    return pl.when(~(is_plot.fill_null(value=False) & pl.col("block").is_not_null())).then("gate")


def address_level() -> pl.Expr:
    """Names the finest element that the address has."""
    steps = (
        ("room", "room"),
        ("part", "room"),
        ("gate", "gate"),
        ("block", "block"),
        ("unit", "block"),
        ("lane", "lane"),
        ("road", "road"),
    )
    level = pl.when(pl.col("estate").is_not_null()).then(pl.lit("estate")).otherwise(pl.lit("none"))
    for column, name in reversed(steps):
        level = pl.when(pl.col(column).is_not_null()).then(pl.lit(name)).otherwise(level)
    return level
