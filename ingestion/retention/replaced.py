"""Which landed rows a newer row of the same record has replaced, and since when. Not here: what of them is emptied (due.py)."""

from pathlib import Path

import polars as pl

SCHEMA = {"_batch_id": pl.String, "_line": pl.Int64, "replaced_at": pl.Datetime, "replaced_by": pl.Int64}
_ORDER = ("source_updated_at", "_sequence", "_line")


def replaced_rows(folders: list[Path]) -> pl.DataFrame:
    """The rows of one entity that are not the newest of their record, by the order in which staging takes the newest.

    Args:
        folders: All batches of the entity.

    Returns:
        `_batch_id`, `_line`, `replaced_at` (UTC; arrival of the first row that goes before this one, or its own where that came
        later), `replaced_by` (that row's place in the order of arrival).
    """
    columns = ["source_key", "_batch_id", "_received_at", *_ORDER]
    frames = [pl.read_parquet(folder / "data.parquet", columns=columns) for folder in folders]
    if not frames:
        return pl.DataFrame(
            schema={"_batch_id": pl.String, "_line": pl.Int64, "replaced_at": pl.Datetime, "replaced_by": pl.Int64}
        )
    ranked = pl.concat(frames).sort("source_key", *_ORDER, descending=[False, True, True, True], nulls_last=True)
    better = (pl.col(name).cum_min().shift(1).over("source_key") for name in ("_received_at", "_sequence"))
    replaced = ranked.with_columns(replaced_at=next(better), replaced_by=next(better)).drop_nulls("replaced_by")
    return replaced.select(
        "_batch_id", "_line", pl.max_horizontal("replaced_at", "_received_at").alias("replaced_at"), "replaced_by"
    )
