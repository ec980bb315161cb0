"""People and dwellings, counted. Not here: shapes for charts (services/population.py)."""

import polars as pl

from dashboards.repositories.query import Query
from dashboards.repositories.reader import Reader

# living: who actually lives here (实有人口); registered: whose household registration is here (户籍人口).
_SCOPE = """status = 'active' and (
    ($scope = 'living' and resident_category in ('registered_and_living', 'registered_elsewhere_living', 'abroad'))
    or ($scope = 'registered' and resident_category in ('registered_and_living', 'registered_living_elsewhere')))"""
_PLACE = "($committee = '' or committee_code = $committee) and ($estate = '' or estate_id = $estate)"

_AGE_SEX = Query(
    "population.age_sex",
    "population",
    f"""
    select case when birth_year is not null then least(cast(floor(($year - birth_year) / 5) as integer) * 5, 90) end as age_from,
        cast(sex_code as varchar) as sex_code,
        count(*) as person_count
    from resident
    where {_SCOPE} and {_PLACE}
    group by all
    """,
    counts=("person_count",),
)
_PEOPLE_BY_AREA = Query(
    "population.by_area",
    "population",
    f"""
    select case $level when 'committee' then committee_code when 'estate' then estate_id else '' end as area_code,
        count(*) as person_count,
        count(*) filter (where $year - birth_year >= 60) as elder_count,
        count(*) filter (where resident_category = 'registered_elsewhere_living') as migrant_count
    from resident
    where {_SCOPE} and {_PLACE}
    group by all
    """,
    counts=("person_count", "elder_count", "migrant_count"),
)
_DWELLINGS = Query(
    "population.dwellings",
    "population",
    f"""
    select coalesce(tenure, 'unknown') as tenure, coalesce(occupancy, 'unknown') as occupancy, count(*) as dwelling_count
    from dwelling
    where {_PLACE}
    group by all
    """,
)
_DWELLINGS_BY_AREA = Query(
    "population.dwellings_by_area",
    "population",
    f"""
    select case $level when 'committee' then committee_code when 'estate' then estate_id else '' end as area_code,
        count(*) as dwelling_count,
        count(*) filter (where occupancy = 'rented') as rented_count,
        count(*) filter (where occupancy = 'vacant') as vacant_count
    from dwelling
    where {_PLACE}
    group by all
    """,
)
_TAGS = Query(
    "population.tags",
    "care",
    """
    select tag_code, count(distinct case when $committee = '' or committee_code = $committee then resident_id end) as person_count
    from resident_tag
    where (valid_to is null or valid_to >= cast($as_of as date)) and coalesce(status, 'active') = 'active'
    group by all
    """,
    is_list=True,  # counts persons by their id, which roles with figures only never have
    counts=("person_count",),
)


def read_age_sex(reader: Reader, place: dict[str, str], scope: str, year: int) -> pl.DataFrame:
    """One row a five-year age band × sex: `age_from` (null: birth year unknown; 90: and older), `sex_code`, `person_count`."""
    return reader.read(_AGE_SEX, scope=scope, year=year, **place)


def read_people_by_area(reader: Reader, place: dict[str, str], level: str, scope: str, year: int) -> pl.DataFrame:
    """One row a committee or estate (`level`; any other: one row for all): people, of them 60 and older, registered elsewhere."""
    return reader.read(_PEOPLE_BY_AREA, level=level, scope=scope, year=year, **place)


def read_dwellings(reader: Reader, place: dict[str, str]) -> pl.DataFrame:
    """One row a tenure × occupancy: `dwelling_count`."""
    return reader.read(_DWELLINGS, **place)


def read_dwellings_by_area(reader: Reader, place: dict[str, str], level: str) -> pl.DataFrame:
    """One row a committee or estate (`level`; any other: one row for all): dwellings, of them rented and vacant."""
    return reader.read(_DWELLINGS_BY_AREA, level=level, **place)


def read_tags(reader: Reader, committee: str, as_of: str) -> pl.DataFrame:
    """One row a care tag: people who have it on the day (ISO date)."""
    return reader.read(_TAGS, committee=committee, as_of=as_of)
