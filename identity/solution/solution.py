"""Who is who before anybody has an identifier: clusters of records, what was refused, and what is needed to go on from there.

Not here: how it is found (solve.py, again.py), kept (store.py) or named (identity/ids).
"""

from dataclasses import dataclass

import polars as pl

from identity.frames import REF, TIME, Columns
from identity.link.counted import Counted
from identity.solution.index import KeyIndex

NO = pl.UInt32
MEMBER: Columns = {
    "no": NO,
    **dict.fromkeys(REF, pl.String),
    "is_live": pl.Boolean,
    "ref": pl.UInt64,
    "digest": pl.UInt64,
    "name": pl.UInt64,
    "former": pl.UInt64,
    "told_name": pl.UInt64,
    "number": pl.UInt64,
    "born": pl.Date,
    "is_numbered": pl.Boolean,
    "is_lost": pl.Boolean,
    "node": NO,
    "component": NO,
    "cluster": NO,
    "linked_by": pl.String,
    "match_weight": pl.Float64,
    "resident_id": pl.String,
    "linked_at": TIME,
}
REFUSAL: Columns = {"left": NO, "right": NO, "weight": pl.Float64, "rule": pl.String, "why": pl.List(pl.String)}
DISPUTE: Columns = {"left": NO, "right": NO, "why": pl.String}
CLUSTER_TOKEN: Columns = {"cluster": NO, "resident_id": pl.String, "id_token": pl.String, "phone_token": pl.String}


@dataclass(frozen=True)
class Judged:
    """What was looked at again, and how it stood before.

    Attributes:
        numbers: `no` of the records that were judged anew.
        clusters: `no`, `last_cluster` of those among them that are not new.
        gone: Records that are no more: ref, `cluster`, `resident_id`, `linked_at`.
    """

    numbers: pl.Series
    clusters: pl.DataFrame
    gone: pl.DataFrame


@dataclass(frozen=True)
class Solution:
    """Everything that a later run needs, so that it can look at nothing but what changed.

    Attributes:
        members: One row a record, by ref. `no`: its number, kept as long as the solution is carried on; `ref`: hash of the ref;
            `digest`: of all that it says; `name`, `former`: hashes of its names (null: none); `told_name`: of the name as it is
            written; `number`: of the number that it tells, whosever that is; `born`: the birth date that it is read with
            (borrowers.py); `is_numbered`: whether it tells a number of its own; `is_lost`: whether it tells another's;
            `node`: the smallest `no` among those who hold its number;
            `component`: the smallest `no` among the records that evidence connects, also against a veto;
            `cluster`: the smallest among those that are one person; `resident_id`, `linked_at`: the identifier that a run gave
            it (null: none so far), and since when.
        refusals: Links that were not followed, and why.
        disputes: Names that lost a number to another, and why.
        tokens: Keyed tokens of each cluster, by `resident_id` (null: not named yet).
        index: What each record shares with others.
        claimed: `no` of the records under a number that several names claim.
        frequencies: Those of the population as it was last solved as a whole.
        decided: The last decision that was heard (sequence in the identity log).
        drift: How many records have changed since the population was last solved as a whole.
        judged: What was looked at again; null: everybody, or it is not known (it is not stored).
    """

    members: pl.DataFrame
    refusals: pl.DataFrame
    disputes: pl.DataFrame
    tokens: pl.DataFrame
    index: KeyIndex
    claimed: pl.Series
    frequencies: Counted
    decided: int
    drift: int = 0
    judged: Judged | None = None
