"""Small things stay small: budgets of modules, functions, pages, models and YAML. There is no list of exceptions."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("ingestion", "identity", "expectations", "orchestration", "dashboards")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
LINES = {"module": 300, "function": 50, "page": 80, "model": 120, "yaml": 250}
NESTING = 4
FORBIDDEN = {"utils", "helpers", "common", "manager", "util", "helper", "misc"}


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def depth(node: ast.AST) -> int:
    nests = isinstance(node, ast.For | ast.While | ast.If | ast.With | ast.Try)
    return int(nests) + max((depth(child) for child in ast.iter_child_nodes(node)), default=0)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_module_keeps_its_budget(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    budget = LINES["page"] if "app_pages" in path.parts else LINES["module"]
    assert lines <= budget
    long = {
        f.name: f.end_lineno - f.lineno + 1
        for f in functions(path)
        if f.end_lineno and f.end_lineno - f.lineno >= LINES["function"]
    }
    assert not long
    nested = {f.name: depth(f) for f in functions(path) if sum(depth(child) > NESTING for child in f.body)}
    assert not nested


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_module_says_what_lives_here(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    public = [n for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef) and not n.name.startswith("_")]
    assert [n.name for n in public if not ast.get_docstring(n)] == []


@pytest.mark.parametrize("path", [p for p in MODULES if p.name == "__init__.py"], ids=name)
def test_package_re_exports_nothing(path: Path) -> None:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    assert body[1:] == []


def test_no_module_is_a_drawer_for_everything() -> None:
    assert [name(p) for p in MODULES if p.stem in FORBIDDEN or FORBIDDEN & set(p.parts)] == []


@pytest.mark.parametrize("path", sorted((ROOT / "dbt_project" / "models").rglob("*.sql")), ids=name)
def test_model_keeps_its_budget(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES["model"]


def test_yaml_keeps_its_budget() -> None:
    folders = [ROOT / package for package in (*PACKAGES, "dbt_project")]
    files = [p for folder in folders for pattern in ("*.yaml", "*.yml") for p in folder.rglob(pattern) if "target" not in p.parts]
    assert {name(p): n for p in files if (n := len(p.read_text(encoding="utf-8").splitlines())) > LINES["yaml"]} == {}
