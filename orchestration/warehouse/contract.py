"""What was promised of the published tables, kept in dbt_project/contract/curated_v1.csv, and whether the models keep it.

A promised column stays, with its type and its part in the key, until the day that its model's `deprecation_date` named has come;
who needs it otherwise makes a new version of the model (`versions:`), and both are published. Columns may be added at any time:
`python -m orchestration.warehouse.contract` writes them down, and refuses when a promise is broken.
Not here: the same watch at the door of PostgreSQL (orchestration/serving/structure.py).
"""

import csv
import io
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime

from ingestion.atomic import replace_file
from orchestration.warehouse.marts import Node, deprecation, mart_nodes
from orchestration.warehouse.parsed import MANIFEST, SET_UP
from orchestration.warehouse.parsed import main as parse
from orchestration.warehouse.project import PROJECT

FILE = PROJECT / "contract" / "curated_v1.csv"


@dataclass(frozen=True)
class Promise:
    """One column of one published table; `is_key`: it names a row; `until`: the day of deprecation, empty: it stays."""

    table: str
    column: str
    type: str
    is_key: str
    until: str


def promises_of(nodes: Mapping[str, Node]) -> list[Promise]:
    """What the models say now, by table and in the columns' order."""
    return [
        Promise(
            table, name, column["data_type"], "key" if name in node["config"]["meta"].get("grain", []) else "",
            deprecation(nodes, table).get("deprecated_on", ""),
        )
        for table, node in nodes.items()
        for name, column in node["columns"].items()
    ]  # fmt: skip


def kept_promises() -> list[Promise]:
    """What was promised."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return [Promise(**row) for row in csv.DictReader(file)]


def broken(kept: list[Promise], said: list[Promise], today: date) -> list[str]:
    """One line for every promise that the models no longer keep; none: all is well."""
    now = {(promise.table, promise.column): promise for promise in said}
    problems = []
    for promise in kept:
        found = now.get((promise.table, promise.column))
        where = f"{promise.table}.{promise.column}"
        if found is None and not (promise.until and date.fromisoformat(promise.until) <= today):
            problems.append(
                f"{where} is gone: bring it back, or make a new version of the model and give this one a deprecation_date"
            )
        elif found is not None and (found.type, found.is_key) != (promise.type, promise.is_key):
            was, is_now = (f"{each.type} {each.is_key}".strip() for each in (promise, found))
            problems.append(f"{where} was {was}, now {is_now}: make a new version of the model (versions: in its YAML)")
    return problems


def unwritten(kept: list[Promise], said: list[Promise]) -> list[str]:
    """Columns and deprecations that are not written down yet."""
    return [f"{promise.table}.{promise.column}" for promise in said if promise not in set(kept)]


def main() -> int:
    """Write down what was added; refuse when something is broken."""
    parse()
    said = promises_of(mart_nodes(json.loads((SET_UP / MANIFEST).read_text(encoding="utf-8"))))
    if FILE.exists() and (problems := broken(kept_promises(), said, datetime.now(UTC).date())):
        sys.stderr.write("".join(f"{problem}\n" for problem in problems))
        return 1
    written = io.StringIO()
    rows = csv.DictWriter(written, [field.name for field in fields(Promise)], lineterminator="\n")
    rows.writeheader()
    rows.writerows(asdict(promise) for promise in said)
    replace_file(FILE, written.getvalue().encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
