"""The population's frequencies, carried from one solution to the next.

Phones and dwellings are counted again where a change touches them, since few share each and every one counts. How frequent a
name or a birth date is hardly moves; it is counted again when everybody is solved anew.
Not here: the counting (identity/link/frequency.py), how it is kept (identity/link/counted.py).
"""

import dataclasses

import numpy as np
import polars as pl

from identity.link.counted import Counted, Outside, as_counted, household_key, is_known, names_counted
from identity.link.frequency import Frequencies


def without_touched(frequencies: Counted, touched: pl.DataFrame) -> Counted:
    """Leave out the phones and dwellings among these keys, which are to be counted again."""
    keys = touched["key"].unique()
    stale = pl.concat([keys, household_key(keys)]).implode()
    return dataclasses.replace(
        frequencies,
        holders=frequencies.holders.filter(~pl.col("key").is_in(stale)),
        phones=frequencies.phones.filter(~pl.col("key").is_in(keys.implode())),
    )


def nobodys_phones(frequencies: Counted, touched: pl.DataFrame, most: int) -> pl.Series:
    """Keys of the phones that more than so many names tell, and that no change touches."""
    crowd = frequencies.phones.filter(pl.col("names") > most).select("key")
    return crowd.join(touched, "key", "anti")["key"]


def extended(frequencies: Counted, part: Frequencies, outside: Outside, most: int) -> Counted:
    """Add what was counted in a part of the population, and nowhere before; and what is told outside it alone.

    Args:
        frequencies: Those that stand.
        part: What was counted, those outside with it.
        outside: What they tell.
        most: A phone that more names tell is nobody's, and has no holders.
    """
    counted = as_counted(part)
    phones = _with_new(frequencies.phones, counted.phones, names_counted(outside.names))
    crowd = phones.filter(pl.col("names") > most)["key"]
    beyond = outside.holders.filter(~pl.col("key").is_in(crowd.implode()))
    holders = _with_new(frequencies.holders, counted.holders, beyond)
    return dataclasses.replace(frequencies, holders=holders, phones=phones)


def _with_new(known: pl.DataFrame, *counted: pl.DataFrame) -> pl.DataFrame:
    """All of them, by key; of a key that several tell, what the first of them tells."""
    told = pl.concat([part.select(known.columns) for part in counted])
    fresh = told.filter(~pl.Series(is_known(told["key"], known["key"]), dtype=pl.Boolean))
    if fresh.is_empty():
        return known
    fresh = fresh.unique("key", keep="first", maintain_order=True).sort("key")
    before = np.searchsorted(known["key"].to_numpy(), fresh["key"].to_numpy())
    columns = (pl.Series(name, np.insert(known[name].to_numpy(), before, fresh[name].to_numpy())) for name in known.columns)
    return pl.DataFrame(columns)
