"""Writing a hand-over frame as Parquet, and telling Dagster the rows and columns of frames and of the warehouse's tables."""

from pathlib import Path

import dagster as dg
import duckdb
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


def table_metadata(database: Path) -> dict[str, dict[str, dg.MetadataValue]]:
    """Row count and column schema of every table in the warehouse, by its name; views have columns only.

    The counts are those of DuckDB's catalogue, which are exact for a table that was written in one go.
    """
    with duckdb.connect(str(database), read_only=True) as warehouse:
        columns = warehouse.execute(
            "select table_name, column_name, data_type from duckdb_columns() order by column_index"
        ).fetchall()
        rows = warehouse.execute("select table_name, estimated_size from duckdb_tables()").fetchall()
    schemas: dict[str, list[dg.TableColumn]] = {}
    for table, column, dtype in columns:
        schemas.setdefault(table, []).append(dg.TableColumn(column, dtype))
    found: dict[str, dict[str, dg.MetadataValue]] = {
        table: {"dagster/column_schema": dg.MetadataValue.table_schema(dg.TableSchema(schema))}
        for table, schema in schemas.items()
    }
    return found | {t: {**found.get(t, {}), "dagster/row_count": dg.MetadataValue.int(count)} for t, count in rows}
