"""Compares a delivery with those before it; what differs too much is told in a line that names the cause.

Not here: how much is too much (limits.yaml), or what becomes of a delivery that is held (pulling).
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingestion.drift.history import Earlier, known_rows, snapshot_rows, usual_shapes
from ingestion.drift.keys import key_findings
from ingestion.drift.limits import Limits
from ingestion.drift.profile import Profile
from ingestion.drift.shape import EMPTY, distance, filled_shares
from ingestion.drift.usual import usual


@dataclass(frozen=True)
class Finding:
    """What is beyond a limit: the name of the check and the cause in words."""

    check: str
    cause: str


def judge(profile: Profile, earlier: Sequence[Earlier], limits: Limits, *, is_snapshot: bool) -> list[Finding]:
    """What is strange about a delivery; nothing where there is no history. The likeliest cause stands first."""
    if not earlier:
        return []
    keys = key_findings(profile.sample, known_rows(earlier), limits, is_snapshot=is_snapshot)
    return [
        *_volume(profile, earlier, limits, is_snapshot=is_snapshot),
        *(Finding(check, told) for check, told in keys),
        *_columns(profile, earlier, limits, is_snapshot=is_snapshot),
    ]


def _volume(profile: Profile, earlier: Sequence[Earlier], limits: Limits, *, is_snapshot: bool) -> Iterator[Finding]:
    """More rows than there can be, or a full snapshot with too few."""
    last = snapshot_rows(earlier) if is_snapshot else None
    if last is not None:
        if last and not profile.rows:
            yield Finding("empty", f"a full snapshot without a single row, where the last one had {last:,}: all would end")
        elif last - profile.rows > max(limits.fall_rows, limits.snapshot_fall * last):
            yield Finding("fall", f"a full snapshot of {profile.rows:,} rows, where the last one had {last:,}: was it cut short?")
        most, factor = last, limits.snapshot_growth
    else:
        increments = [found.profile.rows for found in earlier if found.snapshot_id is None]
        if len(increments) >= limits.usual_increments:
            yield from _unusual(profile, increments, limits)
            return
        most, factor = max(found.profile.rows for found in earlier), limits.increment_growth
    if profile.rows > most * factor and profile.rows - most > limits.growth_rows:
        yield Finding("volume", f"{profile.rows:,} rows, where the most so far were {most:,} and {factor:g} times that may come")


def _unusual(profile: Profile, increments: Sequence[int], limits: Limits) -> Iterator[Finding]:
    """More rows than earlier increments let expect: by the range that they themselves tell, which one huge one does not widen."""
    found = usual([math.log(1 + rows) for rows in increments], math.log(limits.usual_growth), limits.deviations)
    most = math.exp(found.most) - 1
    if profile.rows > most and profile.rows - most > limits.growth_rows:
        told = f"{profile.rows:,} rows, where {found.count} earlier increments let expect {most:,.0f} at most"
        yield Finding("volume", f"{told}; the most so far were {max(increments):,}")


def _columns(profile: Profile, earlier: Sequence[Earlier], limits: Limits, *, is_snapshot: bool) -> Iterator[Finding]:
    """Columns that lost their content, or hold another kind of it."""
    rows, known = usual_shapes(earlier, limits.reference_rows)
    if min(rows, profile.counted) < limits.least_rows:
        return
    most_blank = limits.blank_before_snapshot if is_snapshot else limits.blank_before_increment
    changed = []
    for column, shapes in profile.shapes.items():
        before = known.get(column, {})
        now_blank, was_blank = shapes.get(EMPTY, 0.0), before.get(EMPTY, 0.0)
        if now_blank >= limits.blank_now and was_blank < most_blank:
            yield Finding(
                "blank", f"column {column} is empty in {now_blank:.0%} of {profile.rows:,} rows, {was_blank:.0%} until now"
            )
        elif min((1 - now_blank) * profile.counted, (1 - was_blank) * rows) >= limits.least_rows:
            changed += [column] if distance(shapes, before) > limits.shape_distance else []
    yield from _reshaped(changed, profile, known, limits)


def _reshaped(changed: Sequence[str], profile: Profile, known: dict[str, dict[str, float]], limits: Limits) -> Iterator[Finding]:
    """Two columns that look like each other's past are swapped; others are told by what they hold now."""
    for column in changed:
        like = [o for o in changed if o != column and distance(profile.shapes[column], known[o]) <= limits.shape_distance]
        back = [o for o in like if distance(profile.shapes[o], known[column]) <= limits.shape_distance]
        if back:
            yield Finding("swapped", f"columns {min(column, back[0])} and {max(column, back[0])} seem to be swapped")
        else:
            shape = max(filled_shares(profile.shapes[column]).items(), key=lambda item: item[1])[0]
            was = max(filled_shares(known[column]).items(), key=lambda item: item[1])[0]
            yield Finding("retyped", f"column {column} mostly holds a {shape}, until now a {was}")
