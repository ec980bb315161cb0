"""Solve again what a change can reach, and keep the rest as it was: the cost follows the change.

Not here: how far a change reaches (reach.py), the whole population (solve.py).
"""

import dataclasses

import polars as pl

from identity.evidence.hashed import borne_names, name_hashes
from identity.frames import REF
from identity.resolve.people import Around
from identity.rules.rule_book import RuleBook
from identity.solution.bearers import borne_beside, turned, turned_by
from identity.solution.carry import carried
from identity.solution.claims import claimed_anew
from identity.solution.frequencies import extended, nobodys_phones, without_touched
from identity.solution.keys import may_be_damaged, record_keys
from identity.solution.numbering import is_mistaken, with_numbers
from identity.solution.reach import NODES, Change, Reach, counted_anew, reach_of
from identity.solution.solution import Judged, Solution
from identity.solution.solve import Part, solve_part
from identity.solution.witness import witnesses

# Frequencies are those of the last whole solving; when so many have changed since, everybody is solved anew.
MOST_DRIFT = 0.1
_ROUNDS = 3


def solve_again(records: pl.DataFrame, decisions: pl.DataFrame, book: RuleBook, key: bytes, last: Solution) -> Solution | None:
    """The solution of these records; null where so much has changed that it must be found anew.

    Args:
        records: int_person__record as `digested` gives it, in any order.
        decisions: What people decided, all of it.
        book: The rule book.
        key: Makes the tokens.
        last: The solution of an earlier run, by the same rules.
    """
    numbered = with_numbers(records, last.members)
    told = numbered.filter(pl.col("digest").ne_missing(pl.col("last_digest")))
    gone = _gone(numbered, told, last)
    drift = last.drift + told.height + gone.len()
    if drift > MOST_DRIFT * numbered.height or is_mistaken(told, last.members):
        return None
    heard = int(decisions["sequence"].max() or 0)  # type: ignore[arg-type]
    decided = _decided(numbered, decisions, last)
    if told.is_empty() and gone.is_empty() and decided.is_empty():
        return dataclasses.replace(last, decided=heard, judged=_judged_of(last.members["no"].clear(), gone, last))
    change = _change(numbered, told, gone, book, last)
    bearers = _without(turned_by(told, gone, _doubted(numbered, change), last.members, book.names), gone)
    change = dataclasses.replace(change, told=pl.concat([change.told, decided, bearers]).unique())
    counted = counted_anew(change)
    known = without_touched(last.frequencies, counted)
    for _ in range(_ROUNDS):
        reach = reach_of(change, counted, last)
        seen, beside = _seen(numbered, reach, change)
        solved = pl.concat([reach.near, gone])
        borne = borne_beside(last.members, solved)
        part = solve_part(seen, decisions, book, key, Around(known, beside, borne))
        judged = _judged(part, reach)
        again = turned(part.members, solved, last.members, borne)
        beyond = pl.concat([_without(judged, reach.near), _without(_without(again, reach.judged), gone)])
        if beyond.is_empty():
            solution = _joined(change, part, judged, last)
            return dataclasses.replace(solution, frequencies=extended(known, part.frequencies), decided=heard, drift=drift)
        change = dataclasses.replace(change, told=pl.concat([change.told, beyond]).unique().sort())
    return None


def _gone(numbered: pl.DataFrame, told: pl.DataFrame, last: Solution) -> pl.Series:
    """`no` of the members that are no more; counted before they are looked for."""
    if numbered.height - told["last_digest"].null_count() == last.members.height:
        return last.members["no"].clear()
    return last.members.join(numbered.select("no"), "no", "anti")["no"]


def _decided(numbered: pl.DataFrame, decisions: pl.DataFrame, last: Solution) -> pl.Series:
    """`no` of the records on which people have decided since."""
    fresh = decisions.filter(pl.col("sequence") > last.decided)
    if fresh.is_empty():
        return numbered["no"].clear()
    refs = [
        fresh.select(pl.col(f"{side}_{part}").alias(f"source_{part}") for part in ("system", "entity", "key"))
        for side in ("left", "right")
    ]
    return numbered.join(pl.concat(refs), list(REF), "semi")["no"]


def _doubted(numbered: pl.DataFrame, change: Change) -> pl.Series:
    """`no` of the records of touched numbers that may be another's, or wrong."""
    told = numbered.filter(pl.col("no").is_in(change.index.found_by(change.touched, NODES).implode()))
    doubtful = told.filter(may_be_damaged() | pl.col("no").is_in(change.claimed.implode()))["no"]
    return pl.concat([doubtful, change.disputing]).unique()


