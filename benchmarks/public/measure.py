"""Pairwise, cluster-pair and B³ precision, recall and F1 of what a method found. Truth is one column: `person`."""

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Figure:
    """Precision and recall of one kind, and F1 made of them."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean; 0 where nothing was right."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return f"P {self.precision:.4f} R {self.recall:.4f} F1 {self.f1:.4f}"


def pair_figure(pairs: pl.DataFrame, truth: pl.DataFrame, key: str) -> Figure:
    """Pairs as a method accepts them, before any clustering.

    Args:
        pairs: `left`, `right` (names of records), each accepted pair once.
        truth: one row a record: `key`, `person`.
        key: the column that names a record.
    """
    owner = truth.select(key, "person")
    known = pairs.join(owner, left_on="left", right_on=key).join(owner, left_on="right", right_on=key, suffix="_right")
    right = int((known["person"] == known["person_right"]).sum())
    return Figure(right / max(known.height, 1), right / max(_pairs(truth, ["person"]), 1))


def cluster_figures(clusters: pl.DataFrame, truth: pl.DataFrame, key: str) -> tuple[Figure, Figure]:
    """Every pair inside a cluster, and B³ (the mean over records). `clusters`: `key`, `cluster`; a record in none is alone."""
    known = truth.join(clusters, key, "left").with_columns(cluster=pl.coalesce("cluster", key))
    right, found, true = (_pairs(known, keys) for keys in (["cluster", "person"], ["cluster"], ["person"]))
    sized = known.with_columns(
        both=pl.len().over("cluster", "person"), found=pl.len().over("cluster"), true=pl.len().over("person")
    )
    shares = sized.select(precision=(pl.col("both") / pl.col("found")).mean(), recall=(pl.col("both") / pl.col("true")).mean())
    return Figure(right / max(found, 1), right / max(true, 1)), Figure(*shares.row(0))


def _pairs(frame: pl.DataFrame, keys: list[str]) -> int:
    sizes = frame.group_by(keys).len().get_column("len").cast(pl.Int64)
    return int((sizes * (sizes - 1) // 2).sum())
