"""Hours of device messages as Dagster partitions: one hour, or a whole stretch of them, is landed and its days are counted.

For hours that came late, or that nobody was there to fetch. Nothing is published here: the next run of the whole way does, and
would have landed the same files itself. Not here: landing and counting (ingestion).
"""

import warnings
from datetime import datetime

import dagster as dg

from expectations.acceptance import read_acceptances
from ingestion.contracts.loader import load_contracts
from ingestion.pull import SourcePull, pull_source
from ingestion.street_time import street_day
from ingestion.telemetry.days import count_days
from orchestration.assets.landing import RETRY
from orchestration.session import Session
from orchestration.warehouse.keys import HOUR_KEY

HOURS = dg.HourlyPartitionsDefinition("2020-01-01-00:00", timezone="Asia/Shanghai")  # before any feed began


def build_hour_asset() -> dg.AssetsDefinition:
    """The step from the files of an hour to its counted days; one run takes all hours that are asked for at once."""

    @dg.asset(
        key=HOUR_KEY,
        partitions_def=HOURS,
        backfill_policy=_at_once(),
        group_name="telemetry",
        kinds={"polars", "parquet"},
        owners=["team:data-engineering"],
        retry_policy=RETRY,
        description="Landed and counted messages that the gateway received in one hour.",
    )
    def telemetry_hour(context: dg.AssetExecutionContext, session: dg.ResourceParam[Session]) -> dg.MaterializeResult[None]:
        found = [_land(session, HOURS.time_window_for_partition_key(key).start) for key in context.partition_keys]
        counted = count_days(session.standing)
        told = {
            "batches": dg.MetadataValue.int(sum(len(pull.receipts) for pull in found)),
            "rows": dg.MetadataValue.int(sum(receipt.read_rows for pull in found for receipt in pull.receipts)),
            "days": dg.MetadataValue.text(", ".join(str(day) for day in counted.days)),
        }
        return dg.MaterializeResult(metadata=told)

    return telemetry_hour


def _at_once() -> dg.BackfillPolicy:
    """All hours in one run; Dagster calls that beta, which is for us to follow and not for those who run the street."""
    warnings.filterwarnings("ignore", category=dg.BetaWarning)
    return dg.BackfillPolicy.single_run()


def _land(session: Session, hour: datetime) -> SourcePull:
    """The files of one hour, delivered or spooled; raises dagster.Failure when one of them cannot be landed."""
    contract = load_contracts()["device"]
    accepted = frozenset(read_acceptances(session.standing, street_day(session.at)))
    below = f"{contract.entity('telemetry').folder}/dt={hour:%Y-%m-%d}/hour={hour:%H}/"
    found = pull_source(contract, session.settings, session.at, accepted=accepted, below=below)
    if not found.is_reached:
        raise dg.Failure(found.message)
    if wrong := [*found.refused, *found.held]:
        raise dg.Failure("; ".join(wrong), allow_retries=False)
    return found
