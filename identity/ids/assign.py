"""Which identifier each cluster bears: the one that most of its records had; else one of its own that comes back; else a new one.

Only clusters that disagree with the log are looked at one by one. Not here: the events that tell of it (identity/ids/events.py).
"""

import polars as pl

from identity.frames import REF
from identity.ids.memory import Memory
from identity.ids.mint import mint_all
from identity.plan import done

_CHOSEN = {"cluster": pl.Int64, "entity_id": pl.String}


def assign_ids(placed: pl.DataFrame, memory: Memory, key: bytes) -> pl.DataFrame:
    """`cluster`, `entity_id`, `came` (kept, returned: it had been forwarded, new) for every cluster.

    Args:
        placed: One row a record, sorted by ref: ref, `cluster` (any integer name), `old_id` (null: never seen).
        memory: What the log remembers.
        key: The configured key.
    """
    lost = memory.held.join(memory.forwarded, "entity_id").unique()
    votes = placed.lazy().drop_nulls("old_id").group_by("cluster", entity_id="old_id").agg(votes=pl.len())
    is_plain = (pl.len().over("cluster") == 1) & (pl.len().over("entity_id") == 1)
    counted = done(votes.with_columns(is_plain=is_plain))
    plain = counted.filter("is_plain").select("cluster", "entity_id")
    claimed = _with_claim(counted.filter(~pl.col("is_plain")).drop("is_plain"), placed, lost)
    settled = pl.concat([plain, _contested(claimed, memory)])
    homeless = placed.join(settled, "cluster", "anti", maintain_order="left")
    returned = _returning(homeless, settled, lost, memory)
    new = homeless.join(returned, "cluster", "anti", maintain_order="left")
    came = {"kept": settled, "returned": returned, "new": _minted(new, memory, key)}
    return pl.concat([frame.with_columns(came=pl.lit(how)) for how, frame in came.items()])


def _with_claim(votes: pl.DataFrame, placed: pl.DataFrame, lost: pl.DataFrame) -> pl.LazyFrame:
    """Add `claim`: where several clusters want one identifier, the records that did not come to it by a merge; else all.

    So a merge undone is undone exactly: who came can go back to what it bore.
    """
    told = placed.lazy().select(*REF, "cluster", entity_id="old_id").join(votes.lazy(), ["cluster", "entity_id"], "semi")
    own = told.join(lost.lazy().select(*REF, entity_id="living"), [*REF, "entity_id"], "anti")
    count = own.group_by("cluster", "entity_id").agg(own=pl.len())
    is_wanted = pl.len().over("entity_id") > 1
    claim = pl.when(is_wanted).then(pl.col("own").fill_null(0)).otherwise("votes")
    return votes.lazy().join(count, ["cluster", "entity_id"], "left").select(pl.exclude("own"), claim=claim)


def _contested(votes: pl.LazyFrame, memory: Memory) -> pl.DataFrame:
    """Settle clashes: best claim, most votes, then the oldest identifier, then the smallest. `cluster`, `entity_id`."""
    aged = votes.join(memory.given.lazy(), "entity_id", "left").with_columns(pl.col("age").fill_null(0))
    ranked = aged.sort("claim", "votes", "age", "entity_id", "cluster", descending=[True, True, False, False, False])
    clusters: set[int] = set()
    taken: set[str] = set()
    given: list[tuple[int, str]] = []
    for cluster, identifier in done(ranked.select("cluster", "entity_id")).iter_rows():
        if cluster not in clusters and identifier not in taken:
            clusters.add(cluster)
            taken.add(identifier)
            given.append((cluster, identifier))
    return pl.DataFrame(given, schema=_CHOSEN, orient="row")


def _returning(homeless: pl.DataFrame, settled: pl.DataFrame, lost: pl.DataFrame, memory: Memory) -> pl.DataFrame:
    """A part that is split off gets back what its records bore before they were merged: the merge is undone exactly."""
    free = lost.lazy().join(settled.lazy(), "entity_id", "anti")
    votes = homeless.lazy().join(free, list(REF)).group_by("cluster", "entity_id").agg(votes=pl.len())
    return _contested(votes.with_columns(claim="votes"), memory)


def _minted(new: pl.DataFrame, memory: Memory, key: bytes) -> pl.DataFrame:
    """New identifiers from the smallest ref of each cluster, in the order of those refs."""
    smallest = new.unique("cluster", keep="first", maintain_order=True)
    refs = smallest.select(pl.concat_str(REF, separator="\x1f")).to_series()
    return smallest.select("cluster", entity_id=mint_all(memory.kind, key, refs, memory.ever))
