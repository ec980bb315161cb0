"""What was delivered before: profiles of the batches of earlier pulls. Not here: how they were made (profile)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from ingestion.drift.profile import Profile, is_working_day, read_profile
from ingestion.drift.shape import mean
from ingestion.landing.manifest import Manifest

MOST_BATCHES = 60  # the newest ones: what is older is no measure of what is usual


@dataclass(frozen=True)
class Earlier:
    """One batch of an earlier pull: its snapshot (null: an increment), its profile, and whether it came on a working day."""

    snapshot_id: str | None
    profile: Profile
    is_working: bool = True


def earlier_batches(known: Sequence[Manifest], folder: Callable[[Manifest], Path], before: datetime) -> list[Earlier]:
    """The batches that arrived before this pull and have a profile, newest first."""
    past = [found for found in reversed(known) if found.received_at < before][:MOST_BATCHES]
    read = ((found, read_profile(folder(found))) for found in past)
    return [
        Earlier(found.snapshot_id if found.is_full else None, profile, is_working_day(found.received_at))
        for found, profile in read
        if profile
    ]


def snapshot_rows(earlier: Sequence[Earlier]) -> int | None:
    """Rows of the newest full snapshot, all its parts together; null when there was none."""
    newest = max((found.snapshot_id for found in earlier if found.snapshot_id), default=None)
    return None if newest is None else sum(found.profile.rows for found in earlier if found.snapshot_id == newest)


def is_whole(profile: Profile, earlier: Sequence[Earlier]) -> bool:
    """Whether a delivery is of the size of the whole feed: half the largest one so far or more."""
    return 2 * profile.rows >= max((found.profile.rows for found in earlier), default=0)


def known_rows(earlier: Sequence[Earlier]) -> pl.DataFrame:
    """The kept keys of all earlier batches, each as it came last; without rows when none were kept."""
    samples = [found.profile.sample for found in earlier if found.profile.sample.height]
    if not samples:
        return pl.DataFrame()
    return pl.concat(samples, how="diagonal").unique("_key", keep="first", maintain_order=True)


def usual_shapes(earlier: Sequence[Earlier], rows: int) -> tuple[int, dict[str, dict[str, float]]]:
    """Rows and mean shapes of the newest batches that have so many rows together."""
    taken: list[Profile] = []
    for found in earlier:
        if sum(profile.counted for profile in taken) < rows:
            taken.append(found.profile)
    total = sum(profile.counted for profile in taken)
    columns = {column for profile in taken for column in profile.shapes}
    weights = [profile.counted for profile in taken]
    return total, {column: mean([profile.shapes.get(column, {}) for profile in taken], weights) for column in columns}
