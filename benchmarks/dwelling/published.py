"""A street from its five source systems to a published version, and what the measures need to know of both.

Not here: what is measured.
"""

import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from ingestion.cleaning.digest import key_digests
from ingestion.demo.civil_server import CivilServer
from ingestion.demo.files.truth_files import truth
from ingestion.demo.street import Street, build_street
from ingestion.demo.style import area_names
from ingestion.demo.write import write_sources
from ingestion.settings import load_settings
from orchestration.demo.configuration import CIVIL_TOKEN, write_configuration

DAY = date(2026, 11, 20)
REF = ["source_system", "source_entity", "source_key"]
PUBLISHED = (0, 3)  # exit codes with which a version appears


@dataclass(frozen=True)
class Published:
    """A street's truth and its published tables.

    Attributes:
        street: The street as it was made.
        record: One row a person record: ref, `person`, `dwelling`, `is_live`, `is_damaged`, `plain_key`.
        place: One row a place record: ref, `kind`, `number`, `dwelling`, `building`, `estate`.
        address: One row an address: `source_system`, `source_entity`, `plain_key`, `field`, `dwelling`, `grade`.
        resident: `person`, `resident_id`: the resident that has most of the person's records.
        tables: The folder of the published tables.
    """

    street: Street
    record: pl.DataFrame
    place: pl.DataFrame
    address: pl.DataFrame
    resident: pl.DataFrame
    tables: Path

    def table(self, name: str) -> pl.DataFrame:
        """One published table."""
        return pl.read_parquet(self.tables / f"{name}.parquet")

    def dwelling_of(self) -> pl.DataFrame:
        """`dwelling` (the true one), `dwelling_id`: as the records of the dwelling bear it; the housing bureau's first."""
        linked = self.table("dwelling_source").join(self.place.drop_nulls("dwelling"), on=REF)
        first = linked.sort(pl.col("source_system") != "property", "source_key").unique("dwelling", keep="first")
        return first.select("dwelling", "dwelling_id")


def publish(folder: Path, *, houses: int, seed: int, dirt: float, style: str) -> Published:
    """Make a street below the folder, run the whole pipeline on it, and give both.

    Raises:
        RuntimeError: Nothing was published; what the run printed.
    """
    street = build_street(houses, seed, DAY, dirt=dirt, style=style)
    write_sources(street, folder / "sources")
    with CivilServer(folder / "sources" / "civil", CIVIL_TOKEN) as civil:
        config = write_configuration(folder, folder / "sources", civil, DAY.isoformat(), area_names(street.style))
        command = [str(Path(sys.executable).parent / "yidang"), "run", "--config", str(config)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in PUBLISHED:
        raise RuntimeError(done.stdout + done.stderr)
    home = folder / "home" / "published"
    tables = home / (home / "CURRENT").read_text(encoding="utf-8").strip() / "tables"
    known = truth(street)
    record = _keyed(known["record"], load_settings(config).security.key)
    return Published(street, record, known["place"], known["address"], _residents(record, tables), tables)


def _keyed(record: pl.DataFrame, key: bytes) -> pl.DataFrame:
    """The records with digests where a feed's key holds a number."""
    digests = pl.Series(key_digests(record["plain_key"], key), dtype=pl.String)
    return record.with_columns(source_key=pl.coalesce("source_key", digests))


def _residents(record: pl.DataFrame, tables: Path) -> pl.DataFrame:
    """The resident of each person: the one with most of the person's records."""
    linked = pl.read_parquet(tables / "resident_source.parquet").join(record.drop_nulls("person"), on=REF)
    counted = linked.group_by("person", "resident_id").len().sort("person", -pl.col("len").cast(pl.Int64), "resident_id")
    return counted.unique("person", keep="first").select("person", "resident_id")
