"""The state of all identifiers, told from the events of the log alone.

Not here: files (identity/log/identity_log.py), new events (identity/ids).
"""

from dataclasses import dataclass

import polars as pl

from identity.frames import FORWARD, REF, conform
from identity.log.decision import read_decisions


@dataclass(frozen=True)
class IdentityState:
    """Everything that the log says at one moment.

    Attributes:
        last_sequence: 0 for an empty log.
        members: `kind`, ref, `entity_id` (the last one that it had), `at` (since), `is_present` (false: no longer in the source).
        held: `kind`, ref, `entity_id`: every identifier that a record ever had.
        entities: `kind`, `entity_id`, `first_sequence`, `last_created`, `created_at`: every identifier ever given.
        forwards: In the columns of FORWARD, one step each; an identifier that came back has none.
        decisions: The last decision on each pair (identity/log/decision.py).
    """

    last_sequence: int
    members: pl.DataFrame
    held: pl.DataFrame
    entities: pl.DataFrame
    forwards: pl.DataFrame
    decisions: pl.DataFrame

    def final(self, kind: str) -> dict[str, str]:
        """Each forwarded identifier of a kind with the living one at the end of its chain."""
        step = dict(self.forwards.filter(pl.col("kind") == kind).select("old_id", "new_id").iter_rows())
        return {old: _end(old, step) for old in step}


def replay(events: pl.DataFrame) -> IdentityState:
    """Tell the state from events (columns of LOG_EVENT), whatever order they stand in."""
    events = events.sort("sequence")
    named = events.filter(pl.col("event").is_in(["joined", "left"]))
    created = events.filter(pl.col("event") == "created").group_by("kind", "entity_id")
    entities = created.agg(
        first_sequence=pl.col("sequence").min(), last_created=pl.col("sequence").max(), created_at=pl.col("at").min()
    )
    return IdentityState(
        last_sequence=int(events["sequence"].max() or 0),  # type: ignore[arg-type]
        members=named.group_by("kind", *REF)
        .agg(pl.col("entity_id", "at").last(), is_present=pl.col("event").last() == "joined")
        .sort("kind", *REF),
        held=named.select("kind", *REF, "entity_id").unique().sort(pl.all()),
        entities=entities.sort("kind", "entity_id"),
        forwards=_forwards(events, entities),
        decisions=read_decisions(events),
    )


def _forwards(events: pl.DataFrame, entities: pl.DataFrame) -> pl.DataFrame:
    """The last forward of each identifier, unless it was given again since."""
    last = (
        events.filter(pl.col("event") == "forwarded")
        .group_by("kind", "entity_id")
        .agg(pl.col("other_id", "reason", "at", "sequence").last())
    )
    still = last.join(entities, ["kind", "entity_id"], "left").filter(pl.col("sequence") > pl.col("last_created").fill_null(0))
    return conform(still.rename({"entity_id": "old_id", "other_id": "new_id"}), FORWARD).sort("kind", "old_id")


def _end(identifier: str, step: dict[str, str]) -> str:
    """The end of a chain of forwards; a ring (which no run makes) ends at its start."""
    seen = {identifier}
    while identifier in step and step[identifier] not in seen:
        identifier = step[identifier]
        seen.add(identifier)
    return identifier
