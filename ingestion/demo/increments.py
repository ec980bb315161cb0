"""Later days of a street: what its sources deliver then. Day 1 is what `write_sources` writes.

The database and the civil folder hold the latest state, as the real ones do; police and device get new files. Every third day the
police send a full snapshot, which lacks a few rows.
"""

from datetime import timedelta
from pathlib import Path

import polars as pl

from ingestion.demo.data_files import data
from ingestion.demo.files.civil_files import write_civil
from ingestion.demo.files.police_files import PoliceKind, write_batch
from ingestion.demo.files.property_tables import load_property, write_property
from ingestion.demo.files.truth_files import write_truth
from ingestion.demo.later import office_events, people_events
from ingestion.demo.later.day import Day
from ingestion.demo.sources.police import Register
from ingestion.demo.sources.workorders import close_orders, work_orders
from ingestion.demo.street import Street
from ingestion.demo.write import civil_of, messages_of, write_device_day


def street_on(street: Street, day_number: int) -> Street:
    """The street at the end of its n-th day; day 1 is the street itself."""
    return day_of(street, day_number).end() if day_number > 1 else street


def day_of(street: Street, day_number: int) -> Day:
    """Live through the days up to the n-th (2 or later) and return the last one with its changes.

    Raises:
        ValueError: day_number is 1 or less; day 1 is written by `write_sources`.
    """
    if day_number <= 1:
        raise ValueError(f"day_number is {day_number}; later days begin with 2, day 1 is written by write_sources")
    before = street_on(street, day_number - 1)
    day = Day(before, before.day + timedelta(days=1))
    register = Register(street.style, before.world, street.seed, day.day, first=1_000_000 * day_number)
    people_events.births(day, register)
    people_events.deaths(day)
    people_events.moves_within(day, register)
    people_events.moves_out(day)
    people_events.moves_in(day, register)
    for event in (
        office_events.phones_changed,
        office_events.numbers_corrected,
        office_events.sales,
        office_events.rows_deleted,
        office_events.lists_changed,
        office_events.addresses_moved,
        office_events.devices_failed,
        office_events.sent_late,
    ):
        event(day)
    if is_full(day_number):
        office_events.vanished(day)
    return day


def is_full(day_number: int) -> bool:
    """Whether the police send a full SYRK snapshot on that day."""
    return day_number % int(data("increments")["full_every"]) == 0


def write_day(street: Street, folder: Path, day_number: int, property_url: str | None = None) -> pl.DataFrame:
    """Write what the sources deliver on the n-th day into the folder of `write_sources`; write the days in order.

    Args:
        street: the street of day 1, as `build_street` made it.
        folder: the folder that was given to `write_sources`.
        day_number: 2 for the second day, and so on.
        property_url: another database than `property/housing.db`, which is then left alone.

    Returns:
        The changes, also written to `truth/change_day<n>.parquet`: entity, key, kind of event, person.
    """
    folder = folder.resolve()
    day = day_of(street, day_number)
    after = day.end()
    changed = {name: day.changed_rows(name) for name in ("property.owner", "property.lease")}
    if property_url:
        load_property(changed, property_url)
    else:
        write_property(changed, folder)
    _write_police(day, after, folder / "police", full=is_full(day_number))
    write_civil(civil_of(after), folder)
    write_device_day(after, folder / "device", after.day, _closed(day))
    write_truth(after, folder)
    changes = day.change_frame()
    changes.write_parquet(folder / "truth" / f"change_day{day_number}.parquet")
    return changes


def _write_police(day: Day, after: Street, root: Path, *, full: bool) -> None:
    """The day's batch: BZDZ as an increment, SYRK as an increment with rows sent again and late, or as a full snapshot."""
    register = after.tables["police.SYRK"] if full else day.changed_rows("police.SYRK")
    if not full:
        places = day.rng.sample(range(day.street.tables["police.SYRK"].height), day.count("sent_again"))
        again = day.street.tables["police.SYRK"][places]
        again = again.filter(~pl.col("RYBH").is_in(register["RYBH"].to_list()))
        late = pl.DataFrame(day.late, schema=again.schema)
        register = pl.concat([register, again, late])
    kinds = [PoliceKind("BZDZ", False, day.changed_rows("police.BZDZ")), PoliceKind("SYRK", full, _undamaged(register, full))]
    write_batch(root, after.day, kinds, after.seed)


def _undamaged(register: pl.DataFrame, full: bool) -> pl.DataFrame:
    """Rows that are new or sent again come whole in an increment; a full snapshot has its damaged ones still."""
    return register.with_columns(pl.col("_damaged").fill_null(False) & pl.lit(full))


def _closed(day: Day) -> pl.DataFrame:
    """Yesterday's open orders, closed today."""
    yesterday = day.street
    orders = work_orders(messages_of(yesterday, yesterday.day), yesterday.seed, yesterday.day)
    return close_orders(orders, yesterday.seed, day.day)
