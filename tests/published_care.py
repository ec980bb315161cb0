"""The tables of care and emergency of the small published version (tests/published_street.py)."""

import polars as pl


def care_tables(dwelling: pl.DataFrame, resident: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Tags, entitlements, who needs help (by alarm, too) and buildings: some people of every committee stand in each."""
    some = resident.filter(pl.int_range(pl.len()) % 9 == 0)
    text = pl.String
    need = some.join(dwelling.select("dwelling_id", "building_id", "estate_id"), "dwelling_id").select(
        *("resident_id", "dwelling_id", "building_id", "estate_id", "committee_code", "street_code"),
        floor=pl.lit(6),
        has_lift=pl.lit(value=False),
        priority=pl.lit(1),
        unit=pl.lit("1"),
        room=pl.lit("601"),
        need_codes=pl.lit("very_old"),
        need=pl.lit("高龄"),
        helper_count=pl.lit(0),
    )
    alarm = {
        "alarm_id": pl.lit("A1"),
        "incident_id": pl.lit("A1"),
        "code": pl.lit("SMOKE"),
        "raised_at": pl.lit(None, pl.Datetime),
    }
    return {
        "alarm_evacuation": need.with_columns(**alarm, nearness=pl.lit("building")),
        "tag_definition": pl.DataFrame({"tag_code": ["lone_elder"], "name_zh": ["独居老人"], "name_en": ["elder living alone"]}),
        "entitlement": some.select(
            "resident_id",
            "committee_code",
            "street_code",
            benefit_code=pl.lit("old_age"),
            benefit_name=pl.lit("老年助餐"),
            state=pl.lit("probable"),
            reason=pl.lit("年满八十岁"),
            evidence=pl.lit("police"),
            task_id=pl.lit(None, text),
            entitled_from=pl.lit(None, pl.Date),
            checked_at=pl.lit(None, pl.Date),
        ),
        "evacuation_need": need,
        "building": dwelling.group_by("building_id", "estate_id", "committee_code", maintain_order=True)
        .agg(unit_count=pl.lit(2), floor_count=pl.lit(6), dwelling_count=pl.len(), resident_count=pl.lit(200))
        .with_columns(
            building_name=pl.lit("1号楼"), has_lift=pl.lit(value=False), longitude=pl.lit(121.5), latitude=pl.lit(31.2)
        ),
    }
