"""What is past its time of keeping goes every Sunday night, while nobody works; the audit log says what."""

from datetime import UTC, datetime

import dagster as dg

from ingestion.retention.classes import retention
from ingestion.street_time import street_day
from orchestration.audit import write_down
from orchestration.retention.retain import retain
from orchestration.session import Session

SUNDAY = "0 2 * * 0"


@dg.op
def drop_expired(context: dg.OpExecutionContext, session: dg.ResourceParam[Session]) -> None:
    """Remove it, with a line in the audit log before and after."""
    settings, at = session.settings, datetime.now(UTC)
    today = settings.warehouse.as_of or street_day(at)
    write_down(session.standing, "retain", f"apply as of {today} by schedule")
    found = retain(session.standing, retention(settings.retention), today, at, is_applied=True)
    write_down(session.standing, "retain", f"removed by schedule: {found}")
    context.log.info(str(found))


@dg.job(name="retain", description="Remove what is past its time of keeping.")
def retain_job() -> None:
    """One op: it holds the home folder while it works."""
    drop_expired()


retain_schedule = dg.ScheduleDefinition(
    name="retention_every_sunday", job=retain_job, cron_schedule=SUNDAY, execution_timezone="Asia/Shanghai",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)  # fmt: skip
