"""A published street once a session, and readers of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboards.access.person import Person
from dashboards.access.policy import load_policy
from dashboards.repositories.published import current_version
from dashboards.repositories.reader import Reader
from tests.published_street import ROLES, write_accounts, write_version

ReaderOf = Callable[[str], Reader]


@pytest.fixture(scope="session")
def street_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("street")
    write_accounts(home)
    write_version(home)
    return home


def person(user: str) -> Person:
    role, level, code = ROLES[user]
    return Person(user, user, role, level, code)


@pytest.fixture(scope="session")
def reader_of(street_home: Path) -> ReaderOf:
    return lambda user: Reader(current_version(street_home), person(user), load_policy())
