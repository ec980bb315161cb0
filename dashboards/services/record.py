"""What is known of one person or dwelling, in words and tables. Not here: plain values (repositories/plain.py)."""

import re
from pathlib import Path
from typing import Any

import polars as pl

from dashboards.repositories.plain import reveal
from dashboards.repositories.reader import Reader
from dashboards.repositories.record import read_dwelling, read_person
from dashboards.services.labels import label
from dashboards.services.language import in_language, say, signed
from dashboards.services.search import person_line
from dashboards.services.text import day, moment, number, percent

_SHORTEST_REASON = 4
_PLAIN = re.compile(r"\d{7,}")  # the length of a telephone; the log is kept for long
Facts = list[tuple[str, str]]
_STRONG, _FIRM = 30.0, 12.0  # bits: beyond them a wrong link is one in a thousand million, one in four thousand


def person_facts(reader: Reader, resident_id: str) -> Facts:
    """The head of a person's record, masked; empty: nobody within the reader's rows."""
    found = read_person(reader, "head", resident_id)
    if found.is_empty():
        return []
    row = found.row(0, named=True)
    home = row["address"] or say("无")
    kind = label("household_type", row["type"])
    family = say("{size}人（{kind}）", size=row["size"], kind=kind) if row["size"] else say("无")
    return [
        ("姓名", row["name_masked"] or say("（无姓名）")),
        ("性别", label("sex", row["sex_code"])),
        ("出生年份", str(row["birth_year"] or say("未知"))),
        ("证件类型", label("id_kind", row["id_kind"])),
        ("状态", label("resident_status", row["status"])),
        ("人员类别", label("resident_category", row["resident_category"])),
        ("现居住", home),
        ("家庭户", family),
        ("来源", say("{sources}个系统 {records}条记录", sources=row["source_count"], records=row["record_count"])),
        ("档案完整度", percent(row["completeness"])),
        ("建档日期", day(row["valid_from"])),
        ("人员编号", row["resident_id"]),
    ]


def person_home(reader: Reader, resident_id: str) -> str | None:
    """The dwelling where the person lives now; null: none, or out of sight."""
    found = read_person(reader, "head", resident_id)
    return None if found.is_empty() else found["dwelling_id"][0]


