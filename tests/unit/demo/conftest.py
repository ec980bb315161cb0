"""One small street for all tests of the demo, written once."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from ingestion.demo.street import Street, build_street
from ingestion.demo.write import DemoSources, write_sources


@dataclass(frozen=True)
class Written:
    """A street and where its sources lie."""

    street: Street
    folder: Path
    sources: DemoSources


@pytest.fixture(scope="session")
def street() -> Street:
    return build_street(houses=1500, seed=7)


@pytest.fixture(scope="session")
def written(street: Street, tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = tmp_path_factory.mktemp("street")
    return Written(street, folder, write_sources(street, folder))
