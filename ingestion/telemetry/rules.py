"""The limits that counting messages rests on, from `rules.yaml`. Not here: which events are alarms (dbt seeds)."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

PATH = Path(__file__).parent / "rules.yaml"


class TelemetryRules(BaseModel):
    """See the file for what each limit means; `habitual_events` are told as numbers, all but `timed_events` stored by hour."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    utc_offset_hours: int
    late_minutes: int
    habitual_events: tuple[str, ...]
    timed_events: frozenset[str]


@cache
def telemetry_rules() -> TelemetryRules:
    """The rules as the file has them."""
    return TelemetryRules.model_validate(yaml.safe_load(PATH.read_text(encoding="utf-8")))
