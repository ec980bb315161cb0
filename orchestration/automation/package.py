"""When packages go back by themselves: every Monday, before the week's meeting, to everybody who may have one."""

import getpass
from datetime import UTC, datetime

import dagster as dg

from ingestion.street_time import street_day
from orchestration.audit import write_down
from orchestration.session import Session

MONDAY = "0 7 * * 1"


@dg.op
def send_packages(session: dg.ResourceParam[Session]) -> int:
    """Seal a package of the current version for every receiver of the catalogue; how many."""
    from orchestration.returning.shelf import send_all  # noqa: PLC0415 - openpyxl only when a package is made

    at, settings = datetime.now(UTC), session.settings
    today = settings.warehouse.as_of or street_day(at)
    write_down(settings.warehouse.home, "package", "make everybody by schedule")
    return len(send_all(settings.warehouse.home, settings.security.key, getpass.getuser(), at, today))


@dg.job(name="package", description="Send every receiver what it may have of the current version.")
def package_job() -> None:
    """One op: packages are small, and all of them are made of one version."""
    send_packages()


package_schedule = dg.ScheduleDefinition(
    name="packages_every_monday", job=package_job, cron_schedule=MONDAY, execution_timezone="Asia/Shanghai",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)  # fmt: skip
