"""Erases one person: landing, identity log, every published version, everything that can be made again; then searches.

Not here: how each layer is emptied (ingestion/erasure, identity/log/erase.py, version.py), the command's words.
"""

import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from identity.frames import REF
from identity.holder.ref import keys_of
from identity.log.answer_log import AnswerLog
from identity.log.erase import erase_from_answers, erase_from_log
from identity.log.identity_log import IdentityLog
from identity.token.token import hmac_sm3
from ingestion.atomic import read_json, replace_json
from ingestion.erasure.batch import KEPT, erase_batch
from ingestion.erasure.person import Person, Version, gather
from ingestion.erasure.tombstone import bury
from ingestion.landing.ledger import batch_folders
from orchestration.erasure.proof import Proof, search
from orchestration.erasure.traces import Traces
from orchestration.erasure.version import redact_version
from orchestration.publish.current import current_version, set_current
from orchestration.publish.layout import versions
from orchestration.publish.name import version_name
from orchestration.quality.memory import forget
from orchestration.returning.shelf import withdraw
from orchestration.review.answers import DESK
from orchestration.run.lock import only_run
from returns.package.search import holds_any
from returns.worklist.handed_out import Recall, recall

Ref = tuple[str, str, str]
BY = "erase"  # in the receipt log
_MADE_AGAIN = ("build", "state/spool", "slip")  # the next run, or the next asking, makes them from landing and the log


@dataclass(frozen=True)
class Erasure:
    """What was done.

    Attributes:
        records: How many source records the person had.
        landed_rows: Rows taken out of landing.
        published_rows: Rows taken out of published versions.
        versions: How many versions were written anew.
        packages: Return packages that held the person, and are withdrawn: whoever opened one must be told.
        recalled: Rows of worklists that people hold and must strike out.
        shared: How many values stay since other residents tell them as well.
        proof: The search afterwards.
    """

    records: int
    landed_rows: int
    published_rows: int
    versions: int
    packages: tuple[str, ...]
    recalled: tuple[Recall, ...]
    shared: int
    proof: Proof


def erase(home: Path, resident_id: str, key: bytes, at: datetime) -> Erasure:
    """Take a person out of everything below `home`.

    Args:
        home: The warehouse's home.
        resident_id: A living identifier, or one that forwards to it.
        key: The configured key.
        at: Now (UTC); the version without the person is named by it.

    Raises:
        ValueError: nobody bears that identifier; a batch or the log cannot be trusted.
        RunLockedError: a run is at work.
    """
    with only_run(home):
        log = IdentityLog(home / "identity" / "log")
        ids, held = _known_as(log, resident_id)
        refs = keys_of(held, log.state().passed)
        journal = home / "state" / "erasing" / f"{min(ids)}.json"
        formerly = _formerly(home, held)
        person = _read(journal) or gather(home, refs, _tasks(home, ids), _is_owner(home, ids, key), formerly)
        replace_json(journal, {name: sorted(value) for name, value in asdict(person).items()})
        bury(home, person, key)
        landed = sum(erase_batch(folder, person, key) for folder in batch_folders(home))
        _forget_answers(home, person.tasks | _reviews(home, refs))
        traces = Traces(ids, frozenset(ref for ref in person.refs if ref[:2] not in KEPT), person.tasks)
        published = _redact_versions(home, traces, at)
        packages = withdraw(
            home, key, lambda data: holds_any(data, {*ids, *person.tasks, *(ref[2] for ref in person.refs)}), BY, at
        )
        recalled = recall(home, person.tasks.__contains__, "erased", BY, at)
        for name in _MADE_AGAIN:
            shutil.rmtree(home / name, ignore_errors=True)
        forget(home, ids | frozenset(key for _, _, key in refs))
        erase_from_answers(home / "identity" / "answer", ids, refs)
        erase_from_log(home / "identity" / "log", ids, held)  # last: it knows whose records these are, should the others fail
        journal.unlink()
        return Erasure(
            records=len(held),
            landed_rows=landed,
            published_rows=published,
            versions=len(versions(home)),
            packages=tuple(packages),
            recalled=tuple(recalled),
            shared=len(person.shared),
            proof=search(home, person.own),
        )


