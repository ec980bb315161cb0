"""The new answers for those that were judged, the old ones for all others.

Not here: who is judged (identity/solution/again.py).
"""

import polars as pl

from identity.frames import REF
from identity.solution.carry import carried
from identity.solution.reach import Change
from identity.solution.rows import Rows, is_among
from identity.solution.solution import Judged, Solution
from identity.solution.solve import Part, cluster_tokens


def joined(change: Change, part: Part, judged: pl.Series, asked: pl.Series, last: Solution, *, key: bytes) -> Solution:
    """The solution after a change, with the frequencies of the last one.

    Args:
        change: What changed.
        part: What was solved.
        judged: `no` of the records that were judged.
        asked: `no` of the records of the numbers that were judged.
        last: The last solution.
        key: Makes the tokens.
    """
    outdated = pl.concat([judged, change.gone])
    before = change.members.of(outdated, "no", "cluster", "resident_id", "linked_at")
    names = before.drop("cluster")
    answers = part.members.filter(pl.Series(is_among(part.members["no"], judged))).drop("resident_id", "linked_at")
    answers = answers.join(names, "no", "left", maintain_order="left")
    kept = last.tokens.filter(~pl.Series(is_among(last.tokens["cluster"], before["cluster"])))
    fresh = cluster_tokens(part.bearing.filter(pl.Series(is_among(part.bearing["cluster"], answers["cluster"]))), key)
    doubtful = pl.concat([asked, change.told, change.gone])
    return Solution(
        members=carried(last.members, answers, change.gone),
        refusals=_pairs(last.refusals, part.refusals, outdated, judged),
        disputes=_pairs(last.disputes, part.disputes, doubtful, asked),
        tokens=pl.concat([kept, fresh]),
        index=change.index,
        claimed=change.claimed,
        frequencies=last.frequencies,
        decided=last.decided,
        judged=judged_of(judged, change.gone, change.members),
    )


def judged_of(judged: pl.Series, gone: pl.Series, members: Rows) -> Judged:
    """How these stood in the last solution."""
    clusters = members.of(judged, "no", "cluster").rename({"cluster": "last_cluster"})
    return Judged(judged, clusters, members.among(gone, *REF, "cluster", "resident_id", "linked_at"))


def without(left: pl.Series, right: pl.Series) -> pl.Series:
    """The numbers of the first that are not among the second."""
    return left.filter(~pl.Series(is_among(left, right), dtype=pl.Boolean))


def _pairs(old: pl.DataFrame, new: pl.DataFrame, outdated: pl.Series, found: pl.Series) -> pl.DataFrame:
    """Pairs of which no end is outdated, as they were; new ones of which one end was found, as they are."""
    stand, fresh = (
        (is_among(pairs["left"], ends), is_among(pairs["right"], ends)) for pairs, ends in ((old, outdated), (new, found))
    )
    kept = old.filter(~pl.Series(stand[0] | stand[1], dtype=pl.Boolean))
    told = new.filter(pl.Series(fresh[0] | fresh[1], dtype=pl.Boolean))
    return pl.concat([kept, told]).sort("left", "right")
