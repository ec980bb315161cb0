"""Rows of whole entities: every row is kept or rejected with its rule, typed as promised, and every rule can be raised."""

import re
from datetime import date, datetime
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from ingestion.cleaning.context import CleaningContext
from ingestion.cleaning.digest import key_digest
from ingestion.cleaning.entity import Cleaned, clean
from ingestion.cleaning.rules import rule_catalogue, rules_version
from ingestion.cleaning.schema import SCHEMAS, SchemaError, load_schema

CONTEXT = CleaningContext(b"k" * 32, date(2026, 11, 20), datetime(2026, 11, 20, 1))  # noqa: DTZ001 - UTC without zone by contract
NAMES = sorted((path.parent.name, path.stem) for path in SCHEMAS.rglob("*.yaml"))
RECEIVED = 1_795_161_600_000  # 2026-11-20 08:00 UTC
DAY, AHEAD = 86_400_000, 600_000  # milliseconds; ten minutes are not a wrong clock
Row = dict[str, str | None]

OWNER: Row = {
    "owner_id": "o", "house_id": "h", "owner_name": "张三", "cert_no": "11010519491231002X", "is_deleted": "0",
    "updated_at": "2026-11-20 08:30:00",
}  # fmt: skip
CITIZEN: Row = {"RYBH": "r", "XM": "张三", "ZJZL": "111", "ZJHM": "11010519491231002X", "GXSJ": "20261120083000"}
MESSAGE: Row = {"id": "m", "dev": "d", "t": str(RECEIVED), "rx": str(RECEIVED), "k": "hb", "bat": "80", "sig": "-70"}
HOUSE: Row = {"house_id": "h", "room_no": "302", "address": "澄江路1弄2号302室", "updated_at": "2026-11-20 08:30:00"}
ORDER: Row = {"orderId": "w", "deviceId": "d", "modifiedAt": "2026-11-20"}
CARD: Row = {"certificateNo": "11010519491231002X41", "name": "张三", "modifiedAt": "2026-11-20T08:30:00+08:00"}

