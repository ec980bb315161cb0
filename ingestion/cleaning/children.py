"""Lists of objects inside a row, made rows of their own. Not here: cleaning them (entity, with the child's own schema)."""

import polars as pl

from ingestion.cleaning.schema import CleaningSchema, load_schema

POSITION = "position"


def child_rows(schema: CleaningSchema, child: str, raw: pl.DataFrame) -> pl.DataFrame:
    """Gives the raw rows of a child, to be cleaned by the schema ``<entity>.<child>``.

    Args:
        schema: The parent's schema, which tells where the list stands.
        child: Name of the child in it.
        raw: Raw rows of the parent, the list as JSON text.

    Returns:
        One row for each object of each list: the copied columns of the parent, `_line`, `position` (from 0, as text) and the object's
        members as text. A list that is missing or no JSON list gives no row.
    """
    spec = schema.children[child]
    members = _members(load_schema(schema.source, f"{schema.entity}.{child}"), [*spec.copied, POSITION])
    shape = pl.List(pl.Struct(dict.fromkeys(members, pl.String)))
    text = pl.col(spec.column).str.strip_chars() if spec.column in raw.columns else pl.lit(None, dtype=pl.String)
    is_list = text.str.contains(r"^\[[\s\S]*\]$").fill_null(value=False)
    copied = [pl.col(name) if name in raw.columns else pl.lit(None, dtype=pl.String).alias(name) for name in spec.copied]
    listed = raw.filter(is_list).select(*copied, "_line", _list=text.str.json_decode(shape))
    numbered = listed.with_columns(pl.int_ranges(pl.col("_list").list.len()).alias(POSITION))
    return numbered.explode("_list", POSITION).drop_nulls(POSITION).unnest("_list").with_columns(pl.col(POSITION).cast(pl.String))


def _members(schema: CleaningSchema, copied: list[str]) -> list[str]:
    """Names the source columns of a child that come from its own objects."""
    named = [
        str(value)
        for field in schema.fields
        for option, value in field.model_dump().items()
        if value and option in {"source", "name", "number", "number_kind", "sex", "birth_date", "phone"}
    ]
    return [name for name in dict.fromkeys(named) if name not in copied]
