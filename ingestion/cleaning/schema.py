"""The cleaning schema of one entity, read from YAML. Not here: kinds of field (field_spec) and how they are cleaned (fields/)."""

from functools import cache
from pathlib import Path

import polars as pl
import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from ingestion.cleaning.claim_spec import ClaimSpec
from ingestion.cleaning.field_spec import FieldSpec

SCHEMAS = Path(__file__).parent.parent / "schemas"


class SchemaError(ValueError):
    """A cleaning schema is missing or wrong; the message names the file, the place and what is expected."""


class KeySpec(BaseModel):
    """How the key of a row is made.

    Attributes:
        columns: Source columns that make the key, in order; every one must be there.
        separator: What stands between them.
        is_digested: The plain key holds a person's number: only its keyed digest is kept.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    columns: tuple[str, ...]
    separator: str = "#"
    is_digested: bool = False


class UpdatedSpec(BaseModel):
    """Which column tells when the source changed a row, and whether the order of versions hangs on it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    column: str
    is_required: bool = True
    is_epoch: bool = False


class ChildSpec(BaseModel):
    """A list of objects inside each row, which is landed as rows of its own.

    Attributes:
        column: Source column with the JSON list.
        copied: Columns of the parent that every child row repeats.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    column: str
    copied: tuple[str, ...]


class CleaningSchema(BaseModel):
    """What cleaning makes of one entity (or child) of a source.

    Attributes:
        source: Source system.
        entity: Name in the source contract; ``entity.child`` for a child.
        key: How the source key is made.
        updated_at: The source's time of change; None where the feed has none.
        withdrawn: Column that marks a row as taken back; None where the feed has none.
        fields: Output fields in order.
        claims: What a row must satisfy across its columns.
        children: Name of a child to where it is found.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    source: str
    entity: str
    key: KeySpec
    updated_at: UpdatedSpec | None = None
    withdrawn: str | None = None
    fields: tuple[FieldSpec, ...]
    claims: tuple[ClaimSpec, ...] = ()
    children: dict[str, ChildSpec] = {}

    def output_dtypes(self) -> dict[str, pl.DataType]:
        """Names and types of all columns that `clean` gives, `_issues` and `_line` last."""
        outputs: dict[str, pl.DataType] = {
            "source_key": pl.String(),
            "source_updated_at": pl.Datetime("us"),
            "is_withdrawn": pl.Boolean(),
        }
        for field in self.fields:
            outputs |= field.outputs()
        return outputs | {"_issues": pl.List(pl.String()), "_line": pl.Int64()}


@cache
def load_schema(source: str, entity: str) -> CleaningSchema:
    """Reads ``ingestion/schemas/<source>/<entity>.yaml``.

    Raises:
        SchemaError: The file is missing, is not YAML, or does not fit; the message says where.
    """
    path = SCHEMAS / source / f"{entity}.yaml"
    if not path.is_file():
        raise SchemaError(f"{source}/{entity}.yaml: no cleaning schema; add it to ingestion/schemas/{source}")
    try:
        return CleaningSchema.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        raise SchemaError(f"{source}/{entity}.yaml: not valid YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise SchemaError(f"{source}/{entity}.yaml: {place}: {first['msg']}") from error
