"""Homes by tenure and use, in the shape of a chart and its table. Not here: counting (repositories/housing.py)."""

import polars as pl

from dashboards.repositories.housing import read_dwellings
from dashboards.repositories.reader import Reader
from dashboards.services.labels import label, names_of
from dashboards.services.language import say
from dashboards.services.place import Place


def load_dwellings(reader: Reader, place: Place) -> pl.DataFrame:
    """One row a tenure × occupancy with Chinese names: `tenure`, `occupancy` (in the code list's order), `dwelling_count`."""
    order = names_of("occupancy")
    counted = read_dwellings(reader, place.filters)
    place_in_order = pl.col("occupancy").replace_strict({code: at for at, code in enumerate(order)}, default=len(order))
    # Named in this thread, which speaks the page's language: Polars's own would speak Chinese.
    rows = counted.sort(place_in_order, "tenure").select("tenure", "occupancy", "dwelling_count").rows()
    named = [(label("tenure", tenure), label("occupancy", occupancy), homes) for tenure, occupancy, homes in rows]
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "tenure": pl.String,
        "occupancy": pl.String,
        "dwelling_count": counted["dwelling_count"].dtype,
    }
    return pl.DataFrame(named, schema=schema, orient="row")


def across_occupancies(homes: pl.DataFrame) -> pl.DataFrame:
    """One row a tenure, largest first; a column an occupancy that occurs, by its Chinese name, and 合计."""
    whole = say("合计")
    wide = homes.pivot(
        "occupancy", index="tenure", values="dwelling_count", aggregate_function="sum", maintain_order=True
    ).fill_null(0)
    return wide.with_columns(pl.sum_horizontal(pl.exclude("tenure")).alias(whole)).sort(whole, "tenure", descending=[True, False])
