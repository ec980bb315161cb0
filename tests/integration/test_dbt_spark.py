"""Every compiled model can be said in Spark's dialect: sqlglot translates it, and uses only functions that Spark has.

What sqlglot cannot judge (whether both engines give the same rows) is for the Spark target itself.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlglot
from sqlglot import ErrorLevel, exp

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
PROJECT = ROOT / "dbt_project"
# Functions of Spark 4 SQL that the models use, each looked up in Spark's own list. A new one belongs here once it was looked up.
SPARK_HAS = set((Path(__file__).parent / "spark_functions.txt").read_text(encoding="utf-8").split())
NOT_CALLS = (exp.Case, exp.And, exp.Or, exp.Xor, exp.Not, exp.In, exp.Exists, exp.Cast, exp.TryCast, exp.JSONPath)


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The SQL of every model by name, as DuckDB would run it."""
    target = tmp_path_factory.mktemp("compiled")
    command = [str(Path(sys.executable).parent / "dbt"), "--quiet", "compile", "--select", "resource_type:model"]
    command += ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT), "--target-path", str(target)]
    command += ["--log-path", str(target / "logs"), "--vars", json.dumps({"home": str(target), "as_of": "2026-11-20"})]
    quiet = {"DO_NOT_TRACK": "1", "DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "YIDANG_WAREHOUSE": str(target / "none.duckdb")}
    outcome = subprocess.run(command, env=os.environ | quiet, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    manifest: dict[str, Any] = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    nodes = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
    return {node["name"]: node["compiled_code"] for node in nodes}


def in_spark(sql: str) -> str:
    """The same statement in Spark's dialect; raises where sqlglot knows of no equal."""
    [statement] = sqlglot.transpile(sql, read="duckdb", write="spark", unsupported_level=ErrorLevel.RAISE)
    return statement


def unknown_functions(statement: str) -> set[str]:
    """Names of called functions that are not in the list above."""
    calls = sqlglot.parse_one(statement, read="spark").find_all(exp.Func)
    names = {call.sql(dialect="spark").split("(", 1)[0].strip().upper() for call in calls if not isinstance(call, NOT_CALLS)}
    return {name for name in names if name.isidentifier()} - SPARK_HAS


def test_every_model_has_an_equal_in_spark(compiled: dict[str, str]) -> None:
    assert len(compiled) > 50
    wrong: dict[str, str] = {}
    for name, sql in compiled.items():
        try:
            unknown = unknown_functions(in_spark(sql))
        except sqlglot.errors.SqlglotError as problem:
            unknown = {str(problem)[:200]}
        if unknown:
            wrong[name] = ", ".join(sorted(unknown))
    assert wrong == {}


@pytest.mark.parametrize(
    "sql", ["select jaro_winkler_similarity(a, b) from t", "select list_zip(a, b) from t", "select make_it_up(a) from t"]
)
def test_a_function_without_equal_is_found(sql: str) -> None:
    assert unknown_functions(in_spark(sql))
