"""Chooses the reader by a file's name, with the door in front of it. Not here: the readers and the door themselves."""

from dataclasses import dataclass, replace

from ingestion.contracts.model import Entity, SourceContract
from ingestion.door.csv_columns import clean_csv
from ingestion.door.json_fields import clean_ndjson
from ingestion.door.tables import clean_parquet, clean_workbook
from ingestion.drift.columns import keys_of_lines
from ingestion.readers.compression import decompress
from ingestion.readers.csv_text import read_csv
from ingestion.readers.lines import LineBytes, Lines
from ingestion.readers.ndjson import read_ndjson
from ingestion.readers.parquet import read_parquet
from ingestion.readers.reading import Reading
from ingestion.readers.workbook import read_workbook
from ingestion.telemetry.kept_bytes import kept_file, mark_passages
from ingestion.telemetry.passage import tells_passages
from ingestion.workbook.open import open_sheet


@dataclass(frozen=True)
class Admitted:
    """A file that was let in: its rows, the names of what was dropped, and the bytes that may be kept under which name.

    Of a feed that tells of passages, rows bear a mark of those, and their lines are not among the kept bytes.
    """

    reading: Reading
    dropped: list[str]
    kept_name: str
    kept: bytes


def admit(contract: SourceContract, entity: Entity, name: str, data: bytes) -> Admitted:
    """Read one delivered file; raises RefusedError when it cannot be used as a whole."""
    found = _admit(contract, entity, name, data)
    return _without_passages(found) if tells_passages(contract.source, entity.name) else found


def _admit(contract: SourceContract, entity: Entity, name: str, data: bytes) -> Admitted:
    if name.endswith(".csv"):
        kept, dropped = clean_csv(data, contract)
        reading = read_csv(kept, entity.fields, entity.key or "", contract.connector.encoding)
        return Admitted(reading, dropped, name, kept)
    if name.endswith(".parquet"):
        kept, dropped = clean_parquet(data, contract)
        return Admitted(read_parquet(kept, entity.fields), dropped, name, kept)
    if name.endswith(".xlsx"):
        kept, sheet, dropped = clean_workbook(data, open_sheet(data, entity.sheet or ""), contract)
        return Admitted(read_workbook(sheet, entity.fields, entity.prefilled), dropped, name, kept)
    plain = decompress(name, data)
    lines, dropped = clean_ndjson(plain, contract)
    kept_name, kept = (name.removesuffix(".gz").removesuffix(".zst"), lines) if dropped else (name, data)
    reading = replace(read_ndjson(lines, entity.fields, entity.whole_numbers), columns=keys_of_lines(lines))
    return Admitted(reading, dropped, kept_name, kept)


def _without_passages(found: Admitted) -> Admitted:
    reading, lines = mark_passages(found.reading), None
    if isinstance(reading.original_of, LineBytes):
        lines = reading.original_of.lines or Lines(reading.original_of.data)
    name, kept = kept_file(found.kept_name, found.kept, lines, reading)
    return Admitted(reading, found.dropped, name, kept)
