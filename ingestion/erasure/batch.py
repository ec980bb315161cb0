"""One landed batch without one person: cleaned rows, rejects and original bytes, with its manifest telling the truth again.

Every file is replaced by a rename, the manifest last: a crash on the way shows in `yidang verify`, and erasing again ends it.
Not here: which batches there are, the proof that nothing is left (orchestration/erasure).
"""

import hashlib
import io
from pathlib import Path

import polars as pl

from ingestion.atomic import replace_file
from ingestion.contracts.loader import load_contract
from ingestion.drift.profile import SAMPLE
from ingestion.erasure.originals import Redactor
from ingestion.erasure.person import NAMES, NUMBERS, PHONES, Person
from ingestion.landing.manifest import NAME, Counts, FileEntry, Manifest, read_manifest
from ingestion.landing.row_index import FILE as ROW_DIGESTS

KEPT = {("device", "register")}  # their records are devices, which stay when the person who is called first does not
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
    before = {path.name: _height(path) for path in _frames(folder)}
    for path in _frames(folder):
        _erase_frame(path, manifest, person, is_kept=is_kept)
    for path in sorted((folder / "original").rglob("*")):
        if path.is_file():
            _replace(path, redactor.redact(path.name, path.read_bytes()))
    _forget_sample(folder, manifest)
    gone = {path.name: before[path.name] - _height(path) for path in _frames(folder)}
    replace_file(folder / NAME, _less(manifest, folder, gone).to_bytes())
    return sum(gone.values())


def _frames(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("*.parquet")) if path.name not in {ROW_DIGESTS, SAMPLE}]


def _erase_frame(path: Path, manifest: Manifest, person: Person, *, is_kept: bool) -> None:
    frame = pl.read_parquet(path)
    if "original" in frame.columns:
        less = frame.filter(~frame["original"].map_elements(lambda raw: _is_told(raw, person), pl.Boolean))
    else:
        mine = pl.col("source_key").is_in(list(person.keys(manifest.source, manifest.entity)))
        if "task_id" in frame.columns:
            mine = mine | pl.col("task_id").is_in(list(person.tasks))
        less = frame.with_columns(_emptied(frame, mine)) if is_kept else frame.filter(~mine)
        less = _starred(less, person)
    if not less.equals(frame):
        written = io.BytesIO()
        less.write_parquet(written, compression="zstd", compression_level=1)
        _replace(path, written.getvalue())


def _forget_sample(folder: Path, manifest: Manifest) -> None:
    """Keep no hashes of a batch that held anything of the person; what comes after it is compared with other batches."""
    if SAMPLE in manifest.files and any(_entry(folder / name) != entry for name, entry in manifest.files.items()):
        written = io.BytesIO()
        pl.read_parquet(folder / SAMPLE).clear().write_parquet(written)
        _replace(folder / SAMPLE, written.getvalue())


def _emptied(frame: pl.DataFrame, mine: pl.Expr) -> list[pl.Expr]:
    """The personal columns without what the person's own rows say."""
    return [pl.when(~mine).then(pl.col(name)).alias(name) for name in _PERSONAL if name in frame.columns]


def _starred(frame: pl.DataFrame, person: Person) -> pl.DataFrame:
    """Own values in the records of others: a guardian, a number that a child was filed under."""
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


def _height(path: Path) -> int:
    return int(pl.scan_parquet(path).select(pl.len()).collect().item())


def _replace(path: Path, data: bytes) -> None:
    if path.read_bytes() != data:
        replace_file(path, data)


def _less(manifest: Manifest, folder: Path, gone: dict[str, int]) -> Manifest:
    """The manifest of what stands there now: read = loaded + rejected + deduplicated, as before."""
    children = {
        name: _fewer(counts, gone.get(f"{name}.parquet", 0), gone.get(f"{name}.rejects.parquet", 0))
        for name, counts in manifest.children.items()
    }
    files = {name: _entry(folder / name) for name in manifest.files}
    counts = _fewer(manifest.counts, gone.get("data.parquet", 0), gone.get("rejects.parquet", 0))
    return manifest.model_copy(update={"counts": counts, "children": children, "files": files})


def _fewer(counts: Counts, loaded: int, rejected: int) -> Counts:
    return Counts(
        read_rows=counts.read_rows - loaded - rejected,
        loaded_rows=counts.loaded_rows - loaded,
        rejected_rows=counts.rejected_rows - rejected,
        deduplicated_rows=counts.deduplicated_rows,
    )


def _entry(path: Path) -> FileEntry:
    data = path.read_bytes()
    return FileEntry(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
