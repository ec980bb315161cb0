"""What a birth date tells of a record that tells none: owners are seldom children, and children in need never old.

How old those are who stand on a list is learned from its own numbers (identity/link/shares.py, `born`).
Not here: birth dates that both sides tell.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from identity.evidence.coded import as_text
from identity.link.nodes import Nodes
from identity.link.shares import BORN, decade


def age_bits(pairs: pl.DataFrame, nodes: Nodes, shares: pl.DataFrame) -> npt.NDArray[np.float64]:
    """For each pair (`left`, `right`) how many bits likelier one side's birth date is on the other's list than anywhere.

    0 where both sides tell one, or neither, or where the list holds no numbers.
    """
    asked = pl.concat([pairs["left"], pairs["right"]]).unique().to_frame("node")
    records = nodes.members.join(asked, "node", "semi").select("node", "birth", comparison=as_text("source"))
    told = records.drop_nulls("birth").group_by("node").agg(step=decade(pl.col("birth").min()))
    silent = records.join(told, "node", "anti").group_by("node").agg(pl.col("comparison").min())
    born = shares.filter(pl.col("kind") == BORN).select("comparison", "step", bits=pl.col("share").log(2))
    bits = np.zeros(pairs.height)
    for here, there in (("left", "right"), ("right", "left")):
        beside = pairs.select(here, there).join(silent, left_on=here, right_on="node", how="left", maintain_order="left")
        beside = beside.join(told, left_on=there, right_on="node", how="left", maintain_order="left")
        found = beside.join(born, ["comparison", "step"], "left", maintain_order="left")
        bits += found["bits"].fill_null(0.0).to_numpy()
    return bits
