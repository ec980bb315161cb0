"""How much may change from one version to the next, read from expectations/history.yaml.

Not here: the comparison (history/compare.py).
"""

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

LIMITS = Path(__file__).resolve().parents[1] / "history.yaml"


class Limit(BaseModel):
    """A share of the last version's rows, and a number of rows below which nothing is said.

    Attributes:
        table: the table that is compared.
        max_share: share of the last version's rows that may be lost or moved, 0 to 1.
        min_rows: fewer lost or moved rows than this are ordinary in any street.
        claim_zh: the claim in Chinese.
        claim_en: the claim in English.
        debug: what to look at first.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    table: str
    max_share: float = Field(gt=0, lt=1)
    min_rows: int = Field(ge=0)
    claim_zh: str
    claim_en: str
    debug: str


class Fall(Limit):
    """Loss of rows; `sources` is the table of source records that tells which feed lost them."""

    sources: str


class Churn(Limit):
    """New forwards for some reasons, against the number of rows of `population`."""

    population: str
    reasons: list[str]


class Words(BaseModel):
    """The words of a claim, with places for names."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    claim_zh: str
    claim_en: str
    debug: str


class Distribution(BaseModel):
    """A coded column whose shares are compared with those of the last version."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    table: str
    column: str
    name_zh: str


class UsualFigures(BaseModel):
    """Figures whose range earlier runs tell; what each floor means stands beside it in the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    deviations: float = Field(gt=0)
    least_history: int = Field(ge=2)
    distribution: float = Field(gt=0, lt=1)
    reference: float = Field(gt=0, lt=1)
    silence_days: float = Field(gt=0)
    distributions: list[Distribution]
    distribution_words: Words
    gap_words: Words


class Limits(BaseModel):
    """All limits, with the owner of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    owner: str
    falls: list[Fall]
    churn: Churn
    usual: UsualFigures


def load_limits(path: Path = LIMITS) -> Limits:
    """The limits of a file.

    Raises:
        pydantic.ValidationError: when a limit is malformed.
    """
    return Limits.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
