"""The dbt project's manifest, parsed once per state of its files whatever the number of workers; no warehouse is needed.

It is kept where `make setup` keeps it, stamped with a digest of the project, so that only a changed project is parsed again.
"""

import fcntl
import json
from typing import Any

import pytest

from orchestration.warehouse import parsed


@pytest.fixture(scope="session")
def manifest(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> dict[str, Any]:
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    with (shared / "parse.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        parsed.main()
    return dict(json.loads((parsed.SET_UP / parsed.MANIFEST).read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def models(manifest: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {node["name"]: node for node in manifest["nodes"].values() if node["resource_type"] == "model"}
