"""What a query is. Not here: the queries themselves, one file a subject, and who may run them (reader.py)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Query:
    """One statement over bare table names; the reader puts a filtered view in the place of each.

    `purpose` is the policy's purpose it serves; `is_list`: rows of single persons, dwellings or devices, not figures;
    `counts`: columns that count people, which a role may have to see withheld when small.
    """

    name: str
    purpose: str
    sql: str
    is_list: bool = False
    counts: tuple[str, ...] = ()
