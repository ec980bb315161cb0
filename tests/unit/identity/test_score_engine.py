"""The label-free engine on an invented village: what it merges, what it never merges, and that order tells it nothing."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from identity.score.population import Comparison, Key, KeyPart, Level, Limits, Population, PopulationError, Veto, load_population
from identity.score.run import cluster, score

SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国文辉"
EDITS = (Level(kind="exact"), Level(kind="edits", most=1))
VILLAGE = Population(
    record="record",
    source="source",
    once_in=("register",),
    comparisons=(
        Comparison(column="name", levels=EDITS, by_frequency=True),
        Comparison(column="born", levels=EDITS),
        Comparison(column="home", shared=True, by_frequency=True),
    ),
    keys=(
        Key(parts=(KeyPart(column="name"),)),
        Key(parts=(KeyPart(column="born"),)),
        Key(parts=(KeyPart(column="home"), KeyPart(column="name", first=1))),
    ),
    vetoes=(Veto(column="born"),),
    limits=Limits(random_pairs=20_000),
)


def village(people: int = 600, seed: int = 3) -> pl.DataFrame:
    """Families of three; each person once in a register and once in a survey, which errs in every tenth name."""
    chance = np.random.default_rng(seed)
    rows = []
    for person in range(people):
        home = f"{person // 3}"
        name = SURNAMES[(person // 3) % 20] + "".join(GIVEN[i] for i in chance.integers(0, len(GIVEN), 2))
        born = f"{chance.integers(1940, 2020)}{chance.integers(1, 13):02}{chance.integers(1, 29):02}"
        slip = name[:2] + GIVEN[chance.integers(0, len(GIVEN))] if chance.random() < 0.1 else name
        rows += [(f"r{person}", "register", person, name, born, home), (f"s{person}", "survey", person, slip, born, home)]
    return pl.DataFrame(rows, schema=["record", "source", "person", "name", "born", "home"], orient="row")


def clusters_of(records: pl.DataFrame, population: Population = VILLAGE) -> pl.DataFrame:
    return cluster(score(records, population), population).sort("record")


def test_finds_nearly_everyone_and_merges_no_two() -> None:
    found = clusters_of(village()).join(village(), "record")
    assert found.group_by("cluster").agg(pl.col("person").n_unique())["person"].max() == 1
    assert found["cluster"].n_unique() <= 612


def test_order_of_records_and_of_columns_tells_nothing() -> None:
    records = village()
    straight = score(records, VILLAGE)
    turned = score(records.select(reversed(records.columns)).sample(fraction=1.0, shuffle=True, seed=5), VILLAGE)
    assert straight.pairs.equals(turned.pairs)
    assert straight.threshold == turned.threshold
    assert clusters_of(records).equals(clusters_of(records.reverse()))


def test_twins_of_one_home_and_one_birth_date_stay_two() -> None:
    twins = pl.DataFrame(
        [
            (f"{source[0]}-twin-{name}", source, person, name, "20100203", "7")
            for person, name in ((9001, "周文辉"), (9002, "周桂英"))
            for source in ("register", "survey")
        ],
        schema=["record", "source", "person", "name", "born", "home"],
        orient="row",
    )
    records = pl.concat([village(), twins.cast({"person": pl.Int64})])
    found = clusters_of(records).join(records, "record").filter(pl.col("person") > 9000)
    assert found.group_by("person").agg(pl.col("cluster").n_unique())["cluster"].to_list() == [1, 1]
    assert found["cluster"].n_unique() == 2


def test_a_veto_outweighs_every_other_evidence() -> None:
    moved = village().with_columns(born=pl.when(pl.col("record") == "s5").then(pl.lit("18880101")).otherwise("born"))
    found = dict(clusters_of(moved).iter_rows())
    assert found["s5"] != found["r5"]
    assert found["s6"] == found["r6"]


def test_a_source_that_holds_each_person_once_never_stands_twice_in_a_cluster() -> None:
    again = village().filter(pl.col("source") == "register").with_columns(record=pl.format("{}-again", "record"))
    records = pl.concat([village(), again])
    found = clusters_of(records).join(records, "record").filter(pl.col("source") == "register")
    assert found["cluster"].n_unique() == found.height


def test_a_hot_value_is_split_then_left_out_and_told() -> None:
    records = village().with_columns(home=pl.lit("one office"))
    narrow = VILLAGE.model_copy(
        update={
            "keys": (*VILLAGE.keys[:2], Key(parts=(KeyPart(column="home"),), finer=(KeyPart(column="name", first=1),))),
            "limits": Limits(random_pairs=20_000, pairs_per_value=1_500),
        }
    )
    plan = score(records, narrow).plan.row(2, named=True)
    assert plan["predicted"] == 1200 * 1199 // 2
    assert plan["split"] == 1
    assert plan["left_out"] == 20
    assert plan["planned"] == 0


def test_a_hot_value_that_was_split_small_enough_is_joined_by_its_parts() -> None:
    records = village().with_columns(home=pl.lit("one office"))
    keys = (Key(parts=(KeyPart(column="home"),), finer=(KeyPart(column="name", first=1),)),)
    wide = VILLAGE.model_copy(update={"keys": keys, "limits": Limits(random_pairs=20_000, pairs_per_value=10_000)})
    plan = score(records, wide).plan.row(0, named=True)
    assert plan["left_out"] == 0
    assert plan["planned"] == 20 * (60 * 59 // 2)


def test_all_keys_together_keep_their_limit() -> None:
    tight = VILLAGE.model_copy(update={"limits": Limits(random_pairs=20_000, pairs_per_record=1)})
    assert score(village(), tight).pairs.height <= 1200


@given(st.integers(min_value=0, max_value=3))
@settings(max_examples=4, deadline=None)
def test_few_or_no_records_are_no_trouble(count: int) -> None:
    assert clusters_of(village().head(count)).height == count


def test_a_missing_column_and_a_name_that_stands_twice_are_named() -> None:
    with pytest.raises(ValueError, match="born"):
        score(village().drop("born"), VILLAGE)
    with pytest.raises(ValueError, match="record"):
        score(pl.concat([village(), village()]), VILLAGE)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("record: r\ncomparisons: []\nkeys: []\nhue: 3\n", "hue"),
        ("record: r\ncomparisons: [{column: a, levels: [{kind: swapped}]}]\nkeys: []\n", "levels"),
        ("record: r\ncomparisons: []\nkeys: []\nvetoes: [{column: b}]\n", "veto"),
        ("record: [", "YAML"),
    ],
)
def test_a_wrong_description_is_refused_with_its_place(tmp_path: Path, text: str, place: str) -> None:
    path = tmp_path / "village.yaml"
    path.write_text(text)
    with pytest.raises(PopulationError, match=place):
        load_population(path)
