"""Writes the documentation into a folder. Not here: what stands in it."""

import json
import tempfile
from pathlib import Path

from orchestration.documentation.dbt_page import dbt_page
from orchestration.documentation.dictionary import dictionary_page
from orchestration.warehouse.parsed import MANIFEST, parsed_project
from orchestration.warehouse.project import set_environment


def write_documentation(folder: Path) -> list[Path]:
    """Write `dictionary.html` and `dbt.html`; each is whole by itself and opens without a network."""
    with tempfile.TemporaryDirectory() as home:
        set_environment(Path(home))
        manifest = json.loads((parsed_project(Path(home)) / MANIFEST).read_text(encoding="utf-8"))
    folder.mkdir(parents=True, exist_ok=True)
    pages = {folder / "dictionary.html": dictionary_page(manifest), folder / "dbt.html": dbt_page(manifest)}
    for path, page in pages.items():
        path.write_text(page, encoding="utf-8")
    return list(pages)
