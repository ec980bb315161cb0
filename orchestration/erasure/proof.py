"""The proof: every file below the home folder is read again, as bytes and as what it holds, and searched for the values.

What a source delivered is searched without blanks, hyphens and brackets too, which people write into numbers.

Not here: taking anything out.
"""

import gzip
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl
import zstandard

from ingestion.erasure.written import full_width
from orchestration.publish.sql import quoted

_DELIVERED = "original"  # the folder of a batch with the bytes as they came
_CUTS = b" -()"
ENCODINGS = ("utf-8", "gb18030", "utf-16-le")


@dataclass(frozen=True)
class Proof:
    """What the search found.

    Attributes:
        files: How many files were read.
        bytes: How many bytes they have.
        found: Files (below home) in which a value still stands.
    """

    files: int
    bytes: int
    found: tuple[str, ...]


def search(home: Path, values: frozenset[str]) -> Proof:
    """Search every file below `home` for every value, in every encoding in which sources write.

    Args:
        home: The warehouse's home.
        values: Names, numbers and phones that must be nowhere; none: nothing is searched for.
    """
    forms = values | {full_width(value) for value in values}
    needles = sorted({form.encode(encoding) for form in forms for encoding in ENCODINGS})
    paths = [path for path in sorted(home.rglob("*")) if path.is_file()]
    found = [path.relative_to(home).as_posix() for path in paths if _holds(path, needles)]
    return Proof(len(paths), sum(path.stat().st_size for path in paths), tuple(found))


def _holds(path: Path, needles: list[bytes]) -> bool:
    is_delivered = _DELIVERED in path.parts
    forms = (form for content in _contents(path) for form in _forms(content, is_delivered=is_delivered))
    return any(needle in form for form in forms for needle in needles)


def _forms(content: bytes, *, is_delivered: bool) -> Iterator[bytes]:
    yield content
    if is_delivered:
        yield content.translate(None, _CUTS)


def _contents(path: Path) -> Iterator[bytes]:
    """The bytes of a file, and what they are when they are unpacked."""
    yield path.read_bytes()
    unpack = UNPACKED.get(path.suffix)
    if unpack:
        yield from unpack(path)


def _gzip(path: Path) -> Iterator[bytes]:
    yield gzip.decompress(path.read_bytes())


def _zstd(path: Path) -> Iterator[bytes]:
    yield zstandard.ZstdDecompressor().stream_reader(io.BytesIO(path.read_bytes())).read()


def _zip(path: Path) -> Iterator[bytes]:
    with zipfile.ZipFile(path) as archive:
        yield from (archive.read(name) for name in archive.namelist())


def _parquet(path: Path) -> Iterator[bytes]:
    yield from _columns(pl.read_parquet(path))


def _arrow(path: Path) -> Iterator[bytes]:
    yield from _columns(pl.read_ipc(path))


def _columns(frame: pl.DataFrame) -> Iterator[bytes]:
    """Text and bytes of every column, one value after the other."""
    for column in frame.get_columns():
        values = column.explode() if isinstance(column.dtype, pl.List) else column
        if values.dtype == pl.String:
            yield "\n".join(values.drop_nulls().to_list()).encode()
        elif values.dtype == pl.Binary:
            yield b"\n".join(values.drop_nulls().to_list())


def _database(path: Path) -> Iterator[bytes]:
    with duckdb.connect(str(path), read_only=True) as connection:
        for (table,) in connection.execute("select table_name from duckdb_tables()").fetchall():
            yield from _columns(connection.sql(f"select * from {quoted(table)}").pl())


UNPACKED: dict[str, Callable[[Path], Iterator[bytes]]] = {
    ".gz": _gzip,
    ".zst": _zstd,
    ".xlsx": _zip,
    ".parquet": _parquet,
    ".arrow": _arrow,
    ".duckdb": _database,
}
