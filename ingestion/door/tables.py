"""Forbidden columns in Parquet files and workbooks. Not here: reading what remains (readers)."""

import io
from dataclasses import replace

import polars as pl
from openpyxl import Workbook

from ingestion.contracts.model import SourceContract
from ingestion.refusal import RefusedError
from ingestion.workbook.open import Sheet

HEADER_WITHIN = 10  # rows in which a workbook's header may stand


def clean_parquet(data: bytes, contract: SourceContract) -> tuple[bytes, list[str]]:
    """The file without forbidden columns, and their names; the same bytes when there are none."""
    try:
        names = pl.read_parquet_schema(io.BytesIO(data))
        dropped = sorted(name for name in names if contract.is_forbidden(name))
        if not dropped:
            return data, []
        rest = io.BytesIO()
        pl.read_parquet(io.BytesIO(data)).drop(dropped).write_parquet(rest)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise RefusedError(f"not a readable Parquet file ({type(error).__name__})") from None
    return rest.getvalue(), dropped


def clean_workbook(data: bytes, sheet: Sheet, contract: SourceContract) -> tuple[bytes, Sheet, list[str]]:
    """The workbook that may be kept, its sheet, and the forbidden columns that both lost; the same bytes when there are none."""
    heads = [(place, cell.strip()) for row in sheet.rows[:HEADER_WITHIN] for place, cell in enumerate(row) if cell]
    bad = {place: name for place, name in heads if contract.is_forbidden(name)}
    if not bad:
        return data, sheet, []
    rows = [[cell for place, cell in enumerate(row) if place not in bad] for row in sheet.rows]
    rest = Workbook(write_only=True)
    page = rest.create_sheet(sheet.name)
    for row in rows:
        page.append(row)
    written = io.BytesIO()
    rest.save(written)
    return written.getvalue(), replace(sheet, rows=rows), sorted(set(bad.values()))
