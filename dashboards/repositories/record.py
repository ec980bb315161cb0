"""One person, one dwelling, one building: what is known of each. Not here: plain values (plain.py), wording (services/)."""

import polars as pl

from dashboards.repositories.query import Query
from dashboards.repositories.reader import Reader

_ONE = "where resident_id = $resident"


def _of_person(name: str, sql: str, purpose: str = "resident") -> Query:
    return Query(f"record.{name}", purpose, sql, is_list=True)


PERSON = {
    "head": _of_person(
        "head",
        """
        select resident.*, dwelling.address, dwelling.unit, dwelling.room, dwelling.building_id, household.size, household.type
        from resident
        left join dwelling on resident.dwelling_id = dwelling.dwelling_id
        left join household on resident.household_id = household.household_id
        where resident.resident_id = $resident
        """,
    ),
    "sources": _of_person("sources", f"select * from resident_source {_ONE} order by source_system, source_entity, source_key"),
    "attributes": _of_person("attributes", f"select * from resident_provenance {_ONE} order by attribute"),
    "stays": _of_person(
        "stays",
        """
        select residence.*, dwelling.address, dwelling.room from residence
        left join dwelling on residence.dwelling_id = dwelling.dwelling_id
        where residence.resident_id = $resident
        order by residence.is_current desc, residence.valid_from desc
        """,
    ),
    "homes": _of_person(
        "homes",
        """
        select tenure_claim.*, dwelling.address, dwelling.room from tenure_claim
        left join dwelling on tenure_claim.dwelling_id = dwelling.dwelling_id
        where tenure_claim.resident_id = $resident order by tenure_claim.valid_from desc
        """,
    ),
    "household": _of_person(
        "household",
        """
        select other.resident_id, other.name_masked, other.sex_code, other.birth_year, other.status
        from resident as own
        inner join resident as other on own.household_id = other.household_id
        where own.resident_id = $resident and other.resident_id <> $resident
        order by other.birth_year
        """,
    ),
    "relatives": _of_person(
        "relatives",
        """
        select relation.kind, relation.source_system, other.resident_id, other.name_masked, other.birth_year
        from resident_relation as relation
        inner join resident as other on relation.relative_resident_id = other.resident_id
        where relation.resident_id = $resident
        """,
    ),
    "tasks": _of_person("tasks", f"select * from task {_ONE} order by state, due_date"),
    "tags": _of_person(
        "tags",
        """
        select resident_tag.*, definition.name_zh, definition.name_en
        from resident_tag
        left join (select distinct tag_code, name_zh, name_en from tag_definition) as definition
            on resident_tag.tag_code = definition.tag_code
        where resident_tag.resident_id = $resident order by resident_tag.is_current desc, resident_tag.valid_from desc
        """,
        "care",
    ),
}


def read_person(reader: Reader, part: str, resident_id: str) -> pl.DataFrame:
    """One part (a key of PERSON) of what is known of a resident; empty when the resident is not within the person's rows."""
    return reader.read(PERSON[part], resident=resident_id)


def _of_dwelling(name: str, sql: str) -> Query:
    return Query(f"record.dwelling_{name}", "dwelling", sql, is_list=True)


DWELLING = {
    "head": _of_dwelling(
        "head",
        """
        select dwelling.*, building.building_name, estate.estate_name, committee.committee_name
        from dwelling
        left join building on dwelling.building_id = building.building_id
        left join estate on dwelling.estate_id = estate.estate_id
        left join committee on dwelling.committee_code = committee.committee_code
        where dwelling.dwelling_id = $dwelling
        """,
    ),
    "people": _of_dwelling(
        "people",
        """
        select residence.kind, residence.valid_from, residence.valid_to, residence.is_current, residence.evidence,
            residence.confidence, resident.resident_id, resident.name_masked, resident.sex_code, resident.birth_year
        from residence
        inner join resident on residence.resident_id = resident.resident_id
        where residence.dwelling_id = $dwelling
        order by residence.is_current desc, residence.kind, resident.birth_year
        """,
    ),
    "claims": _of_dwelling(
        "claims",
        """
        select tenure_claim.*, resident.name_masked from tenure_claim
        left join resident on tenure_claim.resident_id = resident.resident_id
        where tenure_claim.dwelling_id = $dwelling order by tenure_claim.valid_from desc
        """,
    ),
    "devices": _of_dwelling("devices", "select * from device where dwelling_id = $dwelling order by type, device_id"),
    "sources": _of_dwelling("sources", "select * from dwelling_source where dwelling_id = $dwelling order by all"),
    "tasks": _of_dwelling("tasks", "select * from task where dwelling_id = $dwelling order by state, due_date"),
}


def read_dwelling(reader: Reader, part: str, dwelling_id: str) -> pl.DataFrame:
    """One part (a key of DWELLING) of what is known of a dwelling; empty when it is not within the person's rows."""
    return reader.read(DWELLING[part], dwelling=dwelling_id)


_ROOMS = Query(
    "record.rooms",
    "building",
    """
    select dwelling_id, unit, room, part, occupancy, tenure, resident_count from dwelling
    where building_id = $building
    order by unit, room, part, dwelling_id
    """,
    is_list=True,
)
_BUILDING = Query(
    "record.building",
    "building",
    """
    select building.*, estate.estate_name from building left join estate on building.estate_id = estate.estate_id
    where building.building_id = $building
    """,
    is_list=True,
)
_BUILDINGS = Query(
    "record.buildings",
    "building",
    """
    select building_id, building_name, dwelling_count from building
    where estate_id = $estate and dwelling_count > 0
    """,
    is_list=True,
)


def read_rooms(reader: Reader, building_id: str) -> pl.DataFrame:
    """One row a dwelling of the building."""
    return reader.read(_ROOMS, building=building_id)


def read_building(reader: Reader, building_id: str) -> pl.DataFrame:
    """The building's own row with its estate's name; empty when it is not within the person's rows."""
    return reader.read(_BUILDING, building=building_id)


def read_buildings(reader: Reader, estate_id: str) -> pl.DataFrame:
    """One row a building of an estate that has dwellings."""
    return reader.read(_BUILDINGS, estate=estate_id)
