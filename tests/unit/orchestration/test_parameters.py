"""What a city may define otherwise, and what a mistake in it is called."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from ingestion.settings import SettingsError
from orchestration.warehouse.parameters import CITY_ROWS, dbt_vars, parameter_catalogue
from orchestration.warehouse.project import PROJECT

CONFIG = Path("yidang.toml")
GIVEN_BY_A_RUN = {"as_of", "now"}
THE_COUNTRYS = {"utc_offset_hours"}  # the same everywhere, and the counting of messages holds it too


def test_without_parameters_dbt_is_told_nothing() -> None:
    assert dbt_vars(CONFIG, {}) == {}


def test_values_become_vars_and_rows_become_replaced_numbers() -> None:
    told = dbt_vars(CONFIG, {"elder_age_from": 65, "alarm_sla": {"SMOKE": {"arrival_minutes": 10}}})
    number = {"seed": "alarm_sla", "key": "code", "row": "SMOKE", "column": "arrival_minutes", "value": 10}
    assert told == {"elder_age_from": 65, CITY_ROWS: [number]}


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"elder_age": 65}, "[parameters] unknown key 'elder_age'; did you mean 'elder_age_from'?"),
        ({"elder_age_from": "65"}, "[parameters] elder_age_from: expected a whole number from 40 to 110"),
        ({"elder_age_from": 65.5}, "elder_age_from: expected a whole number"),
        ({"trend_months": 37}, "[parameters] trend_months: expected a whole number from 1 to 36"),
        ({"suppression_limit": True}, "suppression_limit: expected a whole number"),
        ({"helper_age_from": 80}, "[parameters] helper_age_from: expected at most helper_age_to, which is 69"),
        ({"alarm_sla": 10}, "[parameters] alarm_sla: expected a table of rows, such as [parameters.alarm_sla.SOS]"),
        ({"alarm_sla": {"SMOK": {"arrival_minutes": 1}}}, "[parameters.alarm_sla] unknown row 'SMOK'; did you mean 'SMOKE'?"),
        ({"alarm_sla": {"SMOKE": 5}}, "[parameters.alarm_sla.SMOKE] expected a table of numbers: arrival_minutes"),
        ({"alarm_sla": {"SMOKE": {"arrival": 1}}}, "unknown key 'arrival'; did you mean 'arrival_minutes'?"),
        ({"alarm_sla": {"SMOKE": {"closing_hours": 0}}}, "closing_hours: expected a whole number from 1 to 10000"),
        ({"crowding_rule": {"unrelated_many": {"below_m2_per_person": 9}}}, "unknown key 'below_m2_per_person'"),
        ({"person_rule": {"child_dibao": {"age_from": 18}}}, "age_from: expected at most age_to, which is 17"),
    ],
)
def test_a_mistake_names_its_key_and_what_was_expected(parameters: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError) as told:
        dbt_vars(CONFIG, parameters)
    assert str(told.value).startswith("yidang.toml: [parameters")
    assert said in str(told.value)


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(SettingsError, match=r"elder_age_from.*; .*trend_months"):
        dbt_vars(CONFIG, {"elder_age_from": 1, "trend_months": 0})


def test_every_limit_of_the_project_is_a_parameter_and_within_its_own_bounds() -> None:
    project = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
    catalogue = parameter_catalogue()
    assert set(catalogue.vars) == set(project) - GIVEN_BY_A_RUN - THE_COUNTRYS
    assert dbt_vars(CONFIG, {name: project[name] for name in catalogue.vars})
    assert [name for name, bounds in catalogue.vars.items() if not (bounds.zh and bounds.en)] == []


def test_every_number_of_a_row_is_within_its_own_bounds() -> None:
    for seed, numbers in parameter_catalogue().rows.items():
        lines = next((PROJECT / "seeds").rglob(f"{seed}.csv")).read_text(encoding="utf-8").splitlines()
        assert {numbers.key, *numbers.columns} <= set(lines[0].split(",")), seed