# One row for each rule: source, entity, the row.
RAISED: dict[str, tuple[str, str, Row]] = {
    "KEY-MISSING": ("property", "owner", OWNER | {"owner_id": " "}),
    "UPDATED-AT-MISSING": ("property", "owner", OWNER | {"updated_at": ""}),
    "UPDATED-AT-MALFORMED": ("property", "owner", OWNER | {"updated_at": "昨天"}),
    "UPDATED-AT-FUTURE": ("property", "owner", OWNER | {"updated_at": "2099-01-01 00:00:00"}),
    "REQUIRED-MISSING": ("device", "telemetry", MESSAGE | {"dev": None}),
    "ID-MISSING": ("property", "owner", OWNER | {"cert_no": ""}),
    "ID-PLACEHOLDER": ("property", "owner", OWNER | {"cert_no": "无证"}),
    "ID-SUFFIXED": ("property", "owner", OWNER | {"cert_no": "11010519491231002X-1"}),
    "ID-DAMAGED": ("property", "owner", OWNER | {"cert_no": "4.40103E+17"}),
    "ID-MASKED": ("property", "owner", OWNER | {"cert_no": "319999********1234"}),
    "ID-LEGACY": ("property", "owner", OWNER | {"cert_no": "110105491231002"}),
    "ID-LEGACY-CENTURY": ("property", "owner", OWNER | {"cert_no": "319999000101998"}),
    "ID-LENGTH": ("property", "owner", OWNER | {"cert_no": "31999919900101"}),
    "ID-CHARACTER": ("property", "owner", OWNER | {"cert_no": "3199991990O1O11234"}),
    "ID-FORM": ("property", "owner", OWNER | {"cert_no": "12", "cert_type": "护照"}),
    "ID-CHECK-DIGIT": ("property", "owner", OWNER | {"cert_no": "319999199001011234"}),
    "ID-DATE-IMPOSSIBLE": ("property", "owner", OWNER | {"cert_no": "319999901301001"}),
    "ID-DATE-FUTURE": ("property", "owner", OWNER | {"cert_no": "319999203001010010"}),
    "ID-AGE-IMPLAUSIBLE": ("property", "owner", OWNER | {"cert_no": "440524188001010014"}),
    "ID-COUNTY-UNKNOWN": ("property", "owner", OWNER | {"cert_no": "169999491231002"}),
    "ID-TYPE-DIFFERS": ("property", "owner", OWNER | {"cert_no": "11010519491231002X", "cert_type": "护照"}),
    "ID-SEX-DIFFERS": ("police", "SYRK", CITIZEN | {"XBDM": "1"}),
    "ID-BIRTH-DIFFERS": ("police", "SYRK", CITIZEN | {"CSRQ": "19491230"}),
    "CERTIFICATE-FORM": ("civil", "disability-certificates", CARD | {"certificateNo": "11010519491231002X95"}),
    "NAME-MISSING": ("property", "owner", OWNER | {"owner_name": " "}),
    "NAME-PLACEHOLDER": ("property", "owner", OWNER | {"owner_name": "业主"}),
    "NAME-TITLE-ONLY": ("property", "owner", OWNER | {"owner_name": "张先生"}),
    "NAME-MASKED": ("property", "owner", OWNER | {"owner_name": "张*"}),
    "NAME-SEVERAL": ("property", "owner", OWNER | {"owner_name": "张伟,李芳"}),
    "NAME-RARE-CHARACTER": ("property", "owner", OWNER | {"owner_name": "许〓"}),
    "OWNER-NOT-PERSON": ("property", "owner", OWNER | {"owner_name": "示例置业有限公司"}),
    "PHONE-PLACEHOLDER": ("property", "owner", OWNER | {"mobile": "13800138000"}),
    "PHONE-MALFORMED": ("property", "owner", OWNER | {"mobile": "138001380"}),
    "DATE-MALFORMED": ("property", "owner", OWNER | {"start_date": "昨天"}),
    "DATE-IMPOSSIBLE": ("property", "owner", OWNER | {"start_date": "2024-02-30"}),
    "DATE-PLACEHOLDER": ("property", "owner", OWNER | {"start_date": "99991231"}),
    "DATE-AMBIGUOUS": ("property", "owner", OWNER | {"start_date": "01/02/2024"}),
    "DATE-PARTIAL": ("property", "owner", OWNER | {"start_date": "2024-02"}),
    "DATE-FUTURE": ("police", "SYRK", CITIZEN | {"DJRQ": "20270101"}),
    "DATE-ORDER": ("property", "owner", OWNER | {"start_date": "2024-03-01", "end_date": "2023-03-01"}),
    "TIMESTAMP-ORDER": ("device", "workorders", ORDER | {"createdAt": "2026-11-20T08:00:00", "closedAt": "2026-11-19T08:00:00"}),
    "TIMESTAMP-MALFORMED": ("device", "workorders", ORDER | {"createdAt": "早上"}),
    "CLOCK-WRONG": ("device", "telemetry", MESSAGE | {"t": "0"}),
    "CODE-UNKNOWN": ("police", "SYRK", CITIZEN | {"RKLB": "7"}),
    "BOOLEAN-UNKNOWN": ("police", "SYRK", CITIZEN | {"ZXBS": "也许"}),
    "NUMBER-MALFORMED": ("property", "owner", OWNER | {"share_pct": "一半"}),
    "NUMBER-RANGE": ("property", "owner", OWNER | {"share_pct": "150"}),
    "VALUE-MISSING": ("device", "workorders", ORDER | {"deviceId": ""}),
    "ADDRESS-MISSING": ("police", "SYRK", CITIZEN | {"RKLB": "1", "XZZ": ""}),
    "ADDRESS-UNPARSED": ("police", "SYRK", CITIZEN | {"XZZ": "12号302室"}),
    "ADDRESS-ELEMENTS-MISSING": ("police", "BZDZ", {"DZBM": "b", "DZQC": "澄江路1弄2号302室", "GXSJ": "20261120083000"}),
    "ADDRESS-ROAD-GUESSED": ("police", "SYRK", CITIZEN | {"XZZ": "澄江1弄2号302室"}),
    "ADDRESS-SEVERAL-ROOMS": ("police", "SYRK", CITIZEN | {"XZZ": "澄江路1弄2号302、303室"}),
    "ADDRESS-PHONE-INSIDE": ("police", "SYRK", CITIZEN | {"XZZ": "澄江路1弄2号302室13812345670"}),
    "BUILDING-UNNAMED": ("property", "building", {"building_id": "b", "building_name": "", "updated_at": "2026-11-20 08:30:00"}),
    "ROOM-MISSING": ("property", "house", HOUSE | {"house_use": "住宅", "room_no": "", "address": "澄江路1弄2号"}),
}


def run(source: str, entity: str, *rows: Row) -> Cleaned:
    raw = pl.DataFrame(rows, schema=dict.fromkeys({name for row in rows for name in row}, pl.String))
    return clean(load_schema(source, entity), raw.with_columns(_line=pl.int_range(2, pl.len() + 2)), CONTEXT)