def _without(left: pl.Series, right: pl.Series) -> pl.Series:
    return left.filter(~left.is_in(right.implode()))


def _change(numbered: pl.DataFrame, told: pl.DataFrame, gone: pl.Series, book: RuleBook, last: Solution) -> Change:
    """What a change takes away or brings."""
    outdated = pl.concat([told["no"], gone])
    keys = record_keys(told, book)
    index = last.index.renew(outdated, keys)
    touched = pl.concat([last.index.of(outdated), keys]).unique()
    before = last.members.filter(pl.col("no").is_in(outdated.implode()))["name"]
    names = pl.concat([before, borne_names(told, book.names).alias("name")]).drop_nulls().unique()
    claimed = claimed_anew(last.claimed.filter(~last.claimed.is_in(outdated.implode())), touched, index, numbered)
    under = numbered.filter(pl.col("no").is_in(claimed.implode()))
    guards = book.weights.guards
    return Change(
        told=told["no"],
        gone=gone,
        touched=touched,
        index=index,
        claimed=claimed,
        disputing=under.filter(name_hashes(under, book.names).is_in(names.implode()))["no"],
        nobodys=nobodys_phones(last.frequencies, touched, guards.names_per_phone),
        crowd=guards.largest_block,
    )


def _seen(numbered: pl.DataFrame, reach: Reach, change: Change) -> tuple[pl.DataFrame, pl.Series]:
    """The records that are needed, by ref, and the numbers of those that are not to be solved."""
    claiming = numbered.filter(pl.col("no").is_in(_common(reach.seen, change.claimed).implode()))
    wanted = pl.concat([reach.seen, witnesses(claiming, numbered)]).unique()
    seen = numbered.filter(pl.col("no").is_in(wanted.implode())).drop("last_digest").sort(*REF)
    return seen, wanted.filter(~wanted.is_in(reach.near.implode()))


def _common(left: pl.Series, right: pl.Series) -> pl.Series:
    return left.filter(left.is_in(right.implode()))


def _judged(part: Part, reach: Reach) -> pl.Series:
    """All that evidence connects now with a record that must be judged."""
    touched = part.members.filter(pl.col("no").is_in(reach.judged.implode()))["component"].unique()
    return part.members.filter(pl.col("component").is_in(touched.implode()))["no"]


def _joined(change: Change, part: Part, judged: pl.Series, last: Solution) -> Solution:
    """The new answers for those that were judged, the old ones for all others."""
    outdated = pl.concat([judged, change.gone]).implode()
    before = last.members.filter(pl.col("no").is_in(outdated))
    names = before.select("no", "resident_id", "linked_at")
    answers = part.members.filter(pl.col("no").is_in(judged.implode())).drop("resident_id", "linked_at")
    answers = answers.join(names, "no", "left", maintain_order="left")
    old_clusters = before["cluster"].unique().implode()
    new_clusters = answers["cluster"].unique().implode()
    kept = last.tokens.filter(~pl.col("cluster").is_in(old_clusters))
    return Solution(
        members=carried(last.members, answers, change.gone),
        refusals=_pairs(last.refusals, part.refusals, judged, outdated),
        disputes=_pairs(last.disputes, part.disputes, judged, outdated),
        tokens=pl.concat([kept, part.tokens.filter(pl.col("cluster").is_in(new_clusters))]),
        index=change.index,
        claimed=change.claimed,
        frequencies=last.frequencies,
        decided=last.decided,
        judged=_judged_of(judged, change.gone, last),
    )


def _judged_of(judged: pl.Series, gone: pl.Series, last: Solution) -> Judged:
    """How these stood in the last solution."""
    clusters = last.members.filter(pl.col("no").is_in(judged.implode())).select("no", last_cluster="cluster")
    left = last.members.filter(pl.col("no").is_in(gone.implode()))
    return Judged(judged, clusters, left.select(*REF, "cluster", "resident_id", "linked_at"))


def _pairs(old: pl.DataFrame, new: pl.DataFrame, judged: pl.Series, outdated: pl.Expr | pl.Series) -> pl.DataFrame:
    """Pairs of which no end was judged anew or is gone, as they were; the others as they are."""
    kept = old.filter(~pl.col("left").is_in(outdated) & ~pl.col("right").is_in(outdated))
    found = new.filter(pl.col("left").is_in(judged.implode()) | pl.col("right").is_in(judged.implode()))
    return pl.concat([kept, found]).sort("left", "right")
