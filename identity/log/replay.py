"""The state of all identifiers, told from the events of the log alone.

Not here: files (identity/log/identity_log.py), new events (identity/ids).
"""

from dataclasses import dataclass

import polars as pl

from identity.frames import FORWARD, REF, conform
from identity.holder.events import read_passed
from identity.log.decision import read_decisions


@dataclass(frozen=True)
class IdentityState:
    """Everything that the log says at one moment.

    Attributes:
        last_sequence: 0 for an empty log.
        members: `kind`, ref, `entity_id` (the last one that it had), `at` (since), `is_present` (false: no longer in the source).
        held: `kind`, ref, `entity_id`: every identifier that a record ever had; some stand more than once.
        entities: `kind`, `entity_id`, `first_sequence`, `last_created`, `created_at`: every identifier ever given.
        forwards: In the columns of FORWARD, one step each; an identifier that came back has none.
        decisions: The last decision on each pair (identity/log/decision.py).
        passed: Versions by which a record's key passed to another person (columns of HOLDER).
    """

    last_sequence: int
    members: pl.DataFrame
    held: pl.DataFrame
    entities: pl.DataFrame
    forwards: pl.DataFrame
    decisions: pl.DataFrame
    passed: pl.DataFrame

    def final(self, kind: str) -> dict[str, str]:
        """Each forwarded identifier of a kind with the living one at the end of its chain."""
        return ends_of(self.forwards.filter(pl.col("kind") == kind))


def replay(events: pl.DataFrame) -> IdentityState:
    """Tell the state from events (columns of LOG_EVENT), whatever order they stand in."""
    events = in_order(events)
    named = events.filter(pl.col("event").is_in(["joined", "left"])).select("kind", *REF, "entity_id", "at", "event")
    entities = _entities(events)
    return IdentityState(
        last_sequence=int(events["sequence"].max() or 0),  # type: ignore[arg-type]
        members=named.unique(["kind", *REF], keep="last", maintain_order=True).select(
            "kind", *REF, "entity_id", "at", is_present=pl.col("event") == "joined"
        ),
        held=named.select("kind", *REF, "entity_id"),
        entities=entities,
        forwards=_forwards(events, entities),
        decisions=read_decisions(events),
        passed=read_passed(events),
    )


def in_order(events: pl.DataFrame) -> pl.DataFrame:
    """The events by sequence; those of the log stand so already."""
    return events if events["sequence"].is_sorted() else events.sort("sequence")


def _entities(events: pl.DataFrame) -> pl.DataFrame:
    created = events.filter(pl.col("event") == "created").group_by("kind", "entity_id")
    return created.agg(
        first_sequence=pl.col("sequence").min(), last_created=pl.col("sequence").max(), created_at=pl.col("at").min()
    )


def steps_after(steps: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """The forwards, one step each, when `events` follow on the log that told these steps."""
    if steps.is_empty() and not (events["event"] == "forwarded").any():
        return steps
    created = _entities(events)
    new = _forwards(events, created)
    still = steps.join(created, left_on=["kind", "old_id"], right_on=["kind", "entity_id"], how="anti")
    return pl.concat([still.join(new, ["kind", "old_id"], "anti"), new]).sort("kind", "old_id")


def to_the_end(steps: pl.DataFrame) -> pl.DataFrame:
    """Every identifier that lives no more, with the living one at the end of its chain."""
    parts = [
        rows.with_columns(new_id=pl.col("old_id").replace_strict(ends_of(rows)))
        for rows in steps.partition_by("kind", maintain_order=True)
    ]
    return pl.concat(parts) if parts else steps


def _forwards(events: pl.DataFrame, entities: pl.DataFrame) -> pl.DataFrame:
    """The last forward of each identifier, unless it was given again since."""
    last = events.filter(pl.col("event") == "forwarded").unique(["kind", "entity_id"], keep="last")
    last = last.select("kind", "entity_id", "other_id", "reason", "at", "sequence")
    still = last.join(entities, ["kind", "entity_id"], "left").filter(pl.col("sequence") > pl.col("last_created").fill_null(0))
    return conform(still.rename({"entity_id": "old_id", "other_id": "new_id"}), FORWARD).sort("kind", "old_id")


def ends_of(steps: pl.DataFrame) -> dict[str, str]:
    """Each forwarded identifier with the one at the end of its chain."""
    step = dict(steps.select("old_id", "new_id").iter_rows())
    return {old: _end(old, step) for old in step}


def _end(identifier: str, step: dict[str, str]) -> str:
    """The end of a chain of forwards; a ring (which no run makes) ends at its start."""
    seen = {identifier}
    while identifier in step and step[identifier] not in seen:
        identifier = step[identifier]
        seen.add(identifier)
    return identifier
