"""The least weight that is merged, derived from how many false merges this population may expect. Never a fixed score."""

import numpy as np
import polars as pl


def derive_threshold(weighed: pl.DataFrame, allowed: float) -> float:
    """The lowest weight (bits) at which the pairs at or above it hold at most `allowed` expected false ones.

    A pair of probability p is expected to be false 1 - p times; the more pairs a population makes, the stricter the
    threshold. Never below 0 bits: what is more likely two people's than one's is not merged, however much is allowed.
    Infinite where no pair is good enough.

    Args:
        weighed: `weight`, `posterior` of every candidate pair that may be merged.
        allowed: expected false merges, in pairs.
    """
    falls = weighed.group_by("weight").agg(expected=(1.0 - pl.col("posterior")).sum()).sort("weight", descending=True)
    borne = np.cumsum(falls["expected"].to_numpy()) <= allowed
    count = int(borne.argmin()) if not borne.all() else len(borne)
    return max(float(falls["weight"][count - 1]), 0.0) if count else float("inf")
