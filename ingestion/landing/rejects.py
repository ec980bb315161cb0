"""Rejected rows with the bytes they came in. Not here: the rules that reject (cleaning, readers)."""

import polars as pl

from ingestion.readers.reading import Reading

SCHEMA = pl.Schema({"line": pl.Int64(), "rule": pl.String(), "detail": pl.String(), "original": pl.Binary()})


def rejects_of(rejects: pl.DataFrame, reading: Reading, *, with_broken: bool = True) -> pl.DataFrame:
    """One row a rejected row, by line: those that cleaning refused and, unless told otherwise, those that were broken."""
    lines = rejects["_line"].to_list()
    originals = pl.Series("original", reading.original_of(lines), dtype=pl.Binary)
    refused = rejects.select("_line", "rule", "detail").with_columns(originals)
    frames = [refused, reading.broken.select(refused.columns)] if with_broken else [refused]
    return pl.concat(frames).sort("_line", maintain_order=True).rename({"_line": "line"}).cast(SCHEMA)