def _read(journal: Path) -> Person | None:
    """Whom an erasure that was interrupted had begun to take out: by now landing may no longer tell all of it."""
    told = read_json(journal)
    if not told:
        return None
    refs = frozenset((str(a), str(b), str(c)) for a, b, c in told["refs"])
    return Person(refs, *(frozenset(told[name]) for name in ("tasks", "own", "shared", "numbers", "names")))


def _known_as(log: IdentityLog, resident_id: str) -> tuple[frozenset[str], frozenset[Ref]]:
    """Every identifier of the person, and every record that ever stood under one of them and under nobody else since.

    Records as the log knows them: of a key that passed on, each holder's is another.
    """
    state = log.state()
    ends = state.final("resident")
    living = ends.get(resident_id, resident_id)
    ids = frozenset({living, *(old for old, end in ends.items() if end == living)})
    mine = state.members.filter((pl.col("kind") == "resident") & pl.col("entity_id").is_in(list(ids)))
    if mine.is_empty():
        raise ValueError(
            f"nobody is known as {resident_id}; see the table resident for who is (an erased person is known no more)"
        )
    return ids, frozenset((str(a), str(b), str(c)) for a, b, c in mine.select(REF).iter_rows())


def _formerly(home: Path, held: frozenset[Ref]) -> frozenset[Version]:
    """Rows that told of the person under keys that are others' now."""
    told = AnswerLog(home / "identity" / "answer").before()["other_telling"]
    rows = told.select(*REF, "sequence", "line", "holder").iter_rows()
    return frozenset((a, b, c, sequence, line) for a, b, c, sequence, line, holder in rows if (a, b, holder) in held)


def _tables(home: Path, table: str) -> list[pl.DataFrame]:
    """One table of every version that has it."""
    paths = [home / "published" / version / "tables" / f"{table}.parquet" for version in versions(home)]
    return [pl.read_parquet(path) for path in paths if path.exists()]


def _tasks(home: Path, ids: frozenset[str]) -> frozenset[str]:
    mine = [table.filter(pl.col("resident_id").is_in(list(ids)))["task_id"].to_list() for table in _tables(home, "task")]
    return frozenset(task for tasks in mine for task in tasks)


def _reviews(home: Path, refs: frozenset[Ref]) -> frozenset[str]:
    """Pairs about one of the person's records, of every version."""
    mine = pl.DataFrame(sorted(refs), schema=REF, orient="row")
    found = [
        table.join(mine, left_on=[f"{side}_{part}" for part in ("system", "entity", "key")], right_on=REF, how="semi")[
            "review_id"
        ]
        for table in _tables(home, "match_review")
        for side in ("left", "right")
    ]
    return frozenset(review for reviews in found for review in reviews.to_list())


def _forget_answers(home: Path, subjects: frozenset[str]) -> None:
    """What people answered at the desk about the person, taken by a run or not: their words may tell of somebody."""
    for path in (home / DESK).rglob("*.json"):
        if path.stem in subjects:
            path.unlink()


def _is_owner(home: Path, ids: frozenset[str], key: bytes) -> Callable[[str], bool]:
    """Whether a document number is the person's, by the tokens of the versions."""
    mine = [table.filter(pl.col("resident_id").is_in(list(ids)))["id_token"].to_list() for table in _tables(home, "resident")]
    tokens = {token for found in mine for token in found}
    return lambda number: hmac_sm3(key, "id", number) in tokens


def _redact_versions(home: Path, traces: Traces, at: datetime) -> int:
    """Every version without the person; the current one once more under a new name, so that whoever reads it turns to that."""
    gone = sum(redact_version(home, version, traces) for version in versions(home))
    current = current_version(home)
    if current is not None:
        name = version_name(at.astimezone(UTC), ("erased", current), max(versions(home)))
        redact_version(home, current, traces, new_name=name)
        set_current(home, name)
    return gone
