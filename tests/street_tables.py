"""A warehouse with every published table, made in SQL from a number of dwellings: what the gate and publishing stand on.

Everything is invented and in order; a test breaks what it wants to see broken. Grain and columns are those of the suites.
Not here: the pipeline (tests/street_city.py).
"""

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import duckdb
import polars as pl

from expectations.suite.load import load_suites

AT = datetime(2026, 11, 21, 3, 15, tzinfo=UTC)
AS_OF = date(2026, 11, 20)
STATEMENTS = Path(__file__).with_suffix(".sql")
PYTHON_MADE = {"resident_vault", "quality_result", "quality_score", "change"}


def build_warehouse(home: Path, dwellings: int) -> Path:
    """A fresh build/warehouse.duckdb with every table that dbt builds, and the vault's file; returns its path."""
    path = home / "build" / "warehouse.duckdb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"create temp table dwelling_number as select range as d from range({dwellings})")
        connection.execute("create temp view person as select d, p from dwelling_number, range(2) as people(p)")
        connection.execute(STATEMENTS.read_text(encoding="utf-8"))
    write_vault(home, dwellings)
    return path


def write_vault(home: Path, dwellings: int) -> pl.DataFrame:
    """A vault of the same residents; its bytes stand for what would be encrypted."""
    ids = [f"R{d}-{p}" for d in range(dwellings) for p in range(2)]
    frame = pl.DataFrame({"resident_id": ids}).select(
        "resident_id", key_id=pl.lit("k1"), nonce=pl.col("resident_id").cast(pl.Binary), ciphertext=pl.lit(b"x")
    )
    path = home / "build" / "vault" / "resident_vault.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.write_parquet(path)
    return frame


def change_warehouse(path: Path, *statements: str) -> None:
    """Break or change something."""
    with duckdb.connect(str(path)) as connection:
        for statement in statements:
            connection.execute(statement)


@cache
def nodes() -> dict[str, dict[str, object]]:
    """What dbt's manifest would say of the models: their grain."""
    suites = load_suites().items()
    return {
        table: {"name": table, "config": {"meta": {"grain": list(suite.grain)}}}
        for table, suite in suites
        if table not in PYTHON_MADE
    }
