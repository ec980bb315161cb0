"""Names of the places a person may see. Not here: figures about them."""

import polars as pl

from dashboards.repositories.query import Query
from dashboards.repositories.reader import Reader

_STREET = "select street_code as area_code, street_name as area_name from street"
_COMMITTEE = "select committee_code as area_code, committee_name as area_name from committee order by committee_code"
_ESTATE = "select estate_id as area_code, estate_name as area_name, committee_code from estate order by estate_name, estate_id"


def read_streets(reader: Reader, purpose: str) -> pl.DataFrame:
    """One row a street: `area_code`, `area_name`."""
    return reader.read(Query("area.street", purpose, _STREET))


def read_committees(reader: Reader, purpose: str) -> pl.DataFrame:
    """One row a committee: `area_code`, `area_name`."""
    return reader.read(Query("area.committee", purpose, _COMMITTEE))


def read_estates(reader: Reader, purpose: str) -> pl.DataFrame:
    """One row an estate: `area_code`, `area_name`, `committee_code`."""
    return reader.read(Query("area.estate", purpose, _ESTATE))
