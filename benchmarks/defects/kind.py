"""The kinds of defect, read from kinds.yaml. Not here: how a row is changed (change), or where it stands (plant)."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

FILE = Path(__file__).with_name("kinds.yaml")


class Beside(BaseModel):
    """What must stand beside a row for it to bear a defect."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    column: str
    fits: dict[str, str]


class Kind(BaseModel):
    """One kind of defect.

    Attributes:
        kind: its name.
        feed: `source.entity` whose rows are planted.
        rules: codes of which one must be found at a planted row, or at the resident it tells of.
        set: column to what is done with it: a function of `change` and its argument.
        fits: column to an expression that its value must match, for a row to be chosen.
        also_in: a feed in which the row's person must be known too.
        add: the defect is a row more, a copy under a new key; otherwise a row is changed.
        beside: another row with the same value of `column` must fit `fits`.
        touches: rows that share the planted row's value of this column are not clean any more.
        touches_person: a hidden column that names a person whose rows, in every feed, are not clean any more.
        is_alone: only rows of people are chosen of whom no record, in any feed, bears another defect.
        lines: the defect is these lines of the file, not a row's values; `{n}` counts them.
        rows: how many are planted, as far as there are rows that fit.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: str
    feed: str
    rules: list[str] = Field(min_length=1)
    set: dict[str, dict[str, Any]] = {}
    fits: dict[str, str] = {}
    also_in: str | None = None
    add: bool = False
    touches: str | None = None
    touches_person: str | None = None
    is_alone: bool = False
    beside: Beside | None = None
    lines: list[str] = []
    rows: int = 24


@cache
def load_kinds() -> list[Kind]:
    """Every kind, in the order of the file; raises ValueError when two have one name."""
    kinds = [Kind.model_validate(entry) for entry in yaml.safe_load(FILE.read_text(encoding="utf-8"))]
    names = [kind.kind for kind in kinds]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"{FILE.name}: the kind {twice[0]} stands there twice")
    return kinds
