"""What all kinds of field share, and the types of their outputs. Not here: the kinds (plain_spec, person_spec, address_spec)."""

from abc import ABC, abstractmethod

import polars as pl
from pydantic import BaseModel, ConfigDict

TEXT = pl.String()
DATE = pl.Date()
TIMESTAMP = pl.Datetime("us")
TEXTS = pl.List(pl.String())

Outputs = dict[str, pl.DataType]


def texts_in(part: BaseModel) -> frozenset[str]:
    """Every text that a part of a schema holds, lists of them included."""
    values = part.model_dump().values()
    return frozenset(
        text for value in values for text in ([value] if isinstance(value, str) else value if isinstance(value, tuple) else ())
    )


class Spec(BaseModel, ABC):
    """What all kinds share: unknown options are refused, and a schema never changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @abstractmethod
    def outputs(self) -> Outputs:
        """Names and types of the output columns."""

    def named(self) -> frozenset[str]:
        """Every text in the field; those that are columns of the feed are the ones that it reads."""
        return texts_in(self)

    def made_of(self) -> dict[str, frozenset[str]]:
        """The source columns whose values each output column is made of; all it names, where a kind says no better."""
        return dict.fromkeys(self.outputs(), self.named())

    def tested(self) -> dict[str, frozenset[str]]:
        """The source columns that merely decide whether an output column is filled at all."""
        return {}


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
