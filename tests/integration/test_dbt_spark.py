"""Every compiled model can be said in Spark's dialect: sqlglot translates it, and uses only functions that Spark has.

Macros with a `spark__` version of their own are left as calls of their name, and that version is looked at by itself. Where
landed files lie is configuration of a target and no part of a model. What sqlglot cannot judge (whether both engines give the
same rows) is for the Spark target itself.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jinja2
import pytest
import sqlglot
from sqlglot import ErrorLevel, exp

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
PROJECT = ROOT / "dbt_project"
# Functions of Spark 4 SQL that the models use, each looked up in Spark's own list. A new one belongs there once it was looked up.
SPARK_HAS = set((Path(__file__).parent / "spark_functions.txt").read_text(encoding="utf-8").split())
NOT_CALLS = (exp.Case, exp.And, exp.Or, exp.Xor, exp.Not, exp.In, exp.Exists, exp.Cast, exp.TryCast, exp.JSONPath)
LANDED = re.compile(r"read_parquet\('[^']*'[^)]*\)")
SPARK_MACRO = re.compile(r"\{%-?\s*macro\s+spark__(\w+)\(([^)]*)\)\s*-?%\}(.*?)\{%-?\s*endmacro", re.DOTALL)


def spark_macros() -> dict[str, tuple[list[str], str]]:
    """Arguments and body of every macro that Spark has its own version of."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((PROJECT / "macros").rglob("*.sql"))]
    found = [match for text in texts for match in SPARK_MACRO.findall(text)]
    return {name: ([argument.strip() for argument in arguments.split(",")], body) for name, arguments, body in found}


def standing(name: str, arguments: list[str]) -> str:
    """A macro that leaves its own call in the SQL, in the place of what DuckDB would get."""
    shown = ", ".join(f"{{{{ {argument} }}}}" for argument in arguments)
    return f"{{% macro duckdb__{name}({', '.join(arguments)}) %}}{name}({shown}){{% endmacro %}}"


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The SQL of every model by name, with the calls of dispatched macros left standing."""
    project = tmp_path_factory.mktemp("spark") / "project"
    shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("target", "logs", "lint"))
    (project / "macros" / "standing.sql").write_text(
        "\n".join(standing(name, arguments) for name, (arguments, _) in spark_macros().items()), encoding="utf-8"
    )
    target = project / "target"
    command = [str(Path(sys.executable).parent / "dbt"), "--quiet", "compile", "--select", "resource_type:model"]
    command += ["--project-dir", str(project), "--profiles-dir", str(project), "--target-path", str(target)]
    command += ["--log-path", str(target / "logs"), "--vars", json.dumps({"as_of": "2026-11-20"})]
    quiet = {"DO_NOT_TRACK": "1", "DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "YIDANG_WAREHOUSE": str(project / "none.duckdb")}
    outcome = subprocess.run(command, env=os.environ | quiet, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    manifest: dict[str, Any] = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    nodes = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
    return {node["name"]: LANDED.sub("landed", node["compiled_code"]) for node in nodes}


def in_spark(sql: str) -> str:
    """The same statement in Spark's dialect; raises where sqlglot knows of no equal."""
    [statement] = sqlglot.transpile(sql, read="duckdb", write="spark", unsupported_level=ErrorLevel.RAISE)
    return statement


def unknown_functions(statement: str) -> set[str]:
    """Names of called functions that are neither in the list above nor macros with a version for Spark."""
    calls = sqlglot.parse_one(statement, read="spark").find_all(exp.Func)
    names = {call.sql(dialect="spark").split("(", 1)[0].strip().upper() for call in calls if not isinstance(call, NOT_CALLS)}
    return {name for name in names if name.isidentifier()} - SPARK_HAS - {name.upper() for name in spark_macros()}


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


@pytest.mark.parametrize("name", sorted(spark_macros()))
def test_a_macro_for_spark_is_said_in_its_dialect(name: str) -> None:
    arguments, body = spark_macros()[name]
    values = {argument.split("=")[0].strip(): f"column_{number}" for number, argument in enumerate(arguments)}
    text = jinja2.Template(body).render(**values)
    assert unknown_functions(f"select {text} as value from relation") == set()


@pytest.mark.parametrize("call", ["jaro_winkler_similarity(a, b)", "list_zip(a, b)", "make_it_up(a)"])
def test_a_function_without_equal_is_found(call: str) -> None:
    assert unknown_functions(in_spark(f"select {call} from t"))
