"""Forbidden columns in Parquet files and workbooks. Not here: reading what remains (readers)."""

import io

import polars as pl
from openpyxl import Workbook, load_workbook

from ingestion.contracts.model import SourceContract
from ingestion.refusal import RefusedError

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


def clean_workbook(data: bytes, contract: SourceContract, sheet: str) -> tuple[bytes, list[str]]:
    """The workbook with only the agreed sheet, less its forbidden columns; the same bytes when it has none."""
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        rows = [list(row) for row in book[sheet].iter_rows(values_only=True)] if sheet in book.sheetnames else []
    except Exception as error:  # noqa: BLE001 - the library raises whatever a damaged workbook provokes
        raise RefusedError(f"not a readable Excel workbook ({type(error).__name__})") from None
    heads = [(place, cell.strip()) for row in rows[:HEADER_WITHIN] for place, cell in enumerate(row) if isinstance(cell, str)]
    bad = {place: name for place, name in heads if contract.is_forbidden(name)}
    if not bad:
        return data, []
    rest = Workbook(write_only=True)
    page = rest.create_sheet(sheet)
    for row in rows:
        page.append([cell for place, cell in enumerate(row) if place not in bad])
    written = io.BytesIO()
    rest.save(written)
    return written.getvalue(), sorted(set(bad.values()))
