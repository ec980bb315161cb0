"""People, counted by age and sex. Not here: shapes for charts (services/population.py)."""

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


def read_age_sex(reader: Reader, place: dict[str, str], scope: str, year: int) -> pl.DataFrame:
    """One row a five-year age band × sex: `age_from` (null: birth year unknown; 90: and older), `sex_code`, `person_count`."""
    return reader.read(_AGE_SEX, scope=scope, year=year, **place)
