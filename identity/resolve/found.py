"""Who is who and what each is called: after a change from the last solution, or from nothing.

Nothing here reads or writes a file: not here is what is read before, and what is kept and handed out (identity/resolve/run.py).
"""

from dataclasses import dataclass
from datetime import datetime

import polars as pl

from identity.frames import REF
from identity.ids.kept import Kept
from identity.log.replay import IdentityState
from identity.resolve.moved import RESIDENT, name_moved
from identity.resolve.moved_places import move_places
from identity.resolve.named import Named, name_clusters
from identity.resolve.places import Located, name_places
from identity.rules.rule_book import RuleBook
from identity.solution.again import solve_again
from identity.solution.named import with_names
from identity.solution.numbering import digested
from identity.solution.solution import Solution
from identity.solution.solve import solve_all


@dataclass(frozen=True)
class Asked:
    """What a run is asked.

    Attributes:
        records: int_person__record, under the refs of those who hold its keys now.
        places: int_place__matched.
        decisions: What people decided, all of it.
        book: The rule book.
        at: The time of the run (UTC, no zone).
        key: The configured key.
    """

    records: pl.DataFrame
    places: pl.DataFrame
    decisions: pl.DataFrame
    book: RuleBook
    at: datetime
    key: bytes


@dataclass(frozen=True)
class Found:
    """What is answered.

    Attributes:
        solution: With identifiers.
        residents: Members that were named anew, by ref; all of them where everybody was solved.
        located: All places.
        past: What is kept of the log after it; what the log told, where everybody was named against all of it.
    """

    solution: Solution
    residents: Named
    located: Located
    past: Kept | IdentityState

    @property
    def changed(self) -> dict[str, pl.Series] | None:
        """`no` of the members and of the places that may be other than they were; null: all may be."""
        if not isinstance(self.past, Kept) or not self.solution.judged or self.located.moved is None:
            return None
        members = pl.concat([self.solution.judged.numbers, self.residents.placed["no"]]).unique()
        return {"members": members, "placed": self.located.moved}

    @property
    def is_news(self) -> bool:
        """Whether anything may be other than it was kept."""
        return self.changed is None or any(numbers.len() for numbers in self.changed.values())


def find_again(asked: Asked, last: Solution, kept: Kept) -> Found | None:
    """What changed since the last solution; null where everybody must be solved anew."""
    solution = solve_again(digested(asked.records), asked.decisions, asked.book, asked.key, last)
    if not solution or not solution.judged:
        return None
    residents, after = name_moved(solution, solution.judged, kept, asked.at, asked.key)
    located, after = move_places(asked.places, after, asked.at, asked.key)
    return Found(with_names(solution, residents.placed, is_all=False), residents, located, after)


def find_anew(asked: Asked, past: IdentityState, *, is_kept: bool) -> Found:
    """Everybody solved, and named against the whole log.

    Args:
        asked: What is asked.
        past: What the whole log tells.
        is_kept: Whether a later run goes on from here.
    """
    # Not named here: of millions of records the sorted copy takes as much as all that is found.
    solution = solve_all(digested(asked.records).sort(*REF), asked.decisions, asked.book, asked.key, is_kept=is_kept)
    clusters = solution.members.select("no", *REF, pl.col("cluster").cast(pl.Int64), "linked_by")
    residents = name_clusters(clusters, RESIDENT, past, asked.at, asked.key)
    located = name_places(asked.places, past, asked.at, asked.key)
    return Found(with_names(solution, residents.placed, is_all=True), residents, located, past)
