"""Who is a household with whom, who heads it, of which type it is, and who owns or rents each dwelling."""

from collections.abc import Iterator

import polars as pl

from benchmarks.dwelling.places import share
from benchmarks.dwelling.published import DAY, Published
from benchmarks.dwelling.residences import persons

ELDER, ADULT = 60, 18
HOLDINGS = {"owner": ["owner"], "tenant": ["rented"], "empty": ["vacant"]}


def measure_households(published: Published) -> Iterator[str]:
    """Lines of figures: of true households all of whose members have a record that names their home, and of all."""
    true = _true_households(published)
    found = published.table("household")
    for label, homes in (("all", true), ("all members told", true.filter("is_told"))):
        both = homes.join(published.dwelling_of(), left_on="home", right_on="dwelling").join(
            found, on="dwelling_id", how="left", suffix="_found"
        )
        one = both.filter(pl.len().over("home") == 1)
        figures = [share(one.filter(expression).height, homes.height) for expression in _rules()]
        yield f"households ({label}): size right {figures[0]}, head right {figures[1]}, type right {figures[2]}"
    wrong = one.filter(pl.col("type") != pl.col("type_found")).group_by("type", "type_found").len()
    yield "  types, true → published: " + ", ".join(
        f"{a} → {b} {n}" for a, b, n in wrong.sort(-pl.col("len").cast(pl.Int64)).head(6).iter_rows()
    )


def _rules() -> list[pl.Expr]:
    size = pl.col("size") == pl.col("size_found")
    return [size, size & (pl.col("head") == pl.col("head_resident_id")), size & (pl.col("type") == pl.col("type_found"))]


def _true_households(published: Published) -> pl.DataFrame:
    """`home`, `household`, `size`, `head` (its resident), `type`, `is_told`: of those who live at their home."""
    people = persons(published).filter(pl.col("fate") == "alive", pl.col("lives_at") == pl.col("home"))
    age = (
        DAY.year
        - pl.col("birth").dt.year()
        - ((pl.col("birth").dt.month() * 100 + pl.col("birth").dt.day()) > DAY.month * 100 + DAY.day)
    )
    generation = (
        pl.col("relation").str.head(1).replace_strict({"2": 1, "3": 1, "4": 2, "5": -1}, default=0, return_dtype=pl.Int64)
    )
    people = people.with_columns(age=age.cast(pl.Int64), generation=generation, order=pl.col("relation") != "01")
    grouped = (
        people.sort("order", "birth")
        .group_by("home", "household")
        .agg(
            size=pl.len().cast(pl.Int64),
            head=pl.col("resident_id").first(),
            elders=(pl.col("age") >= ELDER).sum(),
            minors=(pl.col("age") < ADULT).sum(),
            span=pl.col("generation").max() - pl.col("generation").min(),
            spouses=(pl.col("relation") == "10").sum(),
            kin=(~pl.col("relation").is_in(["01", "90"])).sum(),
            is_told=pl.col("is_told").all(),
        )
    )
    return grouped.with_columns(type=_type())


def _type() -> pl.Expr:
    return (
        pl.when(pl.col("size") == 1)
        .then(pl.lit("alone"))
        .when(pl.col("elders") == pl.col("size"))
        .then(pl.lit("elderly_only"))
        .when(pl.col("span") >= 2)
        .then(pl.lit("three_generations"))
        .when((pl.col("span") == 1) | (pl.col("minors") > 0))
        .then(pl.lit("with_children"))
        .when((pl.col("size") == 2) & (pl.col("spouses") > 0))
        .then(pl.lit("couple"))
        .when(pl.col("kin") == 0)
        .then(pl.lit("unrelated"))
        .otherwise(pl.lit("other"))
    )


def measure_tenure(published: Published) -> Iterator[str]:
    """Lines of figures: occupancy of dwellings, and who owns and rents them now."""
    homes = published.dwelling_of()
    held = pl.DataFrame([{"house": home.house, "holding": home.holding} for home in published.street.world.homes])
    lived = published.street.world.frame().filter(pl.col("lives_at") >= 0)["lives_at"].unique()
    held = held.with_columns(holding=pl.when(pl.col("house").is_in(lived.implode())).then("holding").otherwise(pl.lit("empty")))
    both = held.join(homes, left_on="house", right_on="dwelling").join(published.table("dwelling"), on="dwelling_id")
    right = sum(
        both.filter(pl.col("holding") == true, pl.col("occupancy").is_in(found)).height for true, found in HOLDINGS.items()
    )
    yield f"occupancy right {share(right, both.height)}; true → published: " + ", ".join(
        f"{a} → {b} {n:,}" for a, b, n in both.group_by("holding", "occupancy").len().sort("holding", "len").iter_rows()
    )
    world = published.street.world
    claims = {
        "owner": [(h.house, h.person.person) for h in world.holdings if h.person and (h.end is None or h.end >= DAY)],
        "tenant": [(lease.house, lease.person.person) for lease in world.leases if lease.end is None or lease.end >= DAY],
    }
    found = published.table("tenure_claim").filter("is_current")
    for kind, pairs in claims.items():
        true = pl.DataFrame(pairs, schema={"dwelling": pl.Int64, "person": pl.Int64}, orient="row").unique()
        named = (
            true.join(homes, on="dwelling").join(published.resident, on="person").select("resident_id", "dwelling_id").unique()
        )
        told = found.filter(pl.col("kind") == kind).select("resident_id", "dwelling_id").unique()
        same = named.join(told, on=["resident_id", "dwelling_id"]).height
        yield f"{kind}s now: found {share(same, true.height)}; of the published right {share(same, told.height)}"