@cache
def raised(source: str, entity: str) -> dict[str, Cleaned]:
    """The rows of RAISED of one entity, cleaned in one go: by rule, what became of its row."""
    rows = {code: row for code, (of_source, of_entity, row) in RAISED.items() if (of_source, of_entity) == (source, entity)}
    cleaned = run(source, entity, *rows.values())
    is_of = {code: pl.col("_line") == line for line, code in enumerate(rows, start=2)}
    return {code: Cleaned(cleaned.rows.filter(mine), cleaned.rejects.filter(mine)) for code, mine in is_of.items()}


def one(source: str, entity: str, row: Row) -> dict[str, object]:
    return run(source, entity, row).rows.row(0, named=True)


def test_every_rule_of_the_catalogue_is_raised_by_a_row_here() -> None:
    assert set(RAISED) == set(rule_catalogue())


@pytest.mark.parametrize("code", RAISED)
def test_a_rule_is_raised_and_only_grave_ones_cost_the_row(code: str) -> None:
    source, entity, _ = RAISED[code]
    cleaned = raised(source, entity)[code]
    issues = cleaned.rows["_issues"].explode().drop_nulls().to_list()
    if rule_catalogue()[code].severity == "reject":
        assert (cleaned.rejects["rule"].to_list(), cleaned.rows.height) == ([code], 0)
    else:
        assert code in issues
    assert set(issues) <= set(rule_catalogue())


def test_no_code_stands_in_the_rules_code_that_the_catalogue_lacks() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (SCHEMAS.parent / "cleaning").rglob("*.py"))
    codes = set(re.findall(r'"([A-Z]+(?:-[A-Z]+)+)"', text))
    codes |= {claim.rule for source, entity in NAMES for claim in load_schema(source, entity).claims}
    assert codes - {"DATE-OPEN-END"} == set(rule_catalogue())  # an open end is a finding, and no defect


@pytest.mark.parametrize(
    ("source", "entity", "row"), [("property", "owner", OWNER), ("police", "SYRK", CITIZEN), ("device", "telemetry", MESSAGE)]
)
def test_a_sound_row_has_no_issue(source: str, entity: str, row: Row) -> None:
    assert one(source, entity, row)["_issues"] == []


def test_what_is_agreed_is_no_defect() -> None:
    masked: Row = {"recordId": "e", "name": "张三", "certNo": "319999********1234", "address": "澄江路1弄2号302室"}
    assert one("civil", "elderly-services", masked | {"modifiedAt": "2026-11-20T08:30:00+08:00"})["_issues"] == []
    assert one("police", "SYRK", CITIZEN | {"ZJZL": "990", "ZJHM": "", "CSRQ": "20200101"})["_issues"] == []
    assert one("property", "house", HOUSE | {"house_use": "商铺", "room_no": "", "address": "澄江路1弄2号"})["_issues"] == []


def test_claims_speak_of_columns_that_are_there_and_rules_that_are_listed() -> None:
    for source, entity in NAMES:
        schema = load_schema(source, entity)
        for claim in schema.claims:
            assert {*claim.columns, *claim.when} <= set(schema.output_dtypes()), (source, entity, claim.rule)


@pytest.mark.parametrize(("source", "entity"), NAMES)
def test_every_schema_gives_its_columns_for_rows_none_and_empty(source: str, entity: str) -> None:
    dtypes = load_schema(source, entity).output_dtypes()
    raw = pl.DataFrame({"_line": [2, 3]}, schema={"_line": pl.Int64})
    for frame in (raw, raw.clear()):
        cleaned = clean(load_schema(source, entity), frame, CONTEXT)
        assert dict(cleaned.rows.schema) == dtypes
        assert cleaned.rows.height + cleaned.rejects.height == frame.height


def test_rows_and_rejects_add_up_in_raw_order() -> None:
    cleaned = run("property", "owner", *(OWNER | {"owner_id": str(n) if n % 3 else None} for n in range(10)))
    assert cleaned.rows["_line"].to_list() == [3, 4, 6, 7, 9, 10]
    assert cleaned.rejects["_line"].to_list() == [2, 5, 8, 11]
    assert cleaned.rejects["detail"].unique().to_list() == ["owner_id"]


def test_unknown_columns_are_dropped_and_missing_ones_null() -> None:
    row = one("property", "owner", OWNER | {"religion": "x"})
    assert "religion" not in row
    assert row["share_pct"] is None


def test_a_certificates_key_is_its_keyed_digest() -> None:
    row = one("civil", "disability-certificates", CARD)
    assert row["source_key"] == key_digest("11010519491231002X41", CONTEXT.key)
    assert (row["id_number"], row["disability_kind_code"], row["disability_grade_code"]) == ("11010519491231002X", "4", "1")


