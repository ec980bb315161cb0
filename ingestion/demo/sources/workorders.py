"""Work orders of one day's alarms: dispatched, arrived, closed, or still open."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl

from ingestion.demo.chance import choose, dice
from ingestion.demo.data_files import data
from ingestion.demo.sources.telemetry import SHANGHAI

ALARMS = ("SMOKE", "ARC", "THROW", "FIRE_RISK", "LEAK", "SOS", "TAMPER")
COLUMNS = ("orderId", "alarmId", "deviceId", "createdAt", "dispatchedAt", "arrivedAt", "closedAt", "outcome", "modifiedAt")


def work_orders(messages: pl.DataFrame, seed: int, day: date) -> pl.DataFrame:
    """One row an order, as it stood at the end of the day; a repeated message gives no second order."""
    rng = dice(seed, f"workorders.{day}")
    lists = data("devices")
    alarms = messages.filter(pl.col("ev").is_in(ALARMS)).unique("id", keep="first", maintain_order=True)
    rows: list[dict[str, Any]] = []
    for alarm, device, received in alarms.select("id", "dev", "rx").iter_rows():
        if rng.random() < lists["ordered_share"]:
            rows.append(_order(rng, lists, (alarm, device, received), f"W{day:%y%m%d}{len(rows) + 1:05d}"))
    return pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String))


def _order(rng: random.Random, lists: dict[str, Any], alarm: tuple[str, str, int], number: str) -> dict[str, Any]:
    created = datetime.fromtimestamp(alarm[2] / 1000, UTC).astimezone(SHANGHAI).replace(microsecond=0)
    created += timedelta(seconds=rng.randint(5, 240))
    dispatched = created + timedelta(seconds=rng.randint(30, 900))
    arrived = dispatched + timedelta(minutes=rng.lognormvariate(2.5, 0.7))
    closed = arrived + timedelta(minutes=rng.lognormvariate(3.0, 0.8))
    steps = 3 if rng.random() < lists["closed_share"] else rng.choice([0, 1, 2])
    times = [_iso(at) if place < steps else None for place, at in enumerate((dispatched, arrived, closed))]
    return {
        "orderId": number,
        "alarmId": alarm[0],
        "deviceId": alarm[1],
        "createdAt": _iso(created),
        "dispatchedAt": times[0],
        "arrivedAt": times[1],
        "closedAt": times[2],
        "outcome": choose(rng, lists["outcomes"]) if steps == len(times) else None,
        "modifiedAt": next(value for value in [*reversed(times), _iso(created)] if value),
    }


def _iso(at: datetime) -> str:
    return at.replace(microsecond=0).isoformat()


def close_orders(orders: pl.DataFrame, seed: int, day: date) -> pl.DataFrame:
    """The open orders among those given, closed on the given day with an outcome."""
    rng = dice(seed, f"workorders.close.{day}")
    rows = []
    for row in orders.filter(pl.col("closedAt").is_null()).iter_rows(named=True):
        start = datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI) + timedelta(seconds=rng.randint(0, 20_000))
        steps = [start, start + timedelta(minutes=rng.randint(5, 50)), start + timedelta(minutes=rng.randint(55, 120))]
        known = [row["dispatchedAt"], row["arrivedAt"], None]
        times = [old or _iso(new) for old, new in zip(known, steps, strict=True)]
        names = ("dispatchedAt", "arrivedAt", "closedAt")
        outcome = choose(rng, data("devices")["outcomes"])
        rows.append({**row, **dict(zip(names, times, strict=True)), "outcome": outcome, "modifiedAt": times[2]})
    return pl.DataFrame(rows, schema=orders.schema)
