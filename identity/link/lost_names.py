"""What a name with lost characters (周? for 周𬀩) may have been: every name of this street that fits it.

Not here: whether it is that person (other evidence must agree: identity/link/weigh.py).
"""

import polars as pl

from identity.evidence.coded import plain
from identity.evidence.names import LOST, RARE

_MISSING = (LOST, RARE)
_ANCHOR = {"value": pl.String, "length": pl.UInt32, "place": pl.Int64, "sign": pl.String}


def fitting_names(lost: pl.DataFrame, names: pl.Series) -> pl.DataFrame:
    """`node`, `value` (text): for each node with a lost name, each whole name that fits it.

    Args:
        lost: `node`, `value` (a name with `?` or `~`, and at least one other character).
        names: Every whole name, once.
    """
    lost = plain(lost)
    rows = [(name, *_anchor(name)) for name in lost["value"].unique().to_list()]
    anchors = pl.DataFrame(rows, schema=_ANCHOR, orient="row")
    wholes = pl.DataFrame({"whole": names.drop_nulls().cast(pl.String)}).with_columns(length=pl.col("whole").str.len_chars())
    alike = [
        wholes.with_columns(sign=pl.col("whole").str.slice(place, 1)).join(
            anchors.filter(pl.col("place") == place), ["length", "sign"]
        )
        for place in anchors["place"].unique().to_list()
    ]
    pairs = [pair for frame in alike for pair in frame.select("value", "whole").iter_rows() if _fits(*pair)]
    fitting = pl.DataFrame(pairs, schema={"value": pl.String, "whole": pl.String}, orient="row")
    return lost.join(fitting, "value").select("node", value="whole")


def _anchor(name: str) -> tuple[int, int, str]:
    """Length, place and sign of the first character that is known."""
    place = next(place for place, sign in enumerate(name) if sign not in _MISSING)
    return len(name), place, name[place]


def _fits(name: str, whole: str) -> bool:
    signs = zip(name, whole, strict=True)
    return all(sign in (LOST, other) or (sign == RARE and _is_rare(other)) for sign, other in signs)


def _is_rare(sign: str) -> bool:
    """Whether the oldest systems, which know GB 2312, cannot show the character."""
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False
