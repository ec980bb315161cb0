"""Puts the correction slips of a week where their departments can be handed them: `<home>/slip/<week>/<source>.xlsx`.

Not here: what stands on a slip (expectations/slip).
"""

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from expectations.slip.slip import Slip, make_slip
from expectations.slip.week import Week
from expectations.slip.workbook import as_workbook
from ingestion.atomic import replace_file
from ingestion.contracts.loader import load_contracts
from orchestration.audit import write_down
from orchestration.publish.current import current_version

FOLDER, VISITED = "slip", "correction"
_TABLES = ("quality_issue", "quality_measure", "resident_source")


def systems_of(department: str | None) -> dict[str, str]:
    """Source systems and the Chinese names of their departments: of one, named by system or by name, or of all for null.

    Raises:
        ValueError: no department is called so.
    """
    known = {name: contract.owner for name, contract in load_contracts().items()}
    if department is None:
        return {name: owner.zh for name, owner in known.items()}
    found = {name: owner.zh for name, owner in known.items() if department in {name, owner.zh, owner.en}}
    if not found:
        listed = ", ".join(f"{name} ({owner.zh})" for name, owner in known.items())
        raise ValueError(f"no department is called {department!r}; there are {listed}")
    return found


def hand_out(home: Path, week: Week, department: str | None = None, folder: Path | None = None) -> list[tuple[Slip, Path]]:
    """Make the slips of a week, write down that they are handed out, then write them; each with where it stands.

    Args:
        home: The warehouse's home.
        week: The week.
        department: One department, named by system or by name; null: all of them.
        folder: Where to; null: below the home.

    Raises:
        ValueError: no department is called so, or nothing was published yet.
        AuditError: it cannot be written down, so nothing is handed out.
    """
    slips = make_slips(home, week, systems_of(department).items())
    write_down(home, "export", f"slip {week.name} {' '.join(slip.system for slip in slips)}")
    return list(zip(slips, write_slips(slips, folder or home / FOLDER), strict=True))


def make_slips(home: Path, week: Week, systems: Iterable[tuple[str, str]]) -> list[Slip]:
    """The slips of a week from the current version.

    Raises:
        ValueError: nothing was published yet.
    """
    version = current_version(home)
    if version is None:
        raise ValueError("nothing was published yet, so there is nothing to mend: yidang run --config FILE")
    folder = home / "published" / version / "tables"
    tables = {name: pl.read_parquet(folder / f"{name}.parquet") for name in _TABLES}
    if (folder / f"{VISITED}.parquet").exists():  # not in versions before visits corrected records
        tables[VISITED] = pl.read_parquet(folder / f"{VISITED}.parquet")
    return [make_slip(system, department, week, tables) for system, department in systems]


def write_slips(slips: Iterable[Slip], folder: Path) -> list[Path]:
    """One workbook a slip, whole or not at all, readable by its owner only; where they stand."""
    paths = []
    for slip in slips:
        path = folder / slip.week.name / f"{slip.system}.xlsx"
        replace_file(path, as_workbook(slip))
        path.chmod(0o600)
        paths.append(path)
    return paths
