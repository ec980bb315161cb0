"""pseudopeople's sample town (inside its wheel): census, social security and employers' tax forms of 2020, one table.

Default noise by a seed. Truth is `simulant_id`. Not here: what the engine is told of it (populations/town.yaml).
"""

from collections.abc import Callable
from typing import Any

import polars as pl

from benchmarks.public.dataset import DataSet

YEAR = 2020
PARTS = ("street_number", "street_name", "unit_number")
TEXT = ("first_name", "middle_initial", "last_name", "date_of_birth", "sex", "ssn", "address", *PARTS)


def town(seed: int) -> DataSet:
    """The three sources as one table of records in common columns; what a source does not ask is null."""
    import pseudopeople  # noqa: PLC0415  # takes seconds, and only this data set needs it

    census = _frame(pseudopeople.generate_decennial_census, seed).select(
        *_who("census", "middle_initial"),
        date_of_birth=pl.col("date_of_birth").str.replace(r"^(\d\d)/(\d\d)/(\d{4})$", "$3$1$2"),
        sex=_tidy("sex"),
        **_unasked("ssn"),
        **_address(""),
    )
    security = _frame(pseudopeople.generate_social_security, seed).select(
        *_who("ssa", "middle_name"), date_of_birth="date_of_birth", sex=_tidy("sex"), ssn="ssn", **_unasked("address", *PARTS)
    )
    taxes = _frame(pseudopeople.generate_taxes_w2_and_1099, seed).select(
        *_who("w2", "middle_initial"), **_unasked("date_of_birth", "sex"), ssn="ssn", **_address("mailing_address_")
    )
    records = pl.concat([census, security, taxes]).with_columns(pl.when(pl.col(TEXT) != "").then(pl.col(TEXT)).name.keep())
    return DataSet(f"pseudopeople, three sources, noise seed {seed}", records, "record", "town.yaml")


def _frame(generate: Callable[..., Any], seed: int) -> pl.DataFrame:
    table = generate(seed=seed, year=YEAR)
    return pl.DataFrame({name: pl.Series(table[name].astype(object).where(table[name].notna(), None).tolist()) for name in table})


def _tidy(column: str) -> pl.Expr:
    return pl.col(column).str.to_lowercase().str.strip_chars()


def _who(source: str, middle: str) -> list[pl.Expr]:
    return [
        pl.format("{}-{}", pl.lit(source), pl.int_range(pl.len())).alias("record"),
        pl.lit(source).alias("source"),
        pl.col("simulant_id").alias("person"),
        _tidy("first_name"),
        _tidy(middle).str.slice(0, 1).alias("middle_initial"),
        _tidy("last_name"),
    ]


def _unasked(*columns: str) -> dict[str, pl.Expr]:
    return {column: pl.lit(None, pl.String) for column in columns}


def _address(prefix: str) -> dict[str, pl.Expr]:
    """House number, street and unit as one text, and apart: as three pieces of evidence they are thrice the same."""
    apart = {part: _tidy(f"{prefix}{part}") for part in PARTS}
    whole = pl.concat_str([part.fill_null("") for part in apart.values()], separator=" ").str.strip_chars()
    return {"address": whole, **apart}
