"""Finds a resident in the current version, and lets identity tell why the records belong together.

Not here: the words (identity/explain).
"""

from pathlib import Path

import duckdb
import polars as pl

from identity.explain.explain import LinkStory, explain
from orchestration.publish.current import current_version

REF = ("source_system", "source_entity", "source_key")


def find_resident(home: Path, who: tuple[str, ...]) -> str:
    """The living id of a resident id (forwards followed), or of a source record (system, entity, key).

    Raises:
        ValueError: when there is no version yet, or nobody under that name in it.
    """
    sources = pl.read_parquet(_table(home, "resident_source"))
    if len(who) == len(REF):
        found = sources.filter(*(pl.col(column) == value for column, value in zip(REF, who, strict=True)))[
            "resident_id"
        ].to_list()
    else:
        forward = dict(pl.read_parquet(_table(home, "resident_forward")).select("old_resident_id", "resident_id").iter_rows())
        living = forward.get(who[0], who[0])
        found = [living] if living in sources["resident_id"] else []
    if not found:
        raise ValueError(f"nobody in the current version is known as {' '.join(who)}; see the table resident_source for what is")
    return str(found[0])


def stories(home: Path, resident_id: str, *, unmask: bool) -> list[LinkStory]:
    """One story a source record of the resident."""
    links = pl.read_parquet(_table(home, "resident_source")).filter(pl.col("resident_id") == resident_id)
    database = home / "build" / "warehouse.duckdb"
    if not database.is_file():
        raise ValueError("what the records say is not built (a person was erased, or the folder was emptied): run `yidang run`")
    with duckdb.connect(str(database), read_only=True) as warehouse:
        keys = "(" + ", ".join("?" for _ in links["source_key"]) + ")"
        query = f"select * from int_person__record where source_key in {keys}"
        records = pl.DataFrame(warehouse.sql(query, params=links["source_key"].to_list()).to_arrow_table())
    return explain(resident_id, links, records, unmask=unmask)


def _table(home: Path, name: str) -> Path:
    version = current_version(home)
    if version is None:
        raise ValueError("no version has been published yet: run `yidang run` first")
    return home / "published" / version / "tables" / f"{name}.parquet"
