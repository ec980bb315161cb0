"""Versions of person records that said more than one thing of a person: what tells whether a key passed to another.

Not here: when it did (identity/holder).
"""

from pathlib import Path

import polars as pl

from ingestion.contracts.loader import load_contracts
from ingestion.landing.columns import landed_dtypes, parts_of

_NAMES, _NUMBERS = ("name_key", "former_name_key"), ("id_kind", "id_number", "id_visible", "id_evidence")
_FACTS = (*_NAMES, *_NUMBERS, "birth_date", "sex_code", "mobile", "phones")
_TOLD = ("name_key", "id_number")
_LIST, _WATCHED = "case_source_key", ("door_sensor", "panic_button")


def retold_people(home: Path) -> pl.DataFrame | None:
    """Every landed version of the records that told two names or numbers, and of all that stand on one list with them.

    Columns: source_system, source_entity, source_key, told_at (null: the source says no time), sequence, line, received_at,
    and what the version says of the person; in no order. Null: there is none.
    """
    found = [
        frame
        for source, contract in sorted(load_contracts().items())
        for entity in contract.entities
        for part, schema in parts_of(entity).items()
        if "name_key" in landed_dtypes(source, schema)
        for frame in _retold(home, source, entity.name, part, landed_dtypes(source, schema))
    ]
    return pl.concat(found, how="diagonal") if found else None


def _retold(home: Path, source: str, entity: str, part: str, told: dict[str, pl.DataType]) -> list[pl.DataFrame]:
    """The versions of one feed; none where no batch has come."""
    paths = sorted((home / "landing" / source / entity).glob(f"batch=*/{part}.parquet"))
    if not paths:
        return []
    landed = pl.scan_parquet(paths, missing_columns="insert", extra_columns="ignore")
    if "device_type" in told:
        landed = landed.filter(pl.col("device_type").is_in(_WATCHED))  # whoever is called about other devices is no person here
    group = _LIST if _LIST in told else "source_key"
    several = [pl.col(name).n_unique() > 1 for name in _TOLD]
    keys = landed.group_by("source_key").agg(pl.col(group).first().alias("_list"), is_retold=pl.any_horizontal(several))
    asked = keys.filter("is_retold").select(pl.col("_list").unique()).collect().to_series()
    if asked.is_empty():
        return []
    version = {"told_at": "source_updated_at", "sequence": "_sequence", "line": "_line", "received_at": "_received_at"}
    facts = [name for name in _FACTS if name in told]
    mine = landed.filter(pl.col(group).is_in(asked.implode())).select("source_key", **version, **{name: name for name in facts})
    return [mine.with_columns(source_system=pl.lit(source), source_entity=pl.lit(entity)).collect()]
