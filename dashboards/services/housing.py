"""Homes by tenure and use, in the shape of a chart and its table. Not here: counting (repositories/housing.py)."""

from functools import partial

import polars as pl

from dashboards.repositories.housing import read_dwellings
from dashboards.repositories.reader import Reader
from dashboards.services.labels import label, names_of
from dashboards.services.place import Place


def load_dwellings(reader: Reader, place: Place) -> pl.DataFrame:
    """One row a tenure × occupancy with Chinese names: `tenure`, `occupancy` (in the code list's order), `dwelling_count`."""
    order = names_of("occupancy")
    counted = read_dwellings(reader, place.filters)
    place_in_order = pl.col("occupancy").map_elements(
        lambda code: list(order).index(code) if code in order else len(order), return_dtype=pl.Int64
    )
    named = [pl.col(group).map_elements(partial(label, group), return_dtype=pl.String) for group in ("tenure", "occupancy")]
    return counted.sort(place_in_order, "tenure").select(*named, "dwelling_count")


def across_occupancies(homes: pl.DataFrame) -> pl.DataFrame:
    """One row a tenure, largest first; a column an occupancy that occurs, by its Chinese name, and 合计."""
    wide = homes.pivot(
        "occupancy", index="tenure", values="dwelling_count", aggregate_function="sum", maintain_order=True
    ).fill_null(0)
    return wide.with_columns(pl.sum_horizontal(pl.exclude("tenure")).alias("合计")).sort(
        "合计", "tenure", descending=[True, False]
    )
