"""People, counted by age and sex. Not here: shapes for charts (services/population.py)."""

import polars as pl

from dashboards.repositories.query import Query
from dashboards.repositories.reader import Reader

_LIVING = "status = 'active' and resident_category in ('registered_and_living', 'registered_elsewhere_living', 'abroad')"


def _age_sex(scope: str, people: str) -> Query:
    return Query(
        f"population.{scope}",
        "population",
        f"""
        select cast(sex_code as varchar) as sex_code, count(*) as person_count,
            case when birth_year is not null then least(cast(floor(($year - birth_year) / 5) as integer) * 5, 90) end as age_from
        from {people}
            and ($committee = '' or committee_code = $committee) and ($estate = '' or estate_id = $estate)
        group by all
        """,
        counts=("person_count",),
    )


_AGE_SEX = {
    "living": _age_sex("living", f"resident where {_LIVING}"),  # 实有人口: where people live
    "registered": _age_sex("registered", "resident_registered where true"),  # 户籍人口: where people are registered
}


def read_age_sex(reader: Reader, place: dict[str, str], scope: str, year: int) -> pl.DataFrame:
    """One row a five-year age band × sex of a scope (`living`, `registered`).

    Columns: `age_from` (null: birth year unknown; 90: and older), `sex_code`, `person_count`.
    """
    return reader.read(_AGE_SEX[scope], year=year, **place)
