"""What the log remembers of the records in front of us.

Not here: the choice of identifiers (identity/ids/assign.py).
"""

from dataclasses import dataclass

import polars as pl

from identity.frames import REF
from identity.ids.given import with_hashes
from identity.log.replay import IdentityState


@dataclass(frozen=True)
class Memory:
    """The log's view of one kind.

    Attributes:
        kind: resident, dwelling, building, estate.
        members: ref, `known` (its row here), `last_id` (as it joined), `old_id` (the living one that it forwards to), `since`,
            `is_present`.
        held: ref, `entity_id`: all that it ever had, some of it more than once.
        given: `entity_id`, `age` (the sequence of its first event): the identifiers that these records had.
        ever: Every identifier ever given (`entity_id`, `hash`), those of other kinds maybe among them.
        forwarded: `entity_id`, `living`: identifiers that live no more, and where their chain of forwards ends.
    """

    kind: str
    members: pl.DataFrame
    held: pl.DataFrame
    given: pl.DataFrame
    ever: pl.DataFrame
    forwarded: pl.DataFrame


def recall(state: IdentityState, kind: str) -> Memory:
    """The memory of one kind."""
    final = state.final(kind)
    mine = pl.col("kind") == kind
    members = (
        state.members.filter(mine)
        .with_row_index("known")
        .select(
            *REF,
            "known",
            last_id="entity_id",
            old_id=pl.col("entity_id").replace(final) if final else pl.col("entity_id"),
            since="at",
            is_present="is_present",
        )
    )
    given = state.entities.filter(mine).select("entity_id", age="first_sequence")
    return Memory(kind, members, state.held.filter(mine).drop("kind"), given, with_hashes(given), forwarded_frame(final))


def forwarded_frame(final: dict[str, str]) -> pl.DataFrame:
    """`entity_id`, `living` of forwarded identifiers."""
    ends = {"entity_id": list(final), "living": list(final.values())}
    return pl.DataFrame(ends, schema=dict.fromkeys(ends, pl.String))
