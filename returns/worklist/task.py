"""The open tasks of one receiver, with what may be shown of their subjects. Not here: the workbook (workbook.py)."""

import polars as pl

from returns.receiver import Receiver
from returns.version import Version

ORDERED = "ordered_"  # begins the kinds of task that the level above ordered
ALWAYS = ("task_id", "subject", "kind_name", "priority", "due_date", "committee_code", "reason")


def open_tasks(version: Version, receiver: Receiver) -> pl.DataFrame:
    """One row an open task of the receiver's area and departments, the most urgent first.

    Returns:
        `task_id`, `subject` (resident, dwelling, device, order), `kind_name`, `priority`, `due_date`, `committee_code`, `reason`,
        and those of `estate_name`, `address`, `name_masked`, `evidence` that the receiver may see.
    """
    mine = pl.col("committee_code").is_in(list(receiver.committees)) & pl.col("owner").is_in(list(receiver.rights.owners))
    task = version.table("task").filter((pl.col("state") == "open") & mine)
    person = version.table("resident").select("resident_id", "name_masked", lives_in="dwelling_id")
    device = version.table("device").select("device_id", stands_in="dwelling_id")
    shown = (
        task.join(person, "resident_id", "left")
        .join(device, "device_id", "left")
        .with_columns(dwelling_id=pl.coalesce("dwelling_id", "lives_in", "stands_in"), subject=_subject(), reason=_reason())
        .join(_dwellings(version), "dwelling_id", "left")
    )
    columns = [*ALWAYS, *receiver.rights.task_columns]
    return shown.sort("priority", "due_date", "kind_name", "committee_code", "address", "task_id", nulls_last=True).select(
        columns
    )


def _subject() -> pl.Expr:
    ordered = pl.when(pl.col("kind").str.starts_with(ORDERED)).then(pl.lit("order"))
    by_resident = ordered.when(pl.col("resident_id").is_not_null()).then(pl.lit("resident"))
    return by_resident.when(pl.col("device_id").is_not_null()).then(pl.lit("device")).otherwise(pl.lit("dwelling"))


def _reason() -> pl.Expr:
    """Of an order, its number as well: who gets no evidence must still find what is asked for."""
    numbered = pl.format("{}（{}）", "reason", "evidence")
    return pl.when(pl.col("kind").str.starts_with(ORDERED)).then(numbered).otherwise("reason")


def _dwellings(version: Version) -> pl.DataFrame:
    """`dwelling_id`, `address` down to the room, `estate_name`."""
    estate = version.table("estate").select("estate_id", "estate_name")
    dwelling = version.table("dwelling").select("dwelling_id", "estate_id", "address", "unit", "room", "part")
    return dwelling.join(estate, "estate_id", "left").select("dwelling_id", "estate_name", "address")
