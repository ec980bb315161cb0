"""The only way to plain values and to searching by them: within the person's rows, and written down before anything is shown.

Not here: opening a row (vault/), the chain of the log (access/audit.py). What is found by a search is shown masked.
"""

import threading
from collections import OrderedDict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from dashboards.access.audit import AuditLog
from dashboards.access.policy import AccessDeniedError
from dashboards.repositories.database import open_database, when_closed
from dashboards.repositories.query import Query
from dashboards.repositories.reader import Reader
from dashboards.vault.key import configured_key, search_mark
from dashboards.vault.people_index import PeopleIndex, kind_of, tidy
from dashboards.vault.sealed_row import VaultKey

CAP = 50  # people that one search shows
_SEALED = "select resident_id, key_id, nonce, ciphertext from main.resident_vault"
_FOUND = Query(
    "search.people",
    "search",
    """
    select resident.resident_id, resident.name_masked, resident.sex_code, resident.birth_year, resident.status,
        resident.resident_category, resident.dwelling_id, dwelling.address, dwelling.room, resident.committee_code
    from resident
    left join dwelling on resident.dwelling_id = dwelling.dwelling_id
    where list_contains(string_split($residents, ','), resident.resident_id)
    """,
    is_list=True,
)
_ADDRESSES = Query(
    "search.addresses",
    "search",
    """
    select dwelling.dwelling_id, dwelling.building_id, dwelling.address, dwelling.unit, dwelling.room, dwelling.occupancy,
        dwelling.resident_count, estate.estate_name, dwelling.committee_code
    from dwelling
    left join estate on dwelling.estate_id = estate.estate_id
    where regexp_matches(concat_ws('|', estate.estate_name, dwelling.address, dwelling.room), $pattern)
    order by dwelling.address, dwelling.unit, dwelling.room
    limit $most
    """,
    is_list=True,
)
_OWN = Query("unmask.resident", "unmask", "select resident_id from resident where resident_id = $resident", is_list=True)

_indexes: OrderedDict[tuple[Path, str], PeopleIndex] = OrderedDict()
_building = threading.Lock()


def _forget(version: str) -> None:
    with _building:
        for name in [name for name in _indexes if str(name[0]) == version]:
            del _indexes[name]


when_closed(_forget)


def find_people(reader: Reader, home: Path, text: str) -> pl.DataFrame:
    """People by name, number or phone as typed, best first, at most CAP and one more (there are more); with `how`.

    The search stands in the audit log before it is answered: of what kind it was and a keyed mark of it, never the text.

    Raises:
        AccessDeniedError: The person may not search.
        NoKeyError: The server has no key, or another one than the version.
    """
    if not reader.may("search"):
        raise AccessDeniedError("您的角色没有检索人员的权限。如工作需要，请联系街道数据专员。")
    key, asked = configured_key(), tidy(text)
    hits = {found.resident_id: (rank, found.how) for rank, found in enumerate(_index(reader, key).find(asked))}
    people = reader.read(_FOUND, residents=",".join(hits))
    ranks = pl.DataFrame([(who, *told) for who, told in hits.items()], schema=["resident_id", "rank", "how"], orient="row")
    ranks = ranks.cast({"resident_id": pl.String, "rank": pl.Int64, "how": pl.String})
    shown = people.join(ranks, "resident_id").sort("rank").head(CAP + 1).drop("rank")
    told = f"kind={kind_of(asked) or 'none'} mark={search_mark(key, asked)} found={min(shown.height, CAP)}"
    AuditLog(home).append("search", reader.person.user, "shown", told)
    return shown


def find_dwellings(reader: Reader, home: Path, text: str, pattern: str) -> pl.DataFrame:
    """Dwellings whose address fits a pattern, at most CAP and one more; written down as any search.

    Raises:
        AccessDeniedError: The person may not search.
        NoKeyError: The server has no key: even the mark of a search needs it.
    """
    shown = reader.read(_ADDRESSES, pattern=pattern, most=CAP + 1)
    told = f"kind=address mark={search_mark(configured_key(), tidy(text))} found={min(shown.height, CAP)}"
    AuditLog(home).append("search", reader.person.user, "shown", told)
    return shown


def reveal(reader: Reader, home: Path, resident_id: str, reason: str) -> dict[str, Any]:
    """The plain values of one person; who asked and why lies on the disk before they are returned.

    Raises:
        AccessDeniedError: The person may not see plain values, or not those of this resident.
        NoKeyError: The server has no key, or another one than the version.
    """
    audit, user = AuditLog(home), reader.person.user
    if not reader.may("unmask") or reader.read(_OWN, resident=resident_id).is_empty():
        audit.append("unmask", user, "refused", resident_id)
        raise AccessDeniedError("您的角色不能查看此人的明文信息。")
    key = VaultKey(configured_key())
    rows = open_database(reader.version.database).query(f"{_SEALED} where resident_id = $resident", {"resident": resident_id})
    if rows.is_empty():
        return {}
    audit.append("unmask", user, "shown", f"{resident_id}: {reason}", datetime.now(UTC))
    return key.open(*rows.row(0))


def _index(reader: Reader, key: bytes) -> PeopleIndex:
    """The index of this version: made once, two kept, so that a search during a change of versions waits for nothing twice."""
    opener = VaultKey(key)
    name = (reader.version.database, opener.fingerprint)
    with _building:
        if name not in _indexes:
            rows = open_database(reader.version.database).query(_SEALED, {})
            _indexes[name] = PeopleIndex((row[0], opener.open(*row)) for row in rows.iter_rows())
        _indexes.move_to_end(name)
        while len(_indexes) > 2:  # noqa: PLR2004 - as many as the database keeps open
            _indexes.popitem(last=False)
        return _indexes[name]
