"""Every figure of a delivery beside what is usual: rows, columns, empty cells, shapes and codes, keys.

A figure beyond its range is told in words and shown with range and history; it does not hold the delivery (judge does).
Not here: the floors of the ranges (usual.yaml).
"""

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from ingestion.drift.columns import moved
from ingestion.drift.history import Earlier, is_whole, known_rows, snapshot_rows
from ingestion.drift.keys import reused_share
from ingestion.drift.limits import load_limits
from ingestion.drift.profile import Profile
from ingestion.drift.shape import EMPTY, distance, mean
from ingestion.drift.usual import Usual, usual

FILE = "drift.json"  # beside the batch


class UsualLimits(BaseModel):
    """The floors; what each means stands beside it in the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    deviations: float = Field(gt=0)
    least_history: int = Field(ge=2)
    young: float = Field(ge=1)
    volume_snapshot: float = Field(gt=1)
    volume_increment: float = Field(gt=1)
    null_share: float = Field(gt=0, lt=1)
    distribution: float = Field(gt=0, lt=1)
    reused: float = Field(gt=0, lt=1)
    noise: float = Field(ge=0)
    calendar_history: int = Field(ge=1)


@dataclass(frozen=True)
class Look:
    """One figure: `check` (volume, columns, null_share, distribution, keys), its column (null: the whole), range and history.

    `cause` says in words what is unusual; null: nothing. `history`: from how many earlier deliveries the range is.
    """

    check: str
    column: str | None
    observed: float
    least: float
    most: float
    history: int
    cause: str | None = None


def look(profile: Profile, earlier: Sequence[Earlier], *, is_snapshot: bool, is_part: bool = False) -> list[Look]:
    """Every figure that has a history, in the order of the causes' likelihood.

    Args:
        profile: The delivery.
        earlier: Those before it, newest first.
        is_snapshot: It is a full snapshot of one part.
        is_part: It is one of several parts of a full snapshot; of those the rows say nothing.
    """
    is_full = is_snapshot or is_part
    rules, same = usual_limits(), [found for found in earlier if (found.snapshot_id is not None) == is_full]
    looks = [*_columns(profile, earlier), *_keys(profile, earlier, rules)]
    if not is_full and len(same) < rules.least_history:  # increments may be of one kind each; the whole of a feed is not
        same = [found for found in same if is_whole(found.profile, same)] if is_whole(profile, same) else []
    if same:
        looks += [] if is_part else _volume(profile, same, rules, is_snapshot=is_snapshot)
        looks += _content(profile, [found.profile for found in same], rules)
    return looks


def to_json(looks: Iterable[Look]) -> bytes:
    """The form in which they are kept beside a batch."""
    return json.dumps([asdict(found) for found in looks], ensure_ascii=False).encode()


def read_looks(folder: Path) -> list[Look]:
    """What was kept with a batch; nothing for older ones."""
    path = folder / FILE
    return [Look(**told) for told in json.loads(path.read_text(encoding="utf-8"))] if path.exists() else []


@cache
def usual_limits() -> UsualLimits:
    """The floors of the file beside this one."""
    return UsualLimits.model_validate(yaml.safe_load(Path(__file__).with_name("usual.yaml").read_text(encoding="utf-8")))


def _columns(profile: Profile, earlier: Sequence[Earlier]) -> Iterator[Look]:
    told = [found.profile.columns for found in earlier if found.profile.columns]
    if profile.columns and told:
        found = moved(profile.columns, told)
        cause = f"column {', column '.join(found)}".replace("column columns", "columns") if found else None
        yield Look("columns", None, len(found), 0, 0, len(told), cause)


def _keys(profile: Profile, earlier: Sequence[Earlier], rules: UsualLimits) -> Iterator[Look]:
    share = reused_share(profile.sample, known_rows(earlier), load_limits())
    if share is not None:
        count = sum(found.profile.sample.height > 0 for found in earlier)
        cause = f"{share:.0%} of the known keys name other rows than before" if share > rules.reused else None
        yield Look("keys", None, share, 0, rules.reused, count, cause)


def _volume(profile: Profile, same: Sequence[Earlier], rules: UsualLimits, *, is_snapshot: bool) -> Iterator[Look]:
    """Rows beside those of earlier deliveries, on the same kind of day where there are enough; of a snapshot all parts."""
    if is_snapshot:
        days = sorted({found.snapshot_id for found in same if found.snapshot_id})
        rows = [snapshot_rows([found for found in same if found.snapshot_id == day]) or 0 for day in days]
    else:
        alike = [found for found in same if found.is_working == profile.is_working]
        rows = [found.profile.rows for found in (alike if len(alike) >= rules.calendar_history else same)]
    factor = rules.volume_snapshot if is_snapshot else rules.volume_increment
    wide = rules.young if len(rows) < rules.least_history else 1.0
    found = usual([math.log(1 + n) for n in rows], wide * math.log(factor), rules.deviations)
    range_of = Usual(math.exp(found.least) - 1, math.exp(found.most) - 1, found.count)
    yield _judged(Look("volume", None, profile.rows, range_of.least, range_of.most, range_of.count), "rows", form=",.0f")


def _content(profile: Profile, past: Sequence[Profile], rules: UsualLimits) -> Iterator[Look]:
    """Empty cells, and shapes or codes, of every column."""
    wide = rules.young if len(past) < rules.least_history else 1.0
    if min(profile.counted, sum(found.counted for found in past)) < load_limits().least_rows:
        return
    for column, shapes in profile.shapes.items():
        before = [found.shapes[column] for found in past if column in found.shapes]
        if not before:
            continue
        empty = shapes.get(EMPTY, 0.0)
        known = [found.get(EMPTY, 0.0) for found in before]
        centre = sorted(known)[len(known) // 2]
        chance = rules.noise * math.sqrt(max(centre * (1 - centre), 1 / profile.counted) / profile.counted)
        range_of = usual(known, max(wide * rules.null_share, chance), rules.deviations)
        blank = Look("null_share", column, empty, max(0.0, range_of.least), min(1.0, range_of.most), range_of.count)
        yield _judged(blank, f"of column {column} empty", form=".0%")
        if (1 - empty) * profile.counted >= load_limits().least_rows:
            yield _distribution(column, profile, past, rules, wide)


def _distribution(column: str, profile: Profile, past: Sequence[Profile], rules: UsualLimits, wide: float) -> Look:
    """How far a column's codes, or its shapes where it has no codes, are from those of all earlier deliveries together."""
    is_coded = column in profile.codes and all(column in found.codes for found in past)
    told = [(found.codes if is_coded else found.shapes).get(column, {}) for found in past]
    together = mean(told, [found.counted for found in past])
    now = profile.codes[column] if is_coded else profile.shapes[column]
    chance = math.sqrt(max(1, len(together)) / profile.counted)
    range_of = usual([distance(found, together) for found in told], max(wide * rules.distribution, chance), rules.deviations)
    found = Look("distribution", column, distance(now, together), 0, range_of.most, range_of.count)
    return _judged(found, f"of column {column} hold other {'codes' if is_coded else 'shapes'} than usual", form=".0%")


def _judged(found: Look, words: str, form: str) -> Look:
    """The figure with its cause, when it is beyond the range."""
    rounded = replace(found, observed=round(found.observed, 6), least=round(found.least, 6), most=round(found.most, 6))
    if found.least <= found.observed <= found.most:
        return rounded
    range_of = f"{found.least:{form}} to {found.most:{form}}"
    return replace(rounded, cause=f"{found.observed:{form}} {words}, usual is {range_of} (from {found.history} deliveries)")


def causes(looks: Iterable[Look]) -> list[str]:
    """What is unusual, in words."""
    return [found.cause for found in looks if found.cause]
