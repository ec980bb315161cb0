"""One landed batch without one person: cleaned rows, rejects and original bytes, with its manifest telling the truth again.

Not here: how files and manifest are replaced (landing/rewrite.py), which batches there are, the proof that nothing is left
(orchestration/erasure).
"""

import io
from pathlib import Path

import polars as pl

from ingestion.contracts.loader import load_contract
from ingestion.drift.profile import SAMPLE
from ingestion.erasure.originals import Redactor
from ingestion.erasure.person import NAMES, NUMBERS, PHONES, Person
from ingestion.landing.manifest import Manifest, read_manifest
from ingestion.landing.rewrite import entry_of, frames_of, replace_other, write_truth

KEPT = {("device", "register")}  # their records are devices, which stay when the person who is called first does not
RECALLED = "recalled"  # stands where the number of a task about somebody who was erased stood
_PERSONAL = (*NAMES, "name_key", "former_name_key", *NUMBERS, "id_visible", *PHONES)


def erase_batch(folder: Path, person: Person, secret: bytes) -> int:
    """Take the person out of one batch; how many rows that were.

    Raises:
        ValueError: the manifest cannot be trusted: run `yidang verify`.
    """
    manifest = read_manifest(folder)
    contract = load_contract(manifest.source)
    is_kept = (manifest.source, manifest.entity) in KEPT
    redactor = Redactor(
        manifest.source, contract.entity(manifest.entity), contract.connector.encoding, person, secret, is_kept=is_kept
    )
    for path in frames_of(folder):
        _erase_frame(path, manifest, person, is_kept=is_kept)
    for path in sorted((folder / "original").rglob("*")):
        if path.is_file():
            replace_other(path, redactor.redact(path.name, path.read_bytes()))
    _forget_sample(folder, manifest)
    return write_truth(folder, manifest)


def _erase_frame(path: Path, manifest: Manifest, person: Person, *, is_kept: bool) -> None:
    frame = pl.read_parquet(path)
    if "original" in frame.columns:
        less = frame.filter(~frame["original"].map_elements(lambda raw: _is_told(raw, person), pl.Boolean))
    else:
        mine = pl.col("source_key").is_in(list(person.keys(manifest.source, manifest.entity)))
        told = _recalled(frame, person)
        less = told.with_columns(_emptied(told, mine)) if is_kept else told.filter(~mine)
        less = _starred(less, person)
    if not less.equals(frame):
        written = io.BytesIO()
        less.write_parquet(written, compression="zstd", compression_level=1)
        replace_other(path, written.getvalue())


def _recalled(frame: pl.DataFrame, person: Person) -> pl.DataFrame:
    """Answers to tasks about the person: the row stays, so that its sender is told, and says nothing any more."""
    if "task_id" not in frame.columns:
        return frame
    mine = pl.col("task_id").is_in(list(person.tasks)).fill_null(value=False)
    empty = [pl.when(~mine).then(pl.col(name)).alias(name) for name in ("field", "value", "checked_by") if name in frame.columns]
    return frame.with_columns(*empty, pl.when(mine).then(pl.lit(RECALLED)).otherwise("task_id").alias("task_id"))


def _forget_sample(folder: Path, manifest: Manifest) -> None:
    """Keep no hashes of a batch that held anything of the person; what comes after it is compared with other batches."""
    if SAMPLE in manifest.files and any(entry_of(folder / name) != entry for name, entry in manifest.files.items()):
        written = io.BytesIO()
        pl.read_parquet(folder / SAMPLE).clear().write_parquet(written)
        replace_other(folder / SAMPLE, written.getvalue())


def _emptied(frame: pl.DataFrame, mine: pl.Expr) -> list[pl.Expr]:
    """The personal columns without what the person's own rows say."""
    return [pl.when(~mine).then(pl.col(name)).alias(name) for name in _PERSONAL if name in frame.columns]


def _starred(frame: pl.DataFrame, person: Person) -> pl.DataFrame:
    """Own values in the records of others: a guardian, a number that a child was filed under; nothing known, nothing starred."""
    if not person.own:
        return frame
    texts = [name for name, kind in frame.schema.items() if kind == pl.String and name != "source_key"]
    lists = [name for name, kind in frame.schema.items() if kind == pl.List(pl.String)]
    own = list(person.own)
    changed = [pl.when(~pl.col(name).is_in(own)).then(pl.col(name)).alias(name) for name in texts]
    changed += [pl.col(name).list.filter(~pl.element().is_in(own)) for name in lists]
    less = frame.with_columns(changed)
    partly = [name for name in texts if less[name].drop_nulls().str.contains_any(own, ascii_case_insensitive=False).any()]
    return less.with_columns(less[name].map_elements(lambda text: person.pattern.sub("*", text), pl.String) for name in partly)


def _is_told(raw: bytes | None, person: Person) -> bool:
    """Whether a rejected row's bytes hold anything of the person."""
    texts = ((raw or b"").decode(encoding, errors="replace") for encoding in ("utf-8", "gb18030"))
    return any(person.pattern.search(text) for text in texts)
