"""Orders of the level above, between the exchange and the models: the door they come through, and the fact that dbt reads.

Not here: what an order must say (returns/exchange/order.py), the task that comes of it (dbt: int_inbound__placed).
"""

import csv
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import polars as pl

from ingestion.cleaning.address.parse import parse_addresses
from orchestration.warehouse.project import PROJECT
from returns.exchange.journal import orders
from returns.exchange.mapping import Mapping
from returns.exchange.order import OrderDoor, Place
from returns.version import Version

KINDS = PROJECT / "seeds" / "task" / "task_kind.csv"
SCHEMA = {
    "order_id": pl.String(), "kind": pl.String(), "committee_code": pl.String(), "dwelling_id": pl.String(),
    "due_date": pl.Date(), "received_at": pl.Datetime("us"),
}  # fmt: skip


def order_door(version: Version, mapping: Mapping) -> OrderDoor:
    """What orders are held against: the mapping's codes, this version's committees and dwellings.

    Raises:
        ValueError: the mapping names a kind of task that no order may become.
    """
    with KINDS.open(encoding="utf-8", newline="") as file:
        known = {row["kind"] for row in csv.DictReader(file) if row["subject"] == "order"}
    if unknown := sorted(set(mapping.orders) - known):
        raise ValueError(f"代码对照表 orders 中的 {unknown[0]} 不是交办任务类别；可选：{'、'.join(sorted(known))}")
    committees = version.table("committee")["committee_code"].drop_nulls().to_list()
    return OrderDoor(mapping.kinds, frozenset(committees), _placer(version))


def _placer(version: Version) -> Place:
    """Finds the one dwelling whose address, read by the same rules, is the same down to the room."""

    @cache
    def known() -> dict[str, tuple[str, str] | None]:
        dwelling = version.table("dwelling").select("dwelling_id", "committee_code", "address").drop_nulls()
        keyed = pl.concat([dwelling, parse_addresses(dwelling["address"]).select("road_key", "estate_key")], how="horizontal")
        found: dict[str, tuple[str, str] | None] = {}
        for row in keyed.iter_rows(named=True):
            for key in {row["road_key"], row["estate_key"]} - {None}:
                found[key] = None if key in found else (row["dwelling_id"], row["committee_code"])
        return found

    def place(address: str) -> tuple[str, str] | None:
        row = parse_addresses(pl.Series([address])).row(0, named=True)
        if row["has_several_rooms"] or row["is_guessed"]:
            return None
        found = {known().get(key) for key in (row["road_key"], row["estate_key"]) if key} - {None}
        return found.pop() if len(found) == 1 else None

    return place


def inbound_orders(home: Path, until: datetime) -> pl.DataFrame:
    """One row an order that had come by a moment (UTC), the oldest first; times are UTC without a zone."""
    rows = [
        {
            **{name: order[name] for name in ("order_id", "kind", "committee_code", "dwelling_id")},
            "due_date": date.fromisoformat(order["due_date"]) if order["due_date"] else None,
            "received_at": datetime.fromisoformat(order["at"]).astimezone(UTC).replace(tzinfo=None),
        }
        for order in orders(home)
        if datetime.fromisoformat(order["at"]) <= until
    ]
    return pl.DataFrame(rows, schema=SCHEMA)
