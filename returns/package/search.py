"""Whether a package tells of somebody, by the keys that stand in its tables. Not here: sealing, withdrawing."""

import io
import zipfile

import polars as pl


def holds_any(data: bytes, keys: set[str]) -> bool:
    """Whether any text column of any table in the package's zip holds one of the keys."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        tables = (pl.read_parquet(io.BytesIO(archive.read(name))) for name in archive.namelist() if name.endswith(".parquet"))
        return any(not keys.isdisjoint(table[name].to_list()) for table in tables for name in _texts(table))


def _texts(table: pl.DataFrame) -> list[str]:
    return [name for name, kind in table.schema.items() if kind == pl.String]
