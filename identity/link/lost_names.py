"""What a name with lost characters (周? for 周𬀩) may have been: every name of this street that fits it.

Not here: whether it is that person (other evidence must agree: identity/link/weigh.py).
"""

from collections import defaultdict

import polars as pl

from identity.evidence.names import RARE

LOST = "?"
_MISSING = (LOST, RARE)


def fitting_names(lost: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """`node`, `value`: for each node with a lost name, each whole name that fits it.

    Args:
        lost: `node`, `value` (a name with `?` or `~`, and at least one other character).
        names: `node`, `value` (whole names).
    """
    index: dict[tuple[int, int, str], list[str]] = defaultdict(list)
    wanted = {_anchor(name)[1:] for name in lost["value"].unique().to_list()}
    for name in names["value"].unique().sort().to_list():
        for place, sign in enumerate(name):
            if (place, sign) in wanted:
                index[len(name), place, sign].append(name)
    pairs = [
        (name, whole) for name in lost["value"].unique().sort().to_list() for whole in index[_anchor(name)] if _fits(name, whole)
    ]
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
    """Whether old systems, which know GBK, cannot show the character."""
    try:
        sign.encode("gbk")
    except UnicodeEncodeError:
        return True
    return False
