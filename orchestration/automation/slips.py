"""The slips of the week that has ended, every Monday before the office opens."""

from datetime import UTC, datetime

import dagster as dg

from expectations.slip.week import Week
from orchestration.cli.audit import write_down
from orchestration.quality.slips import FOLDER, make_slips, systems_of, write_slips
from orchestration.session import Session

SLIP_JOB = "slip"
MONDAY = "30 7 * * 1"  # after the morning's run, before the office opens


@dg.op(description="One workbook a department: what it is asked to mend, and how fast it mended.")
def write_last_week(context: dg.OpExecutionContext, session: dg.ResourceParam[Session]) -> None:
    """Write the slips of last week from the current version."""
    write_down(session.standing, "export", f"slip {Week.of(datetime.now(UTC)).before.name} by schedule")
    week = Week.of(datetime.now(UTC)).before
    slips = make_slips(session.standing, week, systems_of(None).items())
    for path in write_slips(slips, session.standing / FOLDER):
        context.log.info(f"{path.parent.name} {path.name}")


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
