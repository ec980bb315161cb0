"""Which identifier each cluster bears: the one that most of its records had; else one of its own that comes back; else a new one.

Not here: the events that tell of it (identity/ids/events.py).
"""

from collections import Counter

import polars as pl

from identity.frames import REF
from identity.ids.memory import Memory
from identity.ids.mint import Mint

Votes = dict[int, Counter[str]]


def assign_ids(placed: pl.DataFrame, memory: Memory, key: bytes) -> pl.DataFrame:
    """`cluster`, `entity_id` for every cluster.

    Args:
        placed: One row a record: ref, `cluster` (any integer name), `old_id` (null: never seen).
        memory: What the log remembers.
        key: The configured key.
    """
    votes = placed.drop_nulls("old_id").group_by("cluster", "old_id").agg(votes=pl.len())
    is_plain = (pl.len().over("cluster") == 1) & (pl.len().over("old_id") == 1)
    plain = votes.filter(is_plain).select("cluster", entity_id="old_id")
    chosen = dict(_contested(votes.filter(~is_plain), memory))
    settled = pl.concat([plain, _frame(chosen)])
    homeless = placed.join(settled, "cluster", "anti")
    returned = _returning(homeless, memory, set(settled["entity_id"].to_list()))
    new = homeless.join(_frame(returned), "cluster", "anti")
    return pl.concat([settled, _frame(returned), _minted(new, memory, key)]).sort("cluster")


def _contested(votes: pl.DataFrame, memory: Memory) -> list[tuple[int, str]]:
    """Settle clashes of clusters and identifiers: most votes, then the oldest, then the smallest."""
    rows = sorted(votes.iter_rows(), key=lambda row: (-row[2], *memory.rank(row[1]), row[0]))
    return _greedy([(cluster, identifier) for cluster, identifier, _ in rows])


def _greedy(wishes: list[tuple[int, str]]) -> list[tuple[int, str]]:
    clusters: set[int] = set()
    taken: set[str] = set()
    given = []
    for cluster, identifier in wishes:
        if cluster not in clusters and identifier not in taken:
            clusters.add(cluster)
            taken.add(identifier)
            given.append((cluster, identifier))
    return given


def _returning(homeless: pl.DataFrame, memory: Memory, taken: set[str]) -> dict[int, str]:
    """A part that is split off gets back what its records bore before they were merged: the merge is undone exactly."""
    if homeless.is_empty() or not memory.forwarded:
        return {}
    held = homeless.join(memory.held, list(REF)).filter(pl.col("entity_id").is_in(sorted(memory.forwarded - taken)))
    votes = held.group_by("cluster", "entity_id").agg(votes=pl.len())
    return dict(_contested(votes, memory))


def _minted(new: pl.DataFrame, memory: Memory, key: bytes) -> pl.DataFrame:
    """New identifiers from the smallest ref of each cluster, in the order of those refs."""
    mint = Mint(memory.kind, key, set(memory.age))
    smallest = new.sort(*REF).unique("cluster", keep="first", maintain_order=True)
    refs = smallest.select(pl.concat_str(REF, separator="\x1f")).to_series().to_list()
    return smallest.select("cluster", entity_id=pl.Series([mint.give(ref) for ref in refs], dtype=pl.String))


def _frame(chosen: dict[int, str]) -> pl.DataFrame:
    return pl.DataFrame(
        {"cluster": list(chosen), "entity_id": list(chosen.values())}, schema={"cluster": pl.Int64, "entity_id": pl.String}
    )
