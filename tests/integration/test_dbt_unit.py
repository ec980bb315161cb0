"""The dbt project builds on a street without a single row, and every unit test of every model holds.

Data tests on real rows run in every run of the pipeline; here: the logic of the models, on the examples beside them.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from identity import frames
from ingestion.contracts.loader import load_contracts
from ingestion.landing.empty import ensure_empty
from ingestion.telemetry.days import count_days
from orchestration.assets.inputs import run_facts
from orchestration.quality.memory import known_before

pytestmark = pytest.mark.slow
PROJECT = Path(__file__).resolve().parents[2] / "dbt_project"
HANDED_BACK = {
    "resident_link": frames.RESIDENT_LINK,
    "place_link": frames.PLACE_LINK,
    "forward": frames.FORWARD,
    "review": frames.REVIEW,
    "token": frames.TOKEN,
    "place_change": frames.PLACE_CHANGE,
    "other_telling": frames.OTHER_TELLING,
    "log_event": frames.LOG_EVENT,
}
STATE = {"source": pl.String, "reached_at": pl.Datetime, "is_stale": pl.Boolean, "stale_since": pl.Datetime, "message": pl.String}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose feeds have all been opened and brought nothing yet."""
    home = tmp_path_factory.mktemp("home")
    ensure_empty(home, load_contracts().values())
    facts = run_facts(home, pl.DataFrame(schema=STATE), {}) | known_before(home, None)
    answers = {name: pl.DataFrame(schema=dict(schema)) for name, schema in HANDED_BACK.items()}
    for folder, tables in {"run": facts, "identity": answers}.items():
        (home / "build" / folder).mkdir(parents=True, exist_ok=True)
        for name, frame in tables.items():
            frame.write_parquet(home / "build" / folder / f"{name}.parquet")
    count_days(home)
    return home


def dbt(home: Path, *arguments: str) -> dict[str, str]:
    """Runs dbt; the status of each node by its name."""
    variables = {"as_of": "2026-11-20", "now": "2026-11-20 20:00:00"}
    command = [str(Path(sys.executable).parent / "dbt"), "--quiet", *arguments, "--vars", json.dumps(variables)]
    command += ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    command += ["--target-path", str(home / "build" / "dbt"), "--log-path", str(home / "build" / "logs")]
    quiet = {"DO_NOT_TRACK": "1", "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
    environment = os.environ | quiet | {"YIDANG_WAREHOUSE": str(home / "build" / "warehouse.duckdb")}
    outcome = subprocess.run(command, env=environment, cwd=home, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stdout[-6000:] + outcome.stderr[-2000:]
    results: dict[str, Any] = json.loads((home / "build" / "dbt" / "run_results.json").read_text(encoding="utf-8"))
    return {result["unique_id"]: result["status"] for result in results["results"]}


def test_models_build_and_examples_hold(home: Path) -> None:
    built = dbt(home, "build", "--select", "tag:phase1", "--exclude-resource-type", "unit_test")
    built |= dbt(home, "build", "--select", "tag:phase2", "--exclude-resource-type", "unit_test")
    assert {name: status for name, status in built.items() if status not in {"success", "pass"}} == {}
    tested = dbt(home, "test", "--select", "test_type:unit")
    assert len(tested) >= 40
    assert set(tested.values()) == {"pass"}
