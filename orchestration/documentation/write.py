"""Reads the project and writes the documentation into a folder. Not here: what stands in it."""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from orchestration.documentation.dbt_page import dbt_page
from orchestration.documentation.dictionary import dictionary_page
from orchestration.documentation.lineage.graph import Graph
from orchestration.warehouse.dbt_build import compile_models
from orchestration.warehouse.parsed import MANIFEST, parsed_project
from orchestration.warehouse.project import set_environment


def read_project() -> tuple[Mapping[str, Any], Graph]:
    """The manifest of dbt, and of what every column is made. Takes some seconds: all models are compiled, none is built."""
    with tempfile.TemporaryDirectory() as home:
        set_environment(Path(home))
        parsed = parsed_project(Path(home))
        manifest = json.loads((parsed / MANIFEST).read_text(encoding="utf-8"))
        return manifest, Graph(manifest, compile_models(Path(home), parsed))


def write_documentation(folder: Path, manifest: Mapping[str, Any], graph: Graph) -> list[Path]:
    """Write `dictionary.html` and `dbt.html`; each is whole by itself and opens without a network."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = {folder / "dictionary.html": dictionary_page(manifest, graph), folder / "dbt.html": dbt_page(manifest)}
    for path, page in pages.items():
        path.write_text(page, encoding="utf-8")
    return list(pages)
