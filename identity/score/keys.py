"""The guard before the join: how many pairs each key, and each of its values, would make; hot values are split or left out.

Not here: the join (candidates.py).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from identity.score.coded import Coded
from identity.score.population import Key, KeyPart, Limits, Population

Rows = npt.NDArray[np.int64]
MOST_BLOCKS = 2**62  # numbers of blocks stay below, so that they never overflow


@dataclass(frozen=True)
class KeyPlan:
    """What is joined (`blocks`: row, block; a block is a set of rows of which each meets each) and what that costs.

    `told` has one row a key: key, predicted (pairs before the guard), planned (after it), split and left_out (values).
    """

    blocks: list[pl.DataFrame]
    told: pl.DataFrame


def plan_keys(coded: Coded, population: Population) -> KeyPlan:
    """Predict the pairs of every key, split or leave out its hot values, and keep the sum within the limits."""
    planned = [_plan(coded, key, population.limits) for key in population.keys]
    room = population.limits.pairs_per_record * coded.size
    blocks, told = [], []
    for key, (rows, facts) in zip(population.keys, planned, strict=True):
        kept, cut = _within(rows, room)
        pairs = _pairs(kept)
        room -= pairs
        blocks.append(kept.select("row", "block"))
        told.append({"key": _name(key), **facts, "planned": pairs, "left_out": facts["left_out"] + cut})
    return KeyPlan(blocks, pl.DataFrame(told).select("key", "predicted", "planned", "split", "left_out"))


def _plan(coded: Coded, key: Key, limits: Limits) -> tuple[pl.DataFrame, dict[str, int]]:
    """One key's rows in blocks of bearable size, and what became of the others."""
    coarse = _blocked(coded, np.arange(coded.size), key.parts)
    hot = _block_pairs() > limits.pairs_per_value
    cool, heated = coarse.filter(~hot), coarse.filter(hot)
    facts = {"predicted": _pairs(coarse), "split": heated["block"].n_unique(), "left_out": 0}
    if heated.is_empty():
        return cool, facts
    if not key.finer:
        return cool, {**facts, "split": 0, "left_out": facts["split"]}
    fine = _blocked(coded, heated["row"].to_numpy(), (*key.parts, *key.finer))
    facts["left_out"] = fine.filter(hot)["block"].n_unique()
    return pl.concat([cool, fine.filter(~hot).with_columns(block=-1 - pl.col("block"))]), facts


def _blocked(coded: Coded, rows: Rows, parts: tuple[KeyPart, ...]) -> pl.DataFrame:
    """row, block, size (of the block): rows that share every part with another row; an unknown part joins nobody."""
    block = np.zeros(len(rows), dtype=np.int64)
    is_known = np.ones(len(rows), dtype=np.bool_)
    for part in parts:
        number = _part(coded, part)[rows]
        is_known &= number >= 0
        values = int(number.max(initial=0)) + 1
        if int(block.max(initial=0)) >= MOST_BLOCKS // values:
            block = np.unique(block, return_inverse=True)[1]
        block = block * values + number
    known = pl.DataFrame({"row": rows[is_known], "block": block[is_known]})
    return known.with_columns(size=pl.len().over("block").cast(pl.Int64)).filter(pl.col("size") > 1)


def _part(coded: Coded, part: KeyPart) -> Rows:
    """A number for each row's value, or for its first characters; -1 where unknown or empty."""
    column = coded.columns[part.column]
    codes = column.codes.astype(np.int64)
    if part.first is None:
        return codes
    short: dict[str, int] = {}
    number = [short.setdefault(value[: part.first], len(short)) for value in column.values]
    return np.array([*number, -1], dtype=np.int64)[codes]


def _within(rows: pl.DataFrame, room: int) -> tuple[pl.DataFrame, int]:
    """The smallest blocks whose pairs find room, and how many blocks did not."""
    if _pairs(rows) <= room:
        return rows, 0
    blocks = rows.unique("block").sort("size", "block").with_columns(sum=_block_pairs().cum_sum())
    kept = blocks.filter(pl.col("sum") <= room).select("block")
    return rows.join(kept, "block", "semi"), blocks.height - kept.height


def _block_pairs() -> pl.Expr:
    return pl.col("size") * (pl.col("size") - 1) // 2


def _pairs(rows: pl.DataFrame) -> int:
    """Each row meets all the others of its block, and each pair is met from both sides."""
    return int((rows["size"] - 1).sum()) // 2


def _name(key: Key) -> str:
    return " + ".join(part.column if part.first is None else f"{part.column}[:{part.first}]" for part in key.parts)
