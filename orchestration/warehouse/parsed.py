"""The dbt project, parsed: the manifest from which Dagster draws its graph, and from which dbt builds without parsing again.

Parsing takes seconds and depends on nothing but the project's files, so `make setup` does it once
(`python -m orchestration.warehouse.parsed`); where that was not done, or the project changed since, a run does it below its home.
Not here: building (dbt_build.py).
"""

import tempfile
from importlib.metadata import version
from pathlib import Path

from orchestration.warehouse.project import PROJECT, project_digest, set_environment

SET_UP = PROJECT / "target" / "parsed"
MANIFEST, PARSED, STAMP = "manifest.json", "partial_parse.msgpack", "stamp"


def parsed_project(home: Path) -> Path:
    """The folder of manifest.json and partial_parse.msgpack of the project as it stands.

    Raises:
        DbtParseError: when dbt cannot parse the project.
    """
    own = home / "build" / "dbt" / "parsed"
    for folder in (SET_UP, own):
        if _is_fresh(folder):
            return folder
    set_environment(home)
    _parse(own)
    return own


def _is_fresh(folder: Path) -> bool:
    stamp = folder / STAMP
    return stamp.exists() and stamp.read_text(encoding="utf-8") == _stamp()


def _stamp() -> str:
    """What the outcome of parsing depends on; seeds are read from where the project lay."""
    return f"{project_digest()} dbt-core {version('dbt-core')} dbt-duckdb {version('dbt-duckdb')} {PROJECT}"


def _parse(folder: Path) -> None:
    from orchestration.warehouse.dbt_build import parse  # noqa: PLC0415 - seconds to import, and rarely needed

    (folder / STAMP).unlink(missing_ok=True)
    parse(folder)
    (folder / STAMP).write_text(_stamp(), encoding="utf-8")


def main() -> None:
    """Parse the project where it stands, unless that was done."""
    if not _is_fresh(SET_UP):
        with tempfile.TemporaryDirectory() as home:
            set_environment(Path(home))
            _parse(SET_UP)


if __name__ == "__main__":
    main()
