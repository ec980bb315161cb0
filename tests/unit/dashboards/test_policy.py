"""Role × area × purpose × table, against a matrix written down here a second time."""

import pytest

from dashboards.access.person import Person
from dashboards.access.policy import AccessDeniedError, load_policy
from tests.published_street import STREET

POLICY = load_policy()
FIGURES = {"overview", "population", "housing", "welfare", "device", "catalogue"}
FULL = FIGURES | {"quality"}
RECORDS = {"search", "resident", "unmask", "dwelling", "building"}
TAKEN = {"report", "returned"}
EXPECTED = {
    ("street_leader", "street"): FULL | {"dwelling", "building"} | TAKEN,
    ("data_officer", "street"): FULL | RECORDS | {"task_work"} | TAKEN,
    ("committee_worker", "committee"): FIGURES | RECORDS | {"emergency", "task_work"} | TAKEN,
    ("civil_affairs", "street"): FIGURES | RECORDS | {"care", "emergency", "task_work"} | TAKEN,
    ("data_steward", "street"): FULL | RECORDS | {"review"} | TAKEN,
    ("auditor", "street"): {"overview", "quality", "catalogue", "audit"} | TAKEN,
    **{("analyst", level): FULL | {"report"} for level in ("street", "district", "city")},
}
PAIRS = [(role, level) for role in [*POLICY.roles, "unknown"] for level in ("street", "committee", "district", "city", "")]


@pytest.mark.parametrize("purpose", [*POLICY.purposes, "unknown"])
@pytest.mark.parametrize(("role", "level"), PAIRS)
def test_role_at_level_may_only_what_is_written_here(role: str, level: str, purpose: str) -> None:
    somebody = Person("somebody", "某人", role, level, STREET)
    assert POLICY.may(somebody, purpose) == (purpose in EXPECTED.get((role, level), set()))


@pytest.mark.parametrize(("role", "level"), EXPECTED)
def test_no_area_no_rights(role: str, level: str) -> None:
    assert not any(POLICY.may(Person("somebody", "某人", role, level, ""), purpose) for purpose in POLICY.purposes)


@pytest.mark.parametrize(("role", "level"), EXPECTED)
@pytest.mark.parametrize("table", ["resident_vault", "resident_forward", "no_such_table", "main.resident"])
def test_table_that_no_purpose_names_is_refused_to_all(role: str, level: str, table: str) -> None:
    somebody = Person("somebody", "某人", role, level, STREET)
    for purpose in POLICY.purposes:
        with pytest.raises(AccessDeniedError):
            POLICY.grant(somebody, purpose, table)


def test_every_named_table_and_purpose_has_its_rule() -> None:
    named = {table for purpose in POLICY.purposes.values() for table in purpose.tables}
    assert named <= set(POLICY.tables)
    assert not named & set(POLICY.never)
    assert {purpose for role in POLICY.roles.values() for purpose in role.purposes} <= set(POLICY.purposes)


def test_roles_without_lists_have_small_counts_withheld() -> None:
    assert {name for name, role in POLICY.roles.items() if not role.rows} == {"auditor", "analyst"}
    assert all(role.withhold_below == 10 for role in POLICY.roles.values() if not role.rows)


def test_no_identifying_column_is_a_figure() -> None:
    secret = {
        "resident_id",
        "name_masked",
        "id_token",
        "phone_token",
        "dwelling_id",
        "household_id",
        "address",
        "building_name",
        "key",
        "detail_masked",
        "device_id",
    }
    for rule in POLICY.tables.values():
        assert rule.figures == "all" or not secret & set(rule.figures)
        assert not {"id_token", "phone_token"} & set(rule.rows)
