"""What all kinds of field share, and the types of their outputs. Not here: the kinds (plain_spec, person_spec, address_spec)."""

import polars as pl
from pydantic import BaseModel, ConfigDict

TEXT = pl.String()
DATE = pl.Date()
TIMESTAMP = pl.Datetime("us")
TEXTS = pl.List(pl.String())

Outputs = dict[str, pl.DataType]


class Spec(BaseModel):
    """What all kinds share: unknown options are refused, and a schema never changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SingleSpec(Spec):
    """A field with one source column and one output column.

    Attributes:
        source: Source column (dotted for a member of a JSON object).
        to: Output column.
        is_required: Without a usable value the row is rejected (REQUIRED-MISSING).
    """

    source: str
    to: str
    is_required: bool = False
