"""The parts of the engine, each on a case small enough to reckon by hand."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from identity.score.chance import stranger_shares
from identity.score.closure import closed_pairs, connected
from identity.score.cluster import agglomerate
from identity.score.coded import encode
from identity.score.compare import compare
from identity.score.estimate import Model, estimate
from identity.score.link import JointLink
from identity.score.population import Comparison, Key, KeyPart, Level, Population
from identity.score.threshold import derive_threshold
from identity.score.weigh import weigh

TRUE_MATCH = {"name": [0.9, 0.06, 0.04], "born": [0.95, 0.05], "home": [0.8, 0.2]}
TRUE_KIN = {"name": [0.01, 0.01, 0.98], "born": [0.001, 0.999], "home": [0.98, 0.02]}
TRUE_STRANGER = {"name": [0.002, 0.003, 0.995], "born": [0.0005, 0.9995], "home": [0.001, 0.999]}


def steps_of(shares: dict[str, list[float]], count: int, seed: int) -> pl.DataFrame:
    chance = np.random.default_rng(seed)
    return pl.DataFrame({name: chance.choice(len(share), count, p=share).astype(np.uint8) + 1 for name, share in shares.items()})


def learned() -> Model:
    drawn = [steps_of(TRUE_MATCH, 5_000, 1), steps_of(TRUE_KIN, 5_000, 2), steps_of(TRUE_STRANGER, 200_000, 3)]
    strangers = stranger_shares(steps_of(TRUE_STRANGER, 200_000, 4), {"name": 3, "born": 2, "home": 2})
    return estimate(pl.concat(drawn), strangers, 649, shared=["home"])


def test_estimation_finds_what_made_the_pairs_without_labels() -> None:
    model = learned()
    for name, share in TRUE_MATCH.items():
        assert model.match[name][1:] == pytest.approx(share, abs=0.02)
    assert model.match_share == pytest.approx(5_000 / 210_276, rel=0.05)
    assert model.kin_share == pytest.approx(5_000 / 210_276, rel=0.1)


def test_a_home_alone_makes_kin_not_one_person() -> None:
    pairs = pl.DataFrame({"name": [1, 3, 1, 0], "born": [1, 2, 0, 0], "home": [1, 1, 1, 1]}).cast(pl.UInt8)
    told = weigh(pairs, learned())["posterior"]
    assert told[0] > 0.999
    assert told[1] < 0.01
    assert told[0] > told[2] > told[3]


def test_a_rare_value_weighs_more() -> None:
    strangers = stranger_shares(steps_of(TRUE_STRANGER, 50_000, 4), {"name": 3, "born": 2, "home": 2})
    model = estimate(pl.concat([steps_of(TRUE_MATCH, 500, 1), steps_of(TRUE_STRANGER, 9_000, 3)]), strangers, 300)
    pairs = pl.DataFrame({"name": [1, 1], "born": [1, 1], "home": [2, 2]}).cast(pl.UInt8)
    told = weigh(pairs, model, {"name": np.log(np.array([0.1, 10.0]))})["weight"]
    assert told[0] - told[1] == pytest.approx(2 * np.log2(10.0), abs=1e-6)


def test_two_clusters_weigh_what_their_records_tell_together() -> None:
    model = learned()
    pairs = pl.DataFrame({"name": [1, 1, 3], "born": [0, 1, 2], "home": [1, 0, 1]}).cast(pl.UInt8)
    rare = {"name": np.log(np.array([0.1, 10.0, 1.0]))}
    link, alone = JointLink(pairs, model, rare), weigh(pairs, model, rare)["weight"].to_list()
    one, two, apart = link.of_pairs(np.arange(3))
    assert [link.bits(told) for told in (one, two, apart)] == pytest.approx(alone)
    both = link.together(one, two)
    assert both[0] == [1, 1, 1]
    assert both[1][0] == pytest.approx(np.log(0.1))
    assert link.bits(both) > max(alone[0], alone[1])
    assert link.together(one, two) == link.together(two, one)


def test_threshold_grows_with_the_population_and_never_takes_the_unlikely() -> None:
    one = pl.DataFrame({"weight": [9.0, 6.0, 3.0, -2.0], "posterior": [0.999, 0.98, 0.9, 0.2]})
    assert derive_threshold(one, 0.2) == 3.0
    assert derive_threshold(pl.concat([one] * 10), 0.2) == 9.0
    assert derive_threshold(one, 100.0) == 0.0
    assert derive_threshold(one, 0.0001) == float("inf")
    assert derive_threshold(one.clear(), 1.0) == float("inf")


def test_chains_do_not_form() -> None:
    left, right = np.array([0, 0, 1, 1, 2]), np.array([1, 2, 2, 3, 3])
    weight = np.array([10.0, -30.0, 9.0, -30.0, 8.0])
    assert agglomerate(4, left, right, weight, threshold=1.0).tolist() == [0, 0, 2, 2]


def test_a_vetoed_pair_keeps_whole_clusters_apart() -> None:
    left, right = np.array([0, 0, 1]), np.array([1, 2, 2])
    weight = np.array([10.0, -np.inf, 50.0])
    assert agglomerate(3, left, right, weight, threshold=1.0).tolist() == [0, 1, 1]


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.floats(-20, 20)), max_size=40), st.randoms())
@settings(max_examples=40, deadline=None)
def test_clusters_are_the_same_in_any_order_and_consistent_as_a_whole(edges: list[tuple[int, int, float]], dice: object) -> None:
    weights = {(min(a, b), max(a, b)): bits for a, b, bits in edges if a != b}
    told = []
    for order in (list(weights), list(reversed(weights))):
        left, right = (np.array([pair[side] for pair in order], dtype=np.int64) for side in (0, 1))
        told.append(agglomerate(12, left, right, np.array([weights[pair] for pair in order]), threshold=1.0).tolist())
    assert told[0] == told[1]
    together = [(a, b) for a in range(12) for b in range(a + 1, 12) if told[0][a] == told[0][b]]
    assert all(pair in weights for pair in together)


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), max_size=30))
@settings(max_examples=40, deadline=None)
def test_connected_rows_are_those_that_edges_join(edges: list[tuple[int, int]]) -> None:
    heads = list(range(20))
    for _ in range(20):
        for a, b in edges:
            heads[a] = heads[b] = min(heads[a], heads[b])
    left, right = (np.array([edge[side] for edge in edges], dtype=np.int64) for side in (0, 1))
    assert connected(20, left, right).tolist() == heads
    pairs = set(zip(*(rows.tolist() for rows in closed_pairs(20, left, right)), strict=True))
    assert pairs == {(a, b) for a in range(20) for b in range(a + 1, 20) if heads[a] == heads[b]}


def test_steps_count_characters_and_never_bytes() -> None:
    levels = (
        Level(kind="exact"),
        Level(kind="edits", most=1),
        Level(kind="begins"),
        Level(kind="elsewhere", other="former"),
        Level(kind="alike", least=0.8),
    )
    told = Population(
        record="record", comparisons=(Comparison(column="name", levels=levels),), keys=(Key(parts=(KeyPart(column="name"),)),)
    )
    names = ["王小明", "王小明", "王小鸣", "王小明明明", "赵云", "王小白石头", None, "李四"]
    former = [None, None, None, None, "王小明", None, None, None]
    records = pl.DataFrame({"record": [str(row) for row in range(8)], "name": names, "former": former})
    left, right = np.zeros(7, dtype=np.int64), np.arange(1, 8, dtype=np.int64)
    assert compare(encode(records, told), left, right, told)["name"].to_list() == [1, 2, 3, 4, 6, 0, 6]
