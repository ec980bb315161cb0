"""Writes a street's five sources, as their owners would hand them over, and the truth beside them."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from ingestion.demo.files.civil_files import civil_records, write_civil
from ingestion.demo.files.device_files import write_orders, write_register, write_telemetry
from ingestion.demo.files.police_files import PoliceKind, write_batch
from ingestion.demo.files.property_tables import write_property
from ingestion.demo.files.truth_files import write_truth
from ingestion.demo.sources.telemetry import telemetry
from ingestion.demo.sources.workorders import work_orders
from ingestion.demo.street import Street, row_rate


@dataclass(frozen=True)
class DemoSources:
    """Where the sources lie: a database file, three drop folders, the civil folder for `CivilServer`, and the truth."""

    property_db: Path
    police: Path
    civil: Path
    device: Path
    feedback: Path
    truth: Path

    @property
    def property_url(self) -> str:
        """The database as a URL for `yidang.toml`."""
        return f"sqlite:///{self.property_db}"


def write_sources(street: Street, folder: Path) -> DemoSources:
    """Write the first delivery of all five sources below the folder, which is made if missing."""
    folder = folder.resolve()
    database = write_property(street.tables, folder)
    police = folder / "police"
    kinds = [
        PoliceKind("BZDZ", True, street.tables["police.BZDZ"]),
        PoliceKind("SYRK", True, street.tables["police.SYRK"], row_rate("register_repeated", street.dirt)),
    ]
    write_batch(police, street.day, kinds, street.seed)
    civil = write_civil(civil_of(street), folder)
    device = folder / "device"
    for back in reversed(range(street.days)):
        write_device_day(street, device, street.day - timedelta(days=back))
    feedback = folder / "feedback"
    feedback.mkdir(parents=True, exist_ok=True)
    return DemoSources(database, police, civil, device, feedback, write_truth(street, folder))


def civil_of(street: Street) -> dict[str, list[dict[str, object]]]:
    """Civil affairs' nested records of the street, by resource."""
    return civil_records(street.tables, street.seed, row_rate("civil_unknown_field", street.dirt))


def messages_of(street: Street, day: date) -> pl.DataFrame:
    """All messages that the gateway received on the day."""
    rates = {name: row_rate(name, street.dirt) for name in ("repeated", "late", "clock_1970", "clock_ahead")}
    return telemetry(street.tables["device.register"], street.seed, day, rates)


def write_device_day(street: Street, root: Path, day: date, closed: pl.DataFrame | None = None) -> None:
    """Write register, telemetry and work orders of one day; `closed` are older orders that changed on it."""
    messages = messages_of(street, day)
    rates = {"cut_off": row_rate("line_cut_off", street.dirt), "not_json": row_rate("line_not_json", street.dirt)}
    write_telemetry(messages, root, day, street.seed, rates)
    orders = work_orders(messages, street.seed, day)
    write_orders(orders if closed is None else pl.concat([closed, orders]), root, day)
    write_register(street.tables["device.register"], root, day, street.seed, row_rate("device_repeated", street.dirt))
