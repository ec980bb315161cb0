"""What known keys tell: columns that changed places, keys that name other rows than before, rows under new keys."""

from collections.abc import Iterator
from itertools import combinations

import polars as pl

from ingestion.drift.limits import Limits
from ingestion.drift.profile import EVERY

OWN = {"_key", "_content"}


def key_findings(sample: pl.DataFrame, known: pl.DataFrame, limits: Limits, *, is_snapshot: bool) -> Iterator[tuple[str, str]]:
    """Name and cause of everything strange about the keys of a delivery."""
    if sample.is_empty() or known.is_empty():
        return
    columns = [name for name in sample.columns if name in known.columns and name not in OWN]
    both = sample.join(known, on="_key", suffix="_was")
    swapped = list(_swapped(both, columns, limits))
    yield from swapped
    if not swapped:
        yield from _renumbered(sample, known, limits, is_snapshot=is_snapshot)
        yield from _reused(both, columns, limits)


def _swapped(both: pl.DataFrame, columns: list[str], limits: Limits) -> Iterator[tuple[str, str]]:
    """Pairs of columns that hold each other's former values, where those differed."""
    pairs = list(combinations(columns, 2))
    if both.height < limits.least_keys or not pairs:
        return
    could = [(pl.col(f"{a}_was") != pl.col(f"{b}_was")) for a, b in pairs]
    did = [(pl.col(a) == pl.col(f"{b}_was")) & (pl.col(b) == pl.col(f"{a}_was")) for a, b in pairs]
    counts = both.select(
        *(test.sum().alias(f"could_{n}") for n, test in enumerate(could)),
        *((test & swap).sum().alias(f"did_{n}") for n, (test, swap) in enumerate(zip(could, did, strict=True))),
    ).row(0, named=True)
    for n, (a, b) in enumerate(pairs):
        differing, exchanged = counts[f"could_{n}"], counts[f"did_{n}"]
        if differing >= limits.least_keys and exchanged >= limits.swapped * differing:
            yield "swapped", f"columns {a} and {b} hold each other's values at {exchanged / differing:.0%} of the known keys"


def _renumbered(sample: pl.DataFrame, known: pl.DataFrame, limits: Limits, *, is_snapshot: bool) -> Iterator[tuple[str, str]]:
    """Known rows under keys that nobody knows; a full snapshot in which known keys are missing says so too."""
    # Of large deliveries only rows that were kept for their content can be found again by it: one new row in so many. Small ones
    # are kept whole, and looked at whole: what cannot be found counts as new, so that nothing is held for it.
    new = sample.join(known, on="_key", how="anti")
    judged = [rows for rows in (new.filter(pl.col("_content") % EVERY == 0), new) if rows.height >= limits.least_keys]
    contents = known.select("_content").unique()
    shares = [rows.join(contents, on="_content", how="semi").height / rows.height for rows in judged]
    if shares and max(shares) >= limits.renumbered:
        yield "renumbered", f"keys seem to be re-numbered: {max(shares):.0%} of the new keys bear rows known under others"
    elif is_snapshot:
        there = known.join(sample, on="_key", how="semi").height
        if known.height >= limits.least_keys and sample.height and there < limits.known_keys * min(known.height, sample.height):
            least = min(known.height, sample.height)
            yield "renumbered", f"keys seem to be re-numbered: only {there / least:.0%} of the known keys are there"


def reused_share(sample: pl.DataFrame, known: pl.DataFrame, limits: Limits) -> float | None:
    """Share of the known keys that name quite another row now; null where too few are known."""
    if sample.is_empty() or known.is_empty():
        return None
    columns = [name for name in sample.columns if name in known.columns and name not in OWN]
    both = sample.join(known, on="_key", suffix="_was")
    return _other_rows(both, columns, limits) / both.height if columns and both.height >= limits.least_keys else None


def _reused(both: pl.DataFrame, columns: list[str], limits: Limits) -> Iterator[tuple[str, str]]:
    """Known keys that name quite another row."""
    if both.height < limits.least_keys or not columns:
        return
    other = _other_rows(both, columns, limits)
    if other > limits.reused * both.height:
        yield "reused", f"keys name other rows than before: {other / both.height:.0%} of the known keys"


def _other_rows(both: pl.DataFrame, columns: list[str], limits: Limits) -> int:
    """Known keys of whose filled columns most differ from before."""
    filled = [(pl.col(name) != 0) & (pl.col(f"{name}_was") != 0) for name in columns]
    differs = [test & (pl.col(name) != pl.col(f"{name}_was")) for name, test in zip(columns, filled, strict=True)]
    share = pl.sum_horizontal(differs) / pl.max_horizontal(pl.sum_horizontal(filled), pl.lit(1))
    return int(both.select((share >= limits.reused_columns).sum()).item())
