"""Solve again what a change can reach, and keep the rest as it was: the cost follows the change.

Not here: what changed (change.py), how far that reaches (reach.py), what comes of it (joined.py), everybody (solve.py).
"""

import dataclasses

import polars as pl

from identity.evidence.ownership import Settled
from identity.frames import REF
from identity.resolve.people import Around
from identity.rules.rule_book import RuleBook
from identity.solution.bearers import borne_beside, turned, turned_by
from identity.solution.borrowers import borrowers
from identity.solution.change import change_of, claims_of, decided_since, doubted, gone_since
from identity.solution.frequencies import extended, without_touched
from identity.solution.joined import joined, judged_of, without
from identity.solution.keys import HOUSED, LIST
from identity.solution.numbering import is_mistaken, with_numbers
from identity.solution.outside import outside_of
from identity.solution.reach import MATES, Change, Reach, counted_anew, reach_of
from identity.solution.rows import Rows, is_among
from identity.solution.solution import Solution
from identity.solution.solve import Part, solve_part

# Frequencies are those of the last whole solving; when so many have changed since, everybody is solved anew.
MOST_DRIFT = 0.1
_ROUNDS = 3
_NUMBER = ("id_kind", "id_number")


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
    gone = gone_since(numbered, told, last)
    drift = last.drift + told.height + gone.len()
    if drift > MOST_DRIFT * numbered.height or is_mistaken(told, last.members):
        return None
    heard = int(decisions["sequence"].max() or 0)  # type: ignore[arg-type]
    decided = decided_since(numbered, decisions, last)
    if told.is_empty() and gone.is_empty() and decided.is_empty():
        return dataclasses.replace(last, decided=heard, judged=judged_of(last.members["no"].clear(), gone, Rows(last.members)))
    people = Rows(numbered)
    change = change_of(people, told, gone, book, last)
    bearers = without(turned_by(told, gone, doubted(people, change), last.members, book.names), gone)
    change = dataclasses.replace(change, told=pl.concat([change.told, decided, bearers]).unique())
    counted = counted_anew(change)
    known, most = without_touched(last.frequencies, counted), book.weights.guards.names_per_phone
    for _ in range(_ROUNDS):
        reach = reach_of(change, last)
        solved = pl.concat([reach.near, gone])
        borne = borne_beside(last.members, solved)
        seen, settled = _seen(people, reach, change, book)
        outside = outside_of(counted, reach.near, change.index, change.members, last.frequencies.phones)
        around = Around(known, without(seen["no"], reach.near), borne, settled, outside)
        part = solve_part(seen, decisions, book, around)
        judged = _judged(part, reach)
        again = turned(part.members, solved, last.members, borne)
        beyond = pl.concat([without(judged, reach.near), without(without(again, reach.judged), gone)])
        if beyond.is_empty():
            solution = joined(change, part, judged, settled.asked, last, key=key)
            frequencies = extended(known, part.frequencies, outside, most)
            return dataclasses.replace(solution, frequencies=frequencies, decided=heard, drift=drift)
        change = dataclasses.replace(change, told=pl.concat([change.told, beyond]).unique().sort())
    return None


def _seen(people: Rows, reach: Reach, change: Change, book: RuleBook) -> tuple[pl.DataFrame, Settled]:
    """The records that are needed, by ref; and what need not be decided again of their numbers, as `no`."""
    numbers = people.of(reach.owners, *_NUMBER).drop_nulls().unique()
    asked = people.of(reach.near, "no", *_NUMBER).join(numbers, list(_NUMBER), "semi")["no"]
    claiming = asked.filter(pl.Series(is_among(asked, change.claimed)))
    mates = change.index.found_by(change.index.of(claiming, LIST, HOUSED), MATES)
    members = change.members.frame.select("no", "told_name", "number", "born")
    bearing = borrowers(claims_of(people, claiming, book), members, change.index)
    wanted = pl.concat([reach.near, reach.homes, mates, bearing]).unique()
    seen = people.in_order(wanted, REF).drop("last_digest")
    lost = change.members.of(wanted, "no", "is_lost").filter("is_lost")["no"]
    return seen, Settled(asked, without(lost, asked))


def _judged(part: Part, reach: Reach) -> pl.Series:
    """All that evidence connects now with a record that must be judged."""
    touched = part.members["component"].filter(pl.Series(is_among(part.members["no"], reach.judged)))
    return part.members["no"].filter(pl.Series(is_among(part.members["component"], touched)))
