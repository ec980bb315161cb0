"""The newest delivery of every feed beside those before it, as measurements of the gate.

Not here: the figures and their ranges, which the door has judged already (ingestion); words of the claims (drift.yaml).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from expectations.compiled.measure import Figure, Measurement
from expectations.suite.check import WARNING, Check

EXPECTATION = "delivery_is_usual"


@dataclass(frozen=True)
class Delivered:
    """One figure of a feed: `kind` is a key of drift.yaml, `column` null: the whole, `cause` null: nothing is unusual.

    `column_count`: how many columns the feed has.
    """

    dataset: str
    owner: str
    kind: str
    column: str | None
    figure: Figure
    cause: str | None
    column_count: int | None = None


def measure_deliveries(found: Iterable[Delivered]) -> list[Measurement]:
    """One measurement a figure."""
    return [_measurement(one) for one in found]


def _measurement(one: Delivered) -> Measurement:
    words = {"dataset": one.dataset, "column": one.column or ""}
    told = _claims()[one.kind]
    check = Check(
        code=".".join(part for part in (one.dataset, "delivery", one.kind, one.column) if part),
        dataset=one.dataset,
        expectation=EXPECTATION,
        kwargs={"column_list": (one.column,) if one.column else ()},
        severity=WARNING,
        tolerance=0.0,
        dimension=told["dimension"],
        owner=one.owner,
        claim_zh=told["claim_zh"].format_map(words),
        claim_en=told["claim_en"].format_map(words),
        debug_step=told["debug"].format_map(words),
        column_count=one.column_count,
    )
    return Measurement(check, checked=1, unexpected=int(one.cause is not None), note=one.cause, figure=one.figure)


@cache
def _claims() -> Mapping[str, Mapping[str, str]]:
    claims: Mapping[str, Mapping[str, str]] = yaml.safe_load(Path(__file__).with_name("drift.yaml").read_text(encoding="utf-8"))
    return claims
