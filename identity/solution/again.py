"""Solve again what a change can reach, and keep the rest as it was: the cost follows the change.

Not here: how far a change reaches (reach.py), the whole population (solve.py).
"""

import dataclasses

import polars as pl

from identity.frames import REF, conform
from identity.rules.rule_book import RuleBook
from identity.solution.frequencies import extended, with_bearers, without_touched
from identity.solution.keys import record_keys
from identity.solution.reach import Change, Reach, counted_anew, reach_of, touched_keys
from identity.solution.solution import MEMBER, Solution
from identity.solution.solve import Around, Part, solve_part
from identity.solution.witness import witnesses

# Frequencies are those of the last whole solving; when so many have changed since, everybody is solved anew.
MOST_DRIFT = 0.1
_ROUNDS = 3


def solve_again(records: pl.DataFrame, decisions: pl.DataFrame, book: RuleBook, key: bytes, last: Solution) -> Solution | None:
    """The solution of these records; null where so much has changed that it must be found anew.

    Args:
        records: int_person__record as numbered_records gives it.
        decisions: What people decided, all of it.
        book: The rule book.
        key: Makes the tokens.
        last: The solution of an earlier run, by the same rules.
    """
    numbered = _numbered(records, last)
    change = _change(numbered, decisions, book, last)
    drift = last.drift + change.told.len() + change.gone.len()
    if drift > MOST_DRIFT * numbered.height:
        return None
    heard = int(decisions["sequence"].max() or 0)  # type: ignore[arg-type]
    if change.told.is_empty() and change.gone.is_empty():
        return dataclasses.replace(last, decided=heard)
    touched = touched_keys(change, last)
    known = without_touched(last.frequencies, counted_anew(touched, change))
    known = with_bearers(known, touched, numbered, book.names)
    for _ in range(_ROUNDS):
        reach = reach_of(change, last)
        seen, beside = _seen(numbered, reach, change)
        part = solve_part(seen, decisions, book, key, Around(known, beside))
        judged = _judged(part, reach)
        beyond = judged.filter(~judged.is_in(reach.near.implode()))
        if beyond.is_empty():
            solution = _joined(numbered, change, part, judged, last)
            return dataclasses.replace(solution, frequencies=extended(known, part.frequencies), decided=heard, drift=drift)
        change = dataclasses.replace(change, told=pl.concat([change.told, beyond]).unique().sort())
    return None


def _numbered(records: pl.DataFrame, last: Solution) -> pl.DataFrame:
    """Records with their `no` (new ones: numbers never used in this solution) and `last_digest`."""
    known = last.members.select(*REF, "no", last_digest="digest")
    joined = records.join(known, list(REF), "left", maintain_order="left")
    first = int(last.members["no"].max() or 0) + 1  # type: ignore[arg-type]
    is_new = pl.col("no").is_null()
    fresh = first + is_new.cum_sum() - 1
    return joined.with_columns(no=pl.when(is_new).then(fresh).otherwise("no").cast(pl.UInt32))


def _change(numbered: pl.DataFrame, decisions: pl.DataFrame, book: RuleBook, last: Solution) -> Change:
    told = numbered.filter(pl.col("digest").ne_missing(pl.col("last_digest")))
    fresh = decisions.filter(pl.col("sequence") > last.decided)
    refs = [
        fresh.select(pl.col(f"{side}_{part}").alias(f"source_{part}") for part in ("system", "entity", "key"))
        for side in ("left", "right")
    ]
    decided = numbered.join(pl.concat(refs), list(REF), "semi")
    gone = last.members.join(numbered, "no", "anti")["no"]
    outdated = pl.concat([told["no"], gone]).implode()
    keys = pl.concat([last.keys.filter(~pl.col("no").is_in(outdated)), record_keys(told, book)])
    under = numbered.filter(pl.col("id_number").is_not_null()).group_by("id_kind", "id_number")
    claimed = under.agg("no", names=pl.col("name_key").n_unique()).filter(pl.col("names") > 1).explode("no")["no"]
    return Change(pl.concat([told["no"], decided["no"]]).unique().sort(), gone, keys, claimed, book.weights.guards.largest_block)


def _seen(numbered: pl.DataFrame, reach: Reach, change: Change) -> tuple[pl.DataFrame, pl.Series]:
    """The records that are needed, and the numbers of those that are not to be solved."""
    here = numbered.filter(pl.col("no").is_in(reach.seen.implode()))
    claiming = here.filter(pl.col("id_number").is_not_null() & pl.col("no").is_in(change.claimed.implode()))
    wanted = pl.concat([reach.seen, witnesses(claiming, numbered)]).unique()
    seen = numbered.filter(pl.col("no").is_in(wanted.implode())).drop("last_digest")
    return seen, wanted.filter(~wanted.is_in(reach.near.implode()))


def _judged(part: Part, reach: Reach) -> pl.Series:
    """All that evidence connects now with a record that must be judged."""
    touched = part.members.filter(pl.col("no").is_in(reach.judged.implode()))["component"].unique()
    return part.members.filter(pl.col("component").is_in(touched.implode()))["no"]


def _joined(numbered: pl.DataFrame, change: Change, part: Part, judged: pl.Series, last: Solution) -> Solution:
    """The new answers for those that were judged, the old ones for all others."""
    mine = pl.col("no").is_in(judged.implode())
    outdated = pl.concat([judged, change.gone]).implode()
    outcome = ["component", "cluster", "linked_by", "match_weight"]
    answers = pl.concat(
        [
            last.members.filter(~pl.col("no").is_in(outdated)).select("no", *outcome),
            part.members.filter(mine).select("no", *outcome),
        ]
    )
    members = conform(numbered.join(answers, "no", "left", maintain_order="left"), MEMBER)
    old_clusters = last.members.filter(pl.col("no").is_in(outdated))["cluster"].unique().implode()
    new_clusters = part.members.filter(mine)["cluster"].unique().implode()
    return Solution(
        members=members,
        refusals=_pairs(last.refusals, part.refusals, judged, outdated),
        disputes=_pairs(last.disputes, part.disputes, judged, outdated),
        tokens=pl.concat(
            [
                last.tokens.filter(~pl.col("cluster").is_in(old_clusters)),
                part.tokens.filter(pl.col("cluster").is_in(new_clusters)),
            ]
        ),
        keys=change.keys,
        frequencies=last.frequencies,
        decided=last.decided,
    )


def _pairs(old: pl.DataFrame, new: pl.DataFrame, judged: pl.Series, outdated: pl.Series) -> pl.DataFrame:
    """Pairs of which no end was judged anew or is gone, as they were; the others as they are."""
    kept = old.filter(~pl.col("left").is_in(outdated) & ~pl.col("right").is_in(outdated))
    found = new.filter(pl.col("left").is_in(judged.implode()) | pl.col("right").is_in(judged.implode()))
    return pl.concat([kept, found]).sort("left", "right")
