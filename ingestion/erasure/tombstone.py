"""Who was erased, told by keyed digests alone: enough to know a record again when it comes once more, not to read anything.

Kept in `<home>/security/tombstones.json`; losing it lets a later delivery bring the person back. Not here: what is done with a
record that is known again (door.py).
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from ingestion.atomic import read_json, replace_json
from ingestion.cleaning.digest import key_digest
from ingestion.erasure.person import Person

FILE = Path("security") / "tombstones.json"


@dataclass(frozen=True)
class Tombstone:
    """One erased person: digests of records (with source and entity), document numbers, names and tasks."""

    records: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    tasks: frozenset[str]


def record_digest(source: str, entity: str, key: str, secret: bytes) -> str:
    """The digest of one record's name."""
    return key_digest(f"tombstone:record:{source}:{entity}:{key}", secret)


def value_digest(kind: str, value: str, secret: bytes) -> str:
    """The digest of a value; `kind` is number, name or task."""
    return key_digest(f"tombstone:{kind}:{value}", secret)


def read_tombstones(home: Path) -> list[Tombstone]:
    """Everybody who was erased from this home."""
    told = read_json(home / FILE).get("erased", [])
    return [Tombstone(*(frozenset(entry[name]) for name in ("records", "numbers", "names", "tasks"))) for entry in told]


def bury(home: Path, person: Person, secret: bytes) -> None:
    """Remember a person by digests; the same person again is remembered once."""

    def digests(kind: str, values: Iterable[str]) -> frozenset[str]:
        return frozenset(value_digest(kind, value, secret) for value in values)

    stone = Tombstone(
        frozenset(record_digest(*ref, secret) for ref in person.refs),
        digests("number", person.numbers),
        digests("name", person.names),
        digests("task", person.tasks),
    )
    stones = {*read_tombstones(home), stone}
    entries = [{name: sorted(values) for name, values in asdict(one).items()} for one in stones]
    replace_json(home / FILE, {"erased": sorted(entries, key=lambda entry: entry["records"])})
