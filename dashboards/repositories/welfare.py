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
_PEOPLE = """
    select resident.resident_id, resident.name_masked, resident.sex_code, resident.birth_year, dwelling.address,
        resident.committee_code, min(since) as since
    from listed
    inner join resident on listed.resident_id = resident.resident_id
    left join dwelling on resident.dwelling_id = dwelling.dwelling_id
    where $committee = '' or resident.committee_code = $committee
    group by all
    order by resident.committee_code, dwelling.address, resident.resident_id
"""
_TAGGED = Query(
    "welfare.tagged",
    "care",
    f"""
    with listed as (
        select resident_id, valid_from as since from resident_tag
        where tag_code = $tag and (valid_to is null or valid_to >= cast($as_of as date)) and coalesce(status, 'active') = 'active'
            and resident_category in ('registered_and_living', 'registered_elsewhere_living', 'abroad')
    )
    {_PEOPLE}
    """,
    is_list=True,
)
_OWED = Query(
    "welfare.owed",
    "care",
    f"""
    with listed as (
        select resident_id, entitled_from as since from entitlement where benefit_code = $benefit and state = 'candidate'
    )
    {_PEOPLE}
    """,
    is_list=True,
)
_BENEFITS = Query(
    "welfare.benefits",
    "care",
    "select distinct benefit_code, benefit_name from entitlement where state = 'candidate' order by benefit_code",
    is_list=True,
)


def read_benefits(reader: Reader) -> pl.DataFrame:
    """One row a benefit with candidates: `benefit_code`, `benefit_name`."""
    return reader.read(_BENEFITS)


def read_tagged(reader: Reader, committee: str, tag: str, as_of: str) -> pl.DataFrame:
    """One row a person who lives here and has the tag on the day (ISO date): as counted, masked, with address and `since`."""
    return reader.read(_TAGGED, committee=committee, tag=tag, as_of=as_of)


def read_owed(reader: Reader, committee: str, benefit: str) -> pl.DataFrame:
    """One row a person whom the benefit may be owed to, with address and `since`."""
    return reader.read(_OWED, committee=committee, benefit=benefit)


def read_tags(reader: Reader, committee: str, as_of: str) -> pl.DataFrame:
    """One row a care tag: people living here who have it on the day (ISO date), as the indicators count them."""
    return reader.read(_TAGS, committee=committee, as_of=as_of)


def read_candidates(reader: Reader, committee: str) -> pl.DataFrame:
    """One row a benefit × state: its name, and the people it may be owed to."""
    return reader.read(_CANDIDATES, committee=committee)
