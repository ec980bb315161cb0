"""The form of expectations/suites/<table>.yaml; a key that is not named here is refused.

Not here: what the short forms stand for (suite/expand.py).
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Dimension = Literal["规范性", "完整性", "准确性", "一致性", "时效性", "可访问性"]
Share = Annotated[float, Field(ge=0, lt=1)]


class Strict(BaseModel):
    """A part of a suite file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Reference(Strict):
    """A key that must stand in another published table; null keys are not looked at."""

    columns: list[str] = Field(min_length=1)
    table: str
    keys: list[str] = Field(min_length=1)
    tolerance: Share = 0.0


class Block(Strict):
    """Short forms of the claims that every table has.

    Attributes:
        required: columns that are never null.
        codes: column → the only values it may hold.
        formats: column → regular expression of the whole value.
        ranges: column → [lowest, highest], either may be null.
        orders: pairs [earlier, later] of columns; rows where one is null are not looked at.
        references: keys of other tables.
        parts: total column → the columns that add up to it in every row.
    """

    required: list[str] = []
    codes: dict[str, list[str | int]] = {}
    formats: dict[str, str] = {}
    ranges: dict[str, tuple[float | int | str | dict[str, str] | None, float | int | str | dict[str, str] | None]] = {}
    orders: list[tuple[str, str]] = []
    references: list[Reference] = []
    parts: dict[str, list[str]] = {}


class LongCheck(Strict):
    """A claim that no short form can say."""

    code: str
    expect: str
    kwargs: dict[str, Any]
    severity: Literal["critical", "warning"]
    tolerance: Share = 0.0
    dimension: Dimension
    owner: str | None = None
    claim_zh: str
    claim_en: str
    debug: str


class SuiteDocument(Strict):
    """One suite file.

    Attributes:
        table: the published table, the same as the file's name.
        owner: who is asked to mend a broken claim.
        grain: the columns that name a row.
        grain_may_be_null: those of them that may be empty, for example an unknown beginning.
        columns: the columns that are promised to those who read the table.
        file: where the table stands below the home folder when dbt does not build it.
        is_published_later: the table is made while publishing.
        must: claims without which nothing is published.
        watch: claims whose break is shown.
        checks: claims in the long form.
    """

    table: str
    owner: str
    grain: list[str] = Field(min_length=1)
    grain_may_be_null: list[str] = []
    columns: list[str] = Field(min_length=1)
    file: str | None = None
    is_published_later: bool = False
    must: Block = Block()
    watch: Block = Block()
    checks: list[LongCheck] = []