def source_rows(reader: Reader, resident_id: str) -> pl.DataFrame:
    """One row a source record: where from, as whom, when changed, and why it is this person's."""
    rows = [
        {
            "source": _source(row),
            "role": label("role", row["role"]),
            "key": row["source_key"],
            "updated": moment(row["source_updated_at"]),
            "linked_at": moment(row["linked_at"]),
            "why": label("link_rule", str(row["linked_by"]).partition("@")[0]),
            "strength": _strength(row["match_weight"], str(row["linked_by"])),
        }
        for row in read_person(reader, "sources", resident_id).iter_rows(named=True)
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def attribute_rows(reader: Reader, resident_id: str) -> pl.DataFrame:
    """One row an attribute: whose word counts, since when, and how many sources say otherwise."""
    rows = [
        {
            "attribute": label("attribute", row["attribute"]),
            "source": _source(row),
            "updated": moment(row["source_updated_at"]),
            "agreement": say("{count}个来源不一致", count=row["disagreeing_sources"])
            if row["disagreeing_sources"]
            else say("各来源一致"),
        }
        for row in read_person(reader, "attributes", resident_id).iter_rows(named=True)
    ]
    return pl.DataFrame(rows)


def stay_rows(reader: Reader, resident_id: str) -> pl.DataFrame:
    """One row a stay, what holds now first."""
    return pl.DataFrame([_stay(row) for row in read_person(reader, "stays", resident_id).iter_rows(named=True)])


def claim_rows(frame: pl.DataFrame) -> pl.DataFrame:
    """One row a tenure or lease, of a person or of a dwelling."""
    rows = [
        {
            "kind": label("claim", row["kind"]),
            "who": row.get("name_masked") or say("本辖区外人员"),
            "address": row.get("address") or "—",
            "share": "—" if row["share_pct"] is None else f"{number(row['share_pct'])}%",
            "period": _period(row),
        }
        for row in frame.iter_rows(named=True)
    ]
    return pl.DataFrame(rows)


def homes_of(reader: Reader, resident_id: str) -> pl.DataFrame:
    """Tenures and leases of a person."""
    return claim_rows(read_person(reader, "homes", resident_id))


def housemates(reader: Reader, resident_id: str) -> list[tuple[str, str]]:
    """The others of the household: resident id and line."""
    return [(row["resident_id"], person_line(row)) for row in read_person(reader, "household", resident_id).iter_rows(named=True)]


def relatives(reader: Reader, resident_id: str) -> list[tuple[str, str]]:
    """Relatives within the reader's rows: resident id and line."""
    found = read_person(reader, "relatives", resident_id).unique("resident_id", keep="first", maintain_order=True)
    return [
        (row["resident_id"], signed(f"{label('relation', row['kind'])}：{row['name_masked'] or say('（无姓名）')}"))
        for row in found.iter_rows(named=True)
    ]


def tag_rows(reader: Reader, resident_id: str) -> pl.DataFrame:
    """Care tags, for those who may see them."""
    rows = [
        {"tag": _tag(row), "period": _period(row), "source": label("source", row["source_system"])}
        for row in read_person(reader, "tags", resident_id).iter_rows(named=True)
    ]
    return pl.DataFrame(rows)


def _tag(row: dict[str, Any]) -> str:
    return in_language(row, "name_en", row["name_zh"] or row["tag_code"])


def task_rows(frame: pl.DataFrame) -> pl.DataFrame:
    """Tasks of one person or dwelling."""
    rows = [
        (say(row["kind_name"]), say(row["reason"] or ""), label("task_state", row["state"]), day(row["due_date"]))
        for row in frame.iter_rows(named=True)
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(("kind_name", "reason", "state", "due"), pl.String), orient="row")


def tasks_of(reader: Reader, resident_id: str) -> pl.DataFrame:
    """Tasks about the person."""
    return task_rows(read_person(reader, "tasks", resident_id))


def show_plain(reader: Reader, home: Path, resident_id: str, reason: str) -> Facts:
    """The plain values, after the asking has been written down; empty: the vault has none of this person."""
    values: dict[str, Any] = reveal(reader, home, resident_id, reason)
    words = {"name": "姓名", "id_number": "证件号码", "birth_date": "出生日期", "phones": "电话", "address_text": "居住地址"}
    return [(word, str(values.get(column) or "—").replace(",", "、")) for column, word in words.items()] if values else []


def home_facts(reader: Reader, dwelling_id: str) -> Facts:
    """The head of a dwelling's record; empty: none within the reader's rows."""
    found = read_dwelling(reader, "head", dwelling_id)
    if found.is_empty():
        return []
    row = found.row(0, named=True)
    return [
        ("地址", row["address"] or "—"),
        ("小区", row["estate_name"] or "—"),
        ("楼栋", row["building_name"] or "—"),
        ("居委", row["committee_name"] or row["committee_code"] or "—"),
        ("建筑面积", f"{number(row['floor_area_m2'])} m²" if row["floor_area_m2"] else say("未知")),
        ("产权性质", label("tenure", row["tenure"])),
        ("居住状况", label("occupancy", row["occupancy"])),
        ("居住人数", say("{count}人", count=row["resident_count"])),
        ("家庭户", say("{count}户", count=row["household_count"])),
        ("房屋编号", row["dwelling_id"]),
    ]


def home_building(reader: Reader, dwelling_id: str) -> str | None:
    """The building that the dwelling is a part of."""
    found = read_dwelling(reader, "head", dwelling_id)
    return None if found.is_empty() else found["building_id"][0]


def home_people(reader: Reader, dwelling_id: str) -> list[tuple[str, str, bool]]:
    """Who lives or is registered there, or did: resident id, line with every stay, whether they hold now."""
    lines: dict[tuple[str, bool], list[str]] = {}
    for row in read_dwelling(reader, "people", dwelling_id).iter_rows(named=True):
        line = lines.setdefault((row["resident_id"], bool(row["is_current"])), [person_line(row)])
        line.append(f"{label('stay', row['kind'])} {_period(row)}")
    return [(resident, " · ".join(line), is_current) for (resident, is_current), line in lines.items()]


def home_sources(reader: Reader, dwelling_id: str) -> pl.DataFrame:
    """One row a source record of the dwelling."""
    found = read_dwelling(reader, "sources", dwelling_id)
    return pl.DataFrame([{"source": _source(row), "key": row["source_key"]} for row in found.iter_rows(named=True)])


def home_devices(reader: Reader, dwelling_id: str) -> pl.DataFrame:
    """One row a device of the dwelling."""
    found = read_dwelling(reader, "devices", dwelling_id)
    rows = [
        {
            "type": label("device_type", row["type"]),
            "state": label("device_state", row["state"]),
            "last_seen": moment(row["last_seen_at"]),
            "device": row["device_id"],
        }
        for row in found.iter_rows(named=True)
    ]
    return pl.DataFrame(rows)


def home_claims(reader: Reader, dwelling_id: str) -> pl.DataFrame:
    """Tenures and leases of the dwelling."""
    return claim_rows(read_dwelling(reader, "claims", dwelling_id))


def home_tasks(reader: Reader, dwelling_id: str) -> pl.DataFrame:
    """Tasks about the dwelling."""
    return task_rows(read_dwelling(reader, "tasks", dwelling_id))


def _stay(row: dict[str, Any]) -> dict[str, str]:
    told = [
        _source(dict(zip(("source_system", "source_entity"), part.split(".", 1), strict=False)))
        for part in str(row["evidence"] or "").split(",")
        if "." in part
    ]
    return {
        "kind": label("stay", row["kind"]),
        "address": row["address"] or say("本辖区外"),
        "period": _period(row),
        "evidence": signed("、".join(told)) or "—",
        "confidence": percent(row["confidence"]),
    }


def _source(row: dict[str, Any]) -> str:
    return f"{label('source', row['source_system'])}·{label('entity', row['source_entity'])}"


def _strength(weight: float | None, rule: str) -> str:
    if rule.startswith("single"):
        return "—"
    bits = weight or 0.0
    return say("确凿" if bits >= _STRONG else "充分" if bits >= _FIRM else "较充分")


def _period(row: dict[str, Any]) -> str:
    first = say("起始不详") if row["valid_from"] is None else row["valid_from"].isoformat()
    last = (
        say("今")
        if row["valid_to"] is None and row.get("is_current", True)
        else row["valid_to"].isoformat()
        if row["valid_to"]
        else say("不详")
    )
    return say("{first} 至 {last}", first=first, last=last)


def reason_problem(reason: str) -> str:
    """What is wrong with a reason for looking at plain values, in Chinese; empty: nothing."""
    text = reason.strip()
    if len(text) < _SHORTEST_REASON:
        return say("请写明事由（至少{least}个字），没有事由不能查看明文。", least=_SHORTEST_REASON)
    return say("事由中请勿填写证件号码或电话号码。") if _PLAIN.search(text) else ""
