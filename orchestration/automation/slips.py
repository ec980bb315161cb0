"""The slips of the week that has ended, every Monday before the office opens."""

from datetime import UTC, datetime

import dagster as dg

from expectations.slip.week import Week
from orchestration.quality.slips import hand_out
from orchestration.session import Session

SLIP_JOB = "slip"
MONDAY = "30 7 * * 1"  # after the morning's run, before the office opens


@dg.op(description="One workbook a department: what it is asked to mend, and how fast it mended.")
def write_last_week(context: dg.OpExecutionContext, session: dg.ResourceParam[Session]) -> None:
    """Write the slips of last week from the current version, as `yidang slip` does, audit line and all."""
    for slip, path in hand_out(session.standing, Week.of(datetime.now(UTC)).before):
        context.log.info(f"{slip.week.name} {path.name}")


@dg.job(name=SLIP_JOB, description="Correction slips of the departments for the week that has ended.")
def slip_job() -> None:
    """The one step of the job."""
    write_last_week()


def build_slip_schedule() -> dg.ScheduleDefinition:
    """Weekly, in the street's own time."""
    return dg.ScheduleDefinition(
        name="slips_every_monday", job=slip_job, cron_schedule=MONDAY, execution_timezone="Asia/Shanghai",
        default_status=dg.DefaultScheduleStatus.RUNNING,
    )  # fmt: skip
