"""What goes up is known again by its exchange ID; only what is new, changed or rejected goes up twice; the sums add up."""

import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from returns.exchange.journal import news, note_sent, orders, reconciliation, take_in
from returns.exchange.mapping import read_mapping
from returns.exchange.order import OrderDoor, answers
from returns.exchange.outbound import outbound
from returns.version import Version

AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
STREET = "319999001"
ADDRESSES = {"海棠路1弄2号301室": ("D1", f"{STREET}001")}
DOOR = OrderDoor({"QX-RW-01": "ordered_dwelling_check"}, frozenset({f"{STREET}001", f"{STREET}002"}), ADDRESSES.get)


def order(**values: object) -> dict[str, object]:
    return {"order_id": "JB-0001", "code": "QX-RW-01", "area_code": f"{STREET}001", "due_date": "2026-12-01"} | values


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
            "alarm_id": ["a1", "a2", "a3", "a4"],
            "code": ["SMOKE", "TAMPER", "SMOKE", "SMOKE"],
            "committee_code": [committee, committee, "329999001001", committee],
            # The last at one in the morning of the first of December, by the street's clock.
            "raised_at": [*[AT.replace(tzinfo=None)] * 3, datetime(2026, 11, 30, 17, 0)],  # noqa: DTZ001
            "closed_at": [None] * 4,
            "outcome": [None] * 4,
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
    assert take_in(tmp_path, answer, AT, DOOR) == (1, [])
    assert [entry["exchange_id"] for entry in news(tmp_path, changed)] == [first[1]["exchange_id"]]


def test_receipts_and_orders_are_taken_in_once_and_line_by_line(tmp_path: Path) -> None:
    first = said(tmp_path)
    note_sent(tmp_path, first, "1.ndjson", AT)
    lines = [
        json.dumps({"exchange_id": first[0]["exchange_id"], "result": "accepted"}),
        json.dumps({"exchange_id": "foreign", "result": "accepted"}),
        json.dumps({"exchange_id": first[1]["exchange_id"], "result": "perhaps"}),
        "not json",
        json.dumps(order(title="请核查王小明家")),
    ]
    taken, wrong = take_in(tmp_path, "\n".join(lines), AT, DOOR)
    assert (taken, [line.partition("：")[0] for line in wrong]) == (2, ["第 2 行", "第 3 行", "第 4 行"])
    assert take_in(tmp_path, "\n".join(lines), AT, DOOR)[0] == 0
    assert [order["order_id"] for order in orders(tmp_path)] == ["JB-0001"]
    assert "王小明" not in (tmp_path / "returns" / "exchange.jsonl").read_text(encoding="utf-8")
    rows = {row["code"]: row for row in reconciliation(tmp_path)}
    assert rows["QX-RK-01"] == {"kind": "indicator", "code": "QX-RK-01", "sent": 2, "accepted": 1, "rejected": 0, "waiting": 1}
    assert all(row["sent"] == row["accepted"] + row["rejected"] + row["waiting"] for row in rows.values())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"code": "QX-XX-99"}, "交办代码 QX-XX-99 不在对照表"),
        ({"area_code": "329999001001"}, "不是本街道的街道代码或居委会代码"),
        ({"area_code": STREET}, "地址未能解析到户"),
        ({"area_code": None}, "不是本街道的街道代码或居委会代码"),
        ({"due_date": "12月1日"}, "due_date 应写作"),
        ({"order_id": "13800000000"}, "不得是证件号码或手机号"),
        ({"order_id": "319999199001010017"}, "不得是证件号码或手机号"),
        ({"order_id": "a b c d"}, "order_id 应为"),
    ],
)
def test_an_order_that_cannot_become_a_task_is_refused_with_its_reason(
    tmp_path: Path, change: dict[str, object], reason: str
) -> None:
    taken, wrong = take_in(tmp_path, json.dumps(order(**change)), AT, DOOR)
    assert (taken, len(wrong), reason in wrong[0], orders(tmp_path)) == (0, 1, True, [])


def test_an_order_is_placed_where_its_address_is_one_dwelling_of_its_committee(tmp_path: Path) -> None:
    lines = [
        order(order_id="A001", area_code=STREET, address="海棠路1弄2号301室"),
        order(order_id="A002", area_code=f"{STREET}002", address="海棠路1弄2号301室"),
        order(order_id="A003", address="某处"),
    ]
    assert take_in(tmp_path, "\n".join(map(json.dumps, lines)), AT, DOOR) == (3, [])
    told = {found["order_id"]: (found["dwelling_id"], found["committee_code"]) for found in orders(tmp_path)}
    assert told == {"A001": ("D1", f"{STREET}001"), "A002": (None, f"{STREET}002"), "A003": (None, f"{STREET}001")}


def test_the_same_order_again_changes_nothing_and_another_under_its_number_is_refused(tmp_path: Path) -> None:
    assert take_in(tmp_path, f"{json.dumps(order())}\n{json.dumps(order())}", AT, DOOR) == (1, [])
    assert take_in(tmp_path, json.dumps(order()), AT, DOOR) == (0, [])
    taken, wrong = take_in(tmp_path, json.dumps(order(due_date="2026-12-24")), AT, DOOR)
    assert (taken, len(orders(tmp_path)), "已接收过，内容与当时不同" in wrong[0]) == (0, 1, True)


def test_what_became_of_an_order_goes_up_and_is_reconciled(tmp_path: Path) -> None:
    take_in(tmp_path, json.dumps(order()), AT, DOOR)
    known = version(tmp_path / "v", 1.0)
    schema = {"evidence": pl.String, "state": pl.String, "verdict": pl.String, "checked_at": pl.Datetime("us")}

    def told(*rows: tuple[object, ...]) -> list[dict[str, object]]:
        pl.DataFrame(list(rows), schema=schema, orient="row").write_parquet(known.folder / "tables" / "task.parquet")
        return news(tmp_path, answers(Version(known.folder), orders(tmp_path)))

    (first,) = told()
    assert (first["kind"], first["code"], first["state"]) == ("order", "QX-RW-01", "received")
    note_sent(tmp_path, [first], "1.ndjson", AT)
    assert told() == []
    (done,) = told(("上级交办 JB-0001", "done", "confirmed", AT.replace(tzinfo=None)))
    assert (done["exchange_id"], done["state"], done["verdict"]) == (first["exchange_id"], "done", "confirmed")
    note_sent(tmp_path, [done], "2.ndjson", AT)
    take_in(tmp_path, json.dumps({"exchange_id": done["exchange_id"], "result": "accepted"}), AT, DOOR)
    row = {"kind": "order", "code": "QX-RW-01", "sent": 1, "accepted": 1, "rejected": 0, "waiting": 0}
    assert reconciliation(tmp_path) == [row]


def test_two_codes_of_ours_for_one_of_theirs_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text("level: district\nindicators: {a: X, b: X}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="X 对应了两个本级代码"):
        read_mapping(path)
    path.write_text("- no mapping\n", encoding="utf-8")
    with pytest.raises(ValueError, match="不是代码对照表"):
        read_mapping(path)
