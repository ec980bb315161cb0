"""Weights that a population's own numbers tell: known answers, more agreement never weighs less, and order tells nothing."""

from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from identity.evidence.coded import RID
from identity.evidence.ownership import settle_ownership
from identity.evidence.records import prepare_records
from identity.evidence.unconfirmed import demote_unconfirmed
from identity.frames import REF
from identity.link.frequency import Frequencies, count_frequencies
from identity.link.model import build_model, rarity_of, settled
from identity.link.nodes import Nodes, build_nodes
from identity.link.steps import OTHER, SAME, SIZES, UNKNOWN
from identity.link.weigh import WEIGHED, least_weight
from identity.rules.rule_book import load_rule_book
from identity.score.weigh import weigh
from tests.unit.identity.invented import frame, number_of, record

BOOK = load_rule_book()
SIGNS, GIVEN = "王李张刘陈杨黄赵吴周", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"
DOCUMENTS = ("id_masked", "id_rounded", "id_slip", "id_repeated")
BITS = {"name": 12.0, "home": 13.0, "building": 9.0, "phone": 14.0, "birth": 13.0}
TOLD_AS = {"home": "dwelling", "birth": "birth_date"}


def nodes_of(rows: list[dict[str, Any]]) -> Nodes:
    """The nodes of a whole population, however its rows are ordered."""
    records = frame(rows).sort(*REF)
    return build_nodes(demote_unconfirmed(settle_ownership(prepare_records(records, BOOK), BOOK).records), [], BOOK)


