"""What a manifest tells of each file: rows, columns, bytes and digest.

Not here: the manifest as a whole (manifest.py).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration.publish.sql import quoted

CHUNK = 1 << 20


@dataclass(frozen=True)
class TableFacts:
    """One table of a version.

    Attributes:
        rows: how many.
        columns: DuckDB type by column, in the order of the file.
        grain: the columns that name a row.
        bytes: size of its Parquet file.
        sha256: digest of that file.
    """

    rows: int
    columns: Mapping[str, str]
    grain: tuple[str, ...]
    bytes: int
    sha256: str

    def as_json(self) -> dict[str, Any]:
        """The facts as plain data."""
        return {
            "rows": self.rows,
            "columns": dict(self.columns),
            "grain": list(self.grain),
            "bytes": self.bytes,
            "sha256": self.sha256,
        }


def table_facts(connection: duckdb.DuckDBPyConnection, table: str, grain: tuple[str, ...], path: Path) -> TableFacts:
    """The facts of a table of serving.duckdb and of the Parquet file that was written from it."""
    columns = connection.execute(f"describe {quoted(table)}").fetchall()
    rows = connection.execute(f"select count(*) from {quoted(table)}").fetchall()[0][0]
    return TableFacts(int(rows), {row[0]: row[1] for row in columns}, grain, path.stat().st_size, sha256(path))


def sha256(path: Path) -> str:
    """The SHA-256 of a file, as hex digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
