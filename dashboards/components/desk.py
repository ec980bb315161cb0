"""What a page works with: the signed-in person's reader of the version that is current at this rerun."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from dashboards.access.policy import AccessDeniedError, load_policy
from dashboards.access.session import current_person, home_folder
from dashboards.components.seat import take_seat
from dashboards.repositories.published import Version, current_version
from dashboards.repositories.reader import Reader
from dashboards.services.text import STREET_TIME


@dataclass(frozen=True)
class Desk:
    """One person, one version, one purpose."""

    reader: Reader
    version: Version
    purpose: str

    @property
    def as_of(self) -> date:
        """The day the data stand for; the day the version was made when it does not say."""
        return self.version.as_of or self.made_at.astimezone(STREET_TIME).date()

    @property
    def made_at(self) -> datetime:
        """When the version was made (UTC); durations on the pages run up to it."""
        made = self.version.created_at or datetime.now(UTC)
        return made if made.tzinfo else made.replace(tzinfo=UTC)


def open_desk(purpose: str) -> Desk:
    """Look up person, right and version again; nothing of a former rerun is trusted.

    Raises:
        AccessDeniedError: Nobody is signed in, or the purpose is not the person's.
        NoVersionError: Nothing is published.
    """
    person = current_person()
    policy = load_policy()
    if person is None or not policy.may(person, purpose):
        raise AccessDeniedError("您的角色没有查看此页面的权限。如工作需要，请联系街道数据专员。")
    version = current_version(home_folder())
    return Desk(take_seat(Reader(version, person, policy)), version, purpose)
