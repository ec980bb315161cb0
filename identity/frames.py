"""The columns and types of every frame that enters or leaves identity (docs/data-flow.md).

Not here: how they are made. Times are UTC without a zone, as the warehouse keeps them.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import TypeVar

import polars as pl

Columns = Mapping[str, pl.DataType | type[pl.DataType]]
Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)
TIME = pl.Datetime("us")
REF = ("source_system", "source_entity", "source_key")
_REF_TYPES = dict.fromkeys(REF, pl.String)

RECORD: Columns = {
    **_REF_TYPES,
    "is_live": pl.Boolean,
    "role": pl.String,
    "name": pl.String,
    "name_key": pl.String,
    "former_name_key": pl.String,
    "id_kind": pl.String,
    "id_number": pl.String,
    "id_visible": pl.String,
    "id_evidence": pl.String,
    "id_status": pl.String,
    "birth_date": pl.Date,
    "sex_code": pl.String,
    "mobile": pl.String,
    "phones": pl.List(pl.String),
    "dwelling_cluster": pl.String,
    "building_cluster": pl.String,
    "relation_code": pl.String,
    "household_no": pl.String,
    "source_updated_at": TIME,
}
PLACE: Columns = {"kind": pl.String, **_REF_TYPES, "cluster": pl.String}
RESIDENT_LINK: Columns = {
    **_REF_TYPES,
    "resident_id": pl.String,
    "linked_by": pl.String,
    "match_weight": pl.Float64,
    "linked_at": TIME,
    "is_live": pl.Boolean,
}
PLACE_LINK: Columns = {**PLACE, "place_id": pl.String}
FORWARD: Columns = {
    "kind": pl.String,
    "old_id": pl.String,
    "new_id": pl.String,
    "reason": pl.String,
    "at": TIME,
}
REVIEW: Columns = {
    "review_id": pl.String,
    **{f"{side}_{part}": pl.String for side in ("left", "right") for part in ("system", "entity", "key")},
    "left_resident_id": pl.String,
    "right_resident_id": pl.String,
    "score": pl.Float64,
    "reasons": pl.String,
    "rule_code": pl.String,
    "veto_codes": pl.String,
    "state": pl.String,
}
PLACE_CHANGE: Columns = {
    "kind": pl.String,
    "place_id": pl.String,
    "predecessor_id": pl.String,
    "reason": pl.String,
    "at": TIME,
}
TOKEN: Columns = {"resident_id": pl.String, "id_token": pl.String, "phone_token": pl.String}
# Versions of records that said more than one thing of a person, in the order told_at (null: first), sequence, line.
_VERSION: Columns = {**_REF_TYPES, "told_at": TIME, "sequence": pl.Int64, "line": pl.Int64}
_PERSON = (
    "name_key",
    "former_name_key",
    "id_kind",
    "id_number",
    "id_visible",
    "id_evidence",
    "birth_date",
    "sex_code",
    "mobile",
    "phones",
)
TELLING: Columns = {**_VERSION, "received_at": TIME, **{name: RECORD[name] for name in _PERSON}}
HOLDER: Columns = {**_VERSION, "holder": pl.String}
OTHER_TELLING: Columns = {**_VERSION, "holder": pl.String, "is_between": pl.Boolean, "passed_at": TIME, "seen_at": TIME}
LOG_EVENT: Columns = {
    "sequence": pl.Int64,
    "at": TIME,
    "kind": pl.String,
    "event": pl.String,
    "entity_id": pl.String,
    "other_id": pl.String,
    **_REF_TYPES,
    "reason": pl.String,
}
# What identity hands back to a run: the columns of each table, and those that tell its rows apart.
ANSWER: Mapping[str, tuple[Columns, tuple[str, ...]]] = {
    "resident_link": (RESIDENT_LINK, REF),
    "place_link": (PLACE_LINK, ("kind", *REF)),
    "forward": (FORWARD, ("kind", "old_id")),
    "review": (REVIEW, ("review_id",)),
    "token": (TOKEN, ("resident_id",)),
    "place_change": (PLACE_CHANGE, tuple(PLACE_CHANGE)),
    "other_telling": (OTHER_TELLING, (*REF, "sequence", "line")),
}


def conform(frame: Frame, schema: Columns) -> Frame:
    """`frame` with exactly the columns and types of `schema`; a missing column becomes null."""
    told = frame.collect_schema()
    if list(told.items()) == list(schema.items()):
        return frame
    return frame.select(_column(name, told.get(name), kind) for name, kind in schema.items())


@cache
def _column(name: str, told: pl.DataType | None, kind: pl.DataType | type[pl.DataType]) -> pl.Expr:
    """A column of one type in another; null where it is not told. Kept, since small frames are conformed hundreds of times."""
    return pl.lit(None, dtype=kind).alias(name) if told is None else _as_utc(pl.col(name), told).cast(kind).alias(name)


def utc(at: datetime) -> datetime:
    """`at` in UTC without a zone; a time without a zone is taken as UTC already."""
    return at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at


def _as_utc(column: pl.Expr, kind: pl.DataType) -> pl.Expr:
    """Zoned times lose their zone only after they are turned to UTC."""
    if isinstance(kind, pl.Datetime) and kind.time_zone:
        return column.dt.convert_time_zone("UTC").dt.replace_time_zone(None)
    return column
