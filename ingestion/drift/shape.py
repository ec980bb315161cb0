"""What kind of text stands in a cell, coarsely: as coarse as one manner of writing, so that dirt is no drift."""

from collections.abc import Mapping, Sequence

import polars as pl

EMPTY = "empty"
MOST_CODES, LEAST_ROWS_A_CODE = 16, 10  # a column with more values, or with values of so few rows, holds no codes
# The first that fits names the shape. Days are one shape however they are written; an X at the end of a number is a digit.
SHAPES = (
    ("json", r"^[\[{]"),
    ("moment", r"^(?:19|20)\d{2}[-/.年]?\d{1,2}[-/.月]?\d{1,2}日?[T ]?\d{2}:?\d{2}"),
    ("day", r"^(?:19|20)\d{2}(?:[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?月?|(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]))$"),
    ("decimal", r"^-?\d+\.\d+$"),
    ("number of 1-2", r"^-?\d{1,2}$"),
    ("number of 3-5", r"^-?\d{3,5}$"),
    ("number of 6-9", r"^\d{6,9}$"),
    ("number of 10-12", r"^\+?\d{10,12}$"),
    ("number of 13-16", r"^\d{13,16}$"),
    ("number of 17 and more", r"^\d{16,}[\dXx]$"),
    ("place", r"\p{Han}.*\d|\d.*\p{Han}"),
    ("word", r"^\p{Han}{1,4}$"),
    ("text", r"\p{Han}"),
    ("code", r"^[\x21-\x7e]+$"),
)


def shares(frame: pl.DataFrame, columns: list[str]) -> dict[str, dict[str, float]]:
    """Share of each shape among the cells of each column; `empty` among all of them, the others among the filled ones."""
    return {column: _shares(frame[column]) for column in columns}


def codes(frame: pl.DataFrame, columns: list[str], seed: int) -> dict[str, dict[str, float]]:
    """Share of each value among the filled cells, by its hash, of columns with so few values that no value is one person's."""
    found: dict[str, dict[str, float]] = {}
    for column in columns:
        told = _values(frame[column])
        filled = int(told["rows"].sum())
        if 0 < told.height <= min(MOST_CODES, filled // LEAST_ROWS_A_CODE):
            hashed = told.with_columns(pl.col("text").hash(seed=seed).cast(pl.String))
            found[column] = {str(value): rows / filled for value, rows in hashed.sort("text").iter_rows()}
    return found


def tops(frame: pl.DataFrame, columns: list[str]) -> dict[str, float]:
    """Share of the most frequent value among the filled cells of each column; columns without any are left out."""
    told = {column: _values(frame[column])["rows"] for column in columns}
    return {column: float(rows.max() or 0) / float(rows.sum()) for column, rows in told.items() if rows.len()}  # type: ignore[arg-type]


def filled_shares(shares_of: Mapping[str, float]) -> dict[str, float]:
    """The shapes or codes of filled cells, with shares that add up to one; nothing when none is filled."""
    total = sum(share for shape, share in shares_of.items() if shape != EMPTY)
    return {shape: share / total for shape, share in shares_of.items() if shape != EMPTY} if total else {}


def distance(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Share of filled cells that would have to change for one to look like the other."""
    left, right = filled_shares(one), filled_shares(other)
    return sum(max(0.0, share - right.get(shape, 0.0)) for shape, share in left.items())


def mean(told: Sequence[Mapping[str, float]], weights: Sequence[int]) -> dict[str, float]:
    """Shares of several deliveries together, each counting by its weight."""
    total, found = max(1, sum(weights)), dict[str, float]()
    for shares_of, weight in zip(told, weights, strict=True):
        for shape, share in shares_of.items():
            found[shape] = found.get(shape, 0.0) + share * weight / total
    return found


def _values(cells: pl.Series) -> pl.DataFrame:
    """Columns `text` and `rows` of the filled cells."""
    return cells.fill_null("").str.strip_chars().alias("text").value_counts(name="rows").filter(pl.col("text") != "")


def _shares(cells: pl.Series) -> dict[str, float]:
    told = _values(cells)
    filled = int(told["rows"].sum())
    found = {EMPTY: 1 - filled / cells.len() if cells.len() else 0.0}
    if filled:
        counts = told.select("rows", shape=_shape()).group_by("shape").agg(pl.col("rows").sum())
        found |= {str(shape): rows / filled for shape, rows in counts.iter_rows()}
    return found


def _shape() -> pl.Expr:
    shape = pl.lit("other")
    for name, expression in reversed(SHAPES):
        shape = pl.when(pl.col("text").str.contains(expression)).then(pl.lit(name)).otherwise(shape)
    return shape
