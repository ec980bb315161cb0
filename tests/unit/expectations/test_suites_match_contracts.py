"""A suite speaks of the columns and the grain that the model's contract promises; one without the other is found here."""

from pathlib import Path

import pytest
import yaml

from expectations.suite.load import SUITES, load_suites

MARTS = Path(__file__).resolve().parents[3] / "dbt_project" / "models" / "marts"


def contracts():
    models = (
        model
        for path in sorted(MARTS.rglob("*.yml"))
        for model in yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader).get("models", [])
    )
    return {model["name"]: model for model in models if "columns" in model}


CONTRACTS, LOADED = contracts(), load_suites()


def test_every_model_that_is_published_has_a_suite():
    assert set(CONTRACTS) <= set(LOADED)


@pytest.mark.parametrize("table", sorted(CONTRACTS))
def test_suite_and_contract_agree(table):
    suite, model = LOADED[table], CONTRACTS[table]
    columns = {column["name"] for column in model["columns"]}
    promised = yaml.safe_load((SUITES / f"{table}.yaml").read_text(encoding="utf-8"))["columns"]
    grain = (model.get("config", {}).get("meta") or model.get("meta"))["grain"]
    assert set(promised) <= columns
    assert list(suite.grain) == grain
    assert {name for check in suite.checks for name in check.columns} <= columns
