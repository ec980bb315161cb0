"""One Dagster step per source: pull what is new, land it, say what was found.

A source that is not reached, or sends something that is refused, is reported (check `reached`, warning) and stops nobody.
Not here: how a source is read (ingestion).
"""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from ingestion.contracts.loader import load_contracts
from ingestion.contracts.model import SourceContract
from ingestion.pull import SourcePull
from orchestration.preload import preload
from orchestration.returning.answers import tell_refused
from orchestration.session import Session
from orchestration.warehouse.keys import landing_key

NOT_READ = "not read: the tables of an earlier date are made again"
RETRY = dg.RetryPolicy(max_retries=2, delay=5, backoff=dg.Backoff.EXPONENTIAL, jitter=dg.Jitter.PLUS_MINUS)


def build_source_asset(contract: SourceContract) -> dg.AssetsDefinition:
    """The step that pulls one source; one asset per entity of its contract."""
    specs = [
        dg.AssetSpec(
            landing_key(contract.source, entity.name),
            group_name="landing",
            kinds={"polars", "parquet"},
            owners=["team:data-engineering"],
            description=f"Landed batches of {contract.source}.{entity.name}, cleaned, with rejects and original bytes.",
        )
        for entity in contract.entities
    ]
    reached = dg.AssetCheckSpec("reached", asset=specs[0].key, description="The source answered, and nothing of it was refused.")
    usual = dg.AssetCheckSpec("usual", asset=specs[0].key, description="What was delivered looks like what was delivered before.")

    @dg.multi_asset(name=f"pull_{contract.source}", specs=specs, check_specs=[reached, usual], retry_policy=RETRY)
    def pull(session: dg.ResourceParam[Session]) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        with session.stage(f"pull {contract.source}"):
            found = SourcePull(contract.source, message=NOT_READ) if session.past else session.pulls.of(contract)
        session.findings.pulls.append(found)
        tell_refused(session.home, contract, found, session.at)
        if found.receipts:  # there will be work: the other sources are being read meanwhile
            preload(session.home)
        for spec in specs:
            yield dg.MaterializeResult(asset_key=spec.key, metadata=_counts(found, spec.key))
        yield dg.AssetCheckResult(
            check_name="reached",
            asset_key=specs[0].key,
            passed=found.is_reached and not found.refused,
            severity=dg.AssetCheckSeverity.WARN,
            metadata={"message": found.message or "reached", "refused": "\n".join(found.refused) or "nothing"},
        )
        yield dg.AssetCheckResult(
            check_name="usual",
            asset_key=specs[0].key,
            passed=not found.held,
            metadata={"held": "\n".join(found.held) or "nothing", "unusual": "\n".join(found.unusual) or "nothing"},
        )

    return pull


def build_source_assets() -> list[dg.AssetsDefinition]:
    """One step per contract, in the contracts' order."""
    return [build_source_asset(contract) for contract in load_contracts().values()]


def _counts(found: SourcePull, key: dg.AssetKey) -> dict[str, dg.MetadataValue]:
    """Rows of this pull's new batches of one entity."""
    mine = [receipt for receipt in found.receipts if landing_key(receipt.source, receipt.entity) == key]
    totals = pl.DataFrame(
        [[r.read_rows, r.loaded_rows, r.rejected_rows, r.deduplicated_rows] for r in mine],
        schema=["read", "loaded", "rejected", "deduplicated"],
        orient="row",
    ).sum()
    counts = {name: dg.MetadataValue.int(int(totals[name][0] or 0)) for name in totals.columns} if mine else {}
    return {"batches": dg.MetadataValue.int(len(mine)), "seconds": dg.MetadataValue.float(round(found.seconds, 2)), **counts}
