"""A home of its own for the benchmark: the published version of another home by links, accounts, and a second version to publish.

The home that was given is never written to.
"""

import json
import shutil
from pathlib import Path

import duckdb

from orchestration.demo.accounts import DEMO_PASSWORD, ensure_accounts

PASSWORD = DEMO_PASSWORD
FIRST, SECOND = "first", "second"


def borrow(given: Path, folder: Path) -> list[str]:
    """Make `folder` a home with two versions of what `given` published, the first current; gives the users who may sign in."""
    current = given / "published" / (given / "published" / "CURRENT").read_text(encoding="utf-8").strip()
    for name in (FIRST, SECOND):
        version = folder / "published" / name
        version.mkdir(parents=True)
        manifest = json.loads((current / "manifest.json").read_text(encoding="utf-8"))
        (version / "manifest.json").write_text(json.dumps(manifest | {"version": name}), encoding="utf-8")
        shutil.copy(current / "serving.duckdb", version / "serving.duckdb")
    publish(folder, FIRST)
    with duckdb.connect(str(current / "serving.duckdb"), read_only=True) as connection:
        row = connection.execute("select street_code, min(committee_code) from committee group by 1 order by 1").fetchone()
    assert row is not None
    return ensure_accounts(folder, *row)


def publish(folder: Path, name: str) -> None:
    """Make a version current as publishing does: one rename."""
    new = folder / "published" / "CURRENT.new"
    new.write_text(name + "\n", encoding="utf-8")
    new.replace(folder / "published" / "CURRENT")