def test_a_members_key_is_the_case_and_the_position() -> None:
    row: Row = {"caseId": "c", "position": "0", "name": "张三", "modifiedAt": "2026-11-20T08:30:00+08:00", "isHead": "true"}
    member = one("civil", "assistance-cases.member", row)
    assert (member["source_key"], member["position"], member["is_head"]) == ("c#0", 0, True)


def test_nested_values_come_out_of_json_text() -> None:
    row: Row = {"recordId": "e", "modifiedAt": "2026-11-20T08:30:00+08:00", "services": '["MEAL", "DAY_CARE", "MEAL"]'}
    elder = one("civil", "elderly-services", row | {"emergencyContact": '{"name": "李雷", "phone": "13812345671"}'})
    assert elder["services"] == ["DAY_CARE", "MEAL"]
    assert (elder["emergency_contact_name"], elder["emergency_contact_mobile"]) == ("李雷", "13812345671")


@pytest.mark.parametrize(
    ("late", "is_wrong"), [(AHEAD, False), (AHEAD + 1, True), (DAY - 40, True), (-30 * DAY, False), (-30 * DAY - 1, True)]
)
def test_a_devices_clock_counts_only_near_the_receipt(late: int, is_wrong: bool) -> None:
    row = one("device", "telemetry", MESSAGE | {"t": str(RECEIVED + late)})
    assert (row["sent_at"] is None, row["_issues"] == ["CLOCK-WRONG"]) == (is_wrong, is_wrong)


def test_the_organisation_among_owners_is_never_a_person() -> None:
    row = one("property", "owner", OWNER | {"owner_name": "示例置业有限公司", "cert_no": "11010519491231002X"})
    assert (row["id_kind"], row["id_number"], row["id_evidence"]) == ("other", None, "11010519491231002X")
    assert row["_issues"] == ["OWNER-NOT-PERSON"]


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("89.5㎡", 89.5),
        ("1,089.50 平方米", 1089.5),
        ("89", 89.0),
        ("约60平米", 60.0),
        ("八十九", 89.0),
        ("89.5m2", 89.5),
        ("0", None),
    ],
)
def test_floor_areas_as_people_write_them(text: str, area: float | None) -> None:
    assert one("property", "house", HOUSE | {"floor_area": text})["floor_area_m2"] == area


@pytest.mark.parametrize(
    ("name", "gate", "block"),
    [("12号", "12", None), ("3幢", None, "3"), ("5栋", None, "5"), ("A座", None, "A"), ("3号楼", None, "3"), ("7", None, "7")],
)
def test_a_building_is_a_gate_or_a_block(name: str, gate: str | None, block: str | None) -> None:
    row = one("property", "building", {"building_id": "b", "building_name": name, "updated_at": "2026-11-20 08:30:00"})
    assert (row["gate"], row["block"]) == (gate, block)


def test_a_dwelling_without_a_room_of_its_own_takes_the_addresss() -> None:
    row = one("property", "house", HOUSE | {"room_no": "", "unit_name": ""})
    assert (row["room"], row["unit"]) == ("302", None)


def test_element_columns_and_texts_give_the_same_keys() -> None:
    elements: Row = {"LJX": "澄江路", "LN": "100弄5支弄", "MPH": "08号", "SH": "302室(北间)", "XQMC": "示例四村"}
    row = one("police", "BZDZ", elements | {"DZBM": "b", "GXSJ": "20261120083000", "DZQC": ""})
    text = one("police", "SYRK", CITIZEN | {"XZZ": "澄江路一百弄5支弄8号302(北间)"})
    assert row["address_road_key"] == text["address_road_key"] == "澄江路|100|5|8|||302|北间"
    assert row["address_estate_key"] == "示例4村|100|5|8|||302|北间"


def test_a_wrong_schema_is_refused_by_file_and_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "y.yaml").write_text(
        "source: x\nentity: y\nkey: {columns: [id]}\nfields: [{kind: text, to: a}]\n", encoding="utf-8"
    )
    monkeypatch.setattr("ingestion.cleaning.schema.SCHEMAS", tmp_path)
    with pytest.raises(SchemaError, match=r"x/y\.yaml: fields\.0\.text\.source"):
        load_schema("x", "y")
    with pytest.raises(SchemaError, match=r"x/z\.yaml: no cleaning schema"):
        load_schema("x", "z")


def test_the_rule_set_has_a_version() -> None:
    number, _, digest = rules_version().partition("-")
    assert number.isdigit()
    assert len(digest) == 8
