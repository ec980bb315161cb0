"""The step that seals the plain identifying values: the only published table that holds them, and only encrypted."""

import dagster as dg
import duckdb
import polars as pl

from identity.vault.seal import seal_frame
from orchestration.assets.frames import write_frame
from orchestration.assets.warehouse import POOL
from orchestration.session import Session
from orchestration.warehouse.keys import VAULT_KEY

PLAIN = dg.AssetKey(["intermediate", "int_resident__plain"])


@dg.asset(key=VAULT_KEY, deps=[PLAIN], group_name="vault", kinds={"polars"}, owners=["team:data-engineering"], pool=POOL)
def resident_vault(session: dg.ResourceParam[Session]) -> dg.MaterializeResult[None]:
    """One row a resident: the plain values, encrypted under the configured key (SM4-GCM)."""
    with session.stage("vault"):
        with duckdb.connect(str(session.database), read_only=True) as warehouse:
            plain = pl.DataFrame(warehouse.sql(f"select * from {PLAIN.path[-1]} order by resident_id").to_arrow_table())
        sealed = seal_frame(plain, session.settings.security.key)
        return dg.MaterializeResult(metadata=write_frame(sealed, session.work / "vault" / "resident_vault.parquet"))
