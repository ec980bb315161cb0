"""Opens the version that the first reader will see. Not here: when (warm.py)."""

from dashboards.access.session import home_folder
from dashboards.repositories.database import open_database
from dashboards.repositories.published import NoVersionError, current_version


def open_current() -> None:
    """The current version's database, where there is one."""
    try:
        open_database(current_version(home_folder()).database)
    except NoVersionError:
        return
