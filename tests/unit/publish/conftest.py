"""A street that is ready to be published, without the gate: these tests are about files."""

import shutil
from dataclasses import replace

import polars as pl
import pytest

from expectations.report import SCHEMA
from orchestration.publish.request import PublishRequest
from tests.street_tables import AS_OF, AT, build_warehouse, nodes

# Enough to show everything, and quick.
SOME = (
    "street",
    "committee",
    "dwelling",
    "resident",
    "residence",
    "device_day",
    "alarm",
    "task",
    "match_review",
)
SOURCES = pl.DataFrame({"source": ["police"], "is_stale": [True], "stale_since": [AT]})


def quality_frame(run_id):
    row = dict.fromkeys(SCHEMA) | {"check_code": "resident.grain", "dataset": "resident", "passed": True}
    return pl.DataFrame([row | {"run_id": run_id, "checked_at": AT.replace(tzinfo=None)}], schema=SCHEMA)


@pytest.fixture(scope="session")
def street(tmp_path_factory):
    """The home of a street of 40 dwellings, and where its database lies in it; built once, for tests to copy."""
    home = tmp_path_factory.mktemp("street")
    return home, build_warehouse(home, 40).relative_to(home)


@pytest.fixture
def request_of(tmp_path, street):
    """Returns a maker of requests on one home folder; its database holds 40 dwellings."""
    home = shutil.copytree(street[0], tmp_path / "home")
    database = home / street[1]
    vault = pl.read_parquet(home / "build" / "vault" / "resident_vault.parquet")
    base = PublishRequest(
        home=home,
        database=database,
        frames={"resident_vault": vault, "quality_result": quality_frame("run-1")},
        nodes={name: node for name, node in nodes().items() if name in SOME},
        at=AT,
        as_of=AS_OF,
        engine="duckdb",
        code_version="0.1.0+abc",
        inputs_digest="inputs-1",
        run_id="run-1",
        sources=SOURCES,
    )

    def make(**changes):
        return replace(base, **changes)

    return make
