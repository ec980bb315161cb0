"""The step that asks identity who is who, and hands its answer to dbt as Parquet.

A run for an earlier date asks nobody: it is handed what was answered then.
Not here: any rule of matching. Logs are written only when the version is published.
"""

from collections.abc import Iterator

import dagster as dg
import duckdb
import polars as pl

from identity.frames import LOG_EVENT
from identity.log.answer_log import AnswerLog
from identity.log.identity_log import IdentityLog
from identity.resolve.resolution import Resolution
from identity.resolve.run import resolve
from identity.solution.store import SolutionStore
from ingestion.landing.retold import retold_people
from orchestration.assets.frames import write_frame
from orchestration.assets.warehouse import POOL
from orchestration.session import Session
from orchestration.warehouse.keys import IDENTITY_TABLES

RECORDS = dg.AssetKey(["intermediate", "int_person__record"])
PLACES = dg.AssetKey(["intermediate", "int_place__matched"])


def build_identity_asset() -> dg.AssetsDefinition:
    """The step from person records and place records to links with stable ids."""
    specs = [
        dg.AssetSpec(
            ["identity", name], deps=[RECORDS, PLACES], group_name="identity", kinds={"polars"}, owners=["team:data-engineering"]
        )
        for name in IDENTITY_TABLES
    ]

    @dg.multi_asset(name="identity", specs=specs, pool=POOL)
    def identity(session: dg.ResourceParam[Session]) -> Iterator[dg.MaterializeResult[None]]:
        with session.stage("identity"):
            resolution = _answered(session, session.past.record.run_id) if session.past else _asked(session)
            session.findings.resolution = resolution
            for name in IDENTITY_TABLES:
                path = session.work / "identity" / f"{name}.parquet"
                yield dg.MaterializeResult(
                    asset_key=dg.AssetKey(["identity", name]), metadata=write_frame(getattr(resolution, name), path)
                )

    return identity


def _asked(session: Session) -> Resolution:
    """Who is who by all that is known now."""
    with duckdb.connect(str(session.database), read_only=True) as warehouse:
        records, places = (_table(warehouse, key.path[-1]) for key in (RECORDS, PLACES))
    log = IdentityLog(session.home / "identity" / "log")
    solved = SolutionStore(session.work / "solution")
    told = retold_people(session.home)
    return resolve(records, places, log, session.at, session.settings.security.key, store=solved, tellings=told)


def _answered(session: Session, run_id: str) -> Resolution:
    """Who was who by what an earlier run was told; nothing changes by it."""
    told = AnswerLog(session.standing / "identity" / "answer").told(run_id)
    return Resolution(**told, log_event=pl.DataFrame(schema=LOG_EVENT))


def _table(warehouse: duckdb.DuckDBPyConnection, name: str) -> pl.DataFrame:
    """A whole table of the warehouse as a Polars frame."""
    return pl.DataFrame(warehouse.sql(f"select * from {name}").to_arrow_table())
