"""What a population looks like, as typed values read from YAML: its columns, comparisons, keys, vetoes and limits.

Not here: any population itself (benchmarks/public/, identity/rules/), and what is done with it.
"""

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator


class PopulationError(ValueError):
    """A description that cannot be used; the message names the file, the place and what was expected."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Level(_Strict):
    """One step of a comparison, tried in the order written; what meets none of them is the last step, "otherwise".

    Attributes:
        kind: `exact`: equal. `edits`: at most `most` single-character edits (a swap of neighbours is one).
            `alike`: Jaro-Winkler similarity of at least `least`. `begins`: one value begins with the other.
            `swapped`: the two values stand in each other's columns, this one and `other`.
            `elsewhere`: one record's value stands in the other record's column `other`.
        most: edits, for `edits`.
        least: 0 to 1, for `alike`.
        other: a column, for `swapped` and `elsewhere`.
    """

    kind: Literal["exact", "edits", "alike", "begins", "swapped", "elsewhere"]
    most: int = 1
    least: float = 0.9
    other: str | None = None

    @model_validator(mode="after")
    def _names_its_column(self) -> "Level":
        if (self.kind in ("swapped", "elsewhere")) != (self.other is not None):
            raise ValueError(f"level {self.kind}: 'other' names a column for swapped and elsewhere, and for nothing else")
        return self


class Comparison(_Strict):
    """One piece of evidence: a column and its steps.

    Attributes:
        column: a text column; null where the record does not say.
        levels: from most alike to least.
        by_frequency: an exact agreement on a rare value weighs more than one on a common value.
        shared: people who belong together (a household) also agree here.
    """

    column: str
    levels: tuple[Level, ...] = (Level(kind="exact"),)
    by_frequency: bool = False
    shared: bool = False


class KeyPart(_Strict):
    """A column of a blocking key, or its first characters."""

    column: str
    first: int | None = None


class Key(_Strict):
    """Records that agree on every part are candidates; a hot value is split by `finer` first."""

    parts: tuple[KeyPart, ...]
    finer: tuple[KeyPart, ...] = ()


class Veto(_Strict):
    """Pairs that may never be merged: their comparison on `column` reached none of its steps (both values are known)."""

    column: str


class Limits(_Strict):
    """Bounds of cost, and of harm.

    Attributes:
        pairs_per_value: candidate pairs that one value of a key may predict before it is split, then left out.
        pairs_per_record: candidate pairs for every record that all keys together may predict.
        random_pairs: pairs drawn to see how often strangers agree.
        false_merges: expected false merges that are allowed for every 10,000 records.
    """

    pairs_per_value: int = Field(20_000, gt=0)
    pairs_per_record: int = Field(60, gt=0)
    random_pairs: int = Field(100_000, gt=0)
    false_merges: float = Field(5.0, gt=0)


class Population(_Strict):
    """All that the engine is told about the records.

    Attributes:
        record: column that names a record, unique, of text.
        source: column that names the source of a record; needed when `once_in` is not empty.
        once_in: sources that hold each person at most once.
    """

    record: str
    source: str | None = None
    once_in: tuple[str, ...] = ()
    comparisons: tuple[Comparison, ...]
    keys: tuple[Key, ...]
    vetoes: tuple[Veto, ...] = ()
    limits: Limits = Limits()

    @model_validator(mode="after")
    def _is_whole(self) -> "Population":
        compared = {one.column for one in self.comparisons}
        if unknown := [veto.column for veto in self.vetoes if veto.column not in compared]:
            raise ValueError(f"a veto needs a comparison of its column: {', '.join(unknown)}")
        if self.once_in and not self.source:
            raise ValueError("'once_in' needs 'source'")
        return self

    def columns(self) -> list[str]:
        """Every text column that is read, once, in the order of first mention."""
        named = [one.column for one in self.comparisons]
        named += [level.other for one in self.comparisons for level in one.levels if level.other]
        named += [part.column for key in self.keys for part in (*key.parts, *key.finer)]
        return list(dict.fromkeys(named))


def load_population(path: Path) -> Population:
    """Read a description.

    Raises:
        PopulationError: names the file, the place in it and what is wrong.
    """
    try:
        return Population.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except ValidationError as wrong:
        first = wrong.errors()[0]
        place = ".".join(str(step) for step in first["loc"]) or "whole document"
        raise PopulationError(f"{path.name}: {place}: {first['msg']}") from wrong
    except yaml.YAMLError as wrong:
        raise PopulationError(f"{path.name}: not YAML: {str(wrong).splitlines()[0]}") from wrong
