"""Records of single persons and dwellings in the small published version (tests/published_street.py), and a real vault.

The plain values are invented: numbers of a county that was never assigned, phones of a range that is not given out.
"""

from datetime import UTC, date, datetime

import polars as pl

from identity.vault.seal import seal_frame

KEY = "fixture-key"
_GIVEN = ("玉珠", "建国", "秀兰", "志强", "丽娟", "海峰", "晓燕", "文博")
_SURNAMES = "张王李赵刘陈杨黄"
AT = datetime(2026, 11, 1, 3, tzinfo=UTC).replace(tzinfo=None)


def known(resident: pl.DataFrame) -> pl.DataFrame:
    """Residents with what the head of a person's record tells beside the counted columns."""
    return resident.with_columns(
        id_kind=pl.lit("citizen"),
        record_count=pl.lit(2),
        source_count=pl.lit(1),
        completeness=pl.lit(0.9),
        valid_from=pl.lit(date(2026, 11, 1)),
    )


def plain_people(resident: pl.DataFrame) -> pl.DataFrame:
    """One row a resident: the plain values that stand in the vault and nowhere else."""
    rows = [
        {
            "resident_id": key,
            "name": f"{_SURNAMES[place % 8]}{_GIVEN[place // 8 % 8]}",
            "sex_code": "1",
            "birth_date": "1960-01-01",
            "id_kind": "citizen",
            "id_number": f"31999919600101{place:04}",
            "mobile": f"1990000{place:04}",
            "phones": f"1990000{place:04}",
            "address_text": "测试路1弄",
        }
        for place, key in enumerate(resident["resident_id"])
    ]
    return pl.DataFrame(rows)


def known_plain() -> set[str]:
    """Every name, number and phone that the vault of a street of 900 people holds."""
    people = plain_people(pl.DataFrame({"resident_id": [f"R{number}" for number in range(900)]}))
    return {value for column in ("name", "id_number", "mobile") for value in people[column]}


def record_tables(dwelling: pl.DataFrame, resident: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The tables of the pages 人员档案, 房屋档案, 任务办理, 匹配复核, and the vault."""
    own = resident.select("resident_id", "dwelling_id")
    home = resident.select("resident_id", "dwelling_id", "household_id")
    start, end = pl.lit(date(2020, 1, 1)).alias("valid_from"), pl.lit(None, pl.Date).alias("valid_to")
    now, source = pl.lit(value=True).alias("is_current"), pl.lit("police").alias("source_system")
    entity, changed = pl.lit("SYRK").alias("source_entity"), pl.lit(AT).alias("source_updated_at")
    return {
        "resident_vault": seal_frame(plain_people(resident), KEY.encode()),
        "resident_source": own.select(
            "resident_id",
            source,
            entity,
            pl.format("K-{}", "resident_id").alias("source_key"),
            pl.lit("registered").alias("role"),
            pl.lit("id_number@1").alias("linked_by"),
            pl.lit(60.0).alias("match_weight"),
            pl.lit(AT).alias("linked_at"),
            changed,
        ),
        "resident_provenance": own.select(
            "resident_id", pl.lit("name").alias("attribute"), source, entity, changed, disagreeing_sources=pl.lit(0)
        ),
        "resident_relation": own.select(
            "resident_id",
            pl.col("resident_id").shift(-1).fill_null("R0").alias("relative_resident_id"),
            pl.lit("spouse").alias("kind"),
            source,
            entity,
        ),
        "residence": own.select(
            "resident_id",
            "dwelling_id",
            pl.lit("lives").alias("kind"),
            start,
            end,
            now,
            pl.lit("police.SYRK").alias("evidence"),
            pl.lit(0.9).alias("confidence"),
        ),
        "tenure_claim": own.select(
            "resident_id", "dwelling_id", pl.lit("owner").alias("kind"), pl.lit(100.0).alias("share_pct"), start, end, now, source
        ),
        "household": home.group_by("household_id", "dwelling_id", maintain_order=True).agg(
            head_resident_id=pl.col("resident_id").first(),
            size=pl.len(),
            elder_count=pl.lit(0),
            minor_count=pl.lit(0),
            type=pl.lit("other"),
        ),
        "dwelling_source": dwelling.select(
            "dwelling_id",
            pl.lit("property").alias("source_system"),
            pl.lit("house").alias("source_entity"),
            pl.format("H-{}", "dwelling_id").alias("source_key"),
        ),
        "task": _tasks(dwelling),
        "match_review": _reviews(resident),
    }


def _tasks(dwelling: pl.DataFrame) -> pl.DataFrame:
    nobody = pl.lit(None, pl.String)
    return dwelling.gather_every(6).select(
        pl.format("task-{}", "dwelling_id").alias("task_id"),
        pl.lit("dwelling_vacancy_suspected").alias("kind"),
        pl.lit("疑似空置").alias("kind_name"),
        nobody.alias("resident_id"),
        "dwelling_id",
        nobody.alias("device_id"),
        "committee_code",
        pl.lit("没有任何来源说明有人居住，近期也没有感应设备活动，请上门核实是否空置").alias("reason"),
        pl.lit("从无居住记录").alias("evidence"),
        pl.lit(3).alias("priority"),
        pl.lit("居民委员会").alias("owner"),
        pl.lit(date(2026, 11, 1)).alias("raised_date"),
        pl.lit(date(2026, 11, 15)).alias("due_date"),
        pl.lit("open").alias("state"),
        nobody.alias("verdict"),
        pl.lit(None, pl.Datetime).alias("checked_at"),
    )


def _reviews(resident: pl.DataFrame) -> pl.DataFrame:
    pairs = resident.gather_every(150)
    side = {
        f"{name}_{part}": pl.lit(value)
        for name in ("left", "right")
        for part, value in (
            ("system", "police"),
            ("entity", "SYRK"),
            ("name_masked", "张**"),
            ("sex_code", "1"),
            ("birth_year", 1960),
        )
    }
    return pairs.select(
        pl.format("V-{}", "resident_id").alias("review_id"),
        "committee_code",
        pl.col("resident_id").alias("left_resident_id"),
        pl.col("resident_id").shift(-1).alias("right_resident_id"),
        pl.format("K-{}", "resident_id").alias("left_key"),
        pl.format("L-{}", "resident_id").alias("right_key"),
        *(value.alias(column) for column, value in side.items()),
        pl.lit(9.0).alias("score"),
        pl.lit("姓名与出生日期一致；不予合并：性别不符").alias("reasons"),
        pl.lit("name_birth").alias("rule_code"),
        pl.lit("sex").alias("veto_codes"),
        pl.lit(7).alias("changed_report_count"),
        pl.lit("open").alias("state"),
    )
