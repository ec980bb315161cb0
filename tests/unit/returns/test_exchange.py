"""What goes up is known again by its exchange ID; only what is new, changed or rejected goes up twice; the sums add up."""

import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from returns.exchange.journal import news, note_sent, orders, reconciliation, take_in
from returns.exchange.mapping import read_mapping
from returns.exchange.outbound import outbound
from returns.version import Version

AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
STREET = "319999001"


def version(folder: Path, living: float) -> Version:
    tables = folder / "tables"
    tables.mkdir(parents=True, exist_ok=True)
    committee = f"{STREET}001"
    pl.DataFrame({"committee_code": [committee], "street_code": [STREET]}).write_parquet(tables / "committee.parquet")
    pl.DataFrame(
        {
            "indicator_code": ["population_living", "population_living", "unnamed", "population_living", "dwelling_count"],
            "area_level": ["street", "committee", "street", "estate", "street"],
            "area_code": [STREET, committee, STREET, "E1", STREET],
            "period": ["2026-11"] * 5,
            "value": [living, 5.0, 1.0, 1.0, None],
        }
    ).write_parquet(tables / "indicator.parquet")
    pl.DataFrame(
        {
            "alarm_id": ["a1", "a2", "a3"],
            "code": ["SMOKE", "TAMPER", "SMOKE"],
            "committee_code": [committee, committee, "329999001001"],
            "raised_at": [AT.replace(tzinfo=None)] * 3,
            "closed_at": [None] * 3,
            "outcome": [None] * 3,
        },
        schema_overrides={"closed_at": pl.Datetime, "outcome": pl.String},
    ).write_parquet(tables / "alarm.parquet")
    return Version(folder)


def said(tmp_path: Path, living: float = 9.0) -> list[dict[str, object]]:
    return outbound(version(tmp_path / f"v{living}", living), read_mapping(None), STREET, "2026-11")


def test_only_named_figures_and_own_events_go_up_in_their_codes(tmp_path: Path) -> None:
    told = [(entry["code"], entry["area_code"]) for entry in said(tmp_path)]
    assert told == [("QX-RK-01", STREET), ("QX-RK-01", f"{STREET}001"), ("QX-SJ-0101", f"{STREET}001")]


def test_what_was_sent_goes_up_again_only_when_changed_or_rejected(tmp_path: Path) -> None:
    first = said(tmp_path)
    note_sent(tmp_path, news(tmp_path, first), "1.ndjson", AT)
    assert news(tmp_path, said(tmp_path)) == []
    changed = said(tmp_path, 10.0)
    again = news(tmp_path, changed)
    assert [entry["exchange_id"] for entry in again] == [first[0]["exchange_id"]]
    note_sent(tmp_path, again, "2.ndjson", AT)
    answer = json.dumps({"exchange_id": first[1]["exchange_id"], "result": "rejected", "reason": "口径不符"})
    assert take_in(tmp_path, answer, AT) == (1, [])
    assert [entry["exchange_id"] for entry in news(tmp_path, changed)] == [first[1]["exchange_id"]]


def test_receipts_and_orders_are_taken_in_once_and_line_by_line(tmp_path: Path) -> None:
    first = said(tmp_path)
    note_sent(tmp_path, first, "1.ndjson", AT)
    lines = [
        json.dumps({"exchange_id": first[0]["exchange_id"], "result": "accepted"}),
        json.dumps({"exchange_id": "foreign", "result": "accepted"}),
        json.dumps({"exchange_id": first[1]["exchange_id"], "result": "perhaps"}),
        "not json",
        json.dumps({"order_id": 7, "title": "核查空置房", "due_date": "2026-12-01"}),
    ]
    taken, wrong = take_in(tmp_path, "\n".join(lines), AT)
    assert (taken, [line.partition("：")[0] for line in wrong]) == (2, ["第 2 行", "第 3 行", "第 4 行"])
    assert take_in(tmp_path, "\n".join(lines), AT)[0] == 0
    assert [order["order_id"] for order in orders(tmp_path)] == ["7"]
    rows = {row["code"]: row for row in reconciliation(tmp_path)}
    assert rows["QX-RK-01"] == {"kind": "indicator", "code": "QX-RK-01", "sent": 2, "accepted": 1, "rejected": 0, "waiting": 1}
    assert all(row["sent"] == row["accepted"] + row["rejected"] + row["waiting"] for row in rows.values())


def test_two_codes_of_ours_for_one_of_theirs_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text("level: district\nindicators: {a: X, b: X}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="X 对应了两个本级代码"):
        read_mapping(path)
    path.write_text("- no mapping\n", encoding="utf-8")
    with pytest.raises(ValueError, match="不是代码对照表"):
        read_mapping(path)
