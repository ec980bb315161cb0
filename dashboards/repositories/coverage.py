"""Dwellings without a detector, and sets of devices that lack a member. Not here: names and shares (services/coverage.py)."""

import polars as pl

from dashboards.repositories.query import Query
from dashboards.repositories.reader import Reader

_PLACE = "($committee = '' or committee_code = $committee) and ($estate = '' or estate_id = $estate)"

_MEMBERS = Query(
    "coverage.members",
    "device",
    f"""
    select set_code, any_value(set_name) as set_name, place_level, device_type, cast(sum(wanted_count) as bigint) as wanted,
        cast(sum(least(present_count, wanted_count)) as bigint) as present, cast(sum(missing_count) as bigint) as missing,
        count(*) filter (where missing_count > 0) as lacking_places
    from configuration_gap
    where {_PLACE}
    group by set_code, place_level, device_type
    """,
)
_LACKING = Query(
    "coverage.lacking",
    "device",
    f"""
    with lacking as (
        select building_id, unit, device_type, committee_code, estate_id, missing_count, wanted_count
        from configuration_gap
        where missing_count > 0 and set_code = $set_code and {_PLACE}
        order by missing_count desc, building_id, unit, device_type
        limit $most
    )

    select lacking.*, building.building_name
    from lacking
    left join building on lacking.building_id = building.building_id
    order by missing_count desc, lacking.building_id, unit, device_type
    """,
    is_list=True,
)
_SMOKE = Query(
    "coverage.smoke",
    "device",
    f"""
    with equipped as (select distinct dwelling_id from device where type = $type and state <> 'retired')

    select estate_id, committee_code, count(*) as dwelling_count,
        count(*) filter (where equipped.dwelling_id is not null) as equipped_count
    from dwelling
    left join equipped on dwelling.dwelling_id = equipped.dwelling_id
    where estate_id is not null and {_PLACE}
    group by all
    """,
    is_list=True,  # joins by the dwelling's id, which roles with figures only never have
)


def read_members(reader: Reader, place: dict[str, str]) -> pl.DataFrame:
    """One row a set × level (entrance, stairwell) × kind of device: wanted, of these present, missing, places that lack any."""
    return reader.read(_MEMBERS, **place)


def read_lacking(reader: Reader, place: dict[str, str], set_code: str, most: int) -> pl.DataFrame:
    """One row an entrance or stairwell × kind of device that it lacks, most first; the unit is empty for an entrance."""
    return reader.read(_LACKING, set_code=set_code, most=most, **place)


def read_smoke(reader: Reader, place: dict[str, str], kind: str) -> pl.DataFrame:
    """One row an estate: dwellings, and those with a device of this type in service."""
    return reader.read(_SMOKE, type=kind, **place)
