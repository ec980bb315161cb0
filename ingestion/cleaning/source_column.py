"""Reading one source column from a raw frame, dotted paths into JSON text included. Not here: tidying of what was read."""

import polars as pl


def source_column(raw: pl.DataFrame, path: str | None) -> pl.Series:
    """Gives the text of a source column.

    Args:
        raw: Raw rows, all columns text but those that the reader knows to be whole numbers.
        path: Column name, or ``column.member`` where the column holds a JSON object as text; None for "the source has none".

    Returns:
        A String series as long as `raw`; null where the column, the member or the value is missing or is JSON ``null``.
    """
    if path is None:
        return _nothing("none", raw.height)
    if path in raw.columns:
        return raw[path].cast(pl.String)
    outer, _, member = path.partition(".")
    if member and outer in raw.columns:
        return raw[outer].cast(pl.String).str.json_path_match(f"$.{member}").alias(path)
    return _nothing(path, raw.height)


def source_numbers(raw: pl.DataFrame, path: str) -> pl.Series:
    """Gives a source column as whole numbers (Int64) where the reader knows that it holds nothing else, else its text."""
    return raw[path] if raw.schema.get(path) == pl.Int64 else source_column(raw, path)


def _nothing(name: str, height: int) -> pl.Series:
    return pl.Series(name, [None], dtype=pl.String).new_from_index(0, height)
