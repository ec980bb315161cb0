"""dbt's own documentation as one file with everything in it. No byte leaves: it is told to ask nobody, and names nobody to ask.

Not here: what the models say of themselves (dbt_project), our own dictionary (dictionary.py).
"""

import copy
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

MANIFEST, CATALOG = '"MANIFEST.JSON INLINE DATA"', '"CATALOG.JSON INLINE DATA"'
# What a browser may do with the page: run what stands in it, and ask nobody for anything.
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "connect-src 'none'; form-action 'none'; base-uri 'none'"
)
META = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
_OUTSIDE = re.compile(r"https?://(?!www\.w3\.org/)(?=[A-Za-z0-9])")  # the names of XML's own kinds are no addresses
_TRACKER = re.compile(r"[a-z0-9.-]*sinter-collect\.com")


class DbtPageError(Exception):
    """dbt's page is not what this version of dbt ships; the message says what was expected."""


def dbt_page(manifest: Mapping[str, Any]) -> str:
    """The page with the manifest in it; columns that the models describe stand in for the catalogue of a database.

    Raises:
        DbtPageError: dbt ships another page.
    """
    import dbt.task.docs  # noqa: PLC0415 - seconds

    template = (Path(str(dbt.task.docs.__file__)).parent / "index.html").read_text(encoding="utf-8")
    if MANIFEST not in template or CATALOG not in template or "<head>" not in template:
        raise DbtPageError(f"dbt's documentation page has no place named {MANIFEST}; install the locked version of dbt-core")
    page = _TRACKER.sub("", _OUTSIDE.sub("offline:", template)).replace("<head>", f"<head>{META}", 1)
    inlined = {MANIFEST: _script(_impersonal(manifest)), CATALOG: _script(_catalogue(manifest))}
    for place, data in inlined.items():
        page = page.replace(place, data)
    return page


def _script(value: object) -> str:
    """JSON that may stand inside a script: no tag in a text can end it."""
    return _OUTSIDE.sub("", json.dumps(value, ensure_ascii=False).replace("</", "<\\/"))


def _impersonal(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """The manifest without anything that names the machine or the installation."""
    told = copy.deepcopy(dict(manifest))
    told["metadata"] = {
        name: value for name, value in told["metadata"].items() if name in {"dbt_version", "project_name", "adapter_type"}
    }
    for node in [*told["nodes"].values(), *told["sources"].values()]:
        for name in ("root_path", "build_path", "compiled_path"):
            node.pop(name, None)
    return told


def _catalogue(manifest: Mapping[str, Any]) -> dict[str, Any]:
    nodes = {name: _described(node) for name, node in manifest["nodes"].items() if node["resource_type"] in {"model", "seed"}}
    return {"metadata": {}, "nodes": nodes, "sources": {}, "errors": None}


def _described(node: Mapping[str, Any]) -> dict[str, Any]:
    columns = {
        name: {"type": column.get("data_type") or "", "index": place, "name": name, "comment": None}
        for place, (name, column) in enumerate(node["columns"].items(), start=1)
    }
    about = {
        "type": "BASE TABLE",
        "schema": "main",
        "name": node["name"],
        "database": "warehouse",
        "comment": None,
        "owner": None,
    }
    return {"metadata": about, "columns": columns, "stats": {}, "unique_id": node["unique_id"]}
