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
from identity.plan import done


def age_bits(pairs: pl.DataFrame, nodes: Nodes, shares: pl.DataFrame) -> npt.NDArray[np.float64]:
    """For each pair (`left`, `right`) how many bits likelier one side's birth date is on the other's list than anywhere.

    0 where both sides tell one, or neither, or where the list holds no numbers.
    """
    asked = pl.concat([pairs["left"], pairs["right"]]).unique().to_frame("node")
    members = nodes.members.lazy().select("node", "birth", "source").join(asked.lazy(), "node", "semi")
    records = done(members.select("node", "birth", comparison=as_text("source")))
    told = done(records.lazy().drop_nulls("birth").group_by("node").agg(step=decade(pl.col("birth").min()))).lazy()
    silent = done(records.lazy().join(told, "node", "anti").group_by("node").agg(pl.col("comparison").min())).lazy()
    born = shares.lazy().filter(pl.col("kind") == BORN).select("comparison", "step", bits=pl.col("share").log(2))
    bits = np.zeros(pairs.height)
    for here, there in (("left", "right"), ("right", "left")):
        beside = pairs.lazy().select(here, there)
        beside = beside.join(silent, left_on=here, right_on="node", how="left", maintain_order="left")
        beside = beside.join(told, left_on=there, right_on="node", how="left", maintain_order="left")
        found = beside.join(born, ["comparison", "step"], "left", maintain_order="left").select(pl.col("bits").fill_null(0.0))
        bits += done(found)["bits"].to_numpy()
    return bits
