"""Parquet bytes into a frame of text. Not here: choosing the reader (by_format)."""

import io
import json
from collections.abc import Sequence

import polars as pl

from ingestion.readers.reading import Reading, text_schema
from ingestion.refusal import RefusedError


def read_parquet(data: bytes, fields: Sequence[str]) -> Reading:
    """Rows in the file's order, numbered from 1; a row's original is its JSON. Raises RefusedError for a damaged file."""
    try:
        found = pl.read_parquet(io.BytesIO(data))
        flat = [name for name in fields if name in found.columns and not found.schema[name].is_nested()]
        frame = found.select(pl.col(flat).cast(pl.String)) if flat else pl.DataFrame()
    except (pl.exceptions.PolarsError, OSError, BaseExceptionGroup) as error:
        raise RefusedError(f"not a readable Parquet file ({type(error).__name__})") from None
    if not flat:
        raise RefusedError(f"none of the agreed columns ({', '.join(fields)}) is in the file")
    missing = {name: dtype for name, dtype in text_schema(fields).items() if name not in flat}
    frame = frame.with_columns([pl.lit(None, dtype=dtype).alias(name) for name, dtype in missing.items()])
    frame = frame.select(*fields, _line=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
    return Reading(frame, RowJson(frame.drop("_line")), columns=tuple(found.columns))


class RowJson:
    """Gives rows of a frame as JSON text, for feeds whose bytes have no lines."""

    def __init__(self, frame: pl.DataFrame) -> None:
        """Rows are numbered from 1 in the frame's order."""
        self.frame = frame

    def __call__(self, lines: Sequence[int]) -> list[bytes]:
        """The rows of these numbers, in the order asked."""
        rows = self.frame[[line - 1 for line in lines]].to_dicts() if lines else []
        return [json.dumps(row, ensure_ascii=False).encode() for row in rows]
