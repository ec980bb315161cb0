"""The figures of the public measurement, reckoned by hand, and the descriptions it hands to the engine."""

from pathlib import Path

import polars as pl
import pytest

from benchmarks.public.measure import Figure, cluster_figures, pair_figure
from identity.score.population import load_population

TRUTH = pl.DataFrame({"record": list("abcde"), "person": ["1", "1", "1", "2", "2"]})
POPULATIONS = sorted((Path(__file__).parents[3] / "benchmarks" / "public" / "populations").glob("*.yaml"))


def test_pairs_are_counted_as_accepted() -> None:
    accepted = pl.DataFrame({"left": ["a", "a", "c"], "right": ["b", "c", "d"]})
    assert pair_figure(accepted, TRUTH, "record") == Figure(2 / 3, 2 / 4)


def test_clusters_are_counted_by_pairs_and_by_records() -> None:
    clusters = pl.DataFrame({"record": list("abcd"), "cluster": ["x", "x", "y", "y"]})
    pairs, b_cubed = cluster_figures(clusters, TRUTH, "record")
    assert pairs == Figure(1 / 2, 1 / 4)
    assert b_cubed.precision == pytest.approx((1 + 1 + 0.5 + 0.5 + 1) / 5)
    assert b_cubed.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 / 2 + 1 / 2) / 5)


def test_nothing_found_is_nothing_not_an_error() -> None:
    assert (
        pair_figure(pl.DataFrame({"left": [], "right": []}, schema={"left": pl.String, "right": pl.String}), TRUTH, "record").f1
        == 0
    )


@pytest.mark.parametrize("path", POPULATIONS, ids=lambda path: path.stem)
def test_descriptions_can_be_read(path: Path) -> None:
    assert load_population(path).comparisons
