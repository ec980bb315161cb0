"""Writing a hand-over frame as Parquet, and telling Dagster its rows and columns."""

from pathlib import Path

import dagster as dg
import polars as pl


def write_frame(frame: pl.DataFrame, path: Path) -> dict[str, dg.MetadataValue]:
    """Write `frame` at `path` (written aside, then renamed); returns row count and column schema as metadata."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = path.with_suffix(".aside")
    frame.write_parquet(aside)
    aside.replace(path)
    return frame_metadata(frame)


def frame_metadata(frame: pl.DataFrame) -> dict[str, dg.MetadataValue]:
    """Row count and column schema of a frame, under Dagster's own metadata keys."""
    columns = [dg.TableColumn(name, str(dtype)) for name, dtype in frame.schema.items()]
    return {
        "dagster/row_count": dg.MetadataValue.int(frame.height),
        "dagster/column_schema": dg.MetadataValue.table_schema(dg.TableSchema(columns=columns)),
    }
