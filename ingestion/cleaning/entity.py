"""Cleaning the rows of one entity by its schema. Not here: kinds of field (fields/), reading and keeping batches (landing)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import polars as pl

from ingestion.cleaning.claims import check_claims
from ingestion.cleaning.context import CleaningContext
from ingestion.cleaning.digest import key_digests
from ingestion.cleaning.fields.boolean import boolean_values
from ingestion.cleaning.fields.registry import clean_field
from ingestion.cleaning.fields.timestamp import epoch_timestamps, timestamps
from ingestion.cleaning.piece import Piece
from ingestion.cleaning.rules import rule_catalogue
from ingestion.cleaning.schema import CleaningSchema
from ingestion.cleaning.source_column import source_column


@dataclass(frozen=True)
class Cleaned:
    """The outcome of cleaning; every raw row is in exactly one of the two frames.

    Attributes:
        rows: Usable rows in the types of ``CleaningSchema.output_dtypes()``, in raw order.
        rejects: Unusable rows: `_line` Int64, `rule` (the first reject rule), `detail` (what was found, without personal values).
    """

    rows: pl.DataFrame
    rejects: pl.DataFrame


def clean(schema: CleaningSchema, raw: pl.DataFrame, context: CleaningContext) -> Cleaned:
    """Cleans the rows of one delivery.

    Args:
        schema: What to make of them.
        raw: Text columns named as in the source, and `_line` Int64. Missing columns count as null, unknown ones are dropped.
        context: Key, business date and time of arrival.

    Returns:
        Clean rows and rejects; together as many as `raw` has.
    """
    pieces = head_pieces(schema, raw, context)
    pieces += [clean_field(field, raw, context) for field in schema.fields]
    columns = pl.concat([piece.columns for piece in pieces], how="horizontal")
    flags = _merged_flags([*pieces, *check_claims(schema.claims, columns)])
    rejected, rule = _first_reject(flags, raw.height)
    rows = columns.with_columns(_issues(flags, raw.height), raw["_line"])
    typed = rows.select([pl.col(name).cast(dtype) for name, dtype in schema.output_dtypes().items()])
    rejects = pl.DataFrame({"_line": raw["_line"], "rule": rule}).filter(rejected).with_columns(detail=_detail(schema))
    return Cleaned(typed.filter(~rejected) if rejects.height else typed, rejects)


def head_pieces(schema: CleaningSchema, raw: pl.DataFrame, context: CleaningContext) -> list[Piece]:
    """What every feed has: the key, the time of change, the mark of what was taken back; in this order."""
    return [_key_piece(schema, raw, context), _updated_piece(schema, raw, context), _withdrawn_piece(schema, raw)]


def _key_piece(schema: CleaningSchema, raw: pl.DataFrame, context: CleaningContext) -> Piece:
    """Makes `source_key`; a row without every part of it is flagged KEY-MISSING."""
    parts = pl.DataFrame({str(i): source_column(raw, name) for i, name in enumerate(schema.key.columns)})
    tidy = parts.with_columns(pl.all().str.strip_chars().replace("", None))
    key = tidy.select(pl.concat_str(pl.all(), separator=schema.key.separator).alias("source_key"))["source_key"]
    flags = {"KEY-MISSING": key.is_null()}
    return Piece(pl.DataFrame([key_digests(key, context.key) if schema.key.is_digested else key]), flags)


def _updated_piece(schema: CleaningSchema, raw: pl.DataFrame, context: CleaningContext) -> Piece:
    """Makes `source_updated_at`; without it the order of versions is unknown: rejected where the contract has it.

    A time that is still to come would outdo every later version; it is kept, since the row may be right, and flagged.
    """
    if schema.updated_at is None:
        empty = pl.Series("source_updated_at", [None], dtype=pl.Datetime("us")).new_from_index(0, raw.height)
        return Piece(pl.DataFrame([empty]))
    text = source_column(raw, schema.updated_at.column)
    moments, is_malformed = epoch_timestamps(text) if schema.updated_at.is_epoch else timestamps(text)
    flags = {"UPDATED-AT-MALFORMED": is_malformed, "UPDATED-AT-FUTURE": moments > _soonest_future(context)}
    if schema.updated_at.is_required:
        flags["UPDATED-AT-MISSING"] = moments.is_null() & ~is_malformed
    return Piece(pl.DataFrame([moments.alias("source_updated_at")]), flags)


def _soonest_future(context: CleaningContext) -> datetime:
    """Gives the first moment that neither the clock nor the business date can have reached; a day for clocks that differ."""
    return max(context.received_at, datetime.combine(context.as_of, time.max)) + timedelta(days=1)


def _withdrawn_piece(schema: CleaningSchema, raw: pl.DataFrame) -> Piece:
    """Makes `is_withdrawn`; what the source leaves open is not withdrawn."""
    values, is_unknown = boolean_values(source_column(raw, schema.withdrawn))
    return Piece(pl.DataFrame([values.fill_null(value=False).alias("is_withdrawn")]), {"BOOLEAN-UNKNOWN": is_unknown})


def _merged_flags(pieces: list[Piece]) -> dict[str, pl.Series]:
    """Joins the flags of all fields by code, and leaves out rules that found nothing."""
    merged: dict[str, pl.Series] = {}
    for piece in pieces:
        for code, series in piece.flags.items():
            found = series.fill_null(value=False)
            if found.any():
                merged[code] = merged[code] | found if code in merged else found
    return merged


def _first_reject(flags: Mapping[str, pl.Series], height: int) -> tuple[pl.Series, pl.Series]:
    """Tells which rows are rejected, and by which rule: the first of the catalogue."""
    rule = pl.Series("rule", [None], dtype=pl.String).new_from_index(0, height)
    for code, entry in rule_catalogue().items():
        if entry.severity == "reject" and code in flags:
            rule = pl.select(pl.coalesce(rule, pl.when(flags[code]).then(pl.lit(code))).alias("rule"))["rule"]
    return rule.is_not_null(), rule


def _issues(flags: Mapping[str, pl.Series], height: int) -> pl.Series:
    """Lists the codes of each row, in the order of the catalogue; made only where there are any, which is seldom."""
    none = pl.Series("_issues", [[]], dtype=pl.List(pl.String))
    codes = [code for code in rule_catalogue() if code in flags]
    if not codes:
        return none.new_from_index(0, height).alias("_issues")
    found = pl.DataFrame({code: flags[code] for code in codes}).with_row_index("row").filter(pl.any_horizontal(codes))
    hits = [pl.when(code).then(pl.lit(code)) for code in codes]
    lists = pl.concat([none, found.select(_issues=pl.concat_list(hits).list.drop_nulls())["_issues"]])
    places = pl.zeros(height, dtype=pl.UInt32, eager=True)
    places = places.scatter(found["row"], pl.int_range(1, found.height + 1, dtype=pl.UInt32, eager=True))
    return lists.gather(places).alias("_issues")


def _detail(schema: CleaningSchema) -> pl.Expr:
    """Says which column a reject rule looked at; values stay in the kept original bytes."""
    updated = schema.updated_at.column if schema.updated_at else ""
    required = " / ".join(str(getattr(field, "source", "")) for field in schema.fields if getattr(field, "is_required", False))
    columns = {"KEY-MISSING": " + ".join(schema.key.columns), "REQUIRED-MISSING": required}
    columns |= dict.fromkeys(("UPDATED-AT-MISSING", "UPDATED-AT-MALFORMED"), updated)
    return pl.col("rule").replace_strict(columns, default="", return_dtype=pl.String)
