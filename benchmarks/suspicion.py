"""How often a suspicion is right, and how many of those that the truth holds are raised: precision and recall by kind of task.

`python -m benchmarks.suspicion --home demo-data/home --sources demo-data/sources-2000-31` reads a published version of a
synthetic street and the truth beside its sources. What the sources cannot tell counts against recall (a death that nobody
reported to the police); a kind whose truth is not written down (whether a visit is wanted) is not measured.
"""

import argparse
from pathlib import Path

import duckdb

from benchmarks.suspicion_truth import RIGHT, TRUE

# Each published identifier with the generator's number; a merged or split one takes the number of most of its records.
_PEOPLE = """
create table who as
select resident_id, mode(record.person) as person
from resident_source as source join truth_record as record using (source_system, source_entity, source_key)
where record.person is not null
group by resident_id
"""
_PLACES = """
create table place as
select dwelling_id, mode(truth.dwelling) as dwelling
from dwelling_source as source join truth_place as truth using (source_system, source_entity, source_key)
where truth.kind = 'dwelling' and truth.dwelling is not null
group by dwelling_id
"""
_RAISED = """
create table raised as
select task.kind, coalesce(who.person, place.dwelling) as subject
from task left join who using (resident_id) left join place using (dwelling_id)
where task.state <> 'settled'
"""


def main() -> None:
    """Print one line a kind of task."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--home", type=Path, required=True)
    arguments.add_argument("--sources", type=Path, required=True)
    options = arguments.parse_args()
    print(f"{'kind':<32}{'raised':>8}{'right':>8}{'precision':>11}{'true':>8}{'found':>8}{'recall':>9}")
    for line in measure(options.home, options.sources / "truth"):
        print(line)


def measure(home: Path, truth: Path) -> list[str]:
    """One line a kind: raised, of these right; true, of these found."""
    version = (home / "published" / "CURRENT").read_text(encoding="utf-8").strip()
    tables = home / "published" / version / "tables"
    with duckdb.connect() as connection:
        for table in ("task", "resident_source", "dwelling_source"):
            connection.execute(f"create view {table} as from read_parquet('{tables / f'{table}.parquet'}')")
        for table in ("person", "record", "place", "dwelling"):
            connection.execute(f"create view truth_{table} as from read_parquet('{truth / f'{table}.parquet'}')")
        for statement in (_PEOPLE, _PLACES, _RAISED):
            connection.execute(statement)
        return [_line(connection, kind) for kind in RIGHT]


def _line(connection: duckdb.DuckDBPyConnection, kind: str) -> str:
    raised = f"(select distinct subject from raised where kind = '{kind}')"
    total = _count(connection, f"select count(*) from raised where kind = '{kind}'")
    right = _count(connection, f"select count(*) from {raised} where subject in ({RIGHT[kind]})")
    told = f"{kind:<32}{total:>8,}{right:>8,}{_share(right, total):>11}"
    if kind not in TRUE:
        return told
    true = _count(connection, f"select count(*) from ({TRUE[kind]})")
    found = _count(connection, f"select count(*) from ({TRUE[kind]}) as ought(subject) where subject in {raised}")
    return f"{told}{true:>8,}{found:>8,}{_share(found, true):>9}"


def _count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(connection.execute(query).fetchall()[0][0])


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


if __name__ == "__main__":
    main()
