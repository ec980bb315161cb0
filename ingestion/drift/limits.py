"""How far a delivery may differ from those before it, read from limits.yaml. Not here: the comparison (judge)."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field


class Limits(BaseModel):
    """The limits; what each means stands beside it in the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    least_rows: int = Field(ge=1)
    least_rows_blank: int = Field(ge=1)
    blank_chance: float = Field(gt=0, lt=1)
    reference_rows: int = Field(ge=1)
    snapshot_growth: float = Field(gt=1)
    increment_growth: float = Field(gt=1)
    usual_increments: int = Field(ge=1)
    usual_growth: float = Field(gt=1)
    deviations: float = Field(gt=0)
    growth_rows: int = Field(ge=0)
    snapshot_fall: float = Field(gt=0, lt=1)
    fall_rows: int = Field(ge=0)
    blank_now: float = Field(gt=0, le=1)
    blank_before_snapshot: float = Field(gt=0, lt=1)
    blank_before_increment: float = Field(gt=0, lt=1)
    uniform_now: float = Field(gt=0, le=1)
    uniform_before: float = Field(gt=0, lt=1)
    shape_distance: float = Field(gt=0, lt=1)
    least_keys: int = Field(ge=1)
    swapped: float = Field(gt=0, le=1)
    known_keys: float = Field(gt=0, lt=1)
    renumbered: float = Field(gt=0, le=1)
    reused: float = Field(gt=0, le=1)
    reused_columns: float = Field(gt=0, le=1)


@cache
def load_limits() -> Limits:
    """The limits of the file beside this one."""
    return Limits.model_validate(yaml.safe_load(Path(__file__).with_name("limits.yaml").read_text(encoding="utf-8")))
