"""What is sent to the level above: indicators of one month and alarms, in its codes, each under an ID that never changes.

Not here: what was sent before (journal.py).
"""

import hashlib
import json
from typing import Any

import polars as pl

from returns.clock import on_street
from returns.exchange.mapping import Mapping
from returns.version import Version

Entry = dict[str, Any]


def outbound(version: Version, mapping: Mapping, street_code: str, period: str) -> list[Entry]:
    """Every figure of the street and its committees in a month, and every alarm of its devices raised in it.

    A figure that is withheld is not sent. `exchange_id` names the thing, `content` is the digest of what is said of it.
    """
    committees = version.table("committee").filter(street_code=street_code)["committee_code"].to_list()
    return [*_indicators(version, mapping, [street_code, *committees], period), *_events(version, mapping, committees, period)]


def _indicators(version: Version, mapping: Mapping, areas: list[str], period: str) -> list[Entry]:
    wanted = (
        pl.col("area_code").is_in(areas)
        & pl.col("indicator_code").is_in(list(mapping.indicators))
        & pl.col("value").is_not_null()
    )
    rows = version.table("indicator").filter(pl.col("period") == period, wanted, pl.col("area_level") != "estate")
    return [
        entry("indicator", f"{row['indicator_code']}|{row['area_code']}|{period}", mapping.indicators[row["indicator_code"]], {
            "area_code": row["area_code"], "period": period, "value": row["value"],
        })
        for row in rows.sort("indicator_code", "area_code").iter_rows(named=True)
    ]  # fmt: skip


def _events(version: Version, mapping: Mapping, committees: list[str], period: str) -> list[Entry]:
    wanted = pl.col("code").is_in(list(mapping.events)) & pl.col("committee_code").is_in(committees)
    rows = version.table("alarm").filter(wanted, on_street("raised_at").dt.strftime("%Y-%m") == period)
    return [
        entry("event", row["alarm_id"], mapping.events[row["code"]], {
            "area_code": row["committee_code"], "raised_at": row["raised_at"].isoformat(),
            "closed_at": row["closed_at"].isoformat() if row["closed_at"] else None, "outcome": row["outcome"],
        })
        for row in rows.sort("alarm_id").iter_rows(named=True)
    ]  # fmt: skip


def entry(kind: str, key: str, code: str, said: dict[str, Any]) -> Entry:
    """One thing that is said: `exchange_id` follows from kind and key, `content` from what is said of it."""
    exchange_id = hashlib.sha256(f"{kind}|{key}".encode()).hexdigest()[:20]
    content = hashlib.sha256(json.dumps([code, said], sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]
    return {"exchange_id": exchange_id, "content": content, "kind": kind, "code": code, **said}
