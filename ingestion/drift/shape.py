"""What kind of text stands in a cell, coarsely: as coarse as one manner of writing, so that dirt is no drift."""

import polars as pl

EMPTY = "empty"
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


def _shares(cells: pl.Series) -> dict[str, float]:
    told = cells.fill_null("").str.strip_chars().alias("text").value_counts(name="rows").filter(pl.col("text") != "")
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
