"""Which rules look at which columns: asked of the cleaners, so that it cannot differ from what they do."""

import csv
from pathlib import Path

import polars as pl
import pytest

from ingestion.cleaning.rule_scope import rule_scope
from ingestion.cleaning.rules import rule_catalogue
from ingestion.contracts.loader import load_contracts

pytestmark = pytest.mark.slow  # every cleaner is asked
SEED = Path(__file__).resolve().parents[3] / "dbt_project" / "seeds" / "quality" / "record_rule_scope.csv"


@pytest.fixture(scope="module")
def scope() -> pl.DataFrame:
    return rule_scope(load_contracts().values())


def columns_of(scope: pl.DataFrame, dataset: str, rule: str) -> set[str]:
    return set(scope.filter(pl.col("dataset") == dataset, pl.col("rule") == rule)["column_name"])


def test_rules_are_known_by_the_columns_that_they_look_at(scope: pl.DataFrame) -> None:
    assert columns_of(scope, "police.SYRK", "ID-SEX-DIFFERS") == {"ZJHM", "XBDM"}
    assert columns_of(scope, "police.SYRK", "DATE-ORDER") == {"CSRQ", "DJRQ"}
    assert columns_of(scope, "property.owner", "NAME-MISSING") == {"owner_name"}
    assert columns_of(scope, "property.owner", "DATE-MALFORMED") == {"start_date", "end_date"}
    assert columns_of(scope, "property.owner", "ID-SEX-DIFFERS") == set()  # the feed tells no sex


def test_every_column_of_every_feed_is_there_and_most_are_looked_at(scope: pl.DataFrame) -> None:
    for contract in load_contracts().values():
        for entity in contract.entities:
            told = scope.filter(pl.col("dataset") == f"{contract.source}.{entity.name}")
            assert set(told["column_name"]) == set(entity.fields)
            covered = told.filter(pl.col("rule").is_not_null())["column_name"].n_unique()
            assert covered >= len(entity.fields) / 2, entity.name


def test_every_rule_of_the_catalogue_looks_somewhere(scope: pl.DataFrame) -> None:
    assert set(rule_catalogue()) - set(scope["rule"].drop_nulls()) == set()


def test_the_scope_of_models_names_columns_of_contracts(scope: pl.DataFrame) -> None:
    known = {(dataset, column) for dataset, column in scope.select("dataset", "column_name").iter_rows()}
    with SEED.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["column_name"]]
    assert [row for row in rows if (row["dataset"], row["column_name"]) not in known] == []
