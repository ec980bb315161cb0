"""The printed comparison of a data set: one line a method and kind of figure, and the ratio of seconds."""

from benchmarks.public.dataset import DataSet
from benchmarks.public.measure import cluster_figures, pair_figure
from benchmarks.public.ours import Found


def tell(data: DataSet, found: list[Found]) -> None:
    """Print pairwise (before clustering), cluster-pair and B³ figures of each method; the first is ours."""
    truth = data.records.select(data.key, "person")
    print(f"\n{data.name}: {truth.height:,} records of {truth['person'].n_unique():,} persons")
    for one in found:
        clusters, b_cubed = cluster_figures(one.clusters, truth, data.key)
        print(f"  {one.method}: {one.seconds:.2f} s ({one.seconds / found[0].seconds:.2f} times the first)")
        print(f"    pairs         {pair_figure(one.pairs, truth, data.key)}")
        print(f"    cluster pairs {clusters}")
        print(f"    B³            {b_cubed}")
