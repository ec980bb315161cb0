"""Small things stay small: budgets of modules, functions, pages, models and YAML. There is no list of exceptions."""

import ast
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("ingestion", "identity", "expectations", "orchestration", "dashboards", "returns")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
LINES = {"module": 300, "function": 50, "page": 80, "model": 120, "yaml": 250}
NESTING = 4
FORBIDDEN = {"utils", "helpers", "common", "manager", "util", "helper", "misc"}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def depth(node: ast.AST) -> int:
    nests = isinstance(node, ast.For | ast.While | ast.If | ast.With | ast.Try)
    return int(nests) + max((depth(child) for child in ast.iter_child_nodes(node)), default=0)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def named(wrong: dict[Path, Any]) -> dict[str, Any]:
    """What is wrong with which file; files of which nothing is told are left out."""
    return {name(path): told for path, told in wrong.items() if told}


def test_modules_and_pages_keep_their_budget() -> None:
    budgets = {path: LINES["page"] if "app_pages" in path.parts else LINES["module"] for path in MODULES}
    assert {name(path): n for path, budget in budgets.items() if (n := lines(path)) > budget} == {}


def test_functions_keep_their_budget() -> None:
    def long(path: Path) -> dict[str, int]:
        return {f.name: n for f in functions(path) if (n := (f.end_lineno or f.lineno) - f.lineno + 1) > LINES["function"]}

    assert named({path: long(path) for path in MODULES}) == {}


def test_functions_are_not_nested_deeply() -> None:
    def nested(path: Path) -> dict[str, int]:
        return {f.name: depth(f) for f in functions(path) if any(depth(child) > NESTING for child in f.body)}

    assert named({path: nested(path) for path in MODULES}) == {}


def test_modules_say_what_lives_here() -> None:
    assert [name(path) for path in MODULES if not ast.get_docstring(tree(path))] == []


def test_public_things_say_what_they_are() -> None:
    def silent(path: Path) -> list[str]:
        public = [n for n in tree(path).body if isinstance(n, ast.FunctionDef | ast.ClassDef) and not n.name.startswith("_")]
        return [n.name for n in public if not ast.get_docstring(n)]

    assert named({path: silent(path) for path in MODULES}) == {}


def test_packages_re_export_nothing() -> None:
    assert [name(path) for path in MODULES if path.name == "__init__.py" and tree(path).body[1:]] == []


def test_no_module_is_a_drawer_for_everything() -> None:
    assert [name(p) for p in MODULES if p.stem in FORBIDDEN or FORBIDDEN & set(p.parts)] == []


def test_models_keep_their_budget() -> None:
    models = sorted((ROOT / "dbt_project" / "models").rglob("*.sql"))
    assert models
    assert {name(path): n for path in models if (n := lines(path)) > LINES["model"]} == {}


def test_yaml_keeps_its_budget() -> None:
    folders = [ROOT / package for package in (*PACKAGES, "dbt_project")]
    files = [p for folder in folders for pattern in ("*.yaml", "*.yml") for p in folder.rglob(pattern) if "target" not in p.parts]
    assert {name(p): n for p in files if (n := lines(p)) > LINES["yaml"]} == {}
