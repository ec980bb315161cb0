"""People by tag of care, and candidates of policies, counted. Not here: names of tags (services/welfare.py)."""

import polars as pl

from dashboards.repositories.query import Query
from dashboards.repositories.reader import Reader

_TAGS = Query(
    "welfare.tags",
    "care",
    """
    select tag_code, count(distinct case when $committee = '' or committee_code = $committee then resident_id end) as person_count
    from resident_tag
    where (valid_to is null or valid_to >= cast($as_of as date)) and coalesce(status, 'active') = 'active'
        and resident_category in ('registered_and_living', 'registered_elsewhere_living', 'abroad')
    group by all
    """,
    is_list=True,  # counts persons by their id, which roles with figures only never have
    counts=("person_count",),
)
_CANDIDATES = Query(
    "welfare.candidates",
    "care",
    """
    select benefit_code, any_value(benefit_name) as benefit_name, state,
        count(distinct case when $committee = '' or committee_code = $committee then resident_id end) as person_count
    from entitlement
    group by benefit_code, state
    """,
    is_list=True,
    counts=("person_count",),
)


def read_tags(reader: Reader, committee: str, as_of: str) -> pl.DataFrame:
    """One row a care tag: people living here who have it on the day (ISO date), as the indicators count them."""
    return reader.read(_TAGS, committee=committee, as_of=as_of)


def read_candidates(reader: Reader, committee: str) -> pl.DataFrame:
    """One row a benefit × state: its name, and the people it may be owed to."""
    return reader.read(_CANDIDATES, committee=committee)
