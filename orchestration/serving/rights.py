"""Who sees which rows and columns in PostgreSQL: read from rights.yaml, told as the text of row policies.

Not here: creating the policies (structure.py).
"""

from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

from orchestration.publish.sql import quoted

SCHEMA = "curated_v1"
RIGHTS = Path(__file__).with_name("rights.yaml")
_MINE = f"array(select {SCHEMA}.my_area())"  # as a query of its own it is asked once a statement, not once a row


class Rights(BaseModel):
    """What rights.yaml says; every table stands in one of the lists."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    never: tuple[str, ...]
    everyone: tuple[str, ...]
    area: tuple[str, ...]
    figure: tuple[str, ...]
    through: Mapping[str, Annotated[Mapping[str, str], Field(min_length=1)]]
    whole: tuple[str, ...]
    sensitivity: tuple[str, ...]

    def policy(self, table: str, columns: Collection[str]) -> str | None:
        """The condition under which a row is seen, in SQL; null: the table is named nowhere, so nobody sees a row."""
        if table in self.everyone:
            return f"cardinality({_MINE}) > 0"
        if table in self.area:
            return _within(columns)
        if table in self.figure:
            of_estate = _named({"estate": "area_code"})
            return f"case area_level when 'estate' then {of_estate} else {_in_area('area_code')} end or {_whole()}"
        if table in self.through:
            return f"{_whole()} or {_named(self.through[table])}"
        return _whole() if table in self.whole else None

    def up_to(self, last: str) -> frozenset[str]:
        """The sensitivities from the least up to `last`."""
        return frozenset(self.sensitivity[: self.sensitivity.index(last) + 1])


@cache
def load_rights() -> Rights:
    """The file, checked."""
    return Rights.model_validate(yaml.safe_load(RIGHTS.read_text(encoding="utf-8")))


def _whole() -> str:
    return f"'*' = any ({_MINE})"


def _in_area(code: str) -> str:
    """A committee's code begins with its street's nine digits, so that a street's reader sees its committees."""
    return f"({quoted(code)} = any ({_MINE}) or left({quoted(code)}, 9) = any ({_MINE}))"


def _within(columns: Collection[str]) -> str:
    codes = [code for code in ("committee_code", "street_code") if code in columns]
    return " or ".join([_whole(), *(_in_area(code) for code in codes)])


def _named(parents: Mapping[str, str]) -> str:
    """The named rows are looked up with the reader's own eyes: their policies hold there too."""
    looked_up = (f"{quoted(c)} in (select {quoted(f'{t}_id')} from {SCHEMA}.{quoted(t)})" for t, c in parents.items())
    return "(" + " or ".join(looked_up) + ")"
