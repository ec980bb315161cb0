"""A consent that was withdrawn: what was derived from it goes out of the versions that were published before, and of memory.

The version of the day is made without it by the models. Not here: who consents (int_care__consenting), erasing a person.
"""

from pathlib import Path

import duckdb
import polars as pl

from orchestration.erasure.traces import Traces
from orchestration.erasure.version import redact_version
from orchestration.publish.layout import TABLES, version_folder, versions
from orchestration.quality.memory import forget_unagreed

NOBODY: frozenset[str] = frozenset()


def forget_withdrawn(home: Path, database: Path, published: str) -> int:
    """Take tasks that rest on a consent out of memory and of every version but the one just published, where it no longer stands.

    Args:
        home: The warehouse's home.
        database: The DuckDB file of this run, with the model of who consents.
        published: The version just published.

    Returns:
        How many rows went.
    """
    with duckdb.connect(str(database), read_only=True) as connection:
        agreed = [row[0] for row in connection.execute("select resident_id from int_care__consenting").fetchall()]
    gone = forget_unagreed(home, agreed)
    for version in versions(home):
        tasks = _withdrawn(version_folder(home, version) / TABLES / "task.parquet", agreed) if version != published else NOBODY
        if tasks:
            gone += redact_version(home, version, Traces(NOBODY, frozenset(), tasks))
    return gone


def _withdrawn(path: Path, agreed: list[str]) -> frozenset[str]:
    """The tasks of a version that rest on the consent of somebody who does not consent any more."""
    if "needs_consent" not in pl.read_parquet_schema(path):
        return NOBODY  # made before there were such tasks
    tasks = pl.scan_parquet(path).filter("needs_consent", ~pl.col("resident_id").is_in(agreed)).select("task_id").collect()
    return frozenset(tasks["task_id"])
