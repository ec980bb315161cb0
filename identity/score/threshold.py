"""The least weight that is merged, derived from how many false merges this population may expect. Never a fixed score."""

import numpy as np
import polars as pl


def derive_threshold(weighed: pl.DataFrame, allowed: float) -> float:
    """The lowest weight (bits) at which the pairs at or above it hold at most `allowed` expected false ones.

    A pair of probability p is expected to be false 1 - p times; the more pairs a population makes, the stricter the
    threshold. Never below 0 bits: what is more likely two people's than one's is not merged, however much is allowed.
    0 bits where all of them together are allowed, infinite where no pair is good enough.

    Args:
        weighed: `weight`, `posterior` of every candidate pair that may be merged.
        allowed: expected false merges, in pairs.
    """
    falling = np.argsort(-weighed["weight"].to_numpy(), kind="stable")
    weight, posterior = (weighed[name].to_numpy()[falling] for name in ("weight", "posterior"))
    is_last = np.append(weight[1:] != weight[:-1], True)[: len(weight)]  # equal weights are merged together or not at all
    expected = np.cumsum(1.0 - posterior)
    if len(weight) and expected[-1] <= allowed:
        return 0.0
    borne = np.flatnonzero(is_last & (expected <= allowed))
    return max(float(weight[borne[-1]]), 0.0) if len(borne) else float("inf")
