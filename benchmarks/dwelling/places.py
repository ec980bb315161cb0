"""One record for one place: do police and property agree on a dwelling's id, and does any id hold two places."""

from collections.abc import Iterator

import polars as pl

from benchmarks.dwelling.published import REF, Published


def measure_places(published: Published) -> Iterator[str]:
    """Lines of figures."""
    linked = published.place.filter(pl.col("kind") == "dwelling").join(
        published.table("dwelling_source"), on=REF, how="left", maintain_order="left"
    )
    known = linked.drop_nulls("dwelling")
    sides = known.group_by("dwelling").agg(
        pl.col("source_system").n_unique().alias("systems"),
        pl.col("dwelling_id").filter(pl.col("source_system") == "property").alias("housing"),
        pl.col("dwelling_id").filter(pl.col("source_system") == "police").alias("standard"),
    )
    both = sides.filter(pl.col("systems") > 1)
    one = both.filter(pl.col("housing").list.set_symmetric_difference("standard").list.len() == 0)
    yield f"dwellings: one id in police and property {share(one.height, both.height)}"
    yield f"dwellings in one of them only: {sides.height - both.height:,}"
    # an entry of no known room is a place of its own
    entry = pl.coalesce(pl.col("dwelling").cast(pl.String), "source_key")
    held = linked.drop_nulls("dwelling_id").with_columns(entry=entry).group_by("dwelling_id").agg(pl.col("entry").n_unique())
    yield f"dwelling ids that hold two dwellings: {held.filter(pl.col('entry') > 1).height:,} of {held.height:,}"
    homes = published.table("dwelling").join(published.dwelling_of(), on="dwelling_id")
    homes = homes.join(published.street.world.places.houses, left_on="dwelling", right_on="house")
    for kind in ("building", "estate"):
        mixed = homes.group_by(f"{kind}_id").agg(pl.col(kind).n_unique()).drop_nulls()
        parted = homes.group_by(kind).agg(pl.col(f"{kind}_id").n_unique())
        unplaced = homes.filter(pl.col(f"{kind}_id").is_null()).height
        yield (
            f"{kind} ids that hold two {kind}s: {mixed.filter(pl.col(kind) > 1).height:,} of {mixed.height:,}; "
            f"{kind}s under two ids: {parted.filter(pl.col(f'{kind}_id') > 1).height:,} of {parted.height:,}; "
            f"dwellings without one: {unplaced:,}"
        )


def share(part: int, whole: int) -> str:
    """A share with its numbers."""
    return f"{part:,} of {whole:,} ({part / max(whole, 1):.3%})"
