"""Where people live and are registered, and which of the four categories they are in, by kind of person."""

from collections.abc import Iterator

import polars as pl

from benchmarks.dwelling.places import share
from benchmarks.dwelling.published import REF, Published

NOWHERE = -1
WHERE_LIVED = {"SYRK": "XZZ"}  # of the two addresses of a register entry, the one that is lived at


def measure_residences(published: Published) -> Iterator[str]:
    """Lines of figures."""
    people = persons(published)
    told = people.filter("is_told", pl.col("fate") == "alive", pl.col("home_id").is_not_null())
    right = told.filter(pl.col("lives_id") == pl.col("home_id")).height
    missing = told.filter(pl.col("lives_id").is_null()).height
    wrong = told.height - right - missing
    yield "current residence, of the living whose home a record names:"
    yield f"  right {share(right, told.height)}, wrong {wrong:,}, missing {missing:,}"
    old = told.filter("is_contradicted")
    agreed = old.filter(pl.col("lives_id") == pl.col("home_id")).height
    yield f"  of these, another record names another dwelling: right {share(agreed, old.height)}"
    for (kind,), group in people.group_by("kind", maintain_order=True):
        same = group.filter(pl.col("lives_id").eq_missing(pl.col("home_id"))).height
        absent = group.filter(pl.col("lives_id").is_null() & pl.col("home_id").is_not_null()).height
        yield f"  {kind}: right {share(same, group.height)}, wrong {group.height - same - absent:,}, missing {absent:,}"
    listed = people.filter(pl.col("hukou_id").is_not_null() | pl.col("registered_id").is_not_null(), pl.col("fate") == "alive")
    same = listed.filter(pl.col("hukou_id").eq_missing(pl.col("registered_id"))).height
    absent = listed.filter(pl.col("registered_id").is_null()).height
    wrong = listed.height - same - absent
    yield f"registered residence of the living: right {share(same, listed.height)}, wrong {wrong:,}, missing {absent:,}"
    yield "category, true → published:"
    living = people.filter(pl.col("fate") == "alive", pl.col("role").is_in(["resident", "absent"]))
    for true, found, number in living.group_by("category", "resident_category").len().sort("category", "len").iter_rows():
        yield f"  {true} → {found}: {number:,}"


def persons(published: Published) -> pl.DataFrame:
    """One row a person with a resident: the truth beside what was published.

    `home_id`, `hukou_id`: the true dwelling's id (null: outside); `lives_id`, `registered_id`: the published ones; `is_told`:
    a live record names the home; `is_contradicted`: another names another dwelling; `kind`; `category`; `resident_category`.
    """
    homes = published.dwelling_of()
    people = published.street.world.frame().join(published.resident, on="person")
    for column, name in (("lives_at", "home_id"), ("registered_at", "hukou_id")):
        people = people.join(homes.rename({"dwelling_id": name}), left_on=column, right_on="dwelling", how="left")
    current = published.table("residence").filter("is_current")
    for kind, name in (("lives", "lives_id"), ("registered", "registered_id")):
        mine = current.filter(pl.col("kind") == kind).select("resident_id", pl.col("dwelling_id").alias(name))
        people = people.join(mine, on="resident_id", how="left")
    people = people.join(published.table("resident").select("resident_id", "resident_category", "status"), on="resident_id")
    people = people.join(_told(published), on="person", how="left")
    names = {"is_told": pl.col("told").list.contains(pl.col("lives_at")), "is_contradicted": _others("told", "lives_at")}
    return people.with_columns(**{name: found.fill_null(value=False) for name, found in names.items()}).with_columns(
        kind=_kind(), category=_category()
    )


def _others(column: str, own: str) -> pl.Expr:
    """Whether a list names anything but the own value."""
    return pl.col(column).list.len() > pl.col(column).list.contains(pl.col(own)).cast(pl.Int64)


def _told(published: Published) -> pl.DataFrame:
    """`person`, `told`: the dwellings that the person's live records name as lived in: by address, code, or lease."""
    field = pl.col("source_entity").replace_strict(WHERE_LIVED, default="address", return_dtype=pl.String)
    named = published.address.filter(pl.col("field") == field, pl.col("grade") == "dwelling")
    coded = published.street.tables["police.SYRK"].filter(pl.col("DZBM") != "").select(plain_key="RYBH", dwelling="_house")
    police = [pl.lit("police").alias("source_system"), pl.lit("SYRK").alias("source_entity")]
    leased = published.record.filter(pl.col("source_entity") == "lease").select(
        "source_system", "source_entity", "plain_key", "dwelling"
    )
    named = pl.concat(
        [
            named.select("source_system", "source_entity", "plain_key", "dwelling"),
            coded.select(*police, "plain_key", "dwelling"),
            leased,
        ]
    ).drop_nulls()
    records = published.record.filter("is_live", ~pl.col("is_damaged")).drop_nulls("person")
    case = pl.col("plain_key").str.replace(r"#\d+$", "")
    records = records.select(
        "person", *REF[:2], plain_key=pl.when(pl.col("source_entity") == "assistance-cases").then(case).otherwise("plain_key")
    )
    both = records.join(named, on=[*REF[:2], "plain_key"])
    return both.group_by("person").agg(told=pl.col("dwelling").unique())


def _kind() -> pl.Expr:
    here = pl.col("registered_at") == pl.col("lives_at")
    return (
        pl.when(pl.col("fate") != "alive")
        .then("fate")
        .when(pl.col("role") != "resident")
        .then("role")
        .when(pl.col("people") != "citizen")
        .then(pl.lit("from abroad"))
        .when(here)
        .then(pl.lit("registered where living"))
        .when(pl.col("registered_at") != NOWHERE)
        .then(pl.lit("registered elsewhere on the street"))
        .otherwise(pl.lit("registered outside"))
    )


def _category() -> pl.Expr:
    registered, living = pl.col("registered_at") != NOWHERE, pl.col("lives_at") != NOWHERE
    return (
        pl.when(pl.col("people") != "citizen")
        .then(pl.lit("abroad"))
        .when(registered & living)
        .then(pl.lit("registered_and_living"))
        .when(registered)
        .then(pl.lit("registered_living_elsewhere"))
        .when(living)
        .then(pl.lit("registered_elsewhere_living"))
    )
