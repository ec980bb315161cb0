"""The population's frequencies as they are kept: by hashes of values, in their order, so that a part finds its own by a search.

Not here: the counting (identity/link/frequency.py), what a change does to it (identity/solution/frequencies.py).
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from identity.evidence.coded import as_text, coded, plain
from identity.evidence.hashed import DWELLING, PHONE, hashed_key, hashed_name
from identity.link.frequency import Frequencies
from identity.link.nodes import claims_of_phones
from identity.ordered import Flags, Rows, stands_at
from identity.plan import done

_PREFIX = {"phone": PHONE, "dwelling": DWELLING, "household": DWELLING}
_HOUSEHOLD = 1  # its key is the dwelling's but for one bit


@dataclass(frozen=True)
class Counted:
    """Frequencies of a whole population.

    Attributes:
        people: How many nodes there are.
        holders: `key` (of field and value), `holders`, by key.
        phones: `key`, `names`, by key.
        crowded: As in Frequencies, in text.
        shares: As in Frequencies.
        least: The lowest weight (bits) that is linked.
    """

    people: int
    holders: pl.DataFrame
    phones: pl.DataFrame
    crowded: pl.DataFrame
    shares: pl.DataFrame
    least: float | None


@dataclass(frozen=True)
class Outside:
    """What records tell of phones and dwellings that are counted with a part of the population, and do not belong to it.

    Attributes:
        holders: `key`, `holders`: how many nodes outside tell it; of dwellings also as of a household.
        names: `key`, `name`: each phone with the hashes of the names that tell it outside (null: none), each pair once.
    """

    holders: pl.DataFrame
    names: pl.DataFrame


NOBODY = Outside(
    pl.DataFrame(schema={"key": pl.UInt64, "holders": pl.UInt32}), pl.DataFrame(schema={"key": pl.UInt64, "name": pl.UInt64})
)


def as_counted(frequencies: Frequencies) -> Counted:
    """Frequencies to be kept; who bears a name stands beside the records (identity/solution/solution.py)."""
    return Counted(
        people=frequencies.people,
        holders=_keyed_holders(frequencies.holders).select("key", "holders").sort("key"),
        phones=frequencies.phones.select(_phone_key(), "names").sort("key"),
        crowded=plain(frequencies.crowded),
        shares=frequencies.shares,
        least=frequencies.least,
    )


def household_key(dwelling: pl.Series) -> pl.Series:
    """The keys of dwellings as only a household tells them."""
    return dwelling.to_frame("key").select(pl.col("key") ^ pl.lit(_HOUSEHOLD, pl.UInt64)).to_series()


def claims_among(listed: pl.DataFrame, known: Counted, outside: Outside) -> pl.DataFrame:
    """How many names tell each phone that a part of the population lists: as it is known, else with those outside the part."""
    claims = _looked_up(claims_of_phones(listed).with_columns(_phone_key()), known.phones, ("names",))
    if outside.names.is_empty():
        return claims.drop("key")
    keyed = listed.select(_phone_key(), name=hashed_name(as_text("name_token"))).join(outside.names, "key", "semi")
    counted = names_counted(pl.concat([keyed, outside.names])).rename({"names": "counted"})
    return claims.join(counted, "key", "left").select("value", names=pl.coalesce("counted", "names"))


def names_counted(told: pl.DataFrame) -> pl.DataFrame:
    """`key`, `names`: how many names stand beside each key (`key`, `name`)."""
    return told.group_by("key").agg(names=pl.col("name").drop_nulls().n_unique())


def supplemented(part: Frequencies, known: Counted, borne: pl.Series, outside: Outside) -> Frequencies:
    """What a part of the population tells, with the counts of all; its own, and those outside it, for what is not known.

    Args:
        part: Counted among some records, in codes; phones as `claims_among` tells them.
        known: Those of all.
        borne: Hashes of the names that somebody else with a number bears.
        outside: What others tell that is to be counted anew.
    """
    holders = _with_outside(_keyed_holders(part.holders), outside)
    names = part.holders.filter(pl.col("field") == "name").select("value", name=hashed_name(as_text("value")))
    others = names.filter(pl.col("name").is_in(borne.filter(borne.is_in(names["name"].implode())).implode())).select("value")
    return Frequencies(
        people=known.people,
        holders=_looked_up(holders, known.holders, ("holders",)),
        phones=part.phones,
        borne=pl.concat([part.borne, others]).unique(),
        crowded=coded(known.crowded),
        shares=known.shares,
        least=known.least,
    )


def _with_outside(holders: pl.DataFrame, outside: Outside) -> pl.DataFrame:
    """Holders (`key` …) with those outside."""
    if outside.holders.is_empty():
        return holders
    beyond = outside.holders.rename({"holders": "beyond"})
    joined = holders.join(beyond, "key", "left", maintain_order="left")
    return joined.with_columns(pl.col("holders") + pl.col("beyond").fill_null(0)).drop("beyond")


def places_of(keys: pl.Series, known: pl.Series) -> tuple[Rows, Flags]:
    """The place of each key, in any order, among known ones, which are sorted; and whether it stands there."""
    asked = keys.to_numpy()
    order = np.argsort(asked)
    places, is_known = np.empty(asked.size, dtype=np.int64), np.empty(asked.size, dtype=np.bool_)
    places[order], is_known[order] = stands_at(asked[order], known.to_numpy())
    return places, is_known


def is_known(keys: pl.Series, known: pl.Series) -> Flags:
    """Whether each key is among known ones, which are sorted."""
    return places_of(keys, known)[1]


def _looked_up(told: pl.DataFrame, known: pl.DataFrame, columns: tuple[str, ...]) -> pl.DataFrame:
    """The frame (`key` …) with these columns as they are known, where they are."""
    places, is_known = places_of(told["key"], known["key"])
    if not is_known.any():
        return told
    mask = pl.Series(is_known)
    return told.with_columns(
        pl.when(mask).then(known[column].gather(places)).otherwise(column).cast(told.schema[column]).alias(column)
        for column in columns
    )


def _phone_key() -> pl.Expr:
    return hashed_key(PHONE, as_text("value")).alias("key")


def _keyed_holders(holders: pl.DataFrame) -> pl.DataFrame:
    """Add `key`, where it is not there from an earlier look."""
    if "key" in holders.columns:
        return holders
    of = holders.with_columns(as_text("field").alias("of"), key=pl.lit(None, pl.UInt64))
    parts = [
        rows.lazy().with_columns(key=hashed_key(_PREFIX.get(field, field), as_text("value")) ^ pl.lit(_turn(field), pl.UInt64))
        for (field,), rows in of.partition_by("of", as_dict=True).items()
    ]
    return done(pl.concat([of.clear().lazy(), *parts])).rechunk().drop("of")


def _turn(field: str) -> int:
    return _HOUSEHOLD if field == "household" else 0
