"""Typed Parquet files without rows, so that a scan of landing never fails. Not here: batches (landing)."""

import io
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from ingestion.atomic import replace_file
from ingestion.contracts.model import SourceContract
from ingestion.landing.columns import landed_dtypes, parts_of


def ensure_empty(home: Path, contracts: Iterable[SourceContract]) -> None:
    """Write `empty/` for every entity and child of every contract; files with the same content are left as they are."""
    for contract in contracts:
        for entity in contract.entities:
            for part, schema in parts_of(entity).items():
                written = io.BytesIO()
                pl.DataFrame(schema=landed_dtypes(contract.source, schema)).write_parquet(written)
                path = home / "landing" / contract.source / entity.name / "empty" / f"{part}.parquet"
                if not path.exists() or path.read_bytes() != written.getvalue():
                    replace_file(path, written.getvalue())