def population(people: int = 300) -> list[dict[str, Any]]:
    """Owners, two to a home, each also in the register: three in ten tell another phone there, and nobody else a like one."""
    rows = []
    for person in range(people):
        born = date(1950 + person % 40, 1 + person % 12, 1 + person % 28)
        name = SIGNS[person % 10] + GIVEN[person // 10 % 20] + GIVEN[person // 200]
        told = {"dwelling_cluster": f"d{person // 2}", "birth_date": born}
        number = number_of(born, 2 * person + 1)
        other = f"1380000{person:04d}" if person % 10 < 3 else f"1390000{person:04d}"
        rows.append(record(f"o{person}", name, number, mobile=f"1390000{person:04d}", **told))
        rows.append(record(f"r{person}", name, number, "police.SYRK", mobile=other, **told))
    return rows


def learnt(rows: list[dict[str, Any]]) -> Frequencies:
    return count_frequencies(nodes_of(rows), BOOK)


@pytest.fixture(scope="module")
def counted() -> Frequencies:
    return learnt(population())


def share(counted: Frequencies, kind: str, comparison: str, step: int) -> float:
    return float(counted.shares.filter(kind=kind, comparison=comparison, step=step)["share"].item())


def test_what_records_of_one_number_tell_is_learned(counted: Frequencies) -> None:
    believed = BOOK.weights.believed.match["phone"]
    assert share(counted, "match", "phone", OTHER) == pytest.approx((90 + believed[1]) / (300 + sum(believed)))
    assert share(counted, "match", "home", SAME) > 0.95
    assert share(counted, "match", "name", SAME) > 0.95


def test_what_two_numbers_in_one_home_tell_is_learned(counted: Frequencies) -> None:
    believed = BOOK.weights.believed
    kin = (300 + believed.people * believed.kin_per_person) / (300 + believed.people)
    assert share(counted, "kin", "per_person", 1) == pytest.approx(kin)
    assert share(counted, "kin", "phone", SAME) < 0.03
    assert share(counted, "kin", "name", SAME) < 0.0002


def test_a_list_tells_how_old_those_are_who_stand_on_it(counted: Frequencies) -> None:
    rows = population()
    children = [record(f"c{n}", f"郑{GIVEN[n % 20]}", number_of(date(2018, 5, 6), n), "police.SYRK") for n in range(1, 100, 2)]
    told = learnt([*rows, *children]).shares.filter(pl.col("kind") == "born", pl.col("step") == 11)
    owners, register = (told.filter(comparison=source)["share"].item() for source in ("property.owner", "police.SYRK"))
    assert owners < 0.1
    assert register > 1.0
    assert counted.shares.filter(pl.col("kind") == "born", pl.col("step") == 11).is_empty()


def test_nothing_to_learn_from_leaves_what_is_believed() -> None:
    alone = learnt([record("a", "王伟")])
    for kind, believed in (("match", BOOK.weights.believed.match), ("kin", BOOK.weights.believed.kin)):
        for comparison, pairs in believed.items():
            steps = [share(alone, kind, comparison, step) for step in range(1, len(pairs) + 1)]
            assert steps == pytest.approx([count / sum(pairs) for count in pairs])


def test_the_order_of_records_tells_nothing(counted: Frequencies) -> None:
    rows = population()
    assert learnt(rows[::-1]).shares.equals(counted.shares)


def bits(counted: Frequencies, steps: dict[str, int]) -> float:
    """The weight of one pair that reaches these steps, on values of usual frequency."""
    agreed = {TOLD_AS.get(name, name): [bits if steps[name] == SAME else None] for name, bits in BITS.items()}
    agreed["name_like"] = [9.0 if steps["name"] in (SAME, 2) else None]
    empty = {name: [None] for name in (*DOCUMENTS, "household", *BOOK.weights.against, "both_known", "one_known")}
    types = dict.fromkeys((*BOOK.weights.against, "both_known", "one_known"), pl.Boolean)
    types |= dict.fromkeys((*agreed, *DOCUMENTS, "household"), pl.Float64)
    pairs = pl.DataFrame({"left": [1], "right": [2], **agreed, **empty}, schema_overrides={"left": RID, "right": RID, **types})
    told = pl.DataFrame({name: [step] for name, step in steps.items()}, schema=dict.fromkeys(SIZES, pl.UInt8))
    model = build_model(counted, BOOK.weights)
    judged = settled(told, pairs)
    return float(weigh(judged, model, rarity_of(pairs, judged, np.zeros(1), model, BOOK.weights))["weight"][0])


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    steps=st.fixed_dictionaries({name: st.integers(0, size) for name, size in SIZES.items()}),
    better=st.sampled_from(sorted(SIZES)),
)
def test_more_agreement_never_weighs_less(counted: Frequencies, steps: dict[str, int], better: str) -> None:
    steps = steps | ({"building": UNKNOWN} if steps["home"] or better == "home" else {})
    if better == "building" and steps["home"]:
        return
    assert bits(counted, steps | {better: SAME}) >= bits(counted, steps) - 1e-9


def test_telling_something_else_speaks_against_a_pair(counted: Frequencies) -> None:
    alone = dict.fromkeys(SIZES, UNKNOWN) | {"name": SAME, "birth": SAME}
    assert bits(counted, alone | {"phone": OTHER}) < bits(counted, alone) - 1.0
    assert bits(counted, alone | {"home": OTHER}) < bits(counted, alone) - 1.0


def test_the_threshold_follows_from_the_false_links_that_are_expected() -> None:
    weight = np.arange(0.0, 12.0, 0.01)
    weighed = pl.DataFrame({"weight": weight, "posterior": 1.0 / (1.0 + np.exp2(-weight))})
    weighed = weighed.with_columns(left=pl.lit(1), right=pl.lit(2), rule=pl.lit("r")).select(list(WEIGHED))
    least = BOOK.weights.threshold.least
    found = [least_weight(pl.concat([weighed] * times), 20_000, BOOK) for times in (1, 2, 4, 8)]
    assert found == sorted(found)
    assert found[-1] > found[0] >= least
    assert least_weight(pl.concat([weighed] * 8), 2_000_000, BOOK) < found[-1]
    assert least_weight(weighed.clear(), 20_000, BOOK) >= least
