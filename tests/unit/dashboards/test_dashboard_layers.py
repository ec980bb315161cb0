"""Pages know components and services, services know no Streamlit, and the settings keep the server quiet."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3] / "dashboards"
# What a module of a layer may not import, by the beginning of the name.
FORBIDDEN = {
    "app_pages": ("dashboards.repositories", "dashboards.access.audit", "duckdb", "polars.sql"),
    "services": ("streamlit", "altair", "dashboards.components", "dashboards.app_pages", "duckdb"),
    "repositories": ("streamlit", "altair", "dashboards.components", "dashboards.services", "dashboards.app_pages"),
    "access": ("altair", "dashboards.components", "dashboards.services", "dashboards.app_pages", "dashboards.repositories"),
}
MODULES = [(layer, path) for layer in FORBIDDEN for path in sorted((ROOT / layer).glob("*.py"))]


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize(("layer", "path"), MODULES, ids=lambda value: value.name if isinstance(value, Path) else value)
def test_layer_imports_nothing_above_it(layer: str, path: Path) -> None:
    assert [name for name in imported(path) if name.startswith(FORBIDDEN[layer])] == []


def test_only_the_session_knows_streamlit_below_the_components() -> None:
    knowing = [path.name for path in sorted((ROOT / "access").glob("*.py")) if "streamlit" in imported(path)]
    assert knowing == ["session.py"]


def test_no_page_draws_what_asks_outside_servers() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in ROOT.rglob("*.py"))
    assert not re.search(r"st\.(map|pydeck_chart)\b|choropleth|https?://|page_icon=\":", text)


def test_no_page_holds_sql() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "app_pages").glob("*.py"))
    assert not re.search(r"\bselect\b.+\bfrom\b", text)


def test_settings_keep_the_server_quiet() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["client"] == {
        "showErrorDetails": "none",
        "showErrorLinks": False,
        "toolbarMode": "minimal",
        "disableDataExport": True,
    }
    assert settings["server"]["fileWatcherType"] == "none"
    assert settings["server"]["headless"] is True
    assert settings["runner"]["magicEnabled"] is False
    assert "address" not in settings["server"]
