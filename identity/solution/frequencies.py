"""The population's frequencies, carried from one solution to the next.

Phones and dwellings are counted again where a change touches them, since few share each and every one counts. How frequent a
name or a birth date is hardly moves; it is counted again when everybody is solved anew.
Not here: the counting (identity/link/frequency.py).
"""

import dataclasses

import polars as pl

from identity.evidence.names import usable_name
from identity.link.frequency import Frequencies
from identity.rules.rule_book import NameBook
from identity.solution.keys import hashed_key, hashed_name

_COUNTED_ANEW = {"phone": "p", "dwelling": "d", "household": "d"}


def without_touched(frequencies: Frequencies, touched: pl.DataFrame) -> Frequencies:
    """Leave out the phones and dwellings among these keys, which are to be counted again."""
    keys = touched["key"].unique().implode()
    stale = [
        (pl.col("field") == field) & hashed_key(prefix, pl.col("value")).is_in(keys) for field, prefix in _COUNTED_ANEW.items()
    ]
    return dataclasses.replace(
        frequencies,
        holders=frequencies.holders.filter(~pl.any_horizontal(stale)),
        phones=frequencies.phones.filter(~hashed_key("p", pl.col("value")).is_in(keys)),
    )


def with_bearers(frequencies: Frequencies, touched: pl.Series, records: pl.DataFrame, names: NameBook) -> Frequencies:
    """Ask all records whether somebody with a number still bears the names of these hashes (as `hashed_name` gives them)."""
    hashes = touched.implode()
    with_number = records.filter(hashed_name(pl.col("name_key")).is_in(hashes) & pl.col("id_number").is_not_null())
    still = with_number.select(value=usable_name(pl.col("name_key"), names)).drop_nulls()
    others = frequencies.borne.filter(~hashed_name(pl.col("value")).is_in(hashes))
    return dataclasses.replace(frequencies, borne=pl.concat([others, still]).unique())


def nobodys_phones(frequencies: Frequencies, touched: pl.DataFrame, most: int) -> pl.Series:
    """Keys of the phones that more than so many names tell, and that no change touches."""
    crowd = frequencies.phones.filter(pl.col("names") > most).select(key=hashed_key("p", pl.col("value")))
    return crowd.join(touched, "key", "anti")["key"]


def extended(frequencies: Frequencies, counted: Frequencies) -> Frequencies:
    """Add what was counted in a part of the population, and nowhere before."""

    def both(old: pl.DataFrame, new: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
        return pl.concat([old, new.join(old, keys, "anti")])

    return dataclasses.replace(
        frequencies,
        holders=both(frequencies.holders, counted.holders, ["field", "value"]),
        phones=both(frequencies.phones, counted.phones, ["value"]),
        borne=both(frequencies.borne, counted.borne, ["value"]),
    )
