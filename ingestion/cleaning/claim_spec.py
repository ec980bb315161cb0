"""What a cleaned row must satisfy across its columns, as a schema says it. Not here: how it is checked (claims)."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Claim(BaseModel):
    """A claim on output columns of the schema.

    Attributes:
        rule: Code of the catalogue that a row gets when it breaks the claim.
        columns: Output columns, in order.
        when: Column to the values for which the claim is made; empty: for every row.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    rule: str
    columns: tuple[str, ...] = Field(min_length=1)
    when: dict[str, tuple[str, ...]] = {}


class PresentClaim(_Claim):
    """At least one of the columns has a value."""

    kind: Literal["present"]


class OrderClaim(_Claim):
    """No column lies before one that is named earlier; what is empty is not compared."""

    kind: Literal["order"]


ClaimSpec = Annotated[PresentClaim | OrderClaim, Field(discriminator="kind")]
