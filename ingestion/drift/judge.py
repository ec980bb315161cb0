"""Compares a delivery with those before it; what differs too much is told in a line that names the cause.

Not here: how much is too much (limits.yaml), or what becomes of a delivery that is held (pulling).
"""

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ingestion.drift.columns import missing
from ingestion.drift.history import Earlier, is_whole, known_rows, snapshot_rows, usual_shapes
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


def judge(
    profile: Profile, earlier: Sequence[Earlier], limits: Limits, *, is_snapshot: bool, is_part: bool = False
) -> list[Finding]:
    """What is strange about a delivery; nothing where there is no history. The likeliest cause stands first.

    `is_part`: one of several parts of a full snapshot, which may be as large as the last snapshot was and as small as it likes.
    """
    if not earlier:
        return []
    keys = key_findings(profile.sample, known_rows(earlier), limits, is_snapshot=is_snapshot)
    return [
        *(_part_volume if is_part else _volume)(profile, earlier, limits, is_snapshot=is_snapshot),
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


def _part_volume(profile: Profile, earlier: Sequence[Earlier], limits: Limits, *, is_snapshot: bool) -> Iterator[Finding]:
    """One part with more rows than the whole may have."""
    del is_snapshot  # a part is judged by the last whole, whatever is said of it
    last = snapshot_rows(earlier)
    if last is not None and profile.rows > last * limits.snapshot_growth and profile.rows - last > limits.growth_rows:
        yield Finding("volume", f"{profile.rows:,} rows in one part, where the last snapshot had {last:,} in all")


def _unusual(profile: Profile, increments: Sequence[int], limits: Limits) -> Iterator[Finding]:
    """More rows than earlier increments let expect: by the range that they themselves tell, which one huge one does not widen."""
    found = usual([math.log(1 + rows) for rows in increments], math.log(limits.usual_growth), limits.deviations)
    most = math.exp(found.most) - 1
    if profile.rows > most and profile.rows - most > limits.growth_rows:
        told = f"{profile.rows:,} rows, where {found.count} earlier increments let expect {most:,.0f} at most"
        yield Finding("volume", f"{told}; the most so far were {max(increments):,}")


def _columns(profile: Profile, earlier: Sequence[Earlier], limits: Limits, *, is_snapshot: bool) -> Iterator[Finding]:
    """Columns that are gone, lost their content, hold one value only or another kind of it."""
    rows, known = usual_shapes(earlier, limits.reference_rows)
    gone = missing([found.profile.columns for found in earlier], profile.columns) & profile.shapes.keys()
    yield from _gone(gone, profile, earlier)
    most_blank = limits.blank_before_snapshot if is_snapshot else limits.blank_before_increment
    whole = is_snapshot or is_whole(profile, earlier)
    changed = []
    for column, shapes in profile.shapes.items():
        before = known.get(column, {})
        now_blank, was_blank = shapes.get(EMPTY, 0.0), before.get(EMPTY, 0.0)
        filled = min((1 - now_blank) * profile.counted, (1 - was_blank) * rows)
        compared = min(rows, profile.counted)
        if now_blank >= limits.blank_now and was_blank < most_blank and column not in gone:
            if compared >= limits.least_rows or (whole and _is_no_chance((was_blank * rows + 1) / (rows + 2), compared, limits)):
                told = f"empty in {now_blank:.0%} of {profile.rows:,} rows, {was_blank:.0%} until now"
                yield Finding("blank", f"column {column} is {told}")
        elif filled >= limits.least_rows and distance(shapes, before) > limits.shape_distance:
            changed.append(column)
        if whole:
            yield from _uniform(column, profile, earlier, limits)
    yield from _reshaped(changed, profile, known, limits)


def _is_no_chance(share: float, rows: int, limits: Limits) -> bool:
    """Whether so many rows hardly all do by chance what this share of the known ones does."""
    return rows >= limits.least_rows_blank and share**rows <= limits.blank_chance


def _gone(gone: Collection[str], profile: Profile, earlier: Sequence[Earlier]) -> Iterator[Finding]:
    """Agreed columns that the file does not name any more, with those that it names for the first time."""
    known = {name for found in earlier for name in found.profile.columns}
    new = [name for name in profile.columns if name not in known]
    told = f"; new in it: {', '.join(new)}" if new else ""
    for column in sorted(gone):
        yield Finding("missing", f"column {column} is missing from the delivery, where all before it had it{told}")


def _uniform(column: str, profile: Profile, earlier: Sequence[Earlier], limits: Limits) -> Iterator[Finding]:
    """One value in nearly all cells of a column in which no value was frequent; messages of devices have no life of their own."""
    was = max((found.profile.tops[column] for found in earlier if column in found.profile.tops), default=1.0)
    now, filled = profile.tops.get(column, 0.0), int((1 - profile.shapes[column].get(EMPTY, 0.0)) * profile.counted)
    if profile.sample.height and now >= limits.uniform_now and was < limits.uniform_before and _is_no_chance(was, filled, limits):
        yield Finding("uniform", f"column {column} holds one value in {now:.0%} of its filled cells, {was:.0%} at most until now")


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
