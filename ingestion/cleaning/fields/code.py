"""Fields with a value, or values, of a code list."""

import polars as pl

from ingestion.cleaning.context import CleaningContext
from ingestion.cleaning.distinct import by_distinct
from ingestion.cleaning.piece import Piece
from ingestion.cleaning.plain_spec import CodeField, CodesField
from ingestion.cleaning.reference import code_list
from ingestion.cleaning.source_column import source_column
from ingestion.cleaning.text.tidy import compact, is_nothing


def clean_code(field: CodeField, raw: pl.DataFrame, context: CleaningContext) -> Piece:  # noqa: ARG001 - one signature for all kinds
    """Maps one code column; a value that the list does not know is flagged CODE-UNKNOWN and becomes the fallback, or null."""
    read = by_distinct(source_column(raw, field.source), lambda frame: _mapped(frame, field))
    code, known = read["code"], read["known"]
    flags = {"CODE-UNKNOWN": code.is_not_null() & known.is_null()}
    if field.is_required:
        flags["REQUIRED-MISSING"] = known.is_null()
    value = known if field.fallback is None else known.fill_null(field.fallback)
    return Piece(pl.DataFrame([value.alias(field.to)]), flags)


def _mapped(frame: pl.LazyFrame, field: CodeField) -> pl.LazyFrame:
    """Gives each different text's code, bare, and what the field's list (or pattern) makes of it."""
    if field.codes is not None:
        known = pl.col("code").replace_strict(code_list(field.codes), default=None, return_dtype=pl.String)
    else:
        known = pl.when(pl.col("code").str.contains(f"^(?:{field.pattern})$")).then("code")
    return frame.with_columns(bare=_bare()).select("text", code=_said(field.pad)).with_columns(known=known)


def _bare() -> pl.Expr:
    """Brings a code to its bare form: compact, without the ``.0`` of a spreadsheet."""
    return compact(pl.col("text")).str.replace(r"^(\d+)\.0+$", "$1")


def _said(pad: int | None) -> pl.Expr:
    """Gives the bare code with lost leading zeros; null where nothing is said."""
    is_zero = pl.col("bare").is_in(["0", "00"])
    filled = pl.col("bare") if pad is None else pl.col("bare").str.zfill(pad)
    return pl.when(~is_nothing(pl.col("bare")) | is_zero).then(filled)


def clean_codes(field: CodesField, raw: pl.DataFrame, context: CleaningContext) -> Piece:  # noqa: ARG001 - one signature for all kinds
    """Maps a list of codes (JSON text, or codes with separators), each once and sorted; null where the source says nothing."""
    text = source_column(raw, field.source)
    frame = pl.DataFrame({"text": text}).with_columns(codes=compact(pl.col("text")).str.extract_all(r"[\p{L}\p{N}_]+"))
    mapped = pl.element().replace_strict(code_list(field.codes), default=None, return_dtype=pl.String)
    listed = frame.select(
        "codes",
        known=pl.col("codes").list.eval(mapped).list.drop_nulls().list.unique().list.sort(),
        has_text=~is_nothing(compact(pl.col("text"))),
    )
    is_unknown = pl.col("has_text") & (pl.col("known").list.len() < pl.col("codes").list.unique().list.len())
    value = pl.when("has_text").then("known").alias(field.to)
    return Piece(listed.select(value), {"CODE-UNKNOWN": listed.select(is_unknown).to_series()})
